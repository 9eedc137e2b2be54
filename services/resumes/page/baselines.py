"""Which lines of a page stand on one baseline, and which rows stand together."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from services.resumes.text import Box, Line

SAME_ROW = 0.5  # of the smaller height


def middle(line: Line) -> float:
    return (line.box.top + line.box.bottom) / 2


def rows_of(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines that share a baseline, top to bottom, each row left to right."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: (line.page, middle(line), line.box.x0)):
        if rows and line.page == rows[-1][0].page and _shared(rows[-1][0].box, line.box) > SAME_ROW:
            rows[-1].append(line)
        else:
            rows.append([line])
    for row in rows:
        row.sort(key=lambda line: line.box.x0)
    return rows


def _shared(one: Box, other: Box) -> float:
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    return shared / max(min(one.height, other.height), 0.1)


def level(box: Box, other: Box) -> bool:
    return abs(box.bottom - other.bottom) < 0.22 * min(box.height, other.height) + 0.8


class Levels:
    """Boxes by where they end, to tell whether one of them stands level with another."""

    def __init__(self, boxes: Iterable[Box]) -> None:
        self.boxes = sorted(boxes, key=lambda box: box.bottom)
        self.bottoms = [box.bottom for box in self.boxes]

    def meet(self, box: Box) -> bool:
        reach = 0.22 * box.height + 0.9
        first, end = bisect_left(self.bottoms, box.bottom - reach), bisect_right(self.bottoms, box.bottom + reach)
        return any(level(box, other) for other in self.boxes[first:end])


def aligned(few: list[Line], many: list[Line]) -> float:
    """The share of rows among `few` that have a partner on the same baseline among `many`."""
    rows = rows_of(few)
    partners = Levels(line.box for line in many)
    return sum(partners.meet(row[0].box) for row in rows) / len(rows)


def blocks_of(rows: list[list[Line]]) -> list[list[list[Line]]]:
    """Rows that follow each other closely belong to one heading of several lines."""
    blocks: list[list[list[Line]]] = []
    for row in rows:
        if blocks and row[0].box.top - blocks[-1][-1][0].box.bottom < 0.5 * row[0].box.height:
            blocks[-1].append(row)
        else:
            blocks.append([row])
    return blocks
