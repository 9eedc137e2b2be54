"""Tables of skills: a column of names beside columns that say how well or how long."""

import re
from collections.abc import Sequence

from services.resumes.page.rows import Row
from services.resumes.periods.dates import find_dates
from services.resumes.sections.headings import Kind, heading_kind
from services.resumes.skills.skill_names import YEARS, is_level, without_bars

LEAST_ROWS = 3
PLAIN = re.compile(r"[\d\s.,+/%xX✓✔–—-]*")


def without_ratings(section: Sequence[Row]) -> list[Row]:
    """The names alone, and no row of titles, where all rows have as many cells and some columns only rate."""
    counts = {len(row.lines) for row in section}
    width = counts.pop() if len(counts) == 1 else 0
    if width < 2 or len(section) < LEAST_ROWS:  # noqa: PLR2004 — a name and what is said of it
        return list(section)
    rating = [at for at in range(1, width) if all(_rates(row.lines[at].text) for row in section[1:])]
    if not rating:
        return list(section)
    first = section[0].lines
    titled = heading_kind(first[0].text) is Kind.SKILLS or not all(_rates(first[at].text) for at in rating)
    kept = [tuple(line for at, line in enumerate(row.lines) if at not in rating) for row in section[titled:]]
    return [Row(lines, row.gap) for lines, row in zip(kept, section[titled:], strict=True)]


def _rates(text: str) -> bool:
    rest = YEARS.sub("", without_bars(text)).strip()
    return PLAIN.fullmatch(rest) is not None or is_level(rest) or bool(find_dates(rest))
