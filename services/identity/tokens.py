"""Tokens we sign: the access token of all doors, and the id token of the one that asks for it."""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt

from core import plugins
from core.errors import Unauthenticated
from core.settings import Settings

_ISSUER = "offerline"
_AUDIENCE = "offerline-api"
_ALGORITHM = "HS256"
_OUTSIDE_ALGORITHM = "RS256"
_READERS = {"cognito": "services.identity.cognito_tokens:read_access_token"}


@dataclass(frozen=True)
class AccessClaims:
    """What a valid access token says. `epoch` must equal the user's, or the token was revoked with all others.

    A token of an outside provider names its `subject` there instead, and has no epoch and no `user_id` (0). `family` is
    the refresh chain the token came from.
    """

    user_id: int
    epoch: int
    jti: str
    expires_at: datetime
    family: str | None = None
    provider: str | None = None
    subject: str | None = None
    issued_at: datetime | None = None


def issue_access_token(
    settings: Settings,
    *,
    user_id: int,
    epoch: int,
    now: datetime,
    family: str | None = None,
    seconds: int | None = None,
) -> str:
    """A signed token that lives `seconds`, or else `access_token_seconds`."""
    claims = {
        "sub": str(user_id),
        "jti": secrets.token_urlsafe(12),
        "token_use": "access",
        "epoch": epoch,
        **({"fam": family} if family else {}),
    }
    return _sign(settings, claims, now=now, seconds=seconds or settings.access_token_seconds)


def issue_id_token(settings: Settings, *, user_id: int, email: str, name: str | None, now: datetime) -> str:
    """Tells a client who its user is. No door accepts it as proof."""
    claims = {"sub": str(user_id), "token_use": "id", "email": email, "name": name, "jti": secrets.token_urlsafe(12)}
    return _sign(settings, claims, now=now, seconds=settings.refreshable_token_seconds)


def read_access_token(settings: Settings, token: str) -> AccessClaims:
    """Verify signature, issuer, audience, lifetime and use.

    Raises:
        Unauthenticated: for anything but a live access token of ours or of the outside provider in use.
    """
    if settings.identity_provider in _READERS and _algorithm_of(token) == _OUTSIDE_ALGORITHM:
        outside: AccessClaims = plugins.load(_READERS[settings.identity_provider])(settings, token)
        return outside
    claims = _verified(settings, token)
    try:
        if claims.get("token_use") != "access":
            raise invalid_token()
        return AccessClaims(
            user_id=int(claims["sub"]),
            epoch=int(claims["epoch"]),
            jti=claims["jti"],
            expires_at=datetime.fromtimestamp(claims["exp"], tz=UTC),
            family=claims.get("fam"),
        )
    except (KeyError, ValueError) as error:
        raise invalid_token() from error


def invalid_token() -> Unauthenticated:
    return Unauthenticated("Invalid or expired token", code="INVALID_TOKEN")


def _sign(settings: Settings, claims: dict[str, Any], *, now: datetime, seconds: int) -> str:
    frame = {"iss": _ISSUER, "aud": _AUDIENCE, "iat": now, "exp": now + timedelta(seconds=seconds)}
    return jwt.encode(frame | claims, settings.secret_key.get_secret_value(), algorithm=_ALGORITHM)


def _verified(settings: Settings, token: str) -> dict[str, Any]:
    try:
        claims: dict[str, Any] = jwt.decode(
            token,
            settings.secret_key.get_secret_value(),
            algorithms=[_ALGORITHM],
            audience=_AUDIENCE,
            issuer=_ISSUER,
            options={"require": ["exp", "iat", "sub", "jti", "aud", "iss"]},
        )
    except (jwt.PyJWTError, ValueError) as error:
        raise invalid_token() from error
    return claims


def _algorithm_of(token: str) -> str | None:
    try:
        return str(jwt.get_unverified_header(token).get("alg"))
    except (jwt.PyJWTError, ValueError):
        return None
