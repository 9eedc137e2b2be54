"""`/api/auth/signup`, `/api/auth/login`, `/api/auth/logout`: bodies with `success`, and the session cookie."""

from datetime import datetime
from typing import Annotated, Self

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, EmailStr, Field, StringConstraints

from api.auth import CurrentCaller, drop_session, keep_session
from api.clients import Visiting
from api.deps import Config, Tx, Wired
from api.limits import limited
from core.clock import utc_now
from core.errors import BadRequest, Conflict, Unauthenticated
from core.settings import Settings
from models.user import User
from services import accounts, audit
from services.identity import issue_access_token
from services.identity.entrance import NewAccount

router = APIRouter(prefix="/api/auth", tags=["analyzer: auth"])


class SignUpRequest(BaseModel):
    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=200)]
    email: EmailStr
    password: str = Field(min_length=6, max_length=1000)


class LogInRequest(BaseModel):
    email: EmailStr
    password: str = Field(min_length=1, max_length=1000)


class UserView(BaseModel):
    id: int
    name: str
    email: str
    created_at: datetime
    updated_at: datetime

    @classmethod
    def of(cls, user: User) -> Self:
        name = user.display_name or user.username
        return cls(id=user.id, name=name, email=user.email, created_at=user.created_at, updated_at=user.updated_at)


class Entered(BaseModel):
    success: bool = True
    message: str
    token: str
    user: UserView


class Left(BaseModel):
    success: bool = True
    message: str


@router.post("/signup", status_code=201, dependencies=[limited("auth_register")])
def sign_up(response: Response, services: Wired, settings: Config, visitor: Visiting, body: SignUpRequest) -> Entered:
    try:
        user = services.entrance.sign_up(visitor, NewAccount(body.email, body.password, body.name))
    except BadRequest as error:
        raise Conflict(error.message, code=error.error_code, title="Already registered") from error
    return _entered(response, settings, user, "Account created")


@router.post("/login", dependencies=[limited("auth_login")])
def log_in(response: Response, services: Wired, settings: Config, visitor: Visiting, body: LogInRequest) -> Entered:
    user = services.entrance.log_in(visitor, body.email, body.password, refusal=Unauthenticated)
    return _entered(response, settings, user, "Logged in")


@router.post("/logout")
def log_out(request: Request, response: Response, session: Tx, caller: CurrentCaller) -> Left:
    accounts.revoke(session, caller.claims, user_id=caller.id)
    audit.record(session, caller.visitor, "auth.logout", actor=caller.id, subject=caller.id)
    drop_session(request, response)
    return Left(message="Logged out")


def _entered(response: Response, settings: Settings, user: User, message: str) -> Entered:
    token = issue_access_token(settings, user_id=user.id, epoch=user.token_epoch, now=utc_now())
    keep_session(response, settings, token)
    return Entered(message=message, token=token, user=UserView.of(user))
