"""`/api/v1/market`: what the catalogue says of demand and pay. Pay is in US dollars a year, at fixed rates."""

from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field, StringConstraints

from api.auth import CurrentCaller
from api.copilot.schemas_jobs import Plain
from api.deps import Tx
from core.clock import utc_now
from services.market.salaries import salaries
from services.market.trends import trends
from services.market.window import Window

router = APIRouter(prefix="/api/v1/market", tags=["copilot: market"])

_PAY_DAYS = 365
_TYPES = {"full-time": "permanent"}
Phrase = Annotated[Plain, StringConstraints(strip_whitespace=True, max_length=200), Query()]


class SkillTrend(BaseModel):
    skill: str
    demand_count: int
    growth_percentage: float


class LocationTrend(BaseModel):
    location: str
    job_count: int
    avg_salary: float | None


class CompanyTrend(BaseModel):
    name: str
    job_count: int


class IndustryTrend(BaseModel):
    industry: str
    job_count: int
    growth_rate: float


class MarketTrends(BaseModel):
    """Growth is in percent against the time before of the same length, 0 where there is none."""

    time_range_days: int
    total_jobs_posted: int
    growth_rate: float
    top_skills: list[SkillTrend]
    top_locations: list[LocationTrend]
    top_companies: list[CompanyTrend]
    industry_trends: list[IndustryTrend]
    remote_work_percentage: float
    average_postings_per_day: float
    generated_at: datetime = Field(default_factory=utc_now)


class PayOf(BaseModel):
    category: str
    median_salary: float
    mean_salary: float
    min_salary: float
    max_salary: float
    sample_size: int


class SalaryInsights(BaseModel):
    """`currency_breakdown` is the share, in percent, of postings that state their pay in each currency."""

    total_data_points: int
    overall_median: float
    overall_mean: float
    overall_min: float
    overall_max: float
    by_role: list[PayOf]
    by_location: list[PayOf]
    by_experience: list[PayOf]
    currency_breakdown: dict[str, float]
    currency: str = "USD"
    generated_at: datetime = Field(default_factory=utc_now)


@router.get("/trends")
def show_trends(
    session: Tx,
    caller: CurrentCaller,
    time_range: Annotated[int, Query(ge=7, le=365)] = 30,
    location: Phrase = "",
    job_type: Phrase = "",
) -> MarketTrends:
    kind = job_type.lower()
    found = trends(session, Window(utc_now(), time_range, location, _TYPES.get(kind, kind)))
    lists: dict[str, Any] = {
        "top_skills": found.skills,
        "top_locations": found.locations,
        "top_companies": found.companies,
        "industry_trends": found.industries,
    }
    return MarketTrends(
        time_range_days=time_range,
        total_jobs_posted=found.total,
        growth_rate=found.growth,
        remote_work_percentage=found.remote_percentage,
        average_postings_per_day=found.per_day,
        **lists,
    )


@router.get("/salary-insights")
def show_salaries(
    session: Tx,
    caller: CurrentCaller,
    role: Phrase = "",
    location: Phrase = "",
    experience_level: Literal["junior", "mid", "senior", ""] = "",
) -> SalaryInsights:
    """Of what was posted within a year and says what it pays."""
    found = salaries(session, Window(utc_now(), _PAY_DAYS, location), role=role, level=experience_level)
    lists: dict[str, Any] = {
        "by_role": found.by_role,
        "by_location": found.by_location,
        "by_experience": found.by_experience,
    }
    return SalaryInsights(
        total_data_points=found.postings,
        overall_median=found.median,
        overall_mean=found.mean,
        overall_min=found.lowest,
        overall_max=found.highest,
        currency_breakdown=dict(found.currencies),
        **lists,
    )
