"""A person's tracked jobs: listed, made, kept from the catalogue, changed, deleted."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from core.errors import NotFound, Unprocessable
from models.posting import Posting
from models.resume import ResumeReading
from models.tracked_job import TrackedJob
from services.postings.reading import get_public
from services.runs.accepting import NewRun, accept

_COPIED = (
    "company", "title", "location", "url", "description", "salary_min", "salary_max", "salary_currency", "job_type",
    "source",
)  # fmt: skip
_FOUND_BY_MACHINE = "scraped"


def list_of(session: Session, user_id: int, *, skip: int, limit: int) -> tuple[Sequence[TrackedJob], int]:
    """Newest first, with the number of all."""
    total = session.scalar(select(func.count()).select_from(TrackedJob).where(TrackedJob.user_id == user_id))
    query = _of(user_id).order_by(TrackedJob.created_at.desc(), TrackedJob.id.desc()).offset(skip).limit(limit)
    return session.scalars(query).all(), total or 0


def get(session: Session, user_id: int, job_id: int) -> TrackedJob:
    """By its id, or by that of the posting it was kept from. Raises NotFound, for a foreign id too."""
    found = _find(session, user_id, job_id)
    if found is None:
        raise NotFound("There is no such job.", title="Job not found")
    return found


def shown(session: Session, user_id: int, job_id: int) -> TrackedJob | Posting:
    """The person's own job, else the public posting of that id. Raises NotFound."""
    return _find(session, user_id, job_id) or get_public(session, job_id)


def create(session: Session, user_id: int, values: Mapping[str, Any]) -> TrackedJob:
    """Keep a job. One that a machine found starts a matching, where there is a résumé to match with.

    Raises Unprocessable for a salary that ends below its beginning.
    """
    job = TrackedJob(user_id=user_id, **values)
    session.add(job)
    _written(session, job)
    if job.source == _FOUND_BY_MACHINE and _has_resume(session, user_id):
        accept(session, NewRun("matching", {}, user_id=user_id))
    return job


def change(session: Session, user_id: int, job_id: int, values: Mapping[str, Any], *, now: datetime) -> TrackedJob:
    """Write what `values` names; a public posting is kept first. Reaching `applied` stamps `date_applied`, once.

    Raises NotFound, and Unprocessable as `create` does.
    """
    job = _find(session, user_id, job_id, locked=True) or _keep(session, user_id, get_public(session, job_id))
    for name, value in values.items():
        setattr(job, name, value)
    if values.get("stage") == "applied" and job.date_applied is None:
        job.date_applied = now
    _written(session, job)
    return job


def remove(session: Session, user_id: int, job_id: int) -> None:
    """For good; a posting that it was kept from is in the catalogue again. Raises NotFound."""
    session.delete(get(session, user_id, job_id))
    session.flush()


def kept_postings(session: Session, user_id: int) -> Sequence[int]:
    """Ids of the postings that the person tracks."""
    query = select(TrackedJob.posting_id).where(TrackedJob.user_id == user_id, TrackedJob.posting_id.is_not(None))
    return [posting_id for posting_id in session.scalars(query) if posting_id is not None]


def _keep(session: Session, user_id: int, posting: Posting) -> TrackedJob:
    """A copy of the posting; of two requests at once the second finds the first one's."""
    values = {name: getattr(posting, name) for name in _COPIED}
    values |= {"remote_option": posting.remote_type, "tech_stack": posting.skills, "posting_id": posting.id}
    session.execute(insert(TrackedJob).values(user_id=user_id, **values).on_conflict_do_nothing())
    kept = _find(session, user_id, posting.id, locked=True)
    assert kept is not None
    return kept


def _find(session: Session, user_id: int, job_id: int, *, locked: bool = False) -> TrackedJob | None:
    mine = _of(user_id).where((TrackedJob.id == job_id) | (TrackedJob.posting_id == job_id))
    return session.scalars(mine.with_for_update() if locked else mine).one_or_none()


def _of(user_id: int) -> Select[TrackedJob]:
    return select(TrackedJob).where(TrackedJob.user_id == user_id)


def _written(session: Session, job: TrackedJob) -> None:
    low, high = job.salary_min, job.salary_max
    if low is not None and high is not None and high < low:
        raise Unprocessable("The highest salary is below the lowest one.", code="SALARY_RANGE")
    session.flush()
    session.refresh(job)


def _has_resume(session: Session, user_id: int) -> bool:
    read = select(ResumeReading.id).where(ResumeReading.user_id == user_id, ResumeReading.profile.is_not(None))
    return session.scalar(read.limit(1)) is not None
