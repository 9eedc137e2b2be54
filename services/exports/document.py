"""What an exported résumé says and in which order; how it looks is the writers' business.

The writers print every text of a `Document` exactly once, so what is in here is in every format.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from services.exports.words import Words, words_of
from services.resumes.profile import (
    Certification,
    Education,
    Experience,
    Project,
    Publication,
    ResumeProfile,
    SkillGroup,
)

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
RTL = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_SCHEME = re.compile(r"^(https?://)?(www\.)?")
_SEPARATOR = ", "
_BESIDE = " · "  # an employer and a place joined by a comma read as one place


@dataclass(frozen=True)
class Contact:
    """`url` is empty when there is nothing to click."""

    text: str
    url: str = ""


@dataclass(frozen=True)
class Entry:
    """`head` and `dates` share a line, `place` follows it; the points stand under both."""

    head: str
    dates: str = ""
    place: str = ""
    link: Contact | None = None
    paragraphs: tuple[str, ...] = ()
    points: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.head or self.dates or self.place or self.link or self.paragraphs or self.points)


@dataclass(frozen=True)
class Line:
    """`label` is set apart from the text that it introduces; it may be empty."""

    label: str
    text: str


@dataclass(frozen=True)
class Section:
    title: str
    paragraphs: tuple[str, ...] = ()
    entries: tuple[Entry, ...] = ()
    lines: tuple[Line, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.paragraphs or self.entries or self.lines)


@dataclass(frozen=True)
class Document:
    """`language` is an ISO 639-1 code. `rtl` says that the page is read from right to left."""

    name: str
    headline: str
    contacts: tuple[Contact, ...]
    sections: tuple[Section, ...]
    language: str
    rtl: bool

    @property
    def title(self) -> str:
        return self.name or "Résumé"

    @property
    def upright(self) -> bool:
        """Scripts that know no italics: what would be slanted in others is not."""
        return self.rtl or self.language in ("ja", "zh", "ko")

    def texts(self) -> Iterator[str]:
        """Everything that is printed."""
        yield from (self.name, self.headline, *(one.text for one in self.contacts))
        for section in self.sections:
            yield from (section.title, *section.paragraphs)
            for entry in section.entries:
                yield from (entry.head, entry.dates, entry.place, *entry.paragraphs, *entry.points)
                yield entry.link.text if entry.link else ""
            for line in section.lines:
                yield from (line.label, line.text)


def document_of(profile: ResumeProfile, plain_text: str) -> Document:
    """`plain_text` is the résumé itself; only its language is taken from it."""
    words = words_of(plain_text)
    sections = (
        Section(words.summary, paragraphs=_some(profile.summary)),
        Section(words.experience, entries=_entries(_job(one, words) for one in profile.experience)),
        Section(words.projects, entries=_entries(_project(one, words) for one in profile.projects)),
        Section(words.education, entries=_entries(_study(one, words) for one in profile.education)),
        Section(words.publications, entries=_entries(_publication(one, words) for one in profile.publications)),
        Section(words.skills, lines=tuple(_skills(profile))),
        Section(words.certifications, entries=_entries(_certificate(one, words) for one in profile.certifications)),
        Section(words.languages, lines=_languages(profile)),
        Section(words.volunteering, entries=_entries(_job(one, words) for one in profile.volunteering)),
    )
    text = f"{profile.name} {profile.summary} {profile.headline} {plain_text[:4000]}"
    return Document(
        name=_clean(profile.name),
        headline=_clean(profile.headline),
        contacts=tuple(_contacts(profile)),
        sections=tuple(section for section in sections if section),
        language=words.code,
        rtl=len(RTL.findall(text)) * 2 > sum(char.isalpha() for char in text),
    )


def _clean(text: str) -> str:
    """One line, without what neither a page nor XML can hold."""
    return " ".join(_UNPRINTABLE.sub("", text).split())


def _some(*texts: str) -> tuple[str, ...]:
    """The paragraphs of these texts; line breaks that a person wrote are kept."""
    return tuple(line for text in texts for part in text.splitlines() if (line := _clean(part)))


def _joined(*texts: str, by: str = _SEPARATOR) -> str:
    return by.join(dict.fromkeys(text for one in texts if (text := _clean(one))))


def _contacts(profile: ResumeProfile) -> Iterator[Contact]:
    if profile.email:
        yield Contact(_clean(profile.email), f"mailto:{_clean(profile.email)}")
    if profile.phone:
        yield Contact(_clean(profile.phone), "tel:" + re.sub(r"[^\d+]", "", profile.phone))
    if profile.location:
        yield Contact(_clean(profile.location))
    yield from (_link(link.url) for link in profile.links if _clean(link.url))


def _link(url: str) -> Contact:
    """Shown without its scheme; clickable only where a browser goes to a page: a résumé may carry `javascript:`."""
    text = _clean(url)
    safe = text.lower().startswith(("http://", "https://")) and " " not in text
    return Contact(_SCHEME.sub("", text).rstrip("/") or text, text if safe else "")


def _entry(heads: tuple[str, str], place: str, dates: str, *, url: str, **body: tuple[str, ...]) -> Entry:
    """The first of `heads` that says something leads, the other goes with the place."""
    head, beside = heads if _clean(heads[0]) else (heads[1], "")
    return Entry(_clean(head), dates, _joined(beside, place, by=_BESIDE), _link(url) if _clean(url) else None, **body)


def _entries(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Those that say anything: a blank one is a hole in the page."""
    return tuple(entry for entry in entries if entry)


def _job(job: Experience, words: Words) -> Entry:
    dates = words.span(job.start, job.end, current=job.current)
    body = {"paragraphs": _some(job.description), "points": _some(*job.highlights)}
    return _entry((job.title, job.company), job.location, dates, url=job.url, **body)


def _project(project: Project, words: Words) -> Entry:
    body = {"paragraphs": _some(project.description), "points": _some(*project.highlights)}
    return _entry((project.name, ""), "", words.span(project.start, project.end), url=project.url, **body)


def _study(study: Education, words: Words) -> Entry:
    degree = _joined(study.degree, study.field)
    body = {"points": _some(*study.highlights)}
    return _entry((degree, study.institution), study.location, words.span(study.start, study.end), url="", **body)


def _certificate(one: Certification, words: Words) -> Entry:
    return _entry((one.name, one.issuer), "", words.date(one.date) if one.date else "", url="")


def _publication(one: Publication, words: Words) -> Entry:
    return _entry((one.name, one.publisher), "", words.date(one.date) if one.date else "", url="")


def _languages(profile: ResumeProfile) -> tuple[Line, ...]:
    spoken = (f"{one.name} ({one.level})" if one.level else one.name for one in profile.languages)
    return (Line("", _joined(*spoken)),) if profile.languages else ()


def _skills(profile: ResumeProfile) -> Iterator[Line]:
    """One line for the skills of no named group, then a line a group: what follows a label is read as the label's."""
    named = [group for group in profile.skill_groups if _label(group) and group.skills]
    within = {skill.casefold() for group in named for skill in group.skills}
    unnamed = (skill for group in profile.skill_groups if not _label(group) for skill in group.skills)
    alone = {skill.casefold(): skill for skill in (*unnamed, *profile.skills) if skill.casefold() not in within}
    if alone:
        yield Line("", _joined(*alone.values()))
    yield from (Line(_label(group), _joined(*group.skills)) for group in named)


def _label(group: SkillGroup) -> str:
    return _clean(f"{group.name} ({group.level})" if group.name and group.level else group.name or group.level)
