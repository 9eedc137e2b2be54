"""The rows of a section that list skills, without what stands below them under no heading that was seen."""

from collections.abc import Sequence
from statistics import median

from services.resumes.page.rows import Row
from services.resumes.sections.headings import Kind, heading_kind
from services.resumes.skills.languages import is_spoken, languages_in, names_language
from services.skills.vocabulary import canonical

APART = 1.5  # times the usual space between the rows of the list
LEAST_OTHERS = 2  # rows


def own_rows(section: Sequence[Row]) -> list[Row]:
    """Without what is set apart and dated, as prizes and papers are, and without a row of languages and their levels
    among others.
    """
    rows = [row for row in section[: _end(section)] if not _is_heading_beside(row, section)]
    rows = [row for row in rows if not _is_pointer(row)] if any(not _is_linked(row) for row in rows) else rows
    telling = [row for row in rows if _tells_languages(row)]
    plain = [row for row in rows if not (row in telling or (telling and is_spoken(row.lines[-1].text)))]
    return plain if len(plain) >= LEAST_OTHERS else rows


def _end(section: Sequence[Row]) -> int:
    gaps: list[float] = []
    for number, row in enumerate(section):
        if number and row.dates:
            apart = bool(gaps) and row.gap > APART * median(gaps)
            return number if apart else len(section)
        if number and row.gap > 0:
            gaps.append(row.gap)
    return len(section)


def _is_heading_beside(row: Row, section: Sequence[Row]) -> bool:
    """The heading in a column of its own, set at the middle of the list's height."""
    if row is section[0] or len(row.lines) > 1 or row.x1 >= section[0].x0:
        return False
    beside = all(row.x1 < other.x0 for other in section if other is not row)
    return beside and heading_kind(row.text) is Kind.SKILLS


def _is_pointer(row: Row) -> bool:
    """All its words lead elsewhere, and name no skill: "GitHub Repo", "View certificate"."""
    return _is_linked(row) and canonical(row.text) is None


def _is_linked(row: Row) -> bool:
    return all(run.link for line in row.lines for run in line.runs if run.text.strip())


def _tells_languages(row: Row) -> bool:
    """Two languages or more, each with its level, and nothing else."""
    if not names_language(row.text):
        return False
    found = languages_in([row])
    return len(found) > 1 and all(level and is_spoken(name) for name, level, _ in found)
