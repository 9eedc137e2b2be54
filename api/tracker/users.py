"""`/users/me`: the person, their password, their settings."""

from fastapi import APIRouter

from api.auth import CurrentCaller
from api.deps import Config, Tx, Wired
from api.limits import limited
from api.tracker.schemas import (
    ChangePasswordRequest,
    MessageView,
    PreferencesRequest,
    PreferencesView,
    SettingsRequest,
    SettingsView,
    UserView,
)
from services import personal

router = APIRouter(prefix="/users/me", tags=["tracker: users"])


@router.get("")
def who_am_i(session: Tx, caller: CurrentCaller) -> UserView:
    return UserView.of(caller.user, personal.settings_of(session, caller.id))


@router.post("/change-password", dependencies=[limited("auth_change_password")])
def change_password(
    services: Wired, settings: Config, caller: CurrentCaller, body: ChangePasswordRequest
) -> MessageView:
    services.entrance.change_password(caller.visitor, caller.user, body.current_password, body.new_password)
    return MessageView(message="Password changed. Log in again.")


@router.get("/settings")
def read_settings(session: Tx, caller: CurrentCaller) -> SettingsView:
    return SettingsView.model_validate(personal.settings_of(session, caller.id), from_attributes=True)


@router.put("/settings")
def change_settings(session: Tx, caller: CurrentCaller, body: SettingsRequest) -> MessageView:
    personal.change_settings(session, caller.id, body.model_dump(exclude_none=True))
    return MessageView(message="Settings saved")


@router.patch("/ui-preferences")
def change_ui_preferences(session: Tx, caller: CurrentCaller, body: PreferencesRequest) -> PreferencesView:
    return PreferencesView(ui_preferences=personal.merge_ui_preferences(session, caller.id, body.preferences))
