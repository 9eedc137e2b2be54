"""Putting right what died: leases that ran out, reservations that nobody ended."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.run import TERMINAL, Run
from services import credits
from services.runs import leases
from services.runs.leases import CLAIM_ONLY, claim_of

CRASHED = "CRASHED"


@dataclass(frozen=True)
class Swept:
    requeued: int = 0
    failed: int = 0
    released: int = 0

    def __add__(self, other: "Swept") -> "Swept":
        return Swept(self.requeued + other.requeued, self.failed + other.failed, self.released + other.released)

    def __bool__(self) -> bool:
        return bool(self.requeued or self.failed or self.released)


def sweep_lease(session: Session, attempts_allowed: Callable[[str, str], int]) -> Swept:
    """Give one run whose worker fell silent back to the queue, or end it once its attempts are spent.

    One run a transaction: two runs' locks, taken together, could deadlock with the workers that hold the others.

    Args:
        attempts_allowed: (pipeline, stage) → how many claims of that stage are allowed.
    """
    silent = session.execute(
        select(Run.id, Run.user_id, Run.pipeline, Run.stage, *CLAIM_ONLY)
        .where(Run.status == "running", Run.lease_until < func.now())
        .order_by(Run.lease_until)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    row = silent.mappings().one_or_none()
    if row is None:
        return Swept()
    dead = claim_of(row)
    if dead.attempts >= attempts_allowed(dead.pipeline, dead.stage):
        leases.fail(session, dead, code=CRASHED, message=_spent(dead.attempts))
        return Swept(failed=1)
    leases.try_again(session, dead, delay=timedelta(0), message="The worker stopped; trying again")
    return Swept(requeued=1)


def sweep_reservations(session: Session, *, older_than: datetime) -> Swept:
    """Release open reservations that no living run answers for."""
    released = 0
    for reservation_id in credits.open_before(session, older_than):
        alive = session.scalar(
            select(Run.id).where(Run.reservation_id == reservation_id, Run.status.not_in(TERMINAL)).limit(1)
        )
        if alive is None:
            credits.release(session, reservation_id)
            released += 1
    return Swept(released=released)


def _spent(attempts: int) -> str:
    return (
        f"This step stopped its worker {attempts} times and was given up. "
        "Nothing was charged. Try again, and if it stops again, tell us the run's id."
    )
