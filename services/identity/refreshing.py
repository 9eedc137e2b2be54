"""Refresh tokens: chains in which each link is used once. A used link that comes back means that somebody copied it."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from core.settings import Settings
from models.identity import RefreshToken


@dataclass(frozen=True)
class Link:
    """`token` is what the client keeps; only its hash is stored."""

    token: str
    user_id: int
    family: UUID


def start(session: Session, settings: Settings, user_id: int, now: datetime) -> Link:
    return _add(session, user_id, uuid4(), now + timedelta(seconds=settings.refresh_token_seconds))


def rotate(session: Session, settings: Settings, token: str, now: datetime) -> Link | None:
    """Use a link up and answer the next one, which ends when the chain does. None when the token is worth nothing.

    A used link ends its whole family, unless it comes within the grace: the caller must let that commit.
    """
    used = session.execute(
        update(RefreshToken)
        .where(
            RefreshToken.token_hash == _hash(token),
            RefreshToken.used_at.is_(None),
            RefreshToken.revoked_at.is_(None),
            RefreshToken.expires_at > now,
        )
        .values(used_at=now)
        .returning(RefreshToken.user_id, RefreshToken.family, RefreshToken.expires_at)
    ).one_or_none()
    if used is not None:
        return _add(session, used.user_id, used.family, used.expires_at)
    _end_family_of(session, settings, token, now)
    return None


def _end_family_of(session: Session, settings: Settings, token: str, now: datetime) -> None:
    grace = timedelta(seconds=settings.refresh_reuse_grace_seconds)
    copied = session.scalar(
        select(RefreshToken.family).where(RefreshToken.token_hash == _hash(token), RefreshToken.used_at <= now - grace)
    )
    if copied is not None:
        session.execute(
            update(RefreshToken)
            .where(RefreshToken.family == copied, RefreshToken.revoked_at.is_(None))
            .values(revoked_at=now)
        )


def _add(session: Session, user_id: int, family: UUID, expires_at: datetime) -> Link:
    token = secrets.token_urlsafe(32)
    session.add(RefreshToken(token_hash=_hash(token), user_id=user_id, family=family, expires_at=expires_at))
    session.flush()
    return Link(token, user_id, family)


def _hash(token: str) -> str:
    """Plain SHA-256 is enough for 256 random bits."""
    return hashlib.sha256(token.encode()).hexdigest()
