"""The audit log: every act of signing in, of administration and of limits. Nothing personal, nothing erased."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from core.db import transaction
from core.errors import AppError
from models.audit import AuditEntry
from models.user import User


@dataclass(frozen=True)
class Visitor:
    """Where a request came in: its door, and the client's IP address when it is known."""

    door: str
    address: str | None = None


def record(
    session: Session,
    visitor: Visitor | None,
    action: str,
    *,
    actor: int | None = None,
    subject: int | None = None,
    **facts: Any,
) -> None:
    """Add one line with the caller's transaction: what was rolled back was not done."""
    session.execute(
        insert(AuditEntry).values(
            action=action,
            actor_id=actor,
            subject_id=subject,
            door=visitor.door if visitor else None,
            address=visitor.address if visitor else None,
            facts=facts,
        )
    )


@contextmanager
def attempted(visitor: Visitor, action: str, *, email: str | None = None) -> Iterator[None]:
    """Put what happens inside on record, done or failed, in a transaction of its own: a failure rolls back the rest."""
    try:
        yield
    except AppError as error:
        _enter(visitor, f"{action}_failed", email, code=error.error_code)
        raise
    _enter(visitor, action, email)


def _enter(visitor: Visitor, action: str, email: str | None, **facts: Any) -> None:
    with transaction() as session:
        known = session.scalar(select(User.id).where(User.email == email.strip().lower())) if email else None
        actor = None if "code" in facts else known
        record(session, visitor, action, actor=actor, subject=known, **facts)
