"""Cells of a table's row: short ones that date and name an entry, and one among them that says what was done."""

from collections.abc import Sequence

from services.resumes.page.rows import BULLET
from services.resumes.periods.dates import has_date

LEAST_CELLS = 3
SHORT_ROWS = 2
LONG = 24  # characters of a line that is running text
HALF = 0.5


def text_cell(cells: Sequence[Sequence[str]]) -> int | None:
    """Which cell is the running text that the others, one of them dated, stand before and behind; `cells` are the lines
    of each. Read in between it would part the employer from the post behind it.
    """
    if len(cells) < LEAST_CELLS:
        return None
    texts = [number for number, lines in enumerate(cells) if _is_text(lines)]
    if len(texts) != 1:
        return None
    others = [lines for number, lines in enumerate(cells) if number != texts[0]]
    short = all(len(lines) <= SHORT_ROWS for lines in others)
    dated = sum(any(has_date(line) for line in lines) for lines in others)
    return texts[0] if short and dated == 1 else None


def _is_text(lines: Sequence[str]) -> bool:
    listed = sum(bool(BULLET.match(line)) for line in lines)
    if listed > HALF * len(lines):
        return True
    return len(lines) > SHORT_ROWS and sum(len(line) for line in lines) >= LONG * len(lines) and not has_date(lines[0])
