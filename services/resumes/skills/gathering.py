"""Which parts of a résumé list skills: sections named so, then lists set apart, then what the text mentions."""

from collections.abc import Sequence
from dataclasses import replace

from services.resumes.page.rows import Row, look, without_bullet
from services.resumes.sections.finding import Section
from services.resumes.sections.headings import Kind, heading_kind
from services.resumes.sections.headless import hidden_section
from services.resumes.skills.labelled_lists import labelled_lists, labels_others
from services.resumes.skills.languages import spoken
from services.resumes.skills.mentioned import mentioned
from services.resumes.skills.section import ListedGroup, listed, without_languages
from services.resumes.skills.unnamed_lists import named_by_titles, unnamed_lists
from services.resumes.words import words
from services.skills.vocabulary import find

LISTED, MENTIONED = 0.9, 0.6  # how sure a skill is
MOST_TITLE = 5  # words
KNOWN = 0.6  # of the letters of a list
RUNNING = words("document_titles") | {"page", "seite", "página", "pagina", "sida", "side", "of", "von", "de", "di"}
SAME_X, TIGHT = 3.0, 1.3  # points and usual gaps, within one list


def skills_of(parts: Sequence[Section], name: str) -> tuple[list[ListedGroup], float]:
    """The groups in order, and how sure they are. `name` is the person's, which a page's running head repeats."""
    sections = [[row for row in rows if not _is_running_head(row, name)] for rows in _named(parts)]
    groups = without_languages([*(group for rows in sections for group in listed(rows)), *named_by_titles(parts)])
    for rows in (labelled_lists, _inline, unnamed_lists):
        groups = groups or without_languages(listed(rows(parts)))
    if groups:
        return groups, LISTED
    found = tuple(mentioned(parts))
    return ([ListedGroup("", "", found)] if found else []), MENTIONED


def _is_running_head(row: Row, name: str) -> bool:
    """The person's name again, alone or with the page's number and the document's title."""
    rest = row.text.replace(name, "") if name else row.text
    return rest != row.text and all(not word.isalpha() or word.casefold() in RUNNING for word in rest.split())


def _named(parts: Sequence[Section]) -> list[tuple[Row, ...]]:
    """The rows of the sections that skills are named by; of those whose heading holds the word among others that say
    nothing, where there is no better one.
    """
    whole = _whole(parts)
    found = [_without_others(part) for part in whole if part.rows and (part.kind is Kind.SKILLS or _is_code(part))]
    return found or [part.rows for part in whole if part.kind is Kind.OTHER and part.rows and _speaks(part.title)]


def _is_code(part: Section) -> bool:
    """Languages that nobody speaks: "Python, Java"."""
    if part.kind is not Kind.LANGUAGES or spoken(part.rows):
        return False
    text = "\n".join(row.text for row in part.rows)
    known = sum(len(mention.surface) for mention in find(text))
    return known > KNOWN * sum(character.isalnum() for character in text)


def _without_others(part: Section) -> tuple[Row, ...]:
    """Of a section that tells of other things too, the rows that labels say are skills: where it is no more than told
    to be one of skills by what it holds, or where it holds dated rows.
    """
    mixed = heading_kind(part.title) is not Kind.SKILLS or any(row.dates for row in part.rows)
    return (mixed and labels_others(part.rows) and tuple(labelled_lists([part]))) or part.rows


def _speaks(title: str) -> bool:
    parts = title.split()
    return len(parts) <= MOST_TITLE and any(heading_kind(word) is Kind.SKILLS for word in parts)


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
