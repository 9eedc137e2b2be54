"""A rail of titles beside a text, told by its words or by how it is drawn and where it stands."""

import itertools
from collections.abc import Sequence

from services.resumes.page.baselines import aligned, blocks_of, rows_of
from services.resumes.page.rows import look
from services.resumes.page.sides import LEAST_ROWS, headings, is_date_rail
from services.resumes.periods.dates import has_date
from services.resumes.sections.headings import heading_kind
from services.resumes.text import Line

RAIL_HEADINGS = 2
RAIL_ALIGNED = 0.4
RAIL_ONLY, RAIL_NAMED = 0.8, 0.7
LEAST_TITLES = 3
MOST_WORDS = 6
WIDER = 1.15  # than the usual distance between two lines of the text
BESIDE = 0.5  # the share of titles with text at their height
LOWERED = 0.6  # the share of titles that stand below the first line of their text
SAME_LEVEL = 3.0  # points
OPENING = 0.8  # the share of titles that stand where a block of the text begins


def is_heading_rail(left: list[Line], right: list[Line]) -> bool:
    """Headings stand alone on the left, each level with the first line of its section; dates may stand below them."""
    dated = [line for line in left if has_date(line.text)]
    titles = [line for line in left if not has_date(line.text)]
    left_rows, right_rows = rows_of(titles), rows_of(right)
    known = headings(left_rows)
    if known and not dated and is_painted_rail(titles, right):
        return True
    if known < RAIL_HEADINGS or len(right_rows) < LEAST_ROWS or len(left_rows) > len(right_rows):
        return False
    blocks = [" ".join(line.text for row in block for line in row) for block in blocks_of(left_rows)]
    named = sum(1 for block in blocks if heading_kind(block))
    annotates = named >= RAIL_NAMED * len(blocks) and not any(has_date(line.text) for line in right)
    if dated and not annotates and not is_date_rail(dated, right):
        return False
    if sum(len(block.split()) for block in blocks) > 4 * len(left_rows) or not _stand_beside(titles, right):
        return False
    # What holds headings and nothing else announces what is beside it, wherever in the cell it was centred.
    alone = named >= RAIL_ONLY * len(blocks) and named > RAIL_HEADINGS
    return (
        named >= 0.5 * len(blocks)
        and headings(right_rows) <= 0.3 * known + 0.5
        and (alone or aligned(titles, right) >= RAIL_ALIGNED)
    )


def _stand_beside(titles: Sequence[Line], right: Sequence[Line]) -> bool:
    """Whether most headings have text at their height, and do not stand above it as in a column of their own."""
    known = [line.box for line in titles if heading_kind(line.text)]
    beside = sum(any(min(t.bottom, o.box.bottom) > max(t.top, o.box.top) + 1 for o in right) for t in known)
    return beside >= BESIDE * len(known)


def is_painted_rail(left: Sequence[Line], right: Sequence[Line]) -> bool:
    """Short lines in one style that the text beside them never has, each level with the start of a block there."""
    tops = sorted({round(line.box.top, 1) for line in right})
    rail = [line for line in left if line.box.bottom > tops[0]]
    styles = {look(line.style)[2:] for line in rail}
    if len(rail) < LEAST_TITLES or len(styles) > 1 or styles & {look(line.style)[2:] for line in right}:
        return False
    if any(len(line.text.split()) > MOST_WORDS for line in rail) or 2 * len(rail) > len(tops):
        return False
    gaps = [below - above for above, below in itertools.pairwise(tops)]
    wide = WIDER * sorted(gaps)[len(gaps) // 2]
    starts = [tops[0], *(below for gap, below in zip(gaps, tops[1:], strict=True) if gap > wide)]
    opening = sum(any(abs(line.box.top - start) < 0.6 * line.box.height for start in starts) for line in rail)
    return opening >= OPENING * len(rail)


def one_heading(lines: list[Line], body: Sequence[Line]) -> Line:
    """A heading of several lines as one, just above the text that it announces, with which it shares no row."""
    first = lines[0]
    runs = tuple(run._replace(text=run.text.strip() + " ") for line in lines for run in line.runs)
    bottom = min([first.box.top + 0.3 * first.box.height, *(line.box.top for line in body)])
    return Line(first.page, first.box._replace(top=bottom - 0.3 * first.box.height, bottom=bottom), runs)


def tops_of(blocks: list[list[list[Line]]], right: list[Line]) -> list[float]:
    """Where each heading's text begins: level with it, or where the cell begins in whose middle it stands."""
    marks = [block[0][0].box.top for block in blocks]
    own = [cell for cell in _cells(right) if sum(1 for mark in marks if cell[0] <= mark <= cell[1]) == 1]
    lowered = _lowered(marks, own)
    tops: list[float] = []
    for block in blocks:
        first, last = block[0][0].box, block[-1][0].box
        centre = (first.top + last.bottom) / 2
        centred = (top for top, bottom in own if top < first.top and abs((top + bottom) / 2 - centre) < first.height)
        top = next(centred, first.top - lowered - 0.6 * first.height)
        tops.append(max(top, tops[-1] + 1.0 if tops else 0.0))
    return [*tops, float("inf")]


def _lowered(marks: Sequence[float], own: Sequence[tuple[float, float]]) -> float:
    """How far below the first line of its text every heading stands, where they all do: an ornament is above them."""
    below = sorted(mark - top for mark in marks for top, bottom in own if top <= mark <= bottom)
    if len(below) < LEAST_TITLES or len(below) < LOWERED * len(marks):
        return 0.0
    usual = below[len(below) // 2]
    alike = sum(abs(one - usual) < SAME_LEVEL for one in below)
    return usual if usual > SAME_LEVEL and alike >= LOWERED * len(marks) else 0.0


def _cells(lines: list[Line]) -> list[tuple[float, float]]:
    """(top, bottom) of the stretches of text between the wide gaps."""
    rows = rows_of(lines)
    gaps = sorted(below[0].box.top - above[0].box.bottom for above, below in itertools.pairwise(rows))
    heights = sorted(row[0].box.height for row in rows)
    wide = (gaps[len(gaps) // 2] if gaps else 0.0) + 0.8 * heights[len(heights) // 2]
    cells: list[tuple[float, float]] = []
    for row in rows:
        box = row[0].box
        if cells and box.top - cells[-1][1] < wide:
            cells[-1] = cells[-1][0], max(cells[-1][1], box.bottom)
        else:
            cells.append((box.top, box.bottom))
    return cells
