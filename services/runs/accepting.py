"""Accepting work: the one transaction behind every 202."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Executable, bindparam, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from core.errors import Conflict
from models.run import Run
from services import credits
from services.runs import events
from services.runs.events import RUNS


@dataclass(frozen=True)
class Accepted:
    """`replayed` is true when the same request was accepted before and this is its run again."""

    run_id: UUID
    replayed: bool = False


@dataclass(frozen=True)
class NewRun:
    """What to launch. `payload` holds ids, never documents; `reserve` is the most the run may cost, in credits."""

    pipeline: str
    payload: Mapping[str, Any]
    user_id: int | None = None
    idempotency_key: str | None = None
    reserve: int = 0
    parent_id: UUID | None = None

    @property
    def request_hash(self) -> str:
        body = json.dumps(self.payload, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(f"{self.pipeline}\n{self.reserve}\n{body}".encode()).hexdigest()


def accept(session: Session, new: NewRun) -> Accepted:
    """Insert the run, reserve its credits and ring for the dispatcher, all in the caller's transaction.

    Raises:
        Conflict: the idempotency key was used before with another body.
        PaymentRequired: the account cannot cover `reserve`.
    """
    run_id = uuid4()
    row = {
        "new_id": run_id,
        "new_user": new.user_id,
        "new_pipeline": new.pipeline,
        "new_payload": dict(new.payload),
        "new_key": new.idempotency_key,
        "new_hash": new.request_hash if new.idempotency_key else None,
        "new_parent": new.parent_id,
    }
    if session.execute(_INSERT[new.idempotency_key is not None, new.reserve > 0], row).first() is None:
        return _replay(session, new)
    if new.reserve:
        _reserve(session, run_id, new)
    return Accepted(run_id)


def _insert(*, keyed: bool, paid: bool) -> Executable:
    statement = insert(RUNS).values(
        id=bindparam("new_id"),
        user_id=bindparam("new_user"),
        pipeline=bindparam("new_pipeline"),
        payload=bindparam("new_payload"),
        idempotency_key=bindparam("new_key"),
        request_hash=bindparam("new_hash"),
        parent_id=bindparam("new_parent"),
    )
    if keyed:
        statement = statement.on_conflict_do_nothing(
            index_elements=["user_id", "pipeline", "idempotency_key"],
            index_where=text("idempotency_key is not null"),
        )
    # A run that reserves is inserted first and shown last: the account is locked between the two.
    return statement.returning(RUNS.c.id) if paid else events.recording(statement, ring_for="queued")


_INSERT = {(keyed, paid): _insert(keyed=keyed, paid=paid) for keyed in (True, False) for paid in (True, False)}
_PAID = events.recording(
    update(RUNS).where(RUNS.c.id == bindparam("its_id")).values(reservation_id=bindparam("its_reservation")),
    ring_for="queued",
)


def _reserve(session: Session, run_id: UUID, new: NewRun) -> None:
    if new.user_id is None:
        raise ValueError("a run without an account cannot reserve credits")
    reservation_id = credits.reserve(session, user_id=new.user_id, amount=new.reserve, request_id=str(run_id))
    session.execute(_PAID, {"its_id": run_id, "its_reservation": reservation_id})


def _replay(session: Session, new: NewRun) -> Accepted:
    """The key is taken: the same body gets the same run, another body is a mistake worth telling."""
    earlier = session.execute(
        select(Run.id, Run.request_hash).where(
            Run.user_id.is_not_distinct_from(new.user_id),
            Run.pipeline == new.pipeline,
            Run.idempotency_key == new.idempotency_key,
        )
    ).one()
    if earlier.request_hash != new.request_hash:
        raise Conflict(
            "This idempotency key was already used for a different request. Use a new key, or send the same body.",
            code="IDEMPOTENCY_KEY_REUSED",
            context={"run_id": str(earlier.id)},
        )
    return Accepted(earlier.id, replayed=True)
