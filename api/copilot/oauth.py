"""`/api/v1/auth/oauth`: to Google and back."""

from typing import Annotated, Any, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request, Response
from starlette.responses import RedirectResponse

from api.auth import OptionalCaller, keep_session
from api.clients import Visiting
from api.copilot.people import token_for, view
from api.copilot.schemas import TokenOut
from api.deps import Config, Wired
from api.limits import limited
from core.db import transaction
from core.errors import AppError, BadRequest
from core.settings import Settings
from services.audit import Visitor, attempted
from services.identity import federated
from services.wiring import Services

router = APIRouter(prefix="/api/v1/auth/oauth", tags=["copilot: auth"])

_TICKET = "oauth_ticket"
_PATH = "/api/v1/auth/oauth"
_LANDING = "/auth/oauth/google/callback"


class GoogleOut(TokenOut):
    message: str


@router.get("/google/login", status_code=302, response_class=RedirectResponse, dependencies=[limited("auth_oauth")])
def to_google(services: Wired, settings: Config, caller: OptionalCaller) -> RedirectResponse:
    """Whoever is logged in already comes back with Google connected to that account."""
    start = services.google.start(caller.id if caller else None)
    answer = RedirectResponse(start.url, status_code=302)
    secure = settings.public_url.startswith("https://")
    answer.set_cookie(
        _TICKET, start.ticket, max_age=settings.oauth_seconds, path=_PATH, httponly=True, samesite="lax", secure=secure
    )
    return answer


@router.get("/google/callback", response_model=GoogleOut, dependencies=[limited("auth_oauth")])
def back_from_google(
    request: Request,
    services: Wired,
    settings: Config,
    visitor: Visiting,
    caller: OptionalCaller,
    code: Annotated[str, Query(max_length=4000)] = "",
    state: Annotated[str, Query(max_length=200)] = "",
    error: Annotated[str, Query(max_length=200)] = "",
) -> Response:
    """Pages are sent on with the token, or with what went wrong; everybody else is answered in JSON."""
    page = "text/html" in request.headers.get("accept", "")
    try:
        sent = (request.cookies.get(_TICKET, ""), state, "" if error else code)
        entered = _enter(services, settings, visitor, sent, caller.id if caller else None)
    except AppError as refused:
        if not page:
            raise
        return _sent_on(settings, error=refused.error_code.lower(), message=refused.message)
    return _sent_on(settings, entered) if page else _kept(_json(entered), settings, entered)


@router.get("/{provider}/login", status_code=302, response_class=RedirectResponse)
def to_nobody(settings: Config, provider: Literal["linkedin", "github"]) -> RedirectResponse:
    """Buttons of the client for which no provider exists: back to the page, with what it can say."""
    name = {"linkedin": "LinkedIn", "github": "GitHub"}[provider]
    said = f"Signing in with {name} is not available here. Use your password or Google."
    query = urlencode({"error": f"{provider}_not_available", "message": said})
    return RedirectResponse(f"{settings.copilot_frontend_url.rstrip('/')}/login?{query}", status_code=302)


def _enter(
    services: Services, settings: Settings, visitor: Visitor, sent: tuple[str, str, str], logged_in: int | None
) -> TokenOut:
    ticket, state, code = sent
    with attempted(visitor, "auth.google"):
        if not code:
            raise BadRequest("Google did not let you in.", code="OAUTH_REFUSED")
        person, wanted_by = services.google.finish(ticket, state, code)
        if wanted_by is not None and wanted_by != logged_in:
            raise BadRequest("The session that started this has ended. Start again.", code="OAUTH_REFUSED")
        with transaction() as session:
            user = federated.enter(session, settings, visitor, person, logged_in=wanted_by)
            return token_for(settings, user, view(session, user))


def _sent_on(settings: Settings, entered: TokenOut | None = None, **problem: str) -> Response:
    query: dict[str, Any] = {"token": entered.access_token} if entered else problem
    target = f"{settings.copilot_frontend_url.rstrip('/')}{_LANDING}?{urlencode(query)}"
    answer = RedirectResponse(target, status_code=302)
    return _kept(answer, settings, entered)


def _json(entered: TokenOut) -> Response:
    body = GoogleOut(message="Logged in with Google", **entered.model_dump())
    return Response(body.model_dump_json(), media_type="application/json")


def _kept(answer: Response, settings: Settings, entered: TokenOut | None) -> Response:
    answer.delete_cookie(_TICKET, path=_PATH, httponly=True, samesite="lax")
    if entered:
        keep_session(answer, settings, entered.access_token)
    return answer
