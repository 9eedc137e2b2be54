"""`dependencies=[limited("name")]` on a route: counted per user, or per client address for whoever is nobody."""

from typing import Any

from fastapi import Depends, Request

from api.auth import COOKIE, bearer, door_of
from api.clients import Visiting
from api.deps import Config, Wired
from core.db import transaction
from core.errors import AppError
from core.settings import Settings
from services import accounts
from services.identity import AccessClaims, read_access_token
from services.limits.rules import rule


def limited(name: str) -> Any:
    """Names are in services/limits/rules.py; an unknown one gets the default limit.

    Guesses at passwords and codes are counted by address too: a token of one's own, shown at the log-in of somebody
    else, must not buy a fresh budget.
    """

    def count(request: Request, settings: Config, services: Wired, visitor: Visiting) -> None:
        if not settings.limits_on:
            return
        user, asked = _user(request, settings), rule(settings, name)
        if user:
            services.limiter.hit(user, asked)
        if not user or asked.guards_guesses:
            services.limiter.hit(f"ip:{visitor.address}", asked)

    return Depends(count)


def _user(request: Request, settings: Settings) -> str | None:
    """Whom a good token names, without a look at the database: counting must stay cheaper than what it guards."""
    token = bearer(request.headers) or (request.cookies.get(COOKIE) if door_of(request).accepts_cookie else None)
    if not token:
        return None
    try:
        claims = read_access_token(settings, token)
    except AppError:
        return None
    return f"user:{claims.user_id or _outside_user(claims)}"


def _outside_user(claims: AccessClaims) -> int | str | None:
    """A token of an outside provider names nobody of ours: only the database knows, and administrators go by our id."""
    try:
        with transaction() as session:
            return accounts.holder(session, claims).id
    except AppError:
        return claims.subject
