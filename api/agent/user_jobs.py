"""`/api/user-jobs`: jobs that a person pasted or typed, seen by nobody else."""

from fastapi import APIRouter, Response

from api.agent.schemas_postings import JobId, JobText, ParsedJob, UserJob, UserJobChange, UserJobIn, UserJobs
from api.auth import CurrentCaller
from api.deps import Tx
from api.limits import limited
from services import posting_text, user_postings

router = APIRouter(prefix="/api/user-jobs", tags=["agent: user jobs"])


@router.post("/parse", dependencies=[limited("user_jobs_parse")])
def parse_job(caller: CurrentCaller, body: JobText) -> ParsedJob:
    """Read by rules; nothing is stored."""
    return ParsedJob.of(posting_text.read(body.job_text))


@router.post("", status_code=201)
def create_job(session: Tx, caller: CurrentCaller, body: UserJobIn) -> UserJob:
    return UserJob.of(user_postings.create(session, caller.id, body.model_dump()))


@router.get("")
def list_jobs(session: Tx, caller: CurrentCaller) -> UserJobs:
    found = user_postings.list_of(session, caller.id)
    return UserJobs(jobs=[UserJob.of(one) for one in found], total=len(found))


@router.get("/{job_id}")
def get_job(session: Tx, caller: CurrentCaller, job_id: JobId) -> UserJob:
    return UserJob.of(user_postings.get(session, caller.id, job_id))


@router.put("/{job_id}")
def update_job(session: Tx, caller: CurrentCaller, job_id: JobId, body: UserJobChange) -> UserJob:
    changed = user_postings.change(session, caller.id, job_id, body.model_dump(exclude_unset=True))
    return UserJob.of(changed)


@router.delete("/{job_id}", status_code=204, response_class=Response)
def delete_job(session: Tx, caller: CurrentCaller, job_id: JobId) -> None:
    user_postings.remove(session, caller.id, job_id)
