"""`/api/v1/jobs`: a person's own jobs, and the catalogue in the same form. A posting that is changed is kept first."""

from collections import Counter
from collections.abc import Iterable
from typing import Annotated

from fastapi import APIRouter, Query, Response

from api.auth import CurrentCaller
from api.copilot.schemas_jobs import (
    JobChange,
    JobId,
    JobIn,
    JobInsights,
    JobPreview,
    JobQuery,
    JobView,
    RecommendedJob,
)
from api.copilot.words import NOT_PURSUED, source_of, status_of
from api.deps import Tx
from core.clock import utc_now
from core.errors import BadRequest
from services.market.window import Window
from services.tracking import jobs, recommending, searching
from services.tracking.insights import insights
from services.tracking.searching import JobFilter

router = APIRouter(prefix="/api/v1/jobs", tags=["copilot: jobs"])

_MOST_LISTED = 1000
_FAR = 1_000_000_000
Days = Annotated[int, Query(ge=1, le=3650)]


@router.get("")
def list_jobs(session: Tx, caller: CurrentCaller, response: Response, skip: int = 0, limit: int = 100) -> list[JobView]:
    _require_window(skip, limit)
    found, total = jobs.list_of(session, caller.id, skip=skip, limit=limit)
    response.headers["X-Total-Count"] = str(total)
    return [JobView.of(one, user_id=caller.id) for one in found]


@router.post("")
def create_job(session: Tx, caller: CurrentCaller, body: JobIn) -> JobView:
    return JobView.of(jobs.create(session, caller.id, body.values() | {"source": body.source}), user_id=caller.id)


@router.get("/search")
def search_jobs(session: Tx, caller: CurrentCaller, query: Annotated[JobQuery, Query()]) -> list[JobView]:
    """The person's own first, then the newest of the catalogue that they do not track yet."""
    _require_window(query.skip, query.limit)
    found = searching.search(session, caller.id, query.wanted(), skip=query.skip, limit=query.limit)
    return [JobView.of(one, user_id=caller.id) for one in found]


@router.get("/recommendations")
def recommend_jobs(
    session: Tx,
    caller: CurrentCaller,
    limit: Annotated[int, Query(ge=1, le=100)] = 10,
    min_match_score: Annotated[int, Query(ge=0, le=100)] = 70,
) -> list[RecommendedJob]:
    found = recommending.recommended(session, caller.id, NOT_PURSUED, least=min_match_score, limit=limit)
    return [RecommendedJob.scored(job, score) for job, score in found]


@router.get("/insights")
@router.get("/analytics")
def show_insights(session: Tx, caller: CurrentCaller, timeframe_days: Days = 30) -> JobInsights:
    found = insights(session, caller.id, Window(utc_now(), timeframe_days))
    return JobInsights(
        timeframe_days=timeframe_days,
        total_jobs=found.total,
        status_breakdown=_added((status_of(stage), count) for stage, count in found.stages.items()),
        source_breakdown=_added((source_of(source), count) for source, count in found.sources.items()),
        top_locations=dict(found.locations),
        remote_jobs=found.remote,
        remote_percentage=round(found.remote / found.total * 100, 1) if found.total else 0.0,
        salary_histogram=list(map(dict, found.histogram)),
    )


@router.get("/available")
def list_available(
    session: Tx,
    caller: CurrentCaller,
    skip: Annotated[int, Query(ge=0, le=_FAR)] = 0,
    limit: Annotated[int, Query(ge=1, le=100)] = 10,
) -> list[JobPreview]:
    """What is still to be applied for: the person's own, then the newest of the catalogue."""
    found = searching.search(session, caller.id, JobFilter(stages=NOT_PURSUED), skip=skip, limit=limit)
    return [JobPreview.of(one) for one in found]


@router.get("/{job_id}")
def get_job(session: Tx, caller: CurrentCaller, job_id: JobId) -> JobView:
    return JobView.of(jobs.shown(session, caller.id, job_id), user_id=caller.id)


@router.patch("/{job_id}")
@router.put("/{job_id}")
def change_job(session: Tx, caller: CurrentCaller, job_id: JobId, body: JobChange) -> JobView:
    known = JobView.of(jobs.shown(session, caller.id, job_id), user_id=caller.id)
    changed = jobs.change(session, caller.id, job_id, body.values(known), now=utc_now())
    return JobView.of(changed, user_id=caller.id)


@router.delete("/{job_id}", status_code=204, response_class=Response)
def delete_job(session: Tx, caller: CurrentCaller, job_id: JobId) -> None:
    jobs.remove(session, caller.id, job_id)


def _added(counts: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Several of our words may be one of the copilot's."""
    total: Counter[str] = Counter()
    for name, count in counts:
        total[name] += count
    return dict(total.most_common())


def _require_window(skip: int, limit: int) -> None:
    """This contract answers 400 where others answer 422."""
    if not (0 <= skip <= _FAR and 1 <= limit <= _MOST_LISTED):
        raise BadRequest(f"skip must not be negative, and limit must be 1 to {_MOST_LISTED}.", code="PAGE_RANGE")
