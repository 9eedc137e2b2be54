"""What a résumé profile suggests to a reader: strengths, weaknesses, roles. Counting, no model, no flattery."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from services.skills.vocabulary import canonical, kind

_NUMBER = re.compile(r"\d")
_MANY_SKILLS = 12
_FEW_SKILLS = 5
_SENIOR_YEARS = 6.0
_MEASURED_SHARE = 0.3
_LONG_HIGHLIGHT = 280
_ROLES = 5


def insights(profile: Mapping[str, Any]) -> dict[str, Any]:
    """`{"strengths", "weaknesses", "job_recommendations"}`, each a list of sentences or titles from the profile, and
    `{"skills": {"technical", "soft"}}`.
    """
    return {
        "skills": _grouped(profile["skills"]),
        "strengths": _strengths(profile),
        "weaknesses": _weaknesses(profile),
        "job_recommendations": _roles(profile["experience"], profile.get("headline", "")),
    }


def years_between(start: str, end: str, *, current: bool, as_of: str) -> float:
    """Years from `start` to `end` (partial ISO dates), or to `as_of` for a current position; one decimal."""
    begun, ended = _month(start), _month(as_of if current else end)
    return round(max(0, ended - begun) / 12, 1) if begun and ended else 0.0


def _month(partial: str) -> int:
    """Months since year 0; a bare year counts from its January. 0 for no date."""
    if not partial[:4].isdigit():
        return 0
    day = date.fromisoformat(f"{partial[:7] if len(partial) > len('2021') else partial[:4] + '-01'}-01")
    return day.year * 12 + day.month - 1


def _grouped(skills: Sequence[str]) -> dict[str, list[str]]:
    soft = [one for one in skills if kind(canonical(one) or "") == "soft"]
    return {"technical": [one for one in skills if one not in soft], "soft": soft}


def _highlights(profile: Mapping[str, Any]) -> list[str]:
    return [line for job in profile["experience"] for line in job["highlights"]]


def _measured(profile: Mapping[str, Any]) -> float:
    """Share of highlights that name a number."""
    lines = _highlights(profile)
    return sum(bool(_NUMBER.search(line)) for line in lines) / len(lines) if lines else 0.0


def _strengths(profile: Mapping[str, Any]) -> list[str]:
    years, skills = profile["years_of_experience"], profile["skills"]
    rules = (
        (years >= _SENIOR_YEARS, f"{years:g} years of experience across {len(profile['experience'])} positions"),
        (len(skills) >= _MANY_SKILLS, f"A broad set of {len(skills)} named skills"),
        (_measured(profile) >= _MEASURED_SHARE, "Achievements are backed with numbers"),
        (bool(profile["education"]), f"Formal education: {_first_degree(profile['education'])}"),
        (bool(profile["certifications"]), f"{len(profile['certifications'])} certifications"),
        (len(profile["languages"]) > 1, f"Speaks {len(profile['languages'])} languages"),
    )
    return [sentence for applies, sentence in rules if applies]


def _weaknesses(profile: Mapping[str, Any]) -> list[str]:
    lines = _highlights(profile)
    undated = sum(not job["start"] for job in profile["experience"])
    rules = (
        (not profile["summary"], "No summary at the top: two sentences help a reader to place you"),
        (not profile["email"], "No e-mail address was found"),
        (not profile["phone"], "No phone number was found"),
        (len(profile["skills"]) < _FEW_SKILLS, "Few skills are named; searches by recruiters may miss you"),
        (bool(lines) and _measured(profile) < _MEASURED_SHARE, "Few achievements name a number or a result"),
        (bool(profile["experience"]) and not lines, "Positions are listed without what you achieved in them"),
        (undated > 0, f"{undated} positions have no dates"),
        (any(len(line) > _LONG_HIGHLIGHT for line in lines), "Some points are longer than a reader will follow"),
    )
    return [sentence for applies, sentence in rules if applies]


def _first_degree(education: Sequence[Mapping[str, Any]]) -> str:
    if not education:
        return ""
    first = education[0]
    return ", ".join(part for part in (first["degree"], first["field"], first["institution"]) if part)


def _roles(experience: Sequence[Mapping[str, Any]], headline: str) -> list[str]:
    """The person's own headline and latest titles: the roles they can show evidence for."""
    titles = [headline, *(job["title"] for job in experience)]
    return list(dict.fromkeys(title.strip() for title in titles if title.strip()))[:_ROLES]
