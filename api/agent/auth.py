"""`/auth/register`, `/auth/login`, `/auth/logout`, `/auth/me`."""

from fastapi import APIRouter
from sqlalchemy.orm import Session

from api.agent.schemas import (
    LoginRequest,
    MessageResponse,
    RegisterRequest,
    RegisterResponse,
    TokenResponse,
    UserResponse,
)
from api.agent.schemas_cv import parsed_cv
from api.auth import CurrentCaller
from api.clients import Visiting
from api.deps import Config, Tx, Wired
from api.limits import limited
from core.clock import utc_now
from core.settings import Settings
from models.user import User, UserProfile
from services import accounts, audit, resume_readings
from services.identity import issue_access_token
from services.identity.entrance import NewAccount

router = APIRouter(prefix="/auth", tags=["agent: auth"])


@router.post("/register", status_code=201, dependencies=[limited("auth_register")])
def register(services: Wired, settings: Config, visitor: Visiting, body: RegisterRequest) -> RegisterResponse:
    user = services.entrance.sign_up(visitor, NewAccount(body.email, body.password, body.full_name))
    return RegisterResponse(
        **_token(settings, user).model_dump(),
        id=user.id,
        email=user.email,
        full_name=user.display_name,
        is_active=user.is_active,
        is_admin=user.is_admin,
        created_at=user.created_at,
    )


@router.post("/login", dependencies=[limited("auth_login")])
def log_in(services: Wired, settings: Config, visitor: Visiting, body: LoginRequest) -> TokenResponse:
    return _token(settings, services.entrance.log_in(visitor, body.email, body.password))


@router.post("/logout")
def log_out(session: Tx, caller: CurrentCaller) -> MessageResponse:
    accounts.revoke(session, caller.claims, user_id=caller.id)
    audit.record(session, caller.visitor, "auth.logout", actor=caller.id, subject=caller.id)
    return MessageResponse(message="Logged out")


@router.get("/me")
def who_am_i(session: Tx, caller: CurrentCaller) -> UserResponse:
    return user_response(session, caller.user, accounts.profile(session, caller.id))


def user_response(session: Session, user: User, profile: UserProfile) -> UserResponse:
    """`preferences.parsed_cv` is what was read last and put right since, wherever it was uploaded."""
    reading = resume_readings.latest(session, user.id)
    read = {"parsed_cv": parsed_cv(reading.profile)} if reading and reading.profile else {}
    return UserResponse(
        id=user.id,
        email=user.email,
        full_name=user.display_name,
        bio=profile.bio,
        skills=profile.skills,
        experience_years=profile.experience_years,
        preferences={**profile.preferences, **read},
        cv_filename=profile.cv_filename,
        cv_uploaded_at=profile.cv_uploaded_at,
        is_admin=user.is_admin,
        is_active=user.is_active,
        created_at=user.created_at,
        updated_at=max(user.updated_at, profile.updated_at),
    )


def _token(settings: Settings, user: User) -> TokenResponse:
    token = issue_access_token(settings, user_id=user.id, epoch=user.token_epoch, now=utc_now())
    return TokenResponse(access_token=token, expires_in=settings.access_token_seconds)
