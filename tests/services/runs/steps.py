"""Runs moved by hand: the steps a worker takes, one transaction each, as the runner takes them."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, text, update

from core.db import transaction
from models.run import Run
from services.runs import leases
from services.runs.accepting import NewRun, accept
from services.runs.leases import Advance, Claim

LEASE = timedelta(seconds=30)


def launch(user_id: int | None, *, pipeline: str = "errand", **fields: Any) -> UUID:
    with transaction() as session:
        return accept(session, NewRun(pipeline=pipeline, payload={}, user_id=user_id, **fields)).run_id


def claim(run_id: UUID, stage: str = "first", *, first: bool = True, progress: int = 10) -> Claim | None:
    with transaction() as session:
        return leases.claim(session, run_id, stage, first=first, progress=progress, lease=LEASE)


def claimed(run_id: UUID, stage: str = "first", *, first: bool = True, progress: int = 10) -> Claim:
    mine = claim(run_id, stage, first=first, progress=progress)
    assert mine is not None
    return mine


def advance(mine: Claim, next_stage: str | None, *, progress: int = 50, **fields: Any) -> None:
    with transaction() as session:
        leases.hold(session, mine)
        leases.advance(session, mine, Advance(next_stage=next_stage, progress=progress, **fields))


def complete(mine: Claim, *, cost: int = 0) -> None:
    advance(mine, None, progress=100, cost=cost)


def run_of(run_id: UUID) -> Run:
    with transaction() as session:
        return session.get_one(Run, run_id)


def lapse(run_id: UUID) -> None:
    """Let the lease run out now."""
    with transaction() as session:
        session.execute(
            update(Run).where(Run.id == run_id).values(lease_until=func.now() - text("interval '1 second'"))
        )
