"""`/api/jobs`: the public catalogue of postings. No account needed."""

from math import ceil
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from api.agent.schemas_postings import JobId, Plain, RefreshStarted
from api.agent.schemas_work import JobDetail, JobPage, JobView
from api.auth import CurrentCaller
from api.deps import Config, Tx
from api.limits import limited
from services import harvests, postings
from services.postings import PostingFilter, groups

router = APIRouter(prefix="/api/jobs", tags=["agent: jobs"])

_FAR = 1_000_000_000  # within what Postgres counts in


class JobQuery(BaseModel):
    """`page` and `per_page` win over `limit` and `offset` when the client sends them."""

    limit: int = Field(50, ge=1, le=100)
    offset: int = Field(0, ge=0, le=_FAR)
    page: int | None = Field(None, ge=1, le=_FAR // 100)
    per_page: int | None = Field(None, ge=1, le=100)
    search: Plain | None = Field(None, max_length=200)
    source: Plain | None = Field(None, max_length=100)
    remote_type: Literal["full", "hybrid", "onsite"] | None = None
    job_type: Literal["permanent", "contract", "freelance", "part-time"] | None = None
    min_salary: int | None = Field(None, ge=0, le=_FAR)
    max_salary: int | None = Field(None, ge=-_FAR, le=_FAR)
    skills: Plain = Field("", max_length=500)

    def window(self) -> tuple[int, int]:
        """Limit and offset."""
        if self.page is None and self.per_page is None:
            return self.limit, self.offset
        limit = self.per_page or 20
        return limit, ((self.page or 1) - 1) * limit

    def wanted(self) -> PostingFilter:
        skills = tuple(word.strip() for word in self.skills.split(",") if word.strip())
        named = ("search", "source", "remote_type", "job_type", "min_salary", "max_salary")
        return PostingFilter(**{name: getattr(self, name) for name in named}, skills=skills)


@router.get("")
def list_jobs(session: Tx, query: Annotated[JobQuery, Query()]) -> JobPage:
    limit, offset = query.window()
    found, total = postings.search(session, query.wanted(), limit=limit, offset=offset)
    return JobPage(
        jobs=[JobView.of(one, shortened=True) for one in found],
        total=total,
        limit=limit,
        offset=offset,
        has_more=offset + len(found) < total,
        pagination=_pages(total, limit, offset),
    )


@router.post("/refresh", status_code=202, dependencies=[limited("jobs_refresh")])
def refresh_jobs(session: Tx, caller: CurrentCaller, settings: Config) -> RefreshStarted:
    """A harvest that is under way is joined, not doubled."""
    asked = harvests.request(session, settings, user_id=caller.id)
    said = "Already looking for new jobs" if asked.joined else "Looking for new jobs"
    return RefreshStarted(
        message=f"{said} on {', '.join(asked.sources)}.",
        sources=list(asked.sources),
        scrape_log_id=asked.id,
        status="queued",
    )


@router.get("/{job_id}")
def get_job(session: Tx, job_id: JobId) -> JobDetail:
    posting = postings.get_public(session, job_id)
    carriers = groups.carriers(session, [posting])[posting.id]
    return JobDetail.detail(posting, carriers)


def _pages(total: int, limit: int, offset: int) -> dict[str, int | bool]:
    page, pages = offset // limit + 1, ceil(total / limit)
    return {
        "page": page,
        "per_page": limit,
        "total": total,
        "total_pages": pages,
        "has_next": page < pages,
        "has_prev": page > 1,
    }
