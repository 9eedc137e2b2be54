"""All that a letter may say: what the résumé says and what the posting says."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Self

_MARK = re.compile(r"\(?\b[mwfdx](?:\s*[/|]\s*[mwfdx*]){1,3}\b\)?", re.IGNORECASE)
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Position:
    """Dates as the résumé profile holds them: `2021`, `2021-03` or empty."""

    company: str
    title: str
    start: str
    end: str
    current: bool
    highlights: tuple[str, ...]

    @property
    def period(self) -> str:
        """`March 2021 to present`, or an empty string without dates."""
        ends = (month_and_year(self.start), "present" if self.current else month_and_year(self.end))
        return " to ".join(filter(None, ends)) if self.start else ""


@dataclass(frozen=True, slots=True)
class School:
    institution: str
    degree: str
    field: str
    end: str


@dataclass(frozen=True, slots=True)
class Advert:
    title: str
    company: str
    location: str
    description: str
    skills: tuple[str, ...]

    @property
    def plain_title(self) -> str:
        """The title without a mark such as `(m/w/d)`."""
        return " ".join(_MARK.sub(" ", self.title).split())

    @property
    def text(self) -> str:
        return "\n".join((self.title, self.company, self.location, ", ".join(self.skills), self.description))


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """`other` holds the rest of the résumé as text: projects, certifications, languages, grouped skills."""

    name: str
    email: str
    phone: str
    location: str
    headline: str
    summary: str
    skills: tuple[str, ...]
    positions: tuple[Position, ...]
    schools: tuple[School, ...]
    years: float
    other: tuple[str, ...]
    links: tuple[str, ...]
    posting: Advert

    @classmethod
    def of(cls, profile: Mapping[str, Any], posting: Mapping[str, Any]) -> Self:
        """From a résumé profile as stored and a posting's title, company, location, description and skills.

        Missing and null fields are empty; nothing raises.
        """
        return cls(
            name=_text(profile, "name"),
            email=_text(profile, "email"),
            phone=_text(profile, "phone"),
            location=_text(profile, "location"),
            headline=_text(profile, "headline"),
            summary=_text(profile, "summary"),
            skills=_texts(profile.get("skills")),
            positions=tuple(_position(item) for item in profile.get("experience") or ()),
            schools=tuple(_school(item) for item in profile.get("education") or ()),
            years=float(profile.get("years_of_experience") or 0.0),
            other=tuple(
                text
                for key in ("projects", "volunteering", "certifications", "languages")
                for text in _strings(profile.get(key) or ())
            ),
            links=tuple(_strings(profile.get("links") or ())),
            posting=Advert(
                title=_text(posting, "title"),
                company=_text(posting, "company"),
                location=_text(posting, "location"),
                description=str(posting.get("description") or "").strip(),
                skills=_texts(posting.get("skills")),
            ),
        )

    @property
    def contact(self) -> str:
        return "\n".join(filter(None, (self.name, self.email, self.phone, *self.links)))

    @property
    def resume_text(self) -> str:
        """Everything the résumé says but the contact lines, one thing a line."""
        lines = [self.location, self.headline, self.summary, ", ".join(self.skills)]
        for job in self.positions:
            lines += [job.title, job.company, job.period, *job.highlights]
        for school in self.schools:
            lines += [school.degree, school.field, school.institution, month_and_year(school.end)]
        return "\n".join(line for line in (*lines, *self.other) if line.strip())


def month_and_year(date: str) -> str:
    """`2021-03` → `March 2021`, `2021` → `2021`; anything else as it is."""
    year, _, month = date.partition("-")
    if year.isdigit() and month[:2].isdigit() and 1 <= int(month[:2]) <= len(MONTHS):
        return f"{MONTHS[int(month[:2]) - 1]} {year}"
    return date


def _position(item: Mapping[str, Any]) -> Position:
    highlights = _texts(item.get("highlights")) or _texts(str(item.get("description") or "").splitlines())
    return Position(
        company=_text(item, "company"),
        title=_text(item, "title").rstrip("."),
        start=_text(item, "start") or _text(item, "start_date"),
        end=_text(item, "end") or _text(item, "end_date"),
        current=bool(item.get("current")),
        highlights=highlights,
    )


def _school(item: Mapping[str, Any]) -> School:
    return School(_text(item, "institution"), _text(item, "degree"), _text(item, "field"), _text(item, "end"))


def _text(source: Mapping[str, Any], key: str) -> str:
    return " ".join(str(source.get(key) or "").split())


def _texts(values: Iterable[Any] | None) -> tuple[str, ...]:
    return tuple(filter(None, (" ".join(str(value).split()) for value in values or () if value)))


def _strings(value: Any) -> Iterable[str]:
    """Every text inside nested lists and mappings."""
    if isinstance(value, str):
        yield " ".join(value.split())
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, Iterable):
        for inner in value:
            yield from _strings(inner)
