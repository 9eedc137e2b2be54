"""Refresh tokens: chains in which each link is used once. A used link that comes back means that somebody copied it."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from core.clock import utc_now
from core.settings import Settings
from models.identity import RefreshToken
from services.identity.secrets_at_rest import keyed_hash


@dataclass(frozen=True)
class Link:
    """`token` is what the client keeps; only its hash is stored."""

    token: str
    user_id: int
    family: UUID


def start(session: Session, settings: Settings, user_id: int, now: datetime) -> Link:
    expires_at = now + timedelta(seconds=settings.refresh_token_seconds)
    return _add(session, user_id, uuid4(), expires_at, token=secrets.token_urlsafe(32))


def rotate(session: Session, settings: Settings, token: str, asked_at: datetime) -> Link | None:
    """Use a link up and answer the next one, which ends when the chain does. None when the token is worth nothing.

    Requests that overlap get the same next link: pages of one browser refresh together and mean no harm. A used link
    that comes later ends its whole family: the caller must let that commit.
    """
    own = RefreshToken.token_hash == _hash(token)
    before = session.execute(select(RefreshToken.used_at).where(own)).one_or_none()
    alive = (own, RefreshToken.revoked_at.is_(None), RefreshToken.expires_at > asked_at)
    used = session.execute(
        update(RefreshToken)
        .where(*alive, RefreshToken.used_at.is_(None))
        .values(used_at=utc_now())
        .returning(RefreshToken.user_id, RefreshToken.family, RefreshToken.expires_at)
    ).one_or_none()
    if used is not None:
        return _add(session, used.user_id, used.family, used.expires_at, token=_next(settings, token))
    spent = session.scalars(select(RefreshToken).where(*alive)).one_or_none()
    if before is None or spent is None or spent.used_at is None:
        return None
    grace = timedelta(seconds=settings.refresh_reuse_grace_seconds)
    overlaps = before.used_at is None or asked_at <= spent.used_at + grace
    again = _same_again(session, settings, token, spent) if overlaps else None
    if again is None:
        _end_family(session, spent.family)
    return again


def _same_again(session: Session, settings: Settings, token: str, spent: RefreshToken) -> Link | None:
    """What the first of them was given, as long as nobody has used that one."""
    following = _next(settings, token)
    unused = session.scalar(
        select(RefreshToken.token_hash).where(
            RefreshToken.token_hash == _hash(following),
            RefreshToken.used_at.is_(None),
            RefreshToken.revoked_at.is_(None),
        )
    )
    return Link(following, spent.user_id, spent.family) if unused else None


def _end_family(session: Session, family: UUID) -> None:
    session.execute(
        update(RefreshToken)
        .where(RefreshToken.family == family, RefreshToken.revoked_at.is_(None))
        .values(revoked_at=func.now())
    )


def _add(session: Session, user_id: int, family: UUID, expires_at: datetime, *, token: str) -> Link:
    session.add(RefreshToken(token_hash=_hash(token), user_id=user_id, family=family, expires_at=expires_at))
    session.flush()
    return Link(token, user_id, family)


def _next(settings: Settings, token: str) -> str:
    """Computed and not stored: whoever holds a link cannot tell the next one without the secret key."""
    return keyed_hash(settings, "refresh", token)


def _hash(token: str) -> str:
    """Plain SHA-256 is enough for 256 random bits."""
    return hashlib.sha256(token.encode()).hexdigest()
