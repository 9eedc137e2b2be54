"""`/api/analysis/*` and `/api/analyze`: start an analysis, poll it, read its result, retry it, delete it."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from starlette.responses import JSONResponse

from api.analyzer.schemas import (
    AnalyzeStarted,
    JobDeleted,
    JobIds,
    JobRetried,
    JobsDeleted,
    JobStarted,
    JobView,
    ResultView,
    UploadJobs,
    result_view,
)
from api.auth import CurrentCaller
from api.deps import Config, IdempotencyKey, Tx
from api.limits import limited
from services import analyses

router = APIRouter(prefix="/api", tags=["analyzer: analysis"])


@router.post("/analysis/start", status_code=202, dependencies=[limited("analyzer_start")])
def start(session: Tx, caller: CurrentCaller, upload_id: int, idempotency_key: IdempotencyKey = None) -> JobStarted:
    accepted = analyses.start(session, upload_id, user_id=caller.id, idempotency_key=idempotency_key)
    return JobStarted(job_id=str(accepted.run_id))


@router.post("/analyze", status_code=202, dependencies=[limited("analyzer_start")])
def analyze(session: Tx, caller: CurrentCaller, upload_id: Annotated[int, Query(alias="id")]) -> AnalyzeStarted:
    accepted = analyses.start(session, upload_id, user_id=caller.id)
    return AnalyzeStarted(job_id=str(accepted.run_id), upload_id=upload_id)


@router.get("/analysis/jobs")
def jobs(session: Tx, caller: CurrentCaller, upload_id: int) -> list[JobView]:
    return [JobView.of(one) for one in analyses.of_upload(session, upload_id, user_id=caller.id)]


@router.get("/analysis/upload-jobs")
def upload_jobs(session: Tx, caller: CurrentCaller, upload_id: int) -> UploadJobs:
    found = jobs(session, caller, upload_id)
    return UploadJobs(upload_id=upload_id, count=len(found), jobs=found)


@router.get("/analysis/status")
def status(session: Tx, caller: CurrentCaller, job_id: UUID) -> JobView:
    return JobView.of(analyses.get(session, job_id, user_id=caller.id))


@router.get("/analysis/result", response_model=ResultView)
def result(session: Tx, caller: CurrentCaller, job_id: UUID) -> ResultView | JSONResponse:
    """202 until the analysis is complete, as its client expects."""
    analysis = analyses.get(session, job_id, user_id=caller.id)
    if analysis.run.status != "completed":
        view = JobView.of(analysis)
        body = {"error": "Analysis not completed", "message": f"The analysis is {view.status}.", "job_id": view.job_id}
        return JSONResponse(body, status_code=202)
    return result_view(analysis)


@router.delete("/analysis/delete-job")
def delete_job(session: Tx, caller: CurrentCaller, job_id: UUID) -> JobDeleted:
    analyses.forget(session, [job_id], user_id=caller.id)
    return JobDeleted(job_id=str(job_id))


@router.post("/analysis/retry-job", status_code=202, dependencies=[limited("analyzer_start")])
def retry_job(session: Tx, caller: CurrentCaller, settings: Config, job_id: UUID) -> JobRetried:
    analyses.retry(session, job_id, user_id=caller.id, limit=settings.analysis_retries)
    return JobRetried(job_id=str(job_id))


@router.post("/analysis/batch-delete")
def batch_delete(session: Tx, caller: CurrentCaller, body: JobIds) -> JobsDeleted:
    """Every one or none. An id named twice counts once."""
    ids = list(dict.fromkeys(body.job_ids))
    analyses.forget(session, ids, user_id=caller.id)
    return JobsDeleted(
        deleted_count=len(ids), deleted_jobs=[str(one) for one in ids], message=f"{len(ids)} analyses deleted"
    )
