"""Labels within a job that are drawn like headings ("Key achievements"): below their list the next job begins, drawn
like the jobs above.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from services.resumes.page.rows import Row, look
from services.resumes.sections.finding import Section
from services.resumes.sections.headings import Kind

LABELS = frozenset({Kind.OTHER, Kind.AWARDS, Kind.SUMMARY, Kind.PROJECTS})
ENTRIES = frozenset({Kind.EXPERIENCE, Kind.EDUCATION, Kind.VOLUNTEERING})


def uninterrupted(parts: Sequence[Section]) -> list[Section]:
    """The sections, with what stands below such labels given back to the jobs; the labels are dropped."""
    titles = Counter(part.title.casefold() for part in parts)
    labels: set[str] = set()
    result: list[Section] = []
    for part in parts:
        last = result[-1] if result else None
        title = part.title.casefold()
        may_be = part.kind in LABELS or (part.kind not in ENTRIES and titles[title] > 1)
        listed = part.heading is not None and bool(part.rows) and part.rows[0].bullet
        if last and last.kind is Kind.EXPERIENCE and may_be and listed and (title in labels or _goes_on(last, part)):
            labels.add(title)
            result[-1] = replace(last, rows=(*last.rows, *part.rows))
        else:
            result.append(part)
    return result


def _goes_on(work: Section, part: Section) -> bool:
    """Whether a job begins in `part`: a period in the look and the place of those above."""
    begun = {_header(row) for row in work.rows if _is_header(row)}
    return any(_is_header(row) and _header(row) in begun for row in part.rows)


def _is_header(row: Row) -> bool:
    return not row.bullet and any(span.is_range for _, span in row.dates)


def _header(row: Row) -> tuple[object, ...]:
    return look(row.style), round(row.x0), len(row.lines)
