"""Codes that go out by mail: six digits, one alive a person and purpose, a few guesses, one use."""

import hmac
import secrets
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from core.errors import RateLimited
from core.settings import Settings
from models.identity import EmailCode
from models.user import User
from services.identity.secrets_at_rest import keyed_hash

VERIFY_EMAIL = "verify_email"
_DIGITS = 6


class Verdict(StrEnum):
    RIGHT = "right"
    WRONG = "wrong"
    EXPIRED = "expired"
    EXHAUSTED = "exhausted"
    NONE = "none"


def issue(session: Session, settings: Settings, user_id: int, purpose: str, now: datetime) -> str:
    """A new code; older ones die. Raises RateLimited within the cooldown."""
    session.execute(select(User.id).where(User.id == user_id).with_for_update())  # two requests, one code
    alive = session.scalars(
        select(EmailCode).where(
            EmailCode.user_id == user_id, EmailCode.purpose == purpose, EmailCode.consumed_at.is_(None)
        )
    ).one_or_none()
    if alive is not None:
        _require_cooled(alive, settings, now)
    forget(session, user_id, purpose, now)
    code = f"{secrets.randbelow(10**_DIGITS):0{_DIGITS}d}"
    session.add(
        EmailCode(
            user_id=user_id,
            purpose=purpose,
            code_hash=keyed_hash(settings, purpose, user_id, code),
            created_at=now,
            expires_at=now + timedelta(seconds=settings.email_code_seconds),
        )
    )
    session.flush()
    return code


def try_code(session: Session, settings: Settings, user_id: int, purpose: str, code: str, now: datetime) -> Verdict:
    """Spend one guess. The caller must let it commit, right or wrong: parallel guesses wait for each other's count."""
    row = session.scalars(
        update(EmailCode)
        .where(EmailCode.user_id == user_id, EmailCode.purpose == purpose, EmailCode.consumed_at.is_(None))
        .values(attempts=EmailCode.attempts + 1)
        .returning(EmailCode)
    ).one_or_none()
    if row is None:
        return Verdict.NONE
    right = hmac.compare_digest(row.code_hash, keyed_hash(settings, purpose, user_id, code))
    verdict = _judge(row, right, settings, now)
    if verdict is not Verdict.WRONG:
        row.consumed_at = now
        session.flush()
    return verdict


def forget(session: Session, user_id: int, purpose: str, now: datetime) -> None:
    session.execute(
        update(EmailCode)
        .where(EmailCode.user_id == user_id, EmailCode.purpose == purpose, EmailCode.consumed_at.is_(None))
        .values(consumed_at=now)
    )


def restore_last(session: Session, user_id: int, purpose: str) -> None:
    """Undo the use of the newest code: what it was used for could not be finished."""
    newest = select(func.max(EmailCode.id)).where(EmailCode.user_id == user_id, EmailCode.purpose == purpose)
    session.execute(update(EmailCode).where(EmailCode.id == newest.scalar_subquery()).values(consumed_at=None))


def _judge(row: EmailCode, right: bool, settings: Settings, now: datetime) -> Verdict:
    if row.expires_at <= now:
        return Verdict.EXPIRED
    if right and row.attempts <= settings.email_code_attempts:
        return Verdict.RIGHT
    return Verdict.WRONG if row.attempts < settings.email_code_attempts else Verdict.EXHAUSTED


def _require_cooled(alive: EmailCode, settings: Settings, now: datetime) -> None:
    wait = settings.email_code_cooldown_seconds - int((now - alive.created_at).total_seconds())
    if wait > 0:
        raise RateLimited(
            f"A code was sent a moment ago. Ask for another in {wait} seconds.",
            context={"retry_after_seconds": wait},
            headers={"Retry-After": str(wait)},
        )
