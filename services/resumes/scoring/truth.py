"""What a labelled résumé holds, from the truth files of three makers, as one shape for scoring.

A value that the page does not show cannot be missed, but reading it (out of a link, say) is no mistake either: it is
kept as `unseen`.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from services.resumes.periods.dates import find_dates

# What else a résumé may tell of, by the names of JSON Resume: the section, its key, and the field here.
BESIDES = {
    "languages": ("language", "languages"),
    "certificates": ("name", "certifications"),
    "projects": ("name", "projects"),
    "publications": ("name", "publications"),
    "volunteer": ("organization", "volunteering"),
}


@dataclass(frozen=True)
class TrueJob:
    company: str = ""
    title: str = ""
    start: str = ""


@dataclass
class Truth:
    """`values` maps a field to what the page shows; `unseen` to what it hides. Dates are "start/end" halves. `partial`
    are jobs of which the page hides a part: reading them is no mistake, missing them neither.
    """

    values: dict[str, list[str]] = field(default_factory=dict)
    unseen: dict[str, list[str]] = field(default_factory=dict)
    jobs: list[TrueJob] = field(default_factory=list)
    partial: list[TrueJob] = field(default_factory=list)
    areas: list[str] = field(default_factory=list)

    def add(self, name: str, value: str | None, *, visible: bool = True) -> None:
        if value:
            value = _plain(name, str(value))
            (self.values if visible else self.unseen).setdefault(name, []).append(value)


def _plain(name: str, value: str) -> str:
    """Without markup; dates as ISO, whichever form the theme was given ("Mar, 2021")."""
    text = re.sub(r"<[^>]+>", "", value).strip()
    spans = find_dates(text) if name == "dates" and not re.match(r"\d{4}", text) else ()
    return spans[0].start if spans else text


def truth_files(folder: Path) -> dict[str, Path]:
    """Stem of a résumé to its truth file, over all subfolders: the same person in other formats shares it."""
    found = {}
    for path in sorted(folder.rglob("*.truth.*")):
        found[path.name.partition(".truth.")[0]] = path
    return found


def read_truth(path: Path) -> Truth:
    """Tells the format by its shape. Raises `ValueError` for a file that is none of the three."""
    if path.suffix in {".yaml", ".yml"}:
        return _rendercv(yaml.safe_load(path.read_text("utf-8"))["cv"])
    data = json.loads(path.read_text("utf-8"))
    if "values" in data:
        return _jsonresume(data["values"])
    if "contact" in data:
        return _offlinecv(data)
    raise ValueError(f"{path.name} is not a truth file we know")


def _rendercv(cv: Mapping[str, Any]) -> Truth:
    truth = Truth()
    for name in ("name", "email", "phone", "location"):
        truth.add(name, cv.get(name))
    truth.add("links", cv.get("website"))
    for network in cv.get("social_networks") or ():
        truth.add("links", network["username"])
    for entries in (cv.get("sections") or {}).values():
        for entry in entries:
            if isinstance(entry, dict):
                _rendercv_entry(truth, entry)
    return truth


def _rendercv_entry(truth: Truth, entry: Mapping[str, Any]) -> None:
    start, end = str(entry.get("start_date") or ""), str(entry.get("end_date") or "")
    end = "" if end == "present" else end
    if "company" in entry:
        truth.add("company", entry["company"])
        truth.add("title", entry.get("position"))
        truth.jobs.append(TrueJob(entry["company"], entry.get("position") or "", start))
    elif "institution" in entry:
        truth.add("institution", entry["institution"])
        truth.add("degree", entry.get("degree"))
        truth.areas.append(entry.get("area") or "")
    elif "details" in entry:
        for skill in re.split(r",\s*(?![^(]*\))", entry["details"]):
            truth.add("skills", skill)
        return
    else:
        return
    truth.add("dates", start)
    truth.add("dates", end)


def _jsonresume(values: Iterable[Mapping[str, Any]]) -> Truth:  # noqa: C901 — a table of paths
    truth = Truth()
    tree: dict[str, dict[int, dict[str, tuple[str, bool]]]] = {}
    place: list[tuple[str, bool]] = []
    city = "", False
    groups: dict[int, tuple[str, bool]] = {}
    listed: set[int] = set()
    for item in values:
        path, value, visible = item["path"], str(item["value"]), bool(item["visible"])
        match = re.fullmatch(r"(\w+)\[(\d+)\]\.(\w+)(?:\[\d+\])?", path)
        if path in {"basics.name", "basics.email", "basics.phone"}:
            truth.add(path.partition(".")[2], value, visible=visible)
        elif path == "basics.url":
            truth.add("links", value, visible=visible)
        elif path in {"basics.location.city", "basics.location.region"}:
            place.append((value, visible))
            city = (value, visible) if path.endswith("city") else city
        elif match and match[1] == "skills":
            number = int(match[2])
            if match[3] == "keywords":
                listed.add(number)
                truth.add("skills", value, visible=visible)
            elif match[3] == "name":
                groups[number] = value, visible
        elif match:
            tree.setdefault(match[1], {}).setdefault(int(match[2]), {})[match[3]] = value, visible
    for number, (value, visible) in groups.items():
        if number not in listed:
            truth.add("skills", value, visible=visible)
    # A region alone proves nothing: "California" also stands in a university's name.
    truth.add("location", city[0] if city[1] else None)
    for value, _ in place:
        truth.add("location", value, visible=False)
    _jsonresume_entries(truth, tree)
    return truth


def _jsonresume_entries(truth: Truth, tree: Mapping[str, Mapping[int, Mapping[str, tuple[str, bool]]]]) -> None:
    nothing = "", False
    for profile in tree.get("profiles", {}).values():
        shown = any(profile.get(key, nothing)[1] for key in ("username", "url"))
        value = profile.get("username") or profile.get("url") or nothing
        truth.add("links", value[0], visible=shown)
        truth.add("links", profile.get("url", nothing)[0], visible=False)
    for job in tree.get("work", {}).values():
        _add_all(truth, job, {"name": "company", "position": "title", "startDate": "dates", "endDate": "dates"})
        name, title, start = (job.get(key, nothing) for key in ("name", "position", "startDate"))
        shown = name[1] and title[1] and start[1]
        (truth.jobs if shown else truth.partial).append(TrueJob(name[0], title[0], _plain("dates", start[0])))
    for study in tree.get("education", {}).values():
        _add_all(
            truth,
            study,
            {"institution": "institution", "studyType": "degree", "startDate": "dates", "endDate": "dates"},
        )
        truth.areas.append(study.get("area", nothing)[0])
    for part, (key, heading) in BESIDES.items():
        for entry in tree.get(part, {}).values():
            _add_all(truth, entry, {key: heading})


def _add_all(truth: Truth, entry: Mapping[str, tuple[str, bool]], names: Mapping[str, str]) -> None:
    for key, name in names.items():
        if key in entry:
            truth.add(name, entry[key][0], visible=entry[key][1])


def _offlinecv(data: Mapping[str, Any]) -> Truth:
    truth = Truth()
    contact = data["contact"]
    for key, name in (("full_name", "name"), ("email", "email"), ("phone", "phone"), ("location", "location")):
        truth.add(name, contact.get(key))
    for key in ("linkedin", "github", "website"):
        truth.add("links", contact.get(key))
    for job in data.get("experience", ()):
        truth.add("company", job.get("company"))
        truth.add("title", job.get("title"))
        spans = find_dates(job.get("dates") or "")
        start = spans[0].start if spans else ""
        truth.add("dates", start)
        truth.add("dates", spans[0].end if spans else "")
        truth.jobs.append(TrueJob(job.get("company", ""), job.get("title", ""), start))
    for study in data.get("education", ()):
        truth.add("institution", study.get("institution"))
        truth.add("degree", study.get("degree"))
        truth.areas.append(study.get("degree") or "")
        for span in find_dates(study.get("dates") or ""):
            truth.add("dates", span.start)
            truth.add("dates", span.end)
    for skill in data.get("skills", ()):
        truth.add("skills", skill)
    return truth
