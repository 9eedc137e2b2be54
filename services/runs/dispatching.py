"""Which runs to ring for. The queue is `runs`; a broker message is only a doorbell and may be lost or doubled."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import func, literal, select, update
from sqlalchemy.orm import Session

from models.run import Run

MAX_BACKOFF_DOUBLINGS = 5


@dataclass(frozen=True)
class Due:
    """A queued run whose bell should ring. `stage` is None before its first claim."""

    run_id: UUID
    pipeline: str
    stage: str | None


def take_due(session: Session, *, limit: int, redispatch: timedelta) -> list[Due]:
    """Mark up to `limit` due runs as rung for and answer them.

    Each unanswered ring doubles the wait for the next one, from `redispatch` up to 32 times that: a lost message costs
    one wait, a long queue costs few duplicates. Rows another dispatcher is holding are skipped.
    """
    due = (
        select(Run.id)
        .where(Run.status == literal("queued"), Run.next_dispatch_at <= func.now())
        .order_by(Run.next_dispatch_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
        .cte("due")
    )
    rows = session.execute(
        update(Run)
        .where(Run.id == due.c.id)
        .values(
            dispatches=Run.dispatches + 1,
            next_dispatch_at=func.now() + redispatch * func.power(2, func.least(Run.dispatches, MAX_BACKOFF_DOUBLINGS)),
        )
        .returning(Run.id, Run.pipeline, Run.stage)
    )
    return [Due(*row) for row in rows]


def put_back(session: Session, run_ids: Sequence[UUID]) -> None:
    """The broker did not take these: they are due again."""
    session.execute(
        update(Run)
        .where(Run.id.in_(run_ids), Run.status == "queued")
        .values(
            next_dispatch_at=func.greatest(func.now(), Run.run_after),
            dispatches=func.greatest(Run.dispatches - 1, 0),
        )
    )


def ring_again_for_all(session: Session) -> int:
    """The broker lost its memory: every rung and unclaimed run is due again. Answers how many."""
    again = session.execute(
        update(Run)
        .where(Run.status == "queued", Run.dispatches > 0, Run.run_after <= func.now())
        .values(next_dispatch_at=func.now(), dispatches=0)
        .returning(Run.id)
    )
    return len(again.all())
