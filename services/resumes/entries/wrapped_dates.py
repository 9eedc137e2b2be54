"""Periods that a narrow column broke over two lines ("oct. 2016 – ene." above "2020"), made whole before columns are
told apart.
"""

from collections.abc import Sequence

from services.resumes.entries.dates import find_dates
from services.resumes.text import Line, Run

LONGEST = 24  # characters of one part
SAME_EDGE = 2.5  # points
CLOSE = 1.6  # of a line's height, from top to top


def whole_dates(lines: Sequence[Line]) -> list[Line]:
    """The same lines, with the second part of a period in the first one's line."""
    short = [line for line in lines if len(line.text) <= LONGEST]
    ends: dict[int, Line] = {}
    for line in short:
        if any(character.isdigit() for character in line.text) and (below := _end_of(line, short)) is not None:
            ends[id(line)] = below
    gone = {id(line) for line in ends.values()}
    return [_joined(line, ends[id(line)]) if id(line) in ends else line for line in lines if id(line) not in gone]


def _end_of(line: Line, others: Sequence[Line]) -> Line | None:
    alone = find_dates(line.text)
    open_end = line.text.endswith(("-", "–", "—"))
    if not alone or (alone[0].is_range and not open_end) or alone[0].at > 1:
        return None
    for other in others:
        down = other.box.top - line.box.top
        starts, ends = line.box.x0 - other.box.x0, line.box.x1 - other.box.x1
        if (
            min(abs(starts), abs(ends), abs(starts + ends) / 2) > SAME_EDGE
            or not 0 < down < CLOSE * line.box.height
            or line.style != other.style
        ):
            continue
        text = f"{line.text} {other.text}"
        if any(s.is_range and s.at <= 1 and len(text) - s.to <= 1 for s in find_dates(text)):
            return other
    return None


def _joined(line: Line, end: Line) -> Line:
    return Line(line.page, line.box, (*line.runs, Run(" ", line.runs[-1].style), *end.runs))
