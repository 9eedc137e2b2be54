"""`/api/insights`: what the market asks for beside a person's skills."""

from datetime import datetime
from typing import Self

from fastapi import APIRouter
from pydantic import BaseModel

from api.auth import CurrentCaller
from api.deps import Tx
from api.limits import limited
from core.clock import utc_now
from services import accounts
from services.market.demand import Demand, demand

router = APIRouter(prefix="/api/insights", tags=["agent: insights"])

_LABELS = {
    "software": "Software development",
    "data": "Data and machine learning",
    "infrastructure": "Infrastructure and operations",
    "test": "Testing",
    "people": "Human resources",
    "care": "Nursing and care",
    "kitchen": "Kitchen and hospitality",
    "office": "Office and administration",
}


class MarketSkill(BaseModel):
    count: int
    frequency: float
    avg_salary: float | None
    jobs_with_salary: int


class Recommendation(BaseModel):
    skill: str
    priority: str
    reason: str
    learning_effort: str
    salary_impact: float | None
    frequency: int


class SkillAnalysis(BaseModel):
    """Pay is in US dollars a year. `requires_setup` is "skills" while the profile names none."""

    user_id: int
    analysis_date: datetime
    jobs_analyzed: int
    user_skills: list[str]
    skill_gaps: list[str]
    market_skills: dict[str, MarketSkill]
    recommendations: list[Recommendation]
    requires_setup: str | None
    detected_category: str | None
    category_label: str | None
    note: str | None

    @classmethod
    def of(cls, user_id: int, skills: list[str], found: Demand) -> Self:
        line = found.line_of_work
        return cls(
            user_id=user_id,
            analysis_date=utc_now(),
            jobs_analyzed=found.postings,
            user_skills=skills,
            skill_gaps=list(found.gaps),
            market_skills={name: MarketSkill(**vars(one)) for name, one in found.skills.items()},
            recommendations=[Recommendation(**vars(one)) for one in found.advice],
            requires_setup=None if skills else "skills",
            detected_category=line,
            category_label=_LABELS.get(line, line.capitalize()) if line else None,
            note=_note(skills, found.postings),
        )


@router.get("/skills")
def show_skills(session: Tx, caller: CurrentCaller, *, refresh: bool = False) -> SkillAnalysis:
    """Read anew each time; `refresh` is there for the client, which asks so."""
    return _analysis(session, caller.id)


@router.post("/skills/refresh", dependencies=[limited("skills_refresh")])
def refresh_skills(session: Tx, caller: CurrentCaller) -> SkillAnalysis:
    return _analysis(session, caller.id)


def _analysis(session: Tx, user_id: int) -> SkillAnalysis:
    skills = accounts.profile(session, user_id).skills
    return SkillAnalysis.of(user_id, skills, demand(session, skills) if skills else Demand(postings=0))


def _note(skills: list[str], postings: int) -> str | None:
    if not skills:
        return "Add skills to your profile, or upload a CV, to compare them with the market."
    if not postings:
        return "No open posting asks for one of these skills yet."
    return f"The newest {postings} open postings that ask for at least one of your skills."
