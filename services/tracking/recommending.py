"""Which of their own jobs a person is nearest to, by skills alone."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.tracked_job import TrackedJob
from models.user import UserProfile
from services.skills.vocabulary import canonical

_MOST_COMPARED = 2000
_NOTHING_TO_GO_BY = 50.0


def recommended(
    session: Session, user_id: int, stages: Sequence[str], *, least: float, limit: int
) -> list[tuple[TrackedJob, float]]:
    """Jobs at these stages with their scores, the best first.

    A score is the share, 0 to 100, of the person's skills that the job names, and 50 where either names none.
    """
    profile = session.get(UserProfile, user_id)
    mine = _one_spelling(profile.skills if profile else ())
    jobs = session.scalars(
        select(TrackedJob)
        .where(TrackedJob.user_id == user_id, TrackedJob.stage.in_(stages))
        .order_by(TrackedJob.created_at.desc(), TrackedJob.id.desc())
        .limit(_MOST_COMPARED)
    )
    scored = [(job, _score(mine, _one_spelling(job.tech_stack))) for job in jobs]
    return sorted((one for one in scored if one[1] >= least), key=lambda one: -one[1])[:limit]


def _score(mine: set[str], asked: set[str]) -> float:
    return round(len(mine & asked) / len(mine) * 100, 1) if mine and asked else _NOTHING_TO_GO_BY


def _one_spelling(skills: Iterable[str]) -> set[str]:
    return {(canonical(skill) or skill).casefold() for skill in skills}
