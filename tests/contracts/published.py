"""The published contracts, where they lie beside the repository: the same entries, read from the original files."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from tests.contracts.grammar import read

FOLDER = Path(__file__).parents[3] / "shared" / "contracts"
SYSTEMS = ("tracker", "copilot", "agent", "analyzer")

_WHO = {
    "none": "nobody",
    "bearer optional": "anybody",
    "cookie/bearer": "bearer",
    "stripe-signature": "secret",
    "signed URL": "secret",
}
_METHODS = re.compile(r"\b(GET|POST|PUT|PATCH|DELETE|WS)\b")

# What is said in sentences, by place: a fingerprint of the sentence, and how it was understood.
_SPAN = "{category: any, median_salary: any, mean_salary: any, min_salary: any, max_salary: any, sample_size: any}"
_EXPERIENCE = (
    "list[{company: str, role: str, years: number, description: str, start_date: str?omit, end_date: str?omit}]"
)
READ_BY_HAND: dict[str, tuple[str, str]] = {
    "tracker.health": ("f91254d5", "{status: str}"),  # the word is shared by three doors and a setting
    "tracker.jobs.metrics_activity": ("97eb2f5e", "{range_days: int, total_events: int, per_type: map[str,int]}"),
    "agent.SkillAnalysis": (
        "cee67e0b",
        (
            "{user_id: int, analysis_date: datetime, jobs_analyzed: int, user_skills: list[str], skill_gaps: list[str],"
            " market_skills: map[str,$MarketSkill], recommendations: list[$Recommendation], requires_setup: skills?,"
            " detected_category: str?, category_label: str?, note: str?}"
        ),
    ),
    "analyzer.Result": (
        "52338612",
        (
            "{job_id: str, status: str, upload_id: int, name: str?omit, email: str?omit, phone: str?omit,"
            " linkedin_url: str?omit, location: str?omit, age: int?omit, race: str?omit, total_work_years: float?omit,"
            " skills: {technical: list[str]?omit, soft: list[str]?omit}, education:"
            f" list[{{degree: str, institution: str, year: int?}}], experience: {_EXPERIENCE}, summary: str?omit,"
            " job_recommendations: list[str]?omit, strengths: list[str]?omit, weaknesses: list[str]?omit,"
            " created_at: datetime, completed_at: datetime?omit}"
        ),
    ),
    "analyzer.upload.list": (
        "3f7071ad",
        "list[$Upload]|{uploads: list[$Upload], count: int, limit: int, offset: int}",
    ),
    "copilot.market.salary_insights": (
        "9fdd8d88",
        (
            "{total_data_points: int, overall_median: float, overall_mean: float, overall_min: float,"
            f" overall_max: float, by_role: list[{_SPAN}], by_location: list[{_SPAN}],"
            f" by_experience: list[{_SPAN}],"
            " currency_breakdown: map[str,float], generated_at: datetime}"
        ),
    ),
    "copilot.linkedin.scrape": ("45f2ce2b", "list[object]|$Task"),
    "PUT /api/v1/profile": ("eac9ac2b", "{id: int, username: str, email: str, skills: list[str]?}"),
    "PUT /api/v1/users/me/settings": (
        "b618d1c0",
        (
            "{daily_application_goal: int, preferred_industries: list[str], preferred_locations: list[str],"
            " experience_level: str}"
        ),
    ),
    "GET authorize, POST callback, DELETE credentials /api/v1/calendar/oauth/{provider}/authorize |"
    " /api/v1/calendar/oauth/{provider}/callback | /api/v1/calendar/credentials/{provider}": (
        "d5fc1ef0",
        "{authorization_url: str, auth_url: str}|object",
    ),
    "GET, POST, PATCH, DELETE /api/v1/calendar/events[/{event_id}]": ("ebfae122", "list|object"),
}


def entries(system: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Names and facts, in the form of the files in `statement/`."""
    document = _document(system)
    for entry in document["endpoints"]:
        yield _named(entry), _facts(entry)
    for entry in document["client_only"]:
        yield _named(entry), _facts(entry) | ({} if entry.get("mounted", True) else {"mounted": False})
    for entry in document.get("tooling_pages", ()):
        yield _named(entry), _facts(entry) | {"answers": [200]}


def schemas(system: str) -> dict[str, str]:
    return {name: _shape(f"{system}.{name}", value) for name, value in _document(system)["schemas"].items()}


def enums(system: str) -> dict[str, list[Any]]:
    return {name: value for name, value in _document(system)["enums"].items() if isinstance(value, list)}


def _document(system: str) -> dict[str, Any]:
    document: dict[str, Any] = yaml.safe_load((FOLDER / f"{system}.yaml").read_text("utf-8"))
    return document


def _named(entry: Mapping[str, Any]) -> str:
    return str(entry.get("id") or f"{entry['method']} {entry['path']}")


def _facts(entry: Mapping[str, Any]) -> dict[str, Any]:
    success, request, query = (entry.get(name) or {} for name in ("success", "request", "query"))
    found = {
        "who": _who(entry.get("auth")),
        "does": [*_operations(entry["method"], entry["path"]), *_also(entry)],
        "query": sorted(query),
        "sends": sorted(request) if isinstance(request, Mapping) and entry["method"] != "WS" else [],
        "answers": _statuses(success.get("status")),
        "body": None if entry["method"] == "WS" or "body" not in success else _body(entry, success["body"]),
        "refuses": sorted({status for one in entry.get("errors", ()) for status in _statuses(one["status"])}),
    }
    return {name: value for name, value in found.items() if value not in (None, [])}


def _also(entry: Mapping[str, Any]) -> list[str]:
    return [f"{entry['method']} {path}" for path in entry.get("also_paths", ())]


def _who(auth: str | None) -> str | None:
    return None if auth is None else _WHO.get(auth, auth.partition(":")[0])


def _operations(method: str, path: str) -> list[str]:
    """`GET and PUT`, `/events[/{event_id}]`, `a | b`, `{one|other}`: one line an operation."""
    methods, paths = _METHODS.findall(method), re.split(r" \| | and (?=/)", path)
    if len(methods) == len(paths) > 1:
        return [f"{one} {where}" for one, where in zip(methods, paths, strict=True)]
    if found := re.fullmatch(r"(.+)\[(.+)\]", path):
        of_one = ("PATCH", "DELETE")
        return [f"{one} {found[1]}{found[2] if one in of_one else ''}" for one in methods]
    if found := re.fullmatch(r"(.+)\{(\w+(?:\|\w+)+)\}(.*)", path):
        return [f"{one} {found[1]}{choice}{found[3]}" for one in methods for choice in found[2].split("|")]
    return [f"{one} {where.partition('?')[0]}" for one in methods for where in paths]


def _statuses(said: object) -> list[int]:
    return [200, 201, 202, 204] if said == "2xx" else sorted({int(one) for one in re.findall(r"\b\d{3}\b", str(said))})


def _body(entry: Mapping[str, Any], said: object) -> str:
    return _shape(_named(entry), said)


def _shape(place: str, said: object) -> str:
    if place in READ_BY_HAND:
        fingerprint, understood = READ_BY_HAND[place]
        assert _fingerprint(said) == fingerprint, f"{place} says something new, read it again: {said}"
        return str(read(understood))
    return str(read(said))


def _fingerprint(said: object) -> str:
    return hashlib.sha256(repr(said).encode()).hexdigest()[:8]
