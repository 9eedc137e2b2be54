"""`/api/v1/job-ingestion`: start harvests and see how they go. `/api/v1/jobs/scrape` is its other name."""

from datetime import datetime
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, Field

from api.auth import CurrentCaller
from api.deps import Config, Tx
from api.limits import limited
from core.clock import utc_now
from services import harvests, source_quality

router = APIRouter(prefix="/api/v1", tags=["copilot: ingestion"])


class IngestionRequest(BaseModel):
    """Boards are harvested whole: `max_jobs`, `keywords` and `location` are accepted and narrow nothing."""

    sources: list[str] | None = Field(None, max_length=50)
    max_jobs: int = Field(50, ge=1, le=100_000)
    keywords: list[str] | None = Field(None, max_length=100)
    location: str | None = Field(None, max_length=255)


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
    return IngestionStatus(
        queue_depth=activity.waiting,
        active_tasks=activity.working,
        last_run_at=activity.last_at,
        last_status=activity.last_status,
        jobs_ingested_24h=activity.new_today,
        sources=[
            SourceStatus(
                source=one.source,
                last_run_at=one.harvested_at,
                last_status=one.verdict,
                jobs_found=one.found,
                jobs_new=one.new,
                error=one.reason,
            )
            for one in found
        ],
    )


@router.post("/job-ingestion/run", status_code=202, dependencies=[limited("job_ingestion")])
def run_ingestion(session: Tx, caller: CurrentCaller, settings: Config, body: IngestionRequest) -> IngestionStarted:
    asked = harvests.request(session, settings, user_id=caller.id, sources=body.sources or ())
    return IngestionStarted(**_started(asked, caller.id, body.max_jobs))


@router.post("/jobs/scrape", status_code=202, dependencies=[limited("job_ingestion")])
def scrape_jobs(
    session: Tx, caller: CurrentCaller, settings: Config, body: dict[str, Any] | None = None
) -> ScrapeStarted:
    """The client's button sends no body; what others send narrows nothing."""
    asked = harvests.request(session, settings, user_id=caller.id)
    activity = source_quality.activity(session, now=utc_now())
    return ScrapeStarted(**_started(asked, caller.id, 50), jobs_found=activity.new_today)


def _started(asked: harvests.Requested, user_id: int, max_jobs: int) -> dict[str, Any]:
    said = "Already harvesting" if asked.joined else "Harvesting"
    return {
        "task_id": asked.run_id,
        "message": f"{said} {', '.join(asked.sources)}",
        "max_jobs": max_jobs,
        "user_id": user_id,
        "sources": list(asked.sources),
    }
