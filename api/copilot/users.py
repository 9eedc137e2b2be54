"""`/api/v1/users/me` and `/api/v1/profile`: profile, settings, password."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Response
from pydantic import AliasChoices, BaseModel, BeforeValidator, Field, HttpUrl, StringConstraints

from api.auth import CurrentCaller, keep_session
from api.copilot.people import token_for, view
from api.copilot.schemas import UserView
from api.deps import Config, Tx, Wired
from api.limits import limited
from core.db import transaction
from services import accounts, personal

router = APIRouter(prefix="/api/v1", tags=["copilot: users"])

_OF_THE_PROFILE = ("preferred_locations", "experience_level")
Word = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


def _blank_is_none(value: Any) -> Any:
    """Forms send an empty text for what was left empty."""
    return None if value == "" else value


Level = Annotated[Literal["junior", "mid", "senior"] | None, BeforeValidator(_blank_is_none)]


class ProfileRequest(BaseModel):
    """Absent fields stay as they are; fields that the account does not keep are read over."""

    full_name: str | None = Field(None, max_length=200)
    bio: str | None = Field(None, max_length=1000)
    skills: list[Word] | None = Field(None, max_length=500)
    preferred_locations: list[Word] | None = Field(None, max_length=100)
    experience_level: Level = None
    prefer_remote_jobs: bool | None = Field(
        None, validation_alias=AliasChoices("prefer_remote_jobs", "remote_preference")
    )
    picture: Annotated[HttpUrl | None, BeforeValidator(_blank_is_none)] = Field(
        None, validation_alias=AliasChoices("profile_picture_url", "photoUrl", "picture"), max_length=2000
    )
    daily_application_goal: int | None = Field(None, ge=1, le=100)

    def changes(self) -> dict[str, Any]:
        """By our own names, without what was not sent."""
        names = {"full_name": "display_name", "prefer_remote_jobs": "prefer_remote", "picture": "picture_url"}
        sent = self.model_dump(exclude_none=True, mode="json", exclude={"daily_application_goal"})
        return {names.get(name, name): value for name, value in sent.items()}


class ProfileView(UserView):
    """Further names under which pages look for the same facts. Nobody tells us a current role."""

    current_role: str | None = None
    target_roles: list[str] | None
    location: str | None
    remote_preference: bool
    salary_expectation: str | None


class Saved(BaseModel):
    message: str
    data: UserView


class SettingsBody(BaseModel):
    daily_application_goal: int | None = Field(None, ge=1, le=100)
    preferred_industries: list[Word] | None = Field(None, max_length=100)
    preferred_locations: list[Word] | None = Field(None, max_length=100)
    experience_level: Level = None


class SettingsView(BaseModel):
    daily_application_goal: int
    preferred_industries: list[str]
    preferred_locations: list[str]
    experience_level: str | None


class ChangePasswordRequest(BaseModel):
    current_password: str = Field(min_length=1, max_length=1000)
    new_password: str = Field(min_length=8, max_length=1000)


class PasswordChanged(BaseModel):
    message: str
    data: dict[str, Any]


@router.get("/users/me/profile")
def read_profile(session: Tx, caller: CurrentCaller) -> UserView:
    return view(session, caller.user)


@router.put("/users/me/profile")
def change_profile(session: Tx, caller: CurrentCaller, body: ProfileRequest) -> Saved:
    return Saved(message="Profile saved", data=_change(session, caller.id, body))


@router.get("/profile")
def read_own_profile(session: Tx, caller: CurrentCaller) -> ProfileView:
    return _own_profile(session, caller.id, view(session, caller.user))


@router.put("/profile")
def change_own_profile(session: Tx, caller: CurrentCaller, body: ProfileRequest) -> ProfileView:
    return _own_profile(session, caller.id, _change(session, caller.id, body))


@router.get("/users/me/settings")
def read_settings(session: Tx, caller: CurrentCaller) -> SettingsView:
    return _settings(session, caller.id)


@router.put("/users/me/settings")
def change_settings(session: Tx, caller: CurrentCaller, body: SettingsBody) -> SettingsView:
    sent = body.model_dump(exclude_none=True)
    of_profile: dict[str, Any] = {name: sent.pop(name) for name in _OF_THE_PROFILE if name in sent}
    personal.change_settings(session, caller.id, sent)
    personal.change_profile(session, caller.id, of_profile)
    return _settings(session, caller.id)


@router.post("/users/me/change-password", dependencies=[limited("auth_change_password")])
def change_password(
    response: Response, services: Wired, settings: Config, caller: CurrentCaller, body: ChangePasswordRequest
) -> PasswordChanged:
    """Every session ends; this one goes on with a fresh cookie, because its pages know no other way to."""
    services.entrance.change_password(caller.visitor, caller.user, body.current_password, body.new_password)
    with transaction() as session:
        user = accounts.get(session, caller.id)
        fresh = token_for(settings, user, view(session, user))
    keep_session(response, settings, fresh.access_token)
    return PasswordChanged(message="Password changed", data={"access_token": fresh.access_token})


def _change(session: Tx, user_id: int, body: ProfileRequest) -> UserView:
    if body.daily_application_goal is not None:
        personal.change_settings(session, user_id, {"daily_application_goal": body.daily_application_goal})
    user, _ = personal.change_profile(session, user_id, body.changes())
    return view(session, user)


def _own_profile(session: Tx, user_id: int, seen: UserView) -> ProfileView:
    wanted = accounts.profile(session, user_id).preferences
    salary = wanted.get("min_salary")
    return ProfileView(
        **seen.model_dump(),
        target_roles=wanted.get("target_roles"),
        location=next(iter(seen.preferred_locations), None),
        remote_preference=seen.prefer_remote_jobs,
        salary_expectation=None if salary is None else f"{salary:g}",
    )


def _settings(session: Tx, user_id: int) -> SettingsView:
    own, profile = personal.settings_of(session, user_id), accounts.profile(session, user_id)
    return SettingsView(
        daily_application_goal=own.daily_application_goal,
        preferred_industries=own.preferred_industries,
        preferred_locations=profile.preferred_locations,
        experience_level=profile.experience_level,
    )
