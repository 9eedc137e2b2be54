"""Who is asking: a bearer token, or the session cookie where the door takes one."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request, Response, Security
from fastapi.security import APIKeyCookie, HTTPBearer
from starlette.datastructures import Headers
from starlette.requests import HTTPConnection

from api.clients import Visiting
from api.deps import Config, Tx, Wired
from api.door import Door
from core.clock import utc_now
from core.errors import AppError, Forbidden, Unauthenticated
from core.settings import LOOPBACK, Settings
from models.user import User
from services import accounts
from services.audit import Visitor
from services.identity import AccessClaims, issue_access_token, read_access_token

COOKIE = "access_token"
_NO_TOKEN = ("", "null", "undefined")  # what the copilot's client sends when it has none
_SAFE_METHODS = ("GET", "HEAD", "OPTIONS")

# These two only tell the OpenAPI document what `current_caller` reads.
_BEARER = HTTPBearer(auto_error=False, scheme_name="bearer")
_SESSION = APIKeyCookie(name=COOKIE, auto_error=False, scheme_name="session")


@dataclass(frozen=True)
class Caller:
    user: User
    claims: AccessClaims
    visitor: Visitor

    @property
    def id(self) -> int:
        return self.user.id


def bearer(headers: Headers) -> str | None:
    """The token of an Authorization header; None when there is none to speak of."""
    scheme, _, token = headers.get("authorization", "").partition(" ")
    token = token.strip()
    return token if scheme.lower() == "bearer" and token not in _NO_TOKEN else None


def door_of(request: Request) -> Door:
    door: Door = request.app.state.doors.of(request.url.path)
    return door


def identify(request: Request, session: Tx, settings: Config, services: Wired, visitor: Visiting) -> Caller | None:
    """The caller, or None when nobody claims to be one. A claim that fails is an error, never nobody."""
    door, token = door_of(request), bearer(request.headers)
    if token is None and door.accepts_cookie:
        token = request.cookies.get(COOKIE)
        if token and request.method not in _SAFE_METHODS:
            require_same_origin(request, settings)
    if not token:
        return _stand_in(request, session, settings, visitor)
    claims = read_access_token(settings, token)
    try:
        user = accounts.holder(session, claims, door.inactive)
    except Unauthenticated:
        if claims.subject is None:
            raise
        services.identity.provision(token)
        user = accounts.holder(session, claims, door.inactive)
    return Caller(user, claims, visitor)


def _stand_in(request: Request, session: Tx, settings: Settings, visitor: Visitor) -> Caller | None:
    """With DISABLE_AUTH the copilot's requests are everybody's, as long as this machine asks for itself: not another
    site, and not a name that another site made to point here.
    """
    if not settings.disable_auth or door_of(request).name != "copilot":
        return None
    peer = request.client.host if request.client else ""
    if request.url.hostname not in LOOPBACK or peer not in LOOPBACK:
        raise Forbidden("DISABLE_AUTH serves this machine alone.", code="NOT_LOCAL")
    if request.method not in _SAFE_METHODS and {"origin", "sec-fetch-site"} & set(request.headers):
        require_same_origin(request, settings)
    user = accounts.stand_in(session, settings)
    token = issue_access_token(settings, user_id=user.id, epoch=user.token_epoch, now=utc_now())
    return Caller(user, read_access_token(settings, token), visitor)


def current_caller(
    request: Request,
    settings: Config,
    caller: Annotated[Caller | None, Depends(identify)],
    _bearer: Annotated[object, Security(_BEARER)] = None,
    _session: Annotated[object, Security(_SESSION)] = None,
) -> Caller:
    if caller is None:
        raise Unauthenticated("Not authenticated")
    if settings.email_verification_required and door_of(request).needs_verified_email(request.method, request.url.path):
        _require_verified(caller.user)
    return caller


def optional_caller(
    request: Request, session: Tx, settings: Config, services: Wired, visitor: Visiting
) -> Caller | None:
    """For routes that work without anybody: a token that is worth nothing is nobody too."""
    try:
        return identify(request, session, settings, services, visitor)
    except AppError:
        return None


def require_same_origin(connection: HTTPConnection, settings: Settings) -> None:
    """A cookie travels with requests that other sites start: the page that asks must be one of ours."""
    site = connection.headers.get("sec-fetch-site")
    origin = connection.headers.get("origin")
    own = f"{connection.url.scheme.replace('ws', 'http', 1)}://{connection.headers.get('host', '')}"
    if site in ("same-origin", "none") or origin == own or origin in settings.cors_origins:
        return
    raise Forbidden("This request came from another site.", code="CROSS_SITE")


def keep_session(response: Response, settings: Settings, token: str) -> None:
    """The session cookie, for clients that never send the token they were given."""
    response.set_cookie(
        COOKIE,
        token,
        max_age=settings.access_token_seconds,
        path="/",
        httponly=True,
        samesite="lax",
        secure=settings.public_url.startswith("https://"),
    )


def drop_session(request: Request, response: Response) -> None:
    """Unless another site asks: it cannot end the session, and shall not take the cookie away either."""
    if request.headers.get("sec-fetch-site") != "cross-site":
        response.delete_cookie(COOKIE, path="/", httponly=True, samesite="lax")


def _require_verified(user: User) -> None:
    if not user.is_email_verified:
        raise Forbidden(
            "Verify your e-mail address first.",
            code="EMAIL_NOT_VERIFIED",
            context={"code": "EMAIL_NOT_VERIFIED", "email": user.email},
        )


def current_admin(caller: "CurrentCaller") -> Caller:
    if not caller.user.is_admin:
        raise Forbidden("Admin access required")
    return caller


CurrentCaller = Annotated[Caller, Depends(current_caller)]


def caller_at_rest(session: Tx, caller: CurrentCaller) -> Caller:
    """For handlers that wait for a run: the caller, with the request's transaction ended and its connection free."""
    session.commit()
    return caller


WaitingCaller = Annotated[Caller, Depends(caller_at_rest)]
CurrentAdmin = Annotated[Caller, Depends(current_admin)]
OptionalCaller = Annotated[Caller | None, Depends(optional_caller)]
