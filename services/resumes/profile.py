"""What a résumé says, structured. Dates are partial ISO strings ("2021-03", "2021"); text is as the person wrote it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from functools import cache
from typing import Any


@dataclass(frozen=True)
class Evidence:
    """How sure a value is (0 to 1) and where it stood; `box` is (x0, top, x1, bottom) in points from the top left."""

    confidence: float
    page: int
    box: tuple[float, float, float, float]


@dataclass(frozen=True)
class Link:
    """`url` is complete, or the bare user name where the page shows the network as a picture only; `network` and
    `username` are set when the address belongs to a known one.
    """

    url: str
    network: str = ""
    username: str = ""


@dataclass(frozen=True)
class SkillGroup:
    """Skills under the name the résumé gives them ("Frontend"); the name is empty for a plain list."""

    name: str
    skills: tuple[str, ...]
    level: str = ""


@dataclass(frozen=True)
class Experience:
    """`end` is empty while `current`; it is also empty when the résumé gives one date only."""

    company: str = ""
    title: str = ""
    location: str = ""
    start: str = ""
    end: str = ""
    current: bool = False
    highlights: tuple[str, ...] = ()
    description: str = ""
    url: str = ""


@dataclass(frozen=True)
class Education:
    institution: str = ""
    degree: str = ""
    field: str = ""
    location: str = ""
    start: str = ""
    end: str = ""
    highlights: tuple[str, ...] = ()


@dataclass(frozen=True)
class Project:
    name: str
    description: str = ""
    start: str = ""
    end: str = ""
    url: str = ""
    highlights: tuple[str, ...] = ()


@dataclass(frozen=True)
class Certification:
    name: str
    issuer: str = ""
    date: str = ""


@dataclass(frozen=True)
class Publication:
    name: str
    publisher: str = ""
    date: str = ""


@dataclass(frozen=True)
class Language:
    name: str
    level: str = ""


@dataclass(frozen=True)
class ResumeProfile:
    """`skills` are the names in order, once each; `skill_groups` is the same list as the résumé groups it.

    `years_of_experience` counts overlapping work once, as of `as_of` (ISO date). `evidence` is keyed by the path of the
    value: "name", "links[0]", "experience[1].company".
    """

    name: str = ""
    email: str = ""
    phone: str = ""
    location: str = ""
    links: tuple[Link, ...] = ()
    headline: str = ""
    summary: str = ""
    skills: tuple[str, ...] = ()
    skill_groups: tuple[SkillGroup, ...] = ()
    experience: tuple[Experience, ...] = ()
    education: tuple[Education, ...] = ()
    projects: tuple[Project, ...] = ()
    volunteering: tuple[Experience, ...] = ()
    certifications: tuple[Certification, ...] = ()
    publications: tuple[Publication, ...] = ()
    languages: tuple[Language, ...] = ()
    years_of_experience: float = 0.0
    as_of: str = ""
    confidence: float = 0.0
    evidence: Mapping[str, Evidence] = field(default_factory=dict)
    flags: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """JSON-safe: tuples become lists."""
        found: dict[str, Any] = _plain(self)
        return found

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "ResumeProfile":
        """The inverse of `to_dict`; a missing key takes its default, an unknown one is a `TypeError`."""
        values = dict(data)
        for name, kind in _PARTS.items():
            values[name] = tuple(kind(**_frozen(item)) for item in values.get(name, ()))
        values["evidence"] = {
            path: Evidence(item["confidence"], item["page"], tuple(item["box"]))
            for path, item in values.get("evidence", {}).items()
        }
        return cls(**_frozen(values))


_PARTS: dict[str, type[Any]] = {
    "links": Link,
    "skill_groups": SkillGroup,
    "experience": Experience,
    "education": Education,
    "projects": Project,
    "volunteering": Experience,
    "certifications": Certification,
    "publications": Publication,
    "languages": Language,
}


def _plain(value: Any) -> Any:
    if isinstance(value, str | float | int):
        return value
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    kind: Any = type(value)
    return {name: _plain(getattr(value, name)) for name in _names(kind)} if is_dataclass(value) else value


@cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(one.name for one in fields(kind))


def _frozen(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in values.items()}
