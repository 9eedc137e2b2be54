"""Periods in a margin with the end above the start, as they stand beside a bar: made one, level with what they date."""

import itertools
from collections.abc import Sequence
from statistics import median

from services.resumes.page.baselines import middle, rows_of
from services.resumes.periods.dates import is_now, whole_date
from services.resumes.text import Line, Run

LONGEST = 20  # characters of one date
LEAST = 2  # periods
SAME_EDGE = 2.0  # points
CLOSE = 1.7  # of a line's height, from top to top
APART = 1.25  # times the usual distance between two rows of the text


def with_ends_above(lines: Sequence[Line]) -> list[Line]:
    """The same lines, with each such pair as "start – end" beside the first row of its text; all as they were where
    there are not two of them or one has no text beside it.
    """
    points = [line for line in lines if len(line.text) <= LONGEST and (_value(line.text) or is_now(line.text))]
    points.sort(key=middle)
    pairs = [(end, start) for end, start in itertools.pairwise(points) if _are_stacked(end, start)]
    if len(pairs) < LEAST:
        return list(lines)
    edge = max(line.box.x1 for pair in pairs for line in pair)
    openings = _openings([line for line in lines if line.box.x0 > edge])
    periods: dict[int, Line] = {}
    for end, start in pairs:
        beside = [first for first in openings if first.box.top < middle(start)]
        if not beside:
            return list(lines)
        periods[id(start)] = _period(end, start, beside[-1])
    if len({line.box.top for line in periods.values()}) < len(pairs):
        return list(lines)  # two beside one text: no margin of its entries
    ends = {id(end) for end, _ in pairs}
    return [periods.get(id(line), line) for line in lines if id(line) not in ends]


def _value(text: str) -> str:
    """Of a date that is no range, and nothing else."""
    date = whole_date(text)
    return date.start if date is not None and not date.is_range else ""


def _are_stacked(end: Line, start: Line) -> bool:
    """Right below each other at one edge and in one look, the later one above."""
    one, other = end.box, start.box
    aligned = min(abs(one.x0 - other.x0), abs(one.x1 - other.x1)) < SAME_EDGE
    close = 0 < other.top - one.top < CLOSE * one.height
    later = bool(_value(start.text)) and (is_now(end.text) or _value(end.text) >= _value(start.text))
    return aligned and close and later and end.style == start.style and end.page == start.page


def _openings(texts: Sequence[Line]) -> list[Line]:
    """The first line of each block: what a wider gap parts from the row above."""
    rows = rows_of(texts)
    steps = [below[0].box.top - above[0].box.top for above, below in itertools.pairwise(rows)]
    if not steps:
        return [row[0] for row in rows]
    wide = APART * median(steps)
    return [rows[0][0], *(row[0] for step, row in zip(steps, rows[1:], strict=True) if step > wide)]


def _period(end: Line, start: Line, first: Line) -> Line:
    box = start.box.joined(end.box)._replace(top=first.box.top, bottom=first.box.bottom)
    return Line(start.page, box, (*start.runs, Run(f" – {end.text}", end.style)))
