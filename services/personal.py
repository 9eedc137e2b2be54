"""What people set for themselves: profile, preferences, the look of their pages."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from core.errors import BadRequest
from models.identity import UserIdentity
from models.user import User, UserProfile, UserSettings
from services import accounts, popular_skills

UI_PREFERENCES = (
    "job_details_notes_collapsed",
    "job_details_interviews_collapsed",
    "job_details_timeline_collapsed",
    "job_details_documents_collapsed",
    "nav_expanded",
)
_OF_THE_ACCOUNT = ("display_name",)
_ALL_REMOTE = ["full"]


def settings_of(session: Session, user_id: int) -> UserSettings:
    """The row, made with its defaults when this is the first look at it."""
    row = session.get(UserSettings, user_id)
    if row is None:
        session.execute(insert(UserSettings).values(user_id=user_id).on_conflict_do_nothing())
        row = session.get_one(UserSettings, user_id)
    return row


def change_settings(session: Session, user_id: int, changes: Mapping[str, Any]) -> UserSettings:
    row = settings_of(session, user_id)
    for name, value in changes.items():
        setattr(row, name, value)
    session.flush()
    return row


def merge_ui_preferences(session: Session, user_id: int, changes: Mapping[str, bool]) -> dict[str, Any]:
    """Raises BadRequest for a key that no page has."""
    unknown = sorted(set(changes) - set(UI_PREFERENCES))
    if unknown:
        raise BadRequest(f"There is no such preference: {', '.join(unknown)}.", code="UNKNOWN_PREFERENCE")
    settings_of(session, user_id)
    row = session.get_one(UserSettings, user_id, with_for_update=True, populate_existing=True)
    row.ui_preferences = {**row.ui_preferences, **changes}
    session.flush()
    return row.ui_preferences


def change_profile(session: Session, user_id: int, changes: Mapping[str, Any]) -> tuple[User, UserProfile]:
    """Only named fields change. `skills` replaces the list and counts what is new in it; `preferences` is merged."""
    profile = session.get_one(UserProfile, user_id, with_for_update=True, populate_existing=True)
    user = accounts.get(session, user_id)
    for name, value in changes.items():
        if name == "preferences":
            profile.preferences = _merged(profile.preferences, value)
        elif name == "skills":
            _replace_skills(session, profile, value)
        else:
            setattr(user if name in _OF_THE_ACCOUNT else profile, name, value)
    session.flush()
    session.refresh(user)
    session.refresh(profile)
    return user, profile


def _replace_skills(session: Session, profile: UserProfile, skills: Sequence[str]) -> None:
    known = {one.casefold() for one in profile.skills}
    profile.skills = distinct(skills)
    popular_skills.count_uses(session, (one for one in profile.skills if one.casefold() not in known))


def outside_identity(session: Session, user_id: int) -> tuple[str, str] | None:
    """Provider and subject of the person's sign-in elsewhere, the newest when there are several."""
    found = session.execute(
        select(UserIdentity.provider, UserIdentity.subject)
        .where(UserIdentity.user_id == user_id, UserIdentity.provider != "cognito")
        .order_by(UserIdentity.id.desc())
        .limit(1)
    ).one_or_none()
    return (found.provider, found.subject) if found else None


def distinct(words: Sequence[str]) -> list[str]:
    """Trimmed, without blanks and repetitions that differ in case only; the first spelling stays."""
    seen: dict[str, str] = {}
    for word in words:
        if trimmed := word.strip():
            seen.setdefault(trimmed.casefold(), trimmed)
    return list(seen.values())


def _merged(stored: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """`remote_only` follows `remote_types` unless it is named itself: one client writes one, readers want the other."""
    merged = {**stored, **changes}
    if "remote_types" in changes and "remote_only" not in changes:
        merged["remote_only"] = changes["remote_types"] == _ALL_REMOTE
    return merged
