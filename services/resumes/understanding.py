"""Text with places to a profile: pure, a few milliseconds, the same answer every time."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from services.resumes.contact.finding import Contact, at_foot, contact, details_of, tells_contact
from services.resumes.contact.language import region_of
from services.resumes.contact.links import find_links, linked
from services.resumes.entries.experience import jobs, looks_like_study
from services.resumes.entries.extras import certifications, projects, publications
from services.resumes.entries.likelihood import Found
from services.resumes.entries.nameless_work import projects_among
from services.resumes.entries.volunteering import like_jobs
from services.resumes.evidence import Evidences
from services.resumes.page.rows import Row, joined
from services.resumes.periods.years import years_of_experience
from services.resumes.profile import (
    Certification,
    Education,
    Experience,
    Language,
    Link,
    Project,
    Publication,
    ResumeProfile,
    SkillGroup,
)
from services.resumes.sections.finding import Section, sections
from services.resumes.sections.headings import Kind, heading_kind
from services.resumes.sections.headless import hidden_jobs, hidden_studies, told_by_content
from services.resumes.sections.inner_headings import parted
from services.resumes.skills.gathering import skills_of
from services.resumes.skills.languages import languages_in, names_language, spoken
from services.resumes.skills.section import ListedGroup
from services.resumes.studies.education import studies
from services.resumes.text import ExtractedText, Line

UNDER_OTHERS = frozenset({Kind.SKILLS, Kind.OTHER})  # headings that a row of languages may stand under
HEAD = (Kind.CONTACT, Kind.LINKS)
MOST_SKILLS = 120
MOST_LINES = 2_500


def read_profile(text: ExtractedText, *, as_of: date) -> ResumeProfile:
    """`as_of` is the day that "present" means. Never raises: what is not found stays empty."""
    text = replace(text, lines=text.lines[:MOST_LINES])
    parts = parted(told_by_content(sections(text)))
    evidence = Evidences(text)
    head = [line for part in parts if part.kind is None for line in part.lines]
    near = [line for part in parts if part.kind in HEAD or tells_contact(part) for line in details_of(part)]
    who = contact(head, near, text.lines, region_of(parts, head))
    about = [line for part in parts if part.kind in {Kind.SUMMARY, Kind.OTHER} for line in part.lines if linked(line)]
    person = [found[0] for found in (who.name, who.email) if found]
    details = [*head, *near]
    links = _links(find_links([*details, *at_foot(who, details, text.lines)], about, text.icons, person), evidence)
    titles = [who.headline[1]] if who.headline else []
    parts, worked = _work(parts, titles)
    helped = like_jobs(_help(parts), worked)
    work = _evident(worked, "experience", evidence)
    groups = _skills(parts, evidence, who.name[0] if who.name else "")
    return ResumeProfile(
        **_contact(who, evidence),
        links=links,
        summary=_summary(parts, who),
        skills=_names(groups),
        skill_groups=tuple(
            SkillGroup(group.name, tuple(s.name for s in group.skills), group.level) for group in groups
        ),
        experience=work,
        education=_studies(parts, evidence),
        projects=_projects(parts, evidence),
        volunteering=_evident(helped, "volunteering", evidence),
        certifications=_certifications(parts, evidence),
        publications=_publications(parts, evidence),
        languages=_languages(parts, evidence),
        years_of_experience=years_of_experience(work, as_of),
        as_of=as_of.isoformat(),
        evidence=evidence.found,
        confidence=evidence.overall(),
        flags=text.flags,
    )


def _of(parts: Iterable[Section], kind: Kind) -> list[Section]:
    return [part for part in parts if part.kind is kind and part.rows]


def _contact(who: Contact, evidence: Evidences) -> dict[str, str]:
    values = {}
    for name, sure in (("name", 0.9), ("headline", 0.7), ("email", 0.99), ("phone", 0.95), ("location", 0.8)):
        found: tuple[str, Line] | None = getattr(who, name)
        values[name] = found[0] if found else ""
        if found:
            evidence.add(name, found[1], sure)
    return values


def _links(found: Sequence[tuple[Link, Line]], evidence: Evidences) -> tuple[Link, ...]:
    for number, (_, line) in enumerate(found):
        evidence.add(f"links[{number}]", line, 0.9)
    return tuple(link for link, _ in found)


def _summary(parts: Sequence[Section], who: Contact) -> str:
    for part in parts:
        if part.kind is Kind.SUMMARY and (text := joined([row.text for row in part.rows])):
            return text
    head = [row for part in parts if part.kind is None for row in part.rows]
    used = {id(found[1]) for found in (who.name, who.headline, who.email, who.phone) if found}
    prose = [row for row in head if len(row.text.split()) > 6 and not any(id(line) in used for line in row.lines)]  # noqa: PLR2004
    if not prose:
        return ""
    tail = [row for row in head[head.index(prose[0]) :] if row in prose or row.style == prose[0].style]
    return joined([row.text for row in tail if "@" not in row.text])


def _work(parts: Sequence[Section], head: Sequence[Line]) -> tuple[list[Section], list[Found[Experience]]]:
    """The jobs, and the sections with those turned into projects that hold no jobs whatever their headings say."""
    worked = [(at, part) for at, part in enumerate(parts) if part.kind is Kind.EXPERIENCE and part.rows]
    told = {at: jobs(part.rows, part.body, head) for at, part in worked}
    odd = projects_among(told)
    kept = [replace(part, kind=Kind.PROJECTS) if at in odd else part for at, part in enumerate(parts)]
    found = [job for at, own in told.items() if at not in odd for job in own if not looks_like_study(job)]
    return kept, found or hidden_jobs(kept)


def _help(parts: Sequence[Section]) -> list[Found[Experience]]:
    found = [job for part in _of(parts, Kind.VOLUNTEERING) for job in jobs(part.rows, part.body)]
    return [job for job in found if not looks_like_study(job)]


def _evident(found: Sequence[Found[Experience]], path: str, evidence: Evidences) -> tuple[Experience, ...]:
    for number, job in enumerate(found):
        for name, piece in job.pieces.items():
            evidence.add(f"{path}[{number}].{name}", piece.line, 0.85 if job.value.title and job.value.company else 0.6)
        if job.value.start and job.entry.header:
            dated = next(
                (row.lines[at] for row in job.entry.header for at, _ in row.dates), job.entry.header[0].lines[0]
            )
            evidence.add(f"{path}[{number}].start", dated, 0.95)
    return tuple(job.value for job in found)


def _studies(parts: Sequence[Section], evidence: Evidences) -> tuple[Education, ...]:
    found = [study for part in _of(parts, Kind.EDUCATION) for study in studies(part.rows, part.body)]
    found = found or [study for study in _trained(parts) if study.value.institution] or hidden_studies(parts)
    for number, study in enumerate(found):
        for name, piece in study.pieces.items():
            evidence.add(f"education[{number}].{name}", piece.line, 0.85)
    return tuple(study.value for study in found)


def _trained(parts: Sequence[Section]) -> list[Found[Education]]:
    """Where no section tells of studies alone, "Training" may mean them."""
    found = [study for part in _of(parts, Kind.TRAINING) for study in studies(part.rows, part.body)]
    return found if any(study.value.degree for study in found) else []


def _skills(parts: Sequence[Section], evidence: Evidences, name: str) -> list[ListedGroup]:
    groups, sure = skills_of(parts, name)
    seen: dict[str, Line] = {}
    for group in groups:
        for skill in group.skills:
            seen.setdefault(skill.name.casefold(), skill.line)
    for number, line in enumerate(list(seen.values())[:MOST_SKILLS]):
        evidence.add(f"skills[{number}]", line, sure)
    return groups


def _names(groups: Sequence[ListedGroup]) -> tuple[str, ...]:
    names: dict[str, str] = {}
    for group in groups:
        for skill in group.skills:
            names.setdefault(skill.name.casefold(), skill.name)
    return tuple(names.values())[:MOST_SKILLS]


def _projects(parts: Sequence[Section], evidence: Evidences) -> tuple[Project, ...]:
    found = [item for part in _of(parts, Kind.PROJECTS) for item in projects(part.rows, part.body)]
    for number, (_, line) in enumerate(found):
        evidence.add(f"projects[{number}].name", line, 0.75)
    return tuple(project for project, _ in found)


def _certifications(parts: Sequence[Section], evidence: Evidences) -> tuple[Certification, ...]:
    named = _of(parts, Kind.CERTIFICATIONS) or (_of(parts, Kind.TRAINING) if _of(parts, Kind.EDUCATION) else [])
    found = [item for part in named for item in certifications(part.rows, part.body)]
    for number, (_, line) in enumerate(found):
        evidence.add(f"certifications[{number}].name", line, 0.75)
    return tuple(item for item, _ in found)


def _publications(parts: Sequence[Section], evidence: Evidences) -> tuple[Publication, ...]:
    found = [item for part in _of(parts, Kind.PUBLICATIONS) for item in publications(part.rows, part.body)]
    for number, (_, line) in enumerate(found):
        evidence.add(f"publications[{number}].name", line, 0.7)
    return tuple(item for item, _ in found)


def _labelled(row: Row) -> Row | None:
    """A row that tells of languages, without its label: two that are known, or one behind a word for them."""
    line = row.lines[0]
    first, *rest = line.runs
    if rest and heading_kind(first.text) is Kind.LANGUAGES:
        return replace(row, lines=(replace(line, runs=tuple(rest)), *row.lines[1:]))
    return row if len(spoken([row])) > 1 else None


def _languages(parts: Sequence[Section], evidence: Evidences) -> tuple[Language, ...]:
    found = [item for part in _of(parts, Kind.LANGUAGES) for item in languages_in(part.rows)]
    elsewhere = (row for part in parts if part.kind in UNDER_OTHERS for row in part.rows if names_language(row.text))
    found = found or [item for row in elsewhere if (own := _labelled(row)) for item in languages_in([own])]
    for number, (_, _, line) in enumerate(found):
        evidence.add(f"languages[{number}].name", line, 0.9)
    return tuple(Language(name, level) for name, level, _ in found)
