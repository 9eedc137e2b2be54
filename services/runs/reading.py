"""Looking at runs. Ownership is in the query: a foreign id and a missing id answer the same."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.errors import NotFound
from models.run import Run, RunEvent

_LAST_EVENT = select(func.coalesce(func.max(RunEvent.id), 0)).where(RunEvent.run_id == Run.id).scalar_subquery()


def missing() -> NotFound:
    return NotFound("There is no such run.", title="Run not found")


def get(session: Session, run_id: UUID, *, user_id: int) -> Run:
    """Raises NotFound."""
    run = session.scalars(select(Run).where(Run.id == run_id, Run.user_id == user_id)).one_or_none()
    if run is None:
        raise missing()
    return run


def shown(session: Session, run_id: UUID, *, user_id: int) -> tuple[Run, int]:
    """The run, and the id of the last event it shows: where a stream goes on from it. Raises NotFound.

    One statement reads both. Of two, an event that came between them would be neither shown nor streamed.
    """
    row = session.execute(select(Run, _LAST_EVENT).where(Run.id == run_id, Run.user_id == user_id)).one_or_none()
    if row is None:
        raise missing()
    return row[0], row[1]


def shown_of_user(
    session: Session,
    user_id: int,
    *,
    pipeline: str | None = None,
    status: str | None = None,
    limit: int = 50,
    offset: int = 0,
) -> list[tuple[Run, int]]:
    """Runs with their last events' ids, newest first."""
    query = select(Run, _LAST_EVENT).where(Run.user_id == user_id)
    if pipeline is not None:
        query = query.where(Run.pipeline == pipeline)
    if status is not None:
        query = query.where(Run.status == status)
    rows = session.execute(query.order_by(Run.created_at.desc(), Run.id.desc()).limit(limit).offset(offset))
    return [(row[0], row[1]) for row in rows]


def list_all(session: Session, *, status: str | None = None, limit: int = 50) -> Sequence[Run]:
    """Everybody's runs, newest first: for operators."""
    query = select(Run) if status is None else select(Run).where(Run.status == status)
    return session.scalars(query.order_by(Run.created_at.desc(), Run.id.desc()).limit(limit)).all()


def any_run(session: Session, run_id: UUID) -> Run:
    """Whoever's it is: for operators. Raises NotFound."""
    run = session.get(Run, run_id, populate_existing=True)
    if run is None:
        raise missing()
    return run


def latest(session: Session, user_id: int, pipeline: str) -> Run | None:
    return next((run for run, _ in shown_of_user(session, user_id, pipeline=pipeline, limit=1)), None)


def first_event_id(session: Session, run_id: UUID) -> int:
    """The id of the run's "queued" event; 0 when retention has taken it."""
    return session.execute(
        select(func.coalesce(func.min(RunEvent.id), 0)).where(RunEvent.run_id == run_id)
    ).scalar_one()
