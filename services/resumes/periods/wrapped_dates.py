"""Periods that a narrow column broke over two lines or three ("oct. 2016 – ene." above "2020"), made whole before
columns are told apart.
"""

import re
from collections.abc import Sequence

from services.resumes.periods.dates import find_dates
from services.resumes.text import Line, Run

LONGEST = 24  # characters of one part
LONGEST_MONTH = 10
SAME_EDGE = 2.5  # points
CLOSE = 1.6  # of a line's height, from top to top
BROKEN_WORD = re.compile(r"[^\W\d_]{2}[-‐]$")  # "au-" above "jourd'hui"


def whole_dates(lines: Sequence[Line]) -> list[Line]:
    """The same lines, with the other parts of a period in the first one's line."""
    short = [line for line in lines if len(line.text) <= LONGEST]
    parts: dict[int, list[Line]] = {}
    gone: set[int] = set()
    for line in short:
        if id(line) not in gone and _may_open(line.text) and (found := _rest_of(line, short)):
            parts[id(line)] = found
            gone |= {id(part) for part in found}
    return [_joined(line, parts.get(id(line), ())) for line in lines if id(line) not in gone]


def _rest_of(line: Line, others: Sequence[Line]) -> list[Line]:
    """The one or two lines below that make a range of it."""
    month = line.text.isalpha()
    alone = find_dates(line.text + " 2000" if month else line.text)
    open_end = month or line.text.endswith(("-", "–", "—", "‐"))
    if not alone or (alone[0].is_range and not open_end) or alone[0].at > 1:
        return []
    for first in _below(line, line, others):
        if _is_range(_joined(line, [first]).text):
            return [first]
        for second in _below(line, first, others) if open_end else ():
            if _is_range(_joined(line, [first, second]).text):
                return [first, second]
    return []


def _may_open(text: str) -> bool:
    """A year, or the month that stands alone above it."""
    return any(c.isdigit() for c in text) or (len(text) <= LONGEST_MONTH and text.isalpha())


def _is_range(text: str) -> bool:
    return any(span.is_range and span.at <= 1 and len(text) - span.to <= 1 for span in find_dates(text))


def _below(line: Line, last: Line, others: Sequence[Line]) -> list[Line]:
    """What stands right below the last part in the first one's style, at one of its edges or around its middle."""
    found = []
    for other in others:
        down = other.box.top - last.box.top
        starts, ends = line.box.x0 - other.box.x0, line.box.x1 - other.box.x1
        aligned = min(abs(starts), abs(ends), abs(starts + ends) / 2) <= SAME_EDGE
        if 0 < down < CLOSE * line.box.height and line.style == other.style and aligned:
            found.append(other)
    return found


def _joined(line: Line, parts: Sequence[Line]) -> Line:
    runs = line.runs
    for part in parts:
        last = runs[-1]
        if BROKEN_WORD.search(last.text) and part.text[:1].islower():
            runs = (*runs[:-1], last._replace(text=last.text[:-1]), *part.runs)
        else:
            runs = (*runs, Run(" ", last.style), *part.runs)
    return Line(line.page, line.box, runs) if parts else line
