"""A worker's hold on a run: claim, heartbeat, and every write that must prove it still holds.

The fence is the proof. Each claim and each cancellation raises it; a write names the fence it was given, and a worker
whose lease ran out finds no row.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Boolean,
    Executable,
    Integer,
    Interval,
    RowMapping,
    Text,
    and_,
    bindparam,
    case,
    func,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Session

from models.run import Run
from services import credits
from services.runs import events
from services.runs.accepting import NewRun, accept
from services.runs.events import RUNS


class LostLease(Exception):
    """This worker no longer holds the run: somebody else does, or it was cancelled. Nothing may be written."""


@dataclass(frozen=True)
class Claim:
    """What a stage may know of its run. `attempts` counts this claim of this stage, from 1."""

    run_id: UUID
    user_id: int | None
    pipeline: str
    stage: str
    fence: int
    attempts: int
    payload: Mapping[str, Any]
    state: Mapping[str, Any]
    reservation_id: int | None
    parent_id: UUID | None


_CLAIMED = ("user_id", "pipeline", "stage", "fence", "attempts", "payload", "state", "reservation_id", "parent_id")
CLAIM_ONLY = tuple(RUNS.c[name] for name in ("fence", "attempts", "payload", "state", "reservation_id", "parent_id"))

# Statements are built once: composing one costs more than sending it. A parameter may not be called like a column.
_HELD = (
    RUNS.c.id == bindparam("held_id"),
    RUNS.c.fence == bindparam("held_fence"),
    RUNS.c.status == literal("running"),
)


def _recorded(**values: Any) -> Executable:
    return events.recording(update(RUNS).where(*_HELD).values(**values), ring_for="queued")


_LEASE = func.now() + bindparam("lease", type_=Interval())
_DUE = func.now() + bindparam("delay", type_=Interval())
_FURTHER = func.greatest(RUNS.c.progress, bindparam("at_least", type_=Integer()))
_SAID = bindparam("said", type_=Text())
_STAGE = bindparam("now_stage", type_=Text())

_CLAIM = events.recording(
    update(RUNS)
    .where(
        RUNS.c.id == bindparam("its_id"),
        RUNS.c.status == literal("queued"),
        RUNS.c.run_after <= func.now(),
        or_(RUNS.c.stage == _STAGE, and_(bindparam("first", type_=Boolean()), RUNS.c.stage.is_(None))),
    )
    .values(
        status="running",
        stage=_STAGE,
        fence=RUNS.c.fence + 1,
        attempts=RUNS.c.attempts + 1,
        progress=_FURTHER,
        message="",
        lease_until=_LEASE,
        started_at=func.coalesce(RUNS.c.started_at, func.now()),
    ),
    *CLAIM_ONLY,
)
_EXTEND = update(RUNS).where(*_HELD).values(lease_until=_LEASE).returning(RUNS.c.id)
_HOLD = select(RUNS.c.id).where(*_HELD).with_for_update()
_REPORT = _recorded(progress=_FURTHER, message=_SAID)
_ADVANCE = _recorded(
    status=case((bindparam("children", type_=Integer()) > 0, "waiting"), else_="queued"),
    stage=_STAGE,
    progress=_FURTHER,
    message=_SAID,
    state=bindparam("new_state"),
    children_pending=bindparam("children", type_=Integer()),
    attempts=0,
    dispatches=0,
    lease_until=None,
    run_after=func.now(),
    next_dispatch_at=func.now(),
)
_TRY_AGAIN = _recorded(
    status="queued", lease_until=None, run_after=_DUE, next_dispatch_at=_DUE, dispatches=0, message=_SAID
)
_END = _recorded(
    status=bindparam("how"),
    progress=case((bindparam("how") == "completed", 100), else_=RUNS.c.progress),
    message=_SAID,
    result=bindparam("new_result"),
    error_code=bindparam("code"),
    error_message=bindparam("why"),
    lease_until=None,
    finished_at=func.now(),
)


@dataclass(frozen=True)
class Advance:
    """How a stage ended well.

    `next_stage` None means the run is complete; `children` are launched with the checkpoint and the next stage waits
    for all of them. `cost` is what a complete run pays of its reservation, in credits.
    """

    next_stage: str | None
    progress: int
    message: str = ""
    state: Mapping[str, Any] = field(default_factory=dict)
    result: Mapping[str, Any] | None = None
    children: Sequence[NewRun] = ()
    cost: int = 0


def claim(session: Session, run_id: UUID, stage: str, *, first: bool, progress: int, lease: timedelta) -> Claim | None:
    """Take the run for this stage, or answer None when there is nothing to do (taken, moved on, ended, not yet due)."""
    wanted = {"its_id": run_id, "now_stage": stage, "first": first, "at_least": progress, "lease": lease}
    row = session.execute(_CLAIM, wanted).mappings().one_or_none()
    return None if row is None else claim_of(row)


def heartbeat(session: Session, mine: Claim, lease: timedelta) -> bool:
    """Extend the lease. False means that it is lost, and the stage should stop."""
    return session.execute(_EXTEND, {**_held(mine), "lease": lease}).first() is not None


def report(session: Session, mine: Claim, progress: int, message: str) -> None:
    """Record progress inside a stage. It never goes back. Raises LostLease."""
    _write(session, mine, _REPORT, at_least=progress, said=message)


def hold(session: Session, mine: Claim) -> None:
    """Lock the run's row and prove the lease before a stage writes its effects. Raises LostLease."""
    _write(session, mine, _HOLD)


def advance(session: Session, mine: Claim, step: Advance) -> None:
    """Write the checkpoint: the next stage, the wait for children, or the end. Raises LostLease, Overrun."""
    if step.next_stage is None:
        end(session, mine, "completed", message=step.message, result=step.result, cost=step.cost)
        return
    _write(
        session,
        mine,
        _ADVANCE,
        children=_launch(session, mine, step.children),
        now_stage=step.next_stage,
        at_least=step.progress,
        said=step.message,
        new_state=dict(step.state),
    )


def _launch(session: Session, mine: Claim, children: Sequence[NewRun]) -> int:
    """Accept the children and answer how many the parent waits for: not for one whose key names an earlier run."""
    # Those that reserve go first: the account is locked before the first event.
    ordered = sorted(children, key=lambda child: child.reserve == 0)
    accepted = [accept(session, replace(child, parent_id=mine.run_id)) for child in ordered]
    return sum(not one.replayed for one in accepted)


def try_again(session: Session, mine: Claim, *, delay: timedelta, message: str) -> None:
    """Give the run back to the queue; it may be claimed again after `delay`. Raises LostLease."""
    _write(session, mine, _TRY_AGAIN, delay=delay, said=message)


def fail(session: Session, mine: Claim, *, code: str, message: str) -> None:
    """End the run as failed and free its credits. Raises LostLease."""
    end(session, mine, "failed", message=message, code=code)


def end(
    session: Session,
    mine: Claim,
    status: str,
    *,
    message: str,
    result: Mapping[str, Any] | None = None,
    code: str | None = None,
    cost: int = 0,
) -> None:
    """Settle the credits, count the run off its parent, and close it. Raises LostLease, Overrun."""
    if mine.reservation_id is not None or mine.parent_id is not None:
        hold(session, mine)  # the run's row is locked before the account and the parent, as everywhere
    if mine.reservation_id is not None:
        credits.charge(session, mine.reservation_id, cost)
    if mine.parent_id is not None:
        child_ended(session, mine.parent_id)
    _write(
        session,
        mine,
        _END,
        how=status,
        said=message,
        new_result=dict(result) if result is not None else None,
        code=code,
        why=message if code else None,
    )


def child_ended(session: Session, parent_id: UUID) -> None:
    """Count one child off its waiting parent; the last one sends the parent to its next stage."""
    waiting = (Run.id == parent_id, Run.status == literal("waiting"))
    pending = session.execute(
        update(Run).where(*waiting).values(children_pending=Run.children_pending - 1).returning(Run.children_pending)
    ).scalar()
    if pending == 0:
        woken = update(Run).where(*waiting).values(status="queued", next_dispatch_at=func.now())
        session.execute(events.recording(woken, ring_for="queued"))


def claim_of(row: RowMapping) -> Claim:
    return Claim(run_id=row["id"], **{name: row[name] for name in _CLAIMED})


def _write(session: Session, mine: Claim, statement: Executable, **values: Any) -> None:
    """Change the run that is held. Raises LostLease."""
    if session.execute(statement, _held(mine) | values).first() is None:
        raise LostLease


def _held(mine: Claim) -> dict[str, Any]:
    return {"held_id": mine.run_id, "held_fence": mine.fence}
