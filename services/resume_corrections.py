"""What a person puts right in what was read from their résumé. Their word counts everywhere from then on."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from core.errors import NotFound
from models.resume import ResumeReading
from services import personal, resume_insights, resume_readings

CORRECTED = "corrected"
_MOST_YEARS = 70


def correct(session: Session, user_id: int, changes: Mapping[str, Any]) -> Mapping[str, Any]:
    """Change fields of the newest résumé profile, whole ones, in its own shape; answers the profile.

    Name, skills and years also become the account's. Where a corrected value stood in the file says nothing of it any
    more, so its evidence goes, and a flag `corrected:<field>` takes its place. Raises NotFound when nothing was read.
    """
    reading = newest(session, user_id)
    session.refresh(reading, ["profile"], with_for_update=True)
    profile = {**(reading.profile or {}), **changes}
    if "skills" in changes:
        profile["skills"] = personal.distinct(changes["skills"])
        profile["skill_groups"] = _only(profile["skill_groups"], profile["skills"])
    profile["evidence"] = {
        path: one
        for path, one in profile["evidence"].items()
        if path.partition("[")[0].partition(".")[0] not in changes
    }
    profile["flags"] = list(dict.fromkeys([*profile["flags"], *(f"{CORRECTED}:{name}" for name in changes)]))
    reading.profile, reading.insights = profile, resume_insights.insights(profile)
    session.flush()
    _tell_account(session, user_id, {name: profile[name] for name in changes})
    return profile


def newest(session: Session, user_id: int) -> ResumeReading:
    """Raises NotFound when nothing was read yet."""
    reading = resume_readings.latest(session, user_id)
    if reading is None or reading.profile is None:
        raise NotFound("No CV has been read yet. Upload one first.", title="No CV")
    return reading


def _only(groups: list[dict[str, Any]], skills: list[str]) -> list[dict[str, Any]]:
    kept = {skill.casefold() for skill in skills}
    left = [{**group, "skills": [one for one in group["skills"] if one.casefold() in kept]} for group in groups]
    return [group for group in left if group["skills"]]


def _tell_account(session: Session, user_id: int, changes: Mapping[str, Any]) -> None:
    told: dict[str, Any] = {}
    if changes.get("name"):
        told["display_name"] = changes["name"]
    if "skills" in changes:
        told["skills"] = changes["skills"]
    if "years_of_experience" in changes:
        told["experience_years"] = min(_MOST_YEARS, int(changes["years_of_experience"]))
    if told:
        personal.change_profile(session, user_id, told)
