"""`/api/v1/auth`: sign-up and log-in by user name or address, with the session cookie its pages ask for."""

from fastapi import APIRouter, Request, Response

from api.auth import CurrentCaller, OptionalCaller, drop_session, keep_session
from api.clients import Visiting
from api.copilot.people import token_for, view
from api.copilot.schemas import LogInRequest, MessageOut, RegisteredOut, RegisterRequest, TokenOut, UserView
from api.deps import Config, Tx, Wired
from api.limits import limited
from core.db import transaction
from core.settings import Settings
from models.user import User
from services import accounts, audit
from services.identity.entrance import NewAccount

router = APIRouter(prefix="/api/v1/auth", tags=["copilot: auth"])


@router.post("/register", dependencies=[limited("auth_register")])
def register(
    response: Response, services: Wired, settings: Config, visitor: Visiting, body: RegisterRequest
) -> RegisteredOut:
    new = NewAccount(body.email, body.password, body.full_name, username=body.username)
    entered = _entered(response, settings, services.entrance.sign_up(visitor, new))
    return RegisteredOut(**entered.user.model_dump(), **entered.model_dump())


@router.post("/login", dependencies=[limited("auth_login")])
def log_in(response: Response, services: Wired, settings: Config, visitor: Visiting, body: LogInRequest) -> TokenOut:
    return _entered(response, settings, services.entrance.log_in(visitor, body.name(), body.password))


@router.post("/logout")
def log_out(request: Request, response: Response, session: Tx, caller: OptionalCaller) -> MessageOut:
    drop_session(request, response)
    if caller:
        accounts.revoke(session, caller.claims, user_id=caller.id)
        audit.record(session, caller.visitor, "auth.logout", actor=caller.id, subject=caller.id)
    return MessageOut(message="Logged out")


@router.get("/me")
def who_am_i(session: Tx, caller: CurrentCaller) -> UserView:
    return view(session, caller.user)


def _entered(response: Response, settings: Settings, user: User) -> TokenOut:
    with transaction() as session:
        seen = view(session, user)
    entered = token_for(settings, user, seen)
    keep_session(response, settings, entered.access_token)
    return entered
