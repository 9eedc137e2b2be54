"""Which parts of a résumé list skills: sections named so, then lists set apart, then what the text mentions."""

from collections.abc import Sequence
from dataclasses import replace

from services.resumes.page.rows import Row, look, without_bullet
from services.resumes.sections.finding import Section
from services.resumes.sections.headings import Kind, heading_kind
from services.resumes.sections.headless import hidden_section
from services.resumes.skills.labelled_lists import labelled_lists, labels_others
from services.resumes.skills.mentioned import mentioned
from services.resumes.skills.section import ListedGroup, listed, without_languages
from services.resumes.skills.unnamed_lists import named_by_titles, unnamed_lists

LISTED, MENTIONED = 0.9, 0.6  # how sure a skill is
MOST_TITLE = 5  # words
SAME_X, TIGHT = 3.0, 1.3  # points and usual gaps, within one list


def skills_of(parts: Sequence[Section], name: str) -> tuple[list[ListedGroup], float]:
    """The groups in order, and how sure they are. `name` is the person's, which a page's running head repeats."""
    sections = [[row for row in rows if row.text != name] for rows in _named(parts)]
    groups = without_languages([*(group for rows in sections for group in listed(rows)), *named_by_titles(parts)])
    for rows in (labelled_lists, _inline, unnamed_lists):
        groups = groups or without_languages(listed(rows(parts)))
    if groups:
        return groups, LISTED
    found = tuple(mentioned(parts))
    return ([ListedGroup("", "", found)] if found else []), MENTIONED


def _named(parts: Sequence[Section]) -> list[tuple[Row, ...]]:
    """The rows of the sections that skills are named by; of those whose heading holds the word among others that say
    nothing, where there is no better one.
    """
    whole = _whole(parts)
    found = [_without_others(part) for part in whole if part.kind is Kind.SKILLS and part.rows]
    return found or [part.rows for part in whole if part.kind is Kind.OTHER and part.rows and _speaks(part.title)]


def _without_others(part: Section) -> tuple[Row, ...]:
    """Of a section that is no more than told to be one of skills, the rows that labels say are, where they say more."""
    mixed = heading_kind(part.title) is not Kind.SKILLS and labels_others(part.rows)
    return tuple(labelled_lists([part])) if mixed else part.rows


def _speaks(title: str) -> bool:
    words = title.split()
    return len(words) <= MOST_TITLE and any(heading_kind(word) is Kind.SKILLS for word in words)


def _whole(parts: Sequence[Section]) -> list[Section]:
    """Sections of skills with what follows them under a "heading" that is but another item of the same list: capitals
    or a bullet alone make none.
    """
    result: list[Section] = []
    for part in parts:
        if result and result[-1].kind is Kind.SKILLS and part.heading is not None and _goes_on(result[-1], part):
            result[-1] = replace(result[-1], rows=(*result[-1].rows, part.heading, *part.rows))
        else:
            result.append(part)
    return result


def _goes_on(above: Section, part: Section) -> bool:
    heading = part.heading
    if heading is None or part.kind is not Kind.OTHER or not above.rows or above.heading is None:
        return False
    last = above.rows[-1]
    same = look(heading.style) == look(last.style) and abs(heading.x0 - last.x0) < SAME_X
    marked = bool(heading.bullet) == bool(last.bullet) and heading.lines[0].text[:1] == last.lines[0].text[:1]
    marked = marked if last.bullet else not heading.bullet
    apart = look(above.heading.style) != look(last.style) or without_bullet(above.title) != above.title
    return same and marked and 0 < heading.gap < TIGHT and (apart or last.bullet or above.heading.gap > TIGHT)


def _inline(parts: Sequence[Section]) -> list[Row]:
    return hidden_section(parts, Kind.SKILLS)
