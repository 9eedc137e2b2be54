"""Empty strips from top to bottom, where a page may have two columns."""

import itertools
from typing import NamedTuple

from services.resumes.text import Line

NEAR = 2.0  # points
BIN = 3.0  # points
MOST_STRIPS = 12


class Gutter(NamedTuple):
    x: float
    top: float
    bottom: float


def strips(lines: list[Line]) -> list[tuple[float, float]]:
    """Vertical strips that few lines cross, as (x0, x1): the valleys between where many lines end and many begin."""
    left, right = min(line.box.x0 for line in lines), max(line.box.x1 for line in lines)
    size = int((right - left) / BIN) + 2
    steps = [0.0] * (size + 1)
    for line in lines:
        height = line.box.height
        steps[min(int((line.box.x0 - left) / BIN), size - 1)] += height
        steps[min(int((line.box.x1 - left) / BIN), size - 1) + 1] -= height
    cover = list(itertools.accumulate(steps[:size]))
    limit = 0.45 * max(cover)
    starts = sorted({float(int(line.box.x0)) for line in lines if line.box.x0 > left + 2 * BIN})
    found = []
    for start in starts:
        index = int((start - left) / BIN) - 1
        if 0 < index < size and cover[index] <= limit:
            found.append((start - 1.5, start))
    return _thinned(found, lines)


def _thinned(found: list[tuple[float, float]], lines: list[Line]) -> list[tuple[float, float]]:
    """The strips where most lines begin."""

    def begun(strip: tuple[float, float]) -> int:
        return sum(1 for line in lines if abs(line.box.x0 - strip[1]) < NEAR)

    return sorted(found, key=begun, reverse=True)[:MOST_STRIPS]


def stretches(lines: list[Line], start: float, end: float) -> list[Gutter]:
    """The vertical stretches of one strip that no line crosses, each with rows enough on both sides."""
    x = end - 0.75
    crossing = sorted(_span(line) for line in lines if line.box.x0 < x - 1 and line.box.x1 > x + 0.5)
    beside = [line for line in lines if not (line.box.x0 < x - 1 and line.box.x1 > x + 0.5)]
    if not beside:
        return []
    edges = [min(line.box.top for line in beside) - 1.0]
    found = []
    for top, bottom in crossing:
        if top > edges[-1]:
            found.append((edges[-1], top))
        edges.append(max(edges[-1], bottom))
    found.append((edges[-1], max(line.box.bottom for line in beside) + 1.0))
    return [Gutter(x, top, bottom) for top, bottom in found if bottom - top > 0]


def _span(line: Line) -> tuple[float, float]:
    return line.box.top + 0.2 * line.box.height, line.box.bottom - 0.2 * line.box.height
