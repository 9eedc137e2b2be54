"""Tables that are drawn with lines: read row by row, each cell whole, whatever stands beside it.

A cell beside a taller one is centred in many tables: a period stands level with the middle of what was done in it.
Here it is moved level with the first line of the taller cell, where the header of an entry has its date.
"""

import itertools
import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

from services.resumes.contact.places import place_score
from services.resumes.page.baselines import middle, rows_of
from services.resumes.page.beside_text import text_cell
from services.resumes.page.captioned import captions, told_apart
from services.resumes.page.rows import BULLET, look
from services.resumes.periods.dates import has_date
from services.resumes.sections.headings import heading_kind
from services.resumes.text import Box, Line, Run

TOUCHING = 3.0  # points
MOST_STROKES = 400
WHOLE = 0.9  # of the table's width or the row's height
WIDE = 0.55  # of the width of all text: a smaller table stands inside a column
TOWN = 2.0  # the score of what is a place and nothing else: it stands below the employer, and goes on nothing
TALL = 3  # rows of text in a cell; two such cells side by side are columns of the page
UNSPACED = re.compile("^[\u3040-\u9fff\uac00-\ud7af]{2}$")
Order = Callable[[list[Line]], list[Line]]


class Band(NamedTuple):
    """One row of a table: `edges` are where its cells begin and end, from left to right."""

    top: float
    bottom: float
    edges: tuple[float, ...]


class Table(NamedTuple):
    box: Box
    bands: tuple[Band, ...]


def tables(across: Sequence[Box], down: Sequence[Box]) -> list[Table]:
    """Top to bottom, from the strokes drawn on a page."""
    if not across or not down or len(across) + len(down) > MOST_STROKES:
        return []
    found = (_table(group) for group in _touching([*across, *down]))
    return sorted((table for table in found if table), key=lambda table: table.box.top)


def _touching(strokes: Sequence[Box]) -> list[list[Box]]:
    groups: list[list[Box]] = []
    for stroke in strokes:
        near = [group for group in groups if any(_meet(stroke, other) for other in group)]
        groups = [group for group in groups if group not in near]
        groups.append([stroke, *itertools.chain.from_iterable(near)])
    return groups


def _meet(one: Box, other: Box) -> bool:
    return (
        one.x0 - TOUCHING <= other.x1
        and other.x0 - TOUCHING <= one.x1
        and one.top - TOUCHING <= other.bottom
        and other.top - TOUCHING <= one.bottom
    )


def _table(strokes: Sequence[Box]) -> Table | None:
    box = strokes[0]
    for stroke in strokes[1:]:
        box = box.joined(stroke)
    across = [stroke for stroke in strokes if stroke.width > stroke.height]
    down = [stroke for stroke in strokes if stroke.width <= stroke.height]
    levels = _distinct([box.top, box.bottom, *((s.top + s.bottom) / 2 for s in across if s.width >= WHOLE * box.width)])
    bands = tuple(Band(top, bottom, _edges(box, down, top, bottom)) for top, bottom in itertools.pairwise(levels))
    divided = any(len(band.edges) > 2 for band in bands)  # noqa: PLR2004 — two edges hold one cell
    return Table(box, bands) if divided and len(levels) > 2 else None  # noqa: PLR2004


def _edges(box: Box, down: Sequence[Box], top: float, bottom: float) -> tuple[float, ...]:
    through = [s for s in down if min(s.bottom, bottom) - max(s.top, top) >= WHOLE * (bottom - top)]
    return tuple(_distinct([box.x0, box.x1, *((s.x0 + s.x1) / 2 for s in through)]))


def _distinct(values: Sequence[float]) -> list[float]:
    kept: list[float] = []
    for value in sorted(values):
        if not kept or value - kept[-1] > TOUCHING:
            kept.append(value)
    return kept


def around_tables(lines: list[Line], found: Sequence[Table], order: Order) -> list[Line]:
    """All lines of a page: those of its tables by rows and cells, what is between them by `order`."""
    left, right = min(line.box.x0 for line in lines), max(line.box.x1 for line in lines)
    result: list[Line] = []
    for table in found:
        inside = [line for line in lines if _holds(table.box, line)]
        beside = any(table.box.top < middle(line) < table.box.bottom and not _holds(table.box, line) for line in lines)
        if not inside or beside or table.box.width < WIDE * (right - left):
            continue
        above = [line for line in lines if middle(line) <= table.box.top]
        result += order(above) if above else []
        for band in table.bands:
            result += _read(band, inside, order, first=band is table.bands[0])
        lines = [line for line in lines if middle(line) >= table.box.bottom]
    return result + (order(lines) if lines else [])


def _holds(box: Box, line: Line) -> bool:
    centre = (line.box.x0 + line.box.x1) / 2
    return box.top < middle(line) < box.bottom and box.x0 < centre < box.x1


def _read(band: Band, lines: Sequence[Line], order: Order, *, first: bool) -> list[Line]:
    within = [line for line in lines if band.top < middle(line) <= band.bottom]
    cells, widths = list[list[Line]](), list[float]()
    for x0, x1 in itertools.pairwise(band.edges):
        if cell := [line for line in within if x0 <= (line.box.x0 + line.box.x1) / 2 < x1]:
            padding = min(min(line.box.x0 for line in cell) - x0, x1 - max(line.box.x1 for line in cell))
            cells.append(cell)
            widths.append(x1 - x0 - 2 * padding)
    if cells and captions(cells):
        return told_apart(cells, band.top, band.bottom)
    if len(cells) < 2 or sum(len(rows_of(cell)) > TALL for cell in cells) > 1:  # noqa: PLR2004 — nothing side by side
        return [line for cell in cells for line in order(cell)]
    if first and (title := _title(cells)) is not None:
        labels = [line for cell in cells if cell is not title for line in cell]
        styles = Counter(line.style for line in lines if middle(line) > band.bottom)
        return _leading(title[0], labels, plain=[title[0].style] == [style for style, _ in styles.most_common(1)])
    return _level(cells, widths)


def _title(cells: Sequence[list[Line]]) -> list[Line] | None:
    """The cell that names the section, in a first row that names the columns: "Period   Professional experience"."""
    alone = all(len(cell) == 1 and not has_date(cell[0].text) for cell in cells)
    alone = alone and len({look(cell[0].style)[1:] for cell in cells}) == 1
    known = [cell for cell in cells if heading_kind(cell[0].text)]
    return known[0] if alone and len(known) == 1 else None


def _leading(title: Line, labels: Sequence[Line], *, plain: bool) -> list[Line]:
    """The heading first in its row, before the names of the other columns; above them where it looks like any text."""
    start = min(line.box.x0 for line in [title, *labels])
    if plain:
        return [title.moved(title.box._replace(bottom=title.box.top - 1, top=title.box.top - 2)), *labels]
    return [title.moved(title.box._replace(x0=start - 1, x1=start)), *labels]


def _level(cells: Sequence[list[Line]], widths: Sequence[float]) -> list[Line]:
    """Cells side by side: the tallest keeps its lines, the others become one line each beside its first. A cell of
    several paragraphs is read whole instead, and so are its neighbours.
    """
    tallest = max(cells, key=lambda cell: (len(rows_of(cell)), sum(len(line.text) for line in cell)))
    others = [(cell, width) for cell, width in zip(cells, widths, strict=True) if cell is not tallest]
    if (at := text_cell([[line.text for line in cell] for cell in cells])) is not None:
        return _above(cells[at], [pair for pair in zip(cells, widths, strict=True) if pair[0] is not cells[at]])
    if not all(_is_one_text(cell, width) for cell, width in others):
        return [line for cell in cells for row in rows_of(cell) for line in row]
    rows = rows_of(tallest)
    if _is_wrapped(rows, widths[next(at for at, cell in enumerate(cells) if cell is tallest)]):
        rows = [[_one(tallest, max(widths), rows[0][0].box)]]
    beside = [_one(cell, width, rows[0][0].box) for cell, width in others]
    head = sorted([*rows[0], *beside], key=lambda line: line.box.x0)
    return [*head, *(line for row in rows[1:] for line in row)]


def _is_wrapped(rows: Sequence[Sequence[Line]], width: float) -> bool:
    """A name that its cell broke: a few full lines in one style, with neither a point of a list nor a date."""
    lines = [line for row in rows for line in row]
    if not 1 < len(rows) <= TALL or any(BULLET.match(line.text) or has_date(line.text) for line in lines):
        return False
    return len({look(line.style)[2:] for line in lines}) == 1 and _is_one_text(lines, width)


def _above(text: Sequence[Line], others: Sequence[tuple[list[Line], float]]) -> list[Line]:
    """The short cells level with one another, each made whole where it is one text, and what was done below them."""
    top = min(line.box.top for cell, _ in others for line in cell)
    level = others[0][0][0].box._replace(top=top)
    whole = [[_one(cell, width, level)] if _is_one_text(cell, width) else cell for cell, width in others]
    first = [
        rows_of(cell)[0][0].moved(rows_of(cell)[0][0].box._replace(top=level.top, bottom=level.bottom))
        for cell in whole
    ]
    rest = [line for cell in whole for row in rows_of(cell)[1:] for line in row]
    return [*sorted(first, key=lambda line: line.box.x0), *rest, *(line for row in rows_of(list(text)) for line in row)]


def _is_one_text(cell: Sequence[Line], width: float) -> bool:
    """One line, a period of two, or lines that were full when the next was begun."""
    rows = rows_of(cell)
    if all(has_date(line.text) for line in cell):
        return True
    if any(place_score(line.text) >= TOWN for row in rows[1:] for line in row):
        return False
    return all(_is_full(last[-1], row[0], width) for last, row in itertools.pairwise(rows))


def _is_full(last: Line, line: Line, width: float) -> bool:
    """Whether the first word of a line, or its first letter where words may be broken, did not fit behind the last."""
    words = line.text.split()
    anywhere = UNSPACED.search(last.text[-1:] + line.text[:1])
    first = line.box.height if anywhere else line.box.width * (len(words[0]) + 1) / max(len(line.text), 1)
    return width - last.box.width < 0.9 * first if words else True


def _one(cell: list[Line], width: float, level: Box) -> Line:
    """The lines of a cell as one beside `level`. Words of Han characters and Hangul are broken anywhere: there a space
    stays only where the next letter would still have fitted.
    """
    ordered = [line for row in rows_of(cell) for line in row]
    box, runs = ordered[0].box, ordered[0].runs
    for last, line in itertools.pairwise(ordered):
        full = UNSPACED.search(last.text[-1:] + line.text[:1]) and _is_full(last, line, width)
        box = box.joined(line.box)
        runs = (*runs, *line.runs) if full else (*runs, Run(" ", runs[-1].style), *line.runs)
    return Line(ordered[0].page, box._replace(top=level.top, bottom=level.bottom), runs)
