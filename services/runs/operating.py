"""What a person may do to a run: cancel it, or try it again."""

from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select, update
from sqlalchemy.orm import Session

from core.errors import Conflict
from models.credit import CreditReservation
from models.run import TERMINAL, Run
from services import credits
from services.runs import events
from services.runs.leases import child_ended
from services.runs.reading import missing

MOST_RETRIES = 10  # a door may allow fewer; what fails so often fails for a reason

# A run that was cancelled while it waited for its children: to go on with the stage that gathers their work would pass
# off a part as the whole.
_FROM_THE_START: dict[str, Any] = {"stage": None, "state": {}, "children_pending": 0}


def cancel(session: Session, run_id: UUID, *, user_id: int | None) -> Run:
    """End the run now, its children first. A worker that still holds it loses its fence and writes nothing.

    Cancelling a cancelled run changes nothing. Raises NotFound, Conflict when it has ended otherwise.
    """
    family = _locked_family(session, run_id, user_id)
    run = family[-1]
    if run.status in TERMINAL:
        if run.status == "cancelled":
            return run
        raise Conflict(f"This run has already {run.status}.", code="RUN_ENDED", context={"status": run.status})
    for one in family:
        if one.reservation_id is not None:
            credits.release(session, one.reservation_id)
    if run.parent_id is not None:
        child_ended(session, run.parent_id)
    for one in family:
        _write(
            session,
            one,
            status="cancelled",
            message="Cancelled",
            fence=Run.fence + 1,
            lease_until=None,
            finished_at=func.now(),
        )
    return run


def retry(session: Session, run_id: UUID, *, user_id: int | None) -> Run:
    """Send a failed or cancelled run back to the stage it ended in, with a fresh reservation of the same size.

    Raises NotFound, PaymentRequired, Conflict when it has not failed, is a part of another, or was tried often enough.
    """
    run = _locked(session, run_id, user_id)
    _refuse_retry(run)
    reservation_id = _reserve_again(session, run)
    start = _FROM_THE_START if run.children_pending else {}
    _write(session, run, **_ANOTHER_TRY, **start, retries=Run.retries + 1, reservation_id=reservation_id)
    return run


_ANOTHER_TRY: dict[str, Any] = {
    "status": "queued",
    "progress": 0,
    "message": "Trying again",
    "attempts": 0,
    "dispatches": 0,
    "run_after": func.now(),
    "next_dispatch_at": func.now(),
    "finished_at": None,
    "error_code": None,
    "error_message": None,
    "result": None,
}


def _refuse_retry(run: Run) -> None:
    if run.parent_id is not None:
        # Its parent has already counted it off; counting it twice would wake the parent too early.
        raise Conflict(
            "This run is a part of a larger one: try that one again.",
            code="RUN_IS_A_PART",
            context={"parent_id": str(run.parent_id)},
        )
    if run.status not in ("failed", "cancelled"):
        raise Conflict(
            f"Only a failed or cancelled run can be tried again; this one is {run.status}.",
            code="RUN_NOT_FAILED",
            context={"status": run.status},
        )
    if run.retries >= MOST_RETRIES:
        raise Conflict(
            f"This run was already tried again {run.retries} times. Start a new one.",
            code="RETRY_LIMIT",
            context={"retries": run.retries},
        )


def _locked_family(session: Session, run_id: UUID, user_id: int | None) -> list[Run]:
    """The living children and then the run, locked in the order in which a child's last write takes the two locks.

    A run that launches children while we wait for its row has some that we do not hold: let go, and look again.
    """
    while True:
        attempt = session.begin_nested()
        children = session.scalars(_living_children(run_id, user_id).order_by(Run.id).with_for_update()).all()
        run = _locked(session, run_id, user_id)
        if len(session.scalars(_living_children(run_id, user_id)).all()) == len(children):
            return [*children, run]
        attempt.rollback()


def _living_children(run_id: UUID, user_id: int | None) -> Select[Run]:
    return (
        select(Run)
        .where(Run.parent_id == run_id, Run.user_id == user_id, Run.status.not_in(TERMINAL))
        .execution_options(populate_existing=True)
    )


def _locked(session: Session, run_id: UUID, user_id: int | None) -> Run:
    run = session.scalars(
        select(Run)
        .where(Run.id == run_id, Run.user_id == user_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    if run is None:
        raise missing()
    return run


def _reserve_again(session: Session, run: Run) -> int | None:
    if run.reservation_id is None or run.user_id is None:
        return None
    amount = session.execute(
        select(CreditReservation.amount).where(CreditReservation.id == run.reservation_id)
    ).scalar_one()
    return credits.reserve(session, user_id=run.user_id, amount=amount, request_id=f"{run.id}:{run.retries + 1}")


def _write(session: Session, run: Run, **values: Any) -> None:
    """Change the run, which is locked, and record it. `run` shows the change afterwards."""
    session.execute(events.recording(update(Run).where(Run.id == run.id).values(**values), ring_for="queued"))
    session.refresh(run)
