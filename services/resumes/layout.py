"""The order a person reads a page in: header, then each column to its end, and rows straight across where a rail or a
date column only annotates what stands beside it.

The question at every gutter is whether its two sides are independent texts. They are when both carry their own
headings, or when their baselines ignore each other; they are not when the narrow side is a rail of headings, dates or
places that lines up with the wide one.
"""

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from services.resumes.dates import has_date
from services.resumes.headings import heading_kind
from services.resumes.rails import is_painted_rail
from services.resumes.rows import BULLET
from services.resumes.text import Box, Line, Style

LEAST_ROWS = 4
DEEPEST = 4
SAME_ROW = 0.5  # of the smaller height
NEAR = 2.0  # points
RAIL_HEADINGS = 2
RAIL_ALIGNED = 0.4
RAIL_ONLY, RAIL_DATED = 0.8, 0.7
RAIL_NAMED = 0.7
OVER = 6.0  # points that a line may reach over a gutter
ALL_LEVEL = 0.9
LEAST_BESIDE, BESIDE = 3, 0.25  # lines level with bullet points, and their share
DATED, LEVEL = 0.3, 0.5  # shares of a narrow side that make it a column of dates
UNHEADED_ROWS = 6
BIN = 3.0  # points
FOOTER = re.compile(
    r"(?i)(page |seite |página |pagina )?\d{1,2}( ?(/|of|von|de|di|sur) ?\d{1,2})?$|last updated .{0,40}$|"
    r".{0,60}\s[-–—·]\s(page )?\d+ ?(/|of) ?\d+$"
)


class Gutter(NamedTuple):
    x: float
    top: float
    bottom: float


def in_reading_order(lines: Sequence[Line], width: float, height: float) -> list[Line]:
    """`width` and `height` are the page's, in points."""
    kept = [line for line in lines if not _is_furniture(line, height)]
    if not kept:
        return []
    return _ordered(kept, DEEPEST)


def _is_furniture(line: Line, height: float) -> bool:
    """Page numbers and "last updated" notes in the outer margins."""
    at_edge = line.box.bottom < 0.07 * height or line.box.top > 0.92 * height
    return at_edge and bool(FOOTER.fullmatch(line.text.strip()))


def _ordered(lines: list[Line], depth: int) -> list[Line]:
    if depth and (split := _under_headings(lines)):
        above, columns = split
        return _ordered(above, depth - 1) + [line for column in columns for line in _ordered(column, depth - 1)]
    return _by_gutter(lines, depth)


def _under_headings(lines: list[Line]) -> tuple[list[Line], list[list[Line]]] | None:
    """What stands above a row of headings side by side, and the column under each of them, if none is crossed."""
    for row in rows_of(lines):
        if len(row) < 2 or not all(heading_kind(line.text) for line in row):  # noqa: PLR2004 — side by side
            continue
        top, starts = min(line.box.top for line in row), [line.box.x0 - NEAR for line in row]
        starts[0] = 0.0
        below = [line for line in lines if _middle(line) > top]
        if _crossed(below, starts[1:]) or not _crossed(_last_rows(lines, top), starts[1:]):
            continue  # the columns do not begin here
        bounds = [*starts[1:], float("inf")]
        columns = [[line for line in below if x <= line.box.x0 < end] for x, end in zip(starts, bounds, strict=True)]
        if all(len(column) > 1 for column in columns):
            return [line for line in lines if _middle(line) <= top], columns
    return None


def _crossed(lines: Sequence[Line], places: Sequence[float]) -> bool:
    return any(line.box.x0 < x < line.box.x1 - NEAR for line in lines for x in places)


def _last_rows(lines: list[Line], top: float) -> list[Line]:
    """The few rows right above `top`."""
    above = rows_of([line for line in lines if _middle(line) <= top])
    return [line for row in above[-LEAST_ROWS:] for line in row]


def _by_gutter(lines: list[Line], depth: int) -> list[Line]:
    gutter = _gutter(lines) if depth and len(lines) > LEAST_ROWS else None
    if gutter is None:
        return _by_rows(lines)
    gutter = _below_header(lines, gutter)
    above = [line for line in lines if _middle(line) < gutter.top]
    below = [line for line in lines if _middle(line) > gutter.bottom]
    inside = [line for line in lines if gutter.top <= _middle(line) <= gutter.bottom]
    left = [line for line in inside if line.box.x0 < gutter.x]
    right = [line for line in inside if line.box.x0 >= gutter.x]
    rest = depth - 1
    if _is_heading_rail(left, right):
        middle = _beside_rail(left, right, rest)
    else:
        middle = _ordered(left, rest) + _ordered(right, rest)
    return _ordered(above, rest) + middle + _ordered(below, rest)


def _below_header(lines: list[Line], gutter: Gutter) -> Gutter:
    """Where both columns open with a heading at about the same height, what stands above is the page's header."""
    inside = [line for line in lines if gutter.top <= _middle(line) <= gutter.bottom and heading_kind(line.text)]
    left = min((line.box.top for line in inside if line.box.x0 < gutter.x), default=None)
    right = min((line.box.top for line in inside if line.box.x0 >= gutter.x), default=None)
    if left is None or right is None or abs(left - right) > 3 * inside[0].box.height:
        return gutter
    return gutter._replace(top=max(gutter.top, min(left, right) - 1.0))


def _middle(line: Line) -> float:
    return (line.box.top + line.box.bottom) / 2


def rows_of(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines that share a baseline, top to bottom, each row left to right."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: (line.page, _middle(line), line.box.x0)):
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


def _by_rows(lines: list[Line]) -> list[Line]:
    return [line for row in rows_of(lines) for line in row]


def _gutter(lines: list[Line]) -> Gutter | None:
    """The tallest empty strip whose sides are independent or a heading rail, if there is one."""
    best: tuple[float, Gutter] | None = None
    for start, end in _strips(lines):
        for gutter in _stretches(lines, start, end):
            tall = gutter.bottom - gutter.top
            if (best is None or tall > best[0]) and _divides(lines, gutter):
                best = tall, gutter
    return best[1] if best else None


def _strips(lines: list[Line]) -> list[tuple[float, float]]:
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
    strips = []
    for start in starts:
        index = int((start - left) / BIN) - 1
        if 0 < index < size and cover[index] <= limit:
            strips.append((start - 1.5, start))
    return _thinned(strips, lines)


def _thinned(strips: list[tuple[float, float]], lines: list[Line]) -> list[tuple[float, float]]:
    """At most twelve strips, those where most lines begin."""

    def begun(strip: tuple[float, float]) -> int:
        return sum(1 for line in lines if abs(line.box.x0 - strip[1]) < NEAR)

    return sorted(strips, key=begun, reverse=True)[:12]


def _stretches(lines: list[Line], start: float, end: float) -> list[Gutter]:
    """The vertical stretches of one strip that no line crosses, each with rows enough on both sides."""
    x = end - 0.75
    crossing = sorted(_span(line) for line in lines if line.box.x0 < x - 1 and line.box.x1 > x + 0.5)
    beside = [line for line in lines if not (line.box.x0 < x - 1 and line.box.x1 > x + 0.5)]
    if not beside:
        return []
    edges = [min(line.box.top for line in beside) - 1.0]
    stretches = []
    for top, bottom in crossing:
        if top > edges[-1]:
            stretches.append((edges[-1], top))
        edges.append(max(edges[-1], bottom))
    stretches.append((edges[-1], max(line.box.bottom for line in beside) + 1.0))
    return [Gutter(x, top, bottom) for top, bottom in stretches if bottom - top > 0]


def _span(line: Line) -> tuple[float, float]:
    return line.box.top + 0.2 * line.box.height, line.box.bottom - 0.2 * line.box.height


def _divides(lines: list[Line], gutter: Gutter) -> bool:
    inside = [line for line in lines if gutter.top <= _middle(line) <= gutter.bottom]
    left = [line for line in inside if line.box.x0 < gutter.x]
    right = [line for line in inside if line.box.x0 >= gutter.x]
    if not left or not right or any(line.box.x1 > gutter.x + OVER for line in left):
        return False
    if _is_heading_rail(left, right):
        return True
    return _independent(left, right)


def _headings(rows: list[list[Line]], body: Style | None = None) -> int:
    """How many rows begin with a heading; given the style of running text, only those drawn otherwise count."""
    return sum(1 for row in rows if heading_kind(row[0].text) and (body is None or _stands_out(row[0], body)))


def _stands_out(line: Line, body: Style) -> bool:
    style = line.style
    plain = style.size < body.size + 0.4 and style.bold == body.bold and style.colour == body.colour
    return not plain or line.text.isupper() or style.font != body.font


def _body(lines: list[Line]) -> Style:
    weights: Counter[Style] = Counter()
    for line in lines:
        weights[line.style] += len(line.text)
    return weights.most_common(1)[0][0]


def _is_heading_rail(left: list[Line], right: list[Line]) -> bool:
    """Headings stand alone on the left, each level with the first line of its section; dates may stand below them."""
    dated = [line for line in left if has_date(line.text)]
    titles = [line for line in left if not has_date(line.text)]
    left_rows, right_rows = rows_of(titles), rows_of(right)
    known = _headings(left_rows)
    if known and not dated and is_painted_rail(titles, right):
        return True
    if known < RAIL_HEADINGS or len(right_rows) < LEAST_ROWS or len(left_rows) > len(right_rows):
        return False
    blocks = [" ".join(line.text for row in block for line in row) for block in _blocks(left_rows)]
    named = sum(1 for block in blocks if heading_kind(block))
    annotates = named >= RAIL_NAMED * len(blocks) and not any(has_date(line.text) for line in right)
    if dated and not annotates and not _is_date_rail(dated, right):
        return False
    if sum(len(block.split()) for block in blocks) > 4 * len(left_rows):
        return False
    # What holds headings and nothing else announces what is beside it, wherever in the cell it was centred.
    alone = named >= RAIL_ONLY * len(blocks) and named > RAIL_HEADINGS
    return (
        named >= 0.5 * len(blocks)
        and _headings(right_rows) <= 0.3 * known + 0.5
        and (alone or _aligned(titles, right) >= RAIL_ALIGNED)
    )


def _is_date_rail(narrow: list[Line], wide: list[Line]) -> bool:
    """Dates level with what they date, on a side that has next to none of its own."""
    dated = [line for line in narrow if has_date(line.text)]
    own = sum(1 for line in wide if has_date(line.text))
    return len(dated) > 1 and 2 * own < len(dated) and _aligned(dated, wide) >= RAIL_DATED


def _independent(left: list[Line], right: list[Line]) -> bool:
    left_rows, right_rows = rows_of(left), rows_of(right)
    fewer = min(len(left_rows), len(right_rows))
    if fewer < LEAST_ROWS or _is_date_rail(left, right):
        return False
    if _ignores(left, right) or _ignores(right, left):
        return True
    body = _body([*left, *right])
    one, other = _headings(left_rows, body), _headings(right_rows, body)
    if (one and other) or min(_headings(left_rows), _headings(right_rows)) > 1:
        return True
    aligned = _aligned(left, right) if len(left_rows) <= len(right_rows) else _aligned(right, left)
    narrow = left if len(left_rows) <= len(right_rows) else right
    dated = sum(1 for line in narrow if has_date(line.text)) / len(narrow)
    if dated > DATED and aligned > LEVEL:
        return False
    if one or other:
        return aligned < (0.75 if max(one, other) > 1 else 0.6)
    return fewer >= UNHEADED_ROWS and aligned < LEVEL


def _ignores(narrow: list[Line], wide: list[Line]) -> bool:
    """Short lines level with bullet points say nothing about them: a note stands beside a header."""
    listed = [line.box for line in wide if BULLET.match(line.text)]
    plain = [line for line in narrow if not has_date(line.text) and not BULLET.match(line.text)]
    if len(narrow) - len(plain) > len(plain):
        return False
    beside = sum(1 for line in plain if any(_level(line.box, other) for other in listed))
    enough = len(plain) >= UNHEADED_ROWS and beside >= LEAST_BESIDE and beside >= BESIDE * len(plain)
    return enough and _aligned(narrow, wide) < ALL_LEVEL


def _level(box: Box, other: Box) -> bool:
    return abs(box.bottom - other.bottom) < 0.22 * min(box.height, other.height) + 0.8


def _aligned(few: list[Line], many: list[Line]) -> float:
    """The share of rows among `few` that have a partner on the same baseline among `many`."""
    rows = rows_of(few)
    partners = [line.box for line in many]
    hits = 0
    for row in rows:
        box = row[0].box
        hits += any(_level(box, other) for other in partners)
    return hits / len(rows)


def _blocks(rows: list[list[Line]]) -> list[list[list[Line]]]:
    """Rows that follow each other closely belong to one heading of several lines."""
    blocks: list[list[list[Line]]] = []
    for row in rows:
        if blocks and row[0].box.top - blocks[-1][-1][0].box.bottom < 0.5 * row[0].box.height:
            blocks[-1].append(row)
        else:
            blocks.append([row])
    return blocks


def _beside_rail(left: list[Line], right: list[Line], depth: int) -> list[Line]:
    """Each heading, then what stands beside it down to the next."""
    titles = [line for line in left if not has_date(line.text)]
    right = [*(line for line in left if has_date(line.text)), *right]
    blocks = _blocks(rows_of(titles))
    tops = _tops(blocks, right)
    ordered: list[Line] = _ordered([line for line in right if _middle(line) < tops[0]], depth)
    for block, top, end in zip(blocks, tops, tops[1:], strict=False):
        ordered.append(_one_heading([line for row in block for line in row]))
        body = [line for line in right if top <= _middle(line) < end]
        ordered += _ordered(body, depth) if body else []
    return ordered


def _tops(blocks: list[list[list[Line]]], right: list[Line]) -> list[float]:
    """Where each heading's text begins: level with it, or where the cell begins in whose middle it stands."""
    marks = [block[0][0].box.top for block in blocks]
    own = [cell for cell in _cells(right) if sum(1 for mark in marks if cell[0] <= mark <= cell[1]) == 1]
    tops: list[float] = []
    for block in blocks:
        first, last = block[0][0].box, block[-1][0].box
        middle = (first.top + last.bottom) / 2
        centred = (top for top, bottom in own if top < first.top and abs((top + bottom) / 2 - middle) < first.height)
        top = next(centred, first.top - 0.6 * first.height)
        tops.append(max(top, tops[-1] + 1.0 if tops else 0.0))
    return [*tops, float("inf")]


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


def _one_heading(lines: list[Line]) -> Line:
    """A heading of several lines as one; it keeps its first line's box, so that it never shares a row with the text."""
    first = lines[0]
    runs = tuple(run._replace(text=run.text.strip() + " ") for line in lines for run in line.runs)
    box = first.box._replace(bottom=first.box.top + 0.3 * first.box.height)
    return Line(first.page, box, runs)
