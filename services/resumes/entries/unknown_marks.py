"""Points of a list whose marks a font draws in the place of other signs, "§ Etched plates" or "{ Etched plates"."""

from collections import Counter
from collections.abc import Sequence

from services.resumes.page.rows import BULLET, Row
from services.resumes.text import Line, Run

FEWEST = 3
SAME_X = 6.0  # points
LETTERS = frozenset("ØüvqªºÄ")  # what the fonts of marks hold in the places of these letters are arrows and ticks
QUOTES = frozenset("\"'“„«‘(（[¿¡#&@$€£+=%`*_")


def with_known_marks(section: Sequence[Row]) -> list[Row]:
    """The same rows, with a bullet in place of a single sign that opens three of them or more at one edge."""
    opened = [mark for row in section if (mark := _mark(row)) is not None]
    common = {mark for mark, count in Counter(opened).items() if count >= FEWEST} if len(opened) >= FEWEST else set()
    return [_bulleted(row) if _mark(row) in common else row for row in section] if common else list(section)


def _mark(row: Row) -> tuple[str, int] | None:
    text = row.lines[0].text
    sign = text[:1]
    if text[1:2].strip() or not sign or sign in QUOTES or (sign.isalnum() and sign not in LETTERS):
        return None
    more = len(text) > 2 or len(row.lines) > 1  # noqa: PLR2004 — a sign, a space and a text
    return (sign, round(row.x0 / SAME_X)) if more and not BULLET.match(row.text) else None


def _bulleted(row: Row) -> Row:
    line, *others = row.lines
    if len(line.text) == 1:
        text, *others = others
        runs = (Run("• ", text.style), *text.runs)
        return Row((Line(line.page, line.box.joined(text.box), runs), *others), row.gap)
    first = line.runs[0]
    sign = first._replace(text=first.text.replace(line.text[0], "•", 1))
    return Row((Line(line.page, line.box, (sign, *line.runs[1:])), *others), row.gap)
