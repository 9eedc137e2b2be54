"""Run events: the one sequence that polling, SSE and sockets read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Integer, Select, Table, Update, bindparam, case, cast, delete, func, select, text
from sqlalchemy.dialects.postgresql import Insert, insert
from sqlalchemy.orm import Session

from core.queue import DISPATCH_CHANNEL
from models.run import TERMINAL, Run, RunEvent

RUNS: Table = Run.__table__  # type: ignore[assignment]
EVENTS: Table = RunEvent.__table__  # type: ignore[assignment]
PAGE = 200
_TURN = 7316002  # the advisory lock behind which one user's events queue up
_SHOWN = ("id", "user_id", "pipeline", "status", "stage", "progress", "message")


@dataclass(frozen=True)
class Event:
    """One step of one run, as every client sees it."""

    id: int
    run_id: UUID
    user_id: int | None
    pipeline: str
    status: str
    stage: str | None
    progress: int
    message: str
    at: datetime

    @property
    def is_terminal(self) -> bool:
        return self.status in TERMINAL

    def to_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "run_id": str(self.run_id),
            "pipeline": self.pipeline,
            "status": self.status,
            "stage": self.stage,
            "progress": self.progress,
            "message": self.message,
            "at": self.at.isoformat(),
        }


def recording(change: Update | Insert, *also: Column[Any], ring_for: str | None = None) -> Select[Any]:
    """Make of a change of runs one statement that also records what each changed row now shows.

    An event is the row as the change leaves it, so a poller and a follower cannot be told two stories. It answers those
    columns and `also`, and rings for the dispatchers when a row has the status `ring_for`. Where it is used by the
    thousand, build it once: composing it costs more than sending it.

    Execute it last in the transaction. Ids are drawn when an event is inserted but seen when it commits, so two runs of
    one user could show 6 before 5, and a client that resumes after 6 would never see 5. The advisory lock, held from
    the draw to the commit, makes one user's ids appear in order; who takes it after every other lock never deadlocks.
    Runs without a user are ordered by their own row's lock.
    """
    changed = change.returning(*(RUNS.c[name] for name in _SHOWN), *also).cte("changed")
    turn = func.pg_advisory_xact_lock(_TURN, cast(changed.c.user_id % 2**31, Integer))
    in_turn = select(*(changed.c[name] for name in _SHOWN), turn.label("turn")).cte("in_turn")
    told = insert(EVENTS).from_select(
        ["run_id", *_SHOWN[1:]], select(*(in_turn.c[name] for name in _SHOWN)), include_defaults=False
    )
    bell = case((changed.c.status == ring_for, func.pg_notify(DISPATCH_CHANNEL, "")))
    return select(changed, bell.label("bell")).add_cte(told.returning(EVENTS.c.id).cte("told"))


def _events(statement: Any, session: Session, parameters: Mapping[str, Any] | None = None) -> list[Event]:
    return [Event(**row) for row in session.execute(statement, parameters or {}).mappings()]


_COLUMNS = (
    RunEvent.id,
    RunEvent.run_id,
    RunEvent.user_id,
    RunEvent.pipeline,
    RunEvent.status,
    RunEvent.stage,
    RunEvent.progress,
    RunEvent.message,
    RunEvent.at,
)


def of_run(session: Session, run_id: UUID, *, after: int = 0, limit: int = PAGE) -> list[Event]:
    """The run's events with id > `after`, oldest first."""
    return _events(
        select(*_COLUMNS).where(RunEvent.run_id == run_id, RunEvent.id > after).order_by(RunEvent.id).limit(limit),
        session,
    )


_OF_USERS = text(
    """
    select e.id, e.run_id, e.user_id, e.pipeline, e.status, e.stage, e.progress, e.message, e.at
    from unnest(cast(:users as bigint[]), cast(:cursors as bigint[])) as u(user_id, seen)
    cross join lateral (
        select * from run_events where user_id = u.user_id and id > u.seen order by id limit :page
    ) e
    order by e.id
    """
).bindparams(bindparam("page", PAGE))


def of_users(session: Session, cursors: Mapping[int, int]) -> list[Event]:
    """For each user, up to a page of events after the id they saw: one query for every socket of a process."""
    if not cursors:
        return []
    return _events(_OF_USERS, session, {"users": list(cursors), "cursors": list(cursors.values())})


def last_id(session: Session, user_id: int) -> int:
    """The newest event id of a user, 0 without any: where a client starts that asks for news only."""
    return session.execute(
        select(func.coalesce(func.max(RunEvent.id), 0)).where(RunEvent.user_id == user_id)
    ).scalar_one()


def forget_before(session: Session, moment: datetime) -> int:
    """Retention: drop events older than `moment`; answers how many went."""
    dropped = session.execute(delete(RunEvent).where(RunEvent.at < moment).returning(RunEvent.id))
    return len(dropped.all())
