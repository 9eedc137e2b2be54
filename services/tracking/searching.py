"""Looking through a person's own jobs and the open catalogue together: their own first, then the newest postings."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Text, cast, func, or_, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from models.posting import Posting
from models.tracked_job import TrackedJob
from services import postings
from services.postings import PostingFilter
from services.tracking.jobs import kept_postings

REMOTE = ("full", "remote", "yes")
_OF_POSTINGS = {"full-time": "permanent", "part-time": "part-time", "contract": "contract"}
_INTERNSHIP = "internship"


@dataclass(frozen=True)
class JobFilter:
    """`query` words must all occur in title, company, text or skills; `skills` any of them.

    Pay is compared as ranges: a job fits when its range and `min_salary` to `max_salary` overlap. `stages` narrows the
    person's own jobs; what is in the catalogue alone has none.
    """

    query: str = ""
    location: str = ""
    remote_only: bool = False
    job_type: str | None = None
    min_salary: int | None = None
    max_salary: int | None = None
    skills: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()


def search(
    session: Session, user_id: int, wanted: JobFilter, *, skip: int, limit: int
) -> Sequence[TrackedJob | Posting]:
    """A page of both. A posting that the person tracks is found as theirs only."""
    conditions = _own(user_id, wanted)
    count = session.scalar(select(func.count()).select_from(TrackedJob).where(*conditions)) or 0
    newest = select(TrackedJob).where(*conditions).order_by(TrackedJob.created_at.desc(), TrackedJob.id.desc())
    own = session.scalars(newest.offset(skip).limit(limit)).all()
    if len(own) == limit:
        return own
    public = _public(wanted, kept_postings(session, user_id))
    found, _ = postings.search(session, public, limit=limit - len(own), offset=max(0, skip - count))
    return [*own, *found]


def _own(user_id: int, wanted: JobFilter) -> list[ColumnElement[bool]]:
    job = TrackedJob
    texts = (job.title, job.company, job.description, func.array_to_string(job.tech_stack, " "))
    everything = func.lower(func.concat_ws(" ", *texts))
    conditions: list[ColumnElement[bool]] = [job.user_id == user_id]
    conditions += [everything.contains(word, autoescape=True) for word in wanted.query.casefold().split()]
    if wanted.location:
        conditions.append(job.location.icontains(wanted.location, autoescape=True))
    if wanted.remote_only:
        conditions.append(job.remote_option.in_(REMOTE))
    if wanted.job_type:
        same = {wanted.job_type, _OF_POSTINGS.get(wanted.job_type, wanted.job_type)}
        conditions.append(func.lower(job.job_type).in_(same))
    if wanted.skills:
        stack = func.lower(cast(job.tech_stack, Text))
        conditions.append(or_(*(stack.contains(skill.casefold(), autoescape=True) for skill in wanted.skills)))
    if wanted.stages:
        conditions.append(job.stage.in_(wanted.stages))
    return conditions + _pays(job, wanted)


def _public(wanted: JobFilter, kept: Sequence[int]) -> PostingFilter:
    also = _pays(Posting, wanted)
    if kept:
        also.append(Posting.id != func.all(cast(list(kept), ARRAY(Posting.id.type))))
    if wanted.location:
        also.append(Posting.location.icontains(wanted.location, autoescape=True))
    if wanted.job_type == _INTERNSHIP:
        also.append(Posting.seniority == "intern")
    elif wanted.job_type:
        also.append(Posting.job_type == _OF_POSTINGS.get(wanted.job_type, wanted.job_type))
    return PostingFilter(
        search=wanted.query or None,
        remote_type="full" if wanted.remote_only else None,
        skills=wanted.skills,
        also=tuple(also),
    )


def _pays(job: type[TrackedJob] | type[Posting], wanted: JobFilter) -> list[ColumnElement[bool]]:
    lowest, highest = func.coalesce(job.salary_min, job.salary_max), func.coalesce(job.salary_max, job.salary_min)
    conditions: list[ColumnElement[bool]] = []
    if wanted.min_salary is not None:
        conditions.append(highest >= wanted.min_salary)
    if wanted.max_salary is not None:
        conditions.append(lowest <= wanted.max_salary)
    return conditions
