"""`/api/v1/job-ingestion`: start harvests and see how they go. `/api/v1/jobs/scrape` is its other name."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, Field, StringConstraints

from api.auth import CurrentCaller
from api.copilot.schemas_jobs import Plain
from api.deps import Config, Tx
from api.limits import limited
from core.clock import utc_now
from services import board_searches, harvests, source_quality
from services.board_searches import Searched, Wanted
from services.source_quality import SourceQuality

router = APIRouter(prefix="/api/v1", tags=["copilot: ingestion"])

_MOST = 50
_NEVER = datetime.min.replace(tzinfo=UTC)
Word = Annotated[Plain, StringConstraints(strip_whitespace=True, max_length=200), Field(min_length=1)]
Asked = harvests.Requested | board_searches.Requested


class IngestionRequest(BaseModel):
    """Postings that name any of `keywords`, at `location`, at most `max_jobs` of them over all `sources` together.

    Boards that can search are asked just that, the answers of others are filtered. A location is part of what the
    posting says, or a country, or "remote". No sources are those that the operator harvests.
    """

    sources: list[Word] | None = Field(None, max_length=50)
    max_jobs: int = Field(50, ge=1, le=100_000)
    keywords: list[Word] | None = Field(None, max_length=100)
    location: Annotated[Plain, StringConstraints(strip_whitespace=True, max_length=255)] | None = None


class ScrapeRequest(BaseModel):
    """What some clients send; the jobs page's button sends nothing, and then boards are harvested whole."""

    skills: list[Word] | None = Field(None, max_length=100)
    locations: list[Word] | None = Field(None, max_length=20)
    remote: bool | None = None
    max_jobs: int | None = Field(None, ge=1, le=100_000)

    def narrows(self) -> bool:
        return bool(self.skills or self.locations or self.remote or self.max_jobs)

    def location(self) -> str:
        """Of several places the first is asked for."""
        return "remote" if self.remote else next(iter(self.locations or ()), "")


class IngestionStarted(BaseModel):
    task_id: UUID
    status: str = "queued"
    message: str
    max_jobs: int
    user_id: int
    sources: list[str]


class ScrapeStarted(IngestionStarted):
    """`jobs_found` counts what came in within a day: the harvest that was asked for has only begun."""

    jobs_found: int


class SourceStatus(BaseModel):
    source: str
    last_run_at: datetime | None
    last_status: str | None
    jobs_found: int
    jobs_new: int
    error: str | None


class IngestionStatus(BaseModel):
    queue_depth: int
    active_tasks: int
    last_run_at: datetime | None
    last_status: str | None
    jobs_ingested_24h: int
    sources: list[SourceStatus]


@router.get("/job-ingestion/status")
def show_status(session: Tx, caller: CurrentCaller, settings: Config) -> IngestionStatus:
    now = utc_now()
    activity = source_quality.activity(session, now=now)
    found = source_quality.report(session, settings.harvest_sources, now=now)
    sources = _by_source(found, board_searches.latest(session))
    last = max((one for one in sources if one.last_run_at), key=lambda one: one.last_run_at or _NEVER, default=None)
    return IngestionStatus(
        queue_depth=activity.waiting,
        active_tasks=activity.working,
        last_run_at=last and last.last_run_at,
        last_status=last and last.last_status,
        jobs_ingested_24h=activity.new_today,
        sources=sources,
    )


@router.post("/job-ingestion/run", status_code=202, dependencies=[limited("job_ingestion")])
def run_ingestion(session: Tx, caller: CurrentCaller, settings: Config, body: IngestionRequest) -> IngestionStarted:
    wanted = Wanted(
        sources=tuple(dict.fromkeys(body.sources or settings.harvest_sources)),
        keywords=tuple(body.keywords or ()),
        location=body.location or "",
        most=body.max_jobs,
    )
    asked = board_searches.request(session, settings, wanted, user_id=caller.id)
    return IngestionStarted(**_started(asked, caller.id, body.max_jobs))


@router.post("/jobs/scrape", status_code=202, dependencies=[limited("job_ingestion")])
def scrape_jobs(
    session: Tx, caller: CurrentCaller, settings: Config, body: ScrapeRequest | None = None
) -> ScrapeStarted:
    """The client's button sends no body: a whole harvest. Whoever says what they want gets a search."""
    most = (body and body.max_jobs) or _MOST
    asked: Asked
    if body is not None and body.narrows():
        wanted = Wanted(settings.harvest_sources, tuple(body.skills or ()), body.location(), most)
        asked = board_searches.request(session, settings, wanted, user_id=caller.id)
    else:
        asked = harvests.request(session, settings, user_id=caller.id)
    activity = source_quality.activity(session, now=utc_now())
    return ScrapeStarted(**_started(asked, caller.id, most), jobs_found=activity.new_today)


def _started(asked: Asked, user_id: int, max_jobs: int) -> dict[str, Any]:
    said = "Already asking" if asked.joined else "Asking"
    return {
        "task_id": asked.run_id,
        "message": f"{said} {', '.join(asked.sources)}",
        "max_jobs": max_jobs,
        "user_id": user_id,
        "sources": list(asked.sources),
    }


def _by_source(harvested: Sequence[SourceQuality], searched: Sequence[Searched]) -> list[SourceStatus]:
    """How each source was last asked, in a harvest or in a search."""
    last = {
        one.source: SourceStatus(
            source=one.source,
            last_run_at=one.harvested_at,
            last_status=one.verdict,
            jobs_found=one.found,
            jobs_new=one.new,
            error=one.reason,
        )
        for one in harvested
    }
    for search in searched:
        known = last.get(search.source)
        at = known.last_run_at if known else None
        if search.at is None or at is None or search.at > at:
            last[search.source] = SourceStatus(
                source=search.source,
                last_run_at=search.at or at,
                last_status=search.status,
                jobs_found=search.found,
                jobs_new=search.new,
                error=search.error,
            )
    return [last[name] for name in sorted(last)]
