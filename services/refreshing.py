"""Scoring a person's matches anew, once at a time, and how that goes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.run import TERMINAL, Run
from models.user import User
from services.runs import reading
from services.runs.accepting import NewRun, accept

_PIPELINE = "matching"
_REMEMBERED = timedelta(hours=1)
_WORDS = {"queued": "pending", "running": "processing", "waiting": "processing", "completed": "completed"}


@dataclass(frozen=True)
class Refresh:
    """`status` is none, pending, processing, completed or failed; `result` is there when completed."""

    status: str
    message: str
    result: Mapping[str, Any] | None = None
    updated_at: datetime | None = None


def start(session: Session, user_id: int) -> bool:
    """Accept a matching for the person; False when one is under way, which then serves them both."""
    session.execute(select(User.id).where(User.id == user_id).with_for_update(key_share=True))  # one asker at a time
    under_way = select(Run.id).where(Run.user_id == user_id, Run.pipeline == _PIPELINE, Run.status.not_in(TERMINAL))
    if session.scalar(under_way.limit(1)) is not None:
        return False
    accept(session, NewRun(_PIPELINE, {}, user_id=user_id))
    return True


def status(session: Session, user_id: int, *, now: datetime) -> Refresh:
    """Of the newest matching, for an hour after it ended."""
    run = reading.latest(session, user_id, _PIPELINE)
    if run is None or (run.finished_at is not None and now - run.finished_at > _REMEMBERED):
        return Refresh("none", "Nothing was matched lately.")
    said = run.error_message or run.message
    word = _WORDS.get(run.status, "failed")
    return Refresh(word, said, run.result if word == "completed" else None, run.updated_at)
