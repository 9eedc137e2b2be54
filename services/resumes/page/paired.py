"""Entries in two cells without borders: on the left who, where and when, on the right the post and what was done. Each
block on the left begins level with one on the right; such a page is read entry by entry.
"""

import itertools
from collections import Counter
from collections.abc import Sequence
from statistics import median

from services.resumes.page.baselines import level, rows_of
from services.resumes.page.rows import BULLET, Row
from services.resumes.periods.dates import has_date
from services.resumes.sections.headings import heading_kind
from services.resumes.text import Line

LEAST_BLOCKS = 2
MOST_ROWS = 4  # of a block on the left
WIDER = 1.3  # than the usual distance between two lines
LEAST_TURNS = 2
TOUCHING = 3.0  # points by which two boxes may overlap
YEAR = 4  # characters of the second line of a broken period
SAME_X = 4.0
NEW_ENTRY = 2.0  # lines of space


def is_paired(left: Sequence[Line], right: Sequence[Line]) -> bool:
    """Whether the dated blocks on the left, none of which opens with its date, each begin level with one on the right,
    and the right has no dates to head entries of its own.
    """
    blocks = [block for part in _between_headings(left) for block in _blocks(part) if _is_dated(block)]
    if len(blocks) < LEAST_BLOCKS or any(len(block) > MOST_ROWS or has_date(block[0][0].text) for block in blocks):
        return False
    tops = [block[0][0].box for part in _between_headings(right) for block in _blocks(part)]
    plain = sum(has_date(line.text) and not BULLET.match(line.text) for line in right)
    starts = all(any(level(block[0][0].box, top) for top in tops) for block in blocks)
    return starts and 2 * plain < len(blocks)


def _is_dated(block: Sequence[Sequence[Line]]) -> bool:
    return any(has_date(line.text) for row in block for line in row)


def _between_headings(lines: Sequence[Line]) -> list[list[list[Line]]]:
    """The rows of lines, parted where a heading stands."""
    parts: list[list[list[Line]]] = [[]]
    for row in rows_of(list(lines)):
        if heading_kind(row[0].text):
            parts.append([])
        else:
            parts[-1].append(row)
    return [part for part in parts if part]


def _blocks(rows: Sequence[list[Line]]) -> list[list[list[Line]]]:
    """Rows that follow each other closely."""
    tops = [row[0].box.top for row in rows]
    usual = median(below - above for above, below in itertools.pairwise(tops)) if len(tops) > 1 else 0.0
    blocks: list[list[list[Line]]] = []
    for row in rows:
        if blocks and row[0].box.top - blocks[-1][-1][0].box.top < WIDER * min(usual, 2 * row[0].box.height):
            blocks[-1].append(row)
        else:
            blocks.append([row])
    return blocks


def alternate(left: Sequence[Line], right: Sequence[Line]) -> bool:
    """Whether entries stand left and right of a middle line by turns, none beside another: one text from top to bottom,
    whatever stands in the middle.
    """
    sided = [
        (line.box.top, line.box.bottom, side) for side, lines in enumerate((left, right)) for line in _plain(lines)
    ]
    sided.sort()
    turns = sum(one[2] != other[2] for one, other in itertools.pairwise(sided))
    bottoms = [0.0, 0.0]
    for top, bottom, side in sided:
        if top < bottoms[1 - side] - TOUCHING:
            return False
        bottoms[side] = max(bottoms[side], bottom)
    return turns >= LEAST_TURNS


def _plain(lines: Sequence[Line]) -> list[Line]:
    return [line for line in lines if not has_date(line.text) and not heading_kind(line.text) and len(line.text) > YEAR]


def by_entries(section: Sequence[Row]) -> list[Row]:
    """The rows of such a section: both first lines, the rest of the left, the rest of the right; others as they are."""
    pairs = [row for row in section if len(row.lines) == 2 and row.lines[0].box.x1 < row.lines[1].box.x0]  # noqa: PLR2004
    if len(pairs) < LEAST_BLOCKS:
        return list(section)
    start = Counter(round(row.lines[1].box.x0) for row in pairs).most_common(1)[0][0]
    left = [line for row in section for line in row.lines if line.box.x1 < start]
    right = [line for row in section for line in row.lines if line.box.x0 > start - SAME_X]
    if len(left) + len(right) < sum(len(row.lines) for row in section) or not is_paired(left, right):
        return list(section)
    result: list[Row] = []
    notes: list[Row] = []
    for row in section:
        beside = [line for line in row.lines if line.box.x1 < start]
        others = tuple(line for line in row.lines if line.box.x1 >= start)
        opens = bool(beside and others) and (row.gap > WIDER or not result or row.gap < 0)
        if opens or (beside and others and _opens(beside[0], section)):
            result += notes
            notes = []
            result.append(Row(row.lines, NEW_ENTRY))
            continue
        if beside:
            result.append(Row(tuple(beside), min(row.gap, 1.0)))
        if others:
            notes.append(Row(others, row.gap))
    return result + notes


def _opens(line: Line, section: Sequence[Row]) -> bool:
    """Whether a line on the left is drawn as the first one there, and no other line of its column is plain like it."""
    first = section[0].lines[0]
    return (line.style.bold, line.style.size) == (first.style.bold, first.style.size) and first.style.bold
