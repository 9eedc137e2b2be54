"""The order a person reads a page in: header, then each column to its end, and rows straight across where a rail or a
date column only annotates what stands beside it.

The question at every gutter is whether its two sides are independent texts. They are when both carry their own
headings, or when their baselines ignore each other; they are not when the narrow side is a rail of headings, dates or
places that lines up with the wide one.
"""

import re
from collections.abc import Sequence

from services.resumes.page.abutting import parted
from services.resumes.page.baselines import blocks_of, level, middle, rows_of
from services.resumes.page.centred import levelled
from services.resumes.page.gutters import NEAR, Gutter, stretches, strips
from services.resumes.page.rails import is_heading_rail, one_heading, tops_of
from services.resumes.page.rows import look
from services.resumes.page.sides import LEAST_ROWS, independent
from services.resumes.page.stacked_margins import with_ends_above
from services.resumes.page.tables import Table, around_tables
from services.resumes.page.timelines import with_periods
from services.resumes.periods.dates import has_date
from services.resumes.periods.wrapped_dates import whole_dates
from services.resumes.sections.headings import heading_kind
from services.resumes.text import Box, Line

DEEPEST = 4
BESIDE = 3.0  # of a line's height
MOST_IN_HEADER = 9  # lines
OVER = 6.0  # points that a line may reach over a gutter
FOOTER = re.compile(
    r"(?i)(page |seite |página |pagina )?\d{1,2}( ?(/|of|von|de|di|sur) ?\d{1,2})?$|last updated .{0,40}$|"
    r".{0,60}\s[-–—·]\s(page )?\d+ ?(/|of) ?\d+$"
)


ORNAMENT = re.compile(r"[ㅡ─―]+|[-–—_]{1,3}")


def in_reading_order(
    lines: Sequence[Line], width: float, height: float, drawn: Sequence[Table] = (), rulers: Sequence[float] = ()
) -> list[Line]:
    """`width` and `height` are the page's, in points; `drawn` are its tables, `rulers` how far from the top a line runs
    across it.
    """
    kept = [line for line in lines if not _is_furniture(line, height) and not _is_ornament(line, lines)]
    if not kept:
        return []
    kept = with_ends_above(with_periods(parted(kept)))
    kept = whole_dates(kept if drawn else levelled(kept, rulers))
    header = _above_ruler(kept, rulers)
    below = [line for line in kept if line not in header]
    whole = around_tables(below, drawn, lambda some: _ordered(some, DEEPEST)) if below else []
    return (_ordered(header, DEEPEST) if header else []) + whole


def _above_ruler(lines: Sequence[Line], rulers: Sequence[float]) -> list[Line]:
    """The page's header, where a line across the page ends it: no column goes on above that."""
    for ruler in sorted(rulers):
        above = [line for line in lines if middle(line) < ruler]
        if len(above) > MOST_IN_HEADER or any(heading_kind(line.text) or has_date(line.text) for line in above):
            break
        if above:
            return above
    return []


def _is_furniture(line: Line, height: float) -> bool:
    """Page numbers and "last updated" notes in the outer margins."""
    at_edge = line.box.bottom < 0.07 * height or line.box.top > 0.92 * height
    return at_edge and bool(FOOTER.fullmatch(line.text.strip()))


def _is_ornament(line: Line, lines: Sequence[Line]) -> bool:
    """A dash on its own above a title; not one between two dates."""
    return ORNAMENT.fullmatch(line.text) is not None and not any(_is_next_to(line.box, other.box) for other in lines)


def _is_next_to(box: Box, other: Box) -> bool:
    apart = max(box.x0 - other.x1, other.x0 - box.x1)
    return box != other and level(box, other) and apart < BESIDE * box.height


def _ordered(lines: list[Line], depth: int) -> list[Line]:
    if depth and (split := _under_headings(lines)):
        above, columns, rest = split
        within = [line for column in columns for line in _ordered(column, depth - 1)]
        return _ordered(above, depth - 1) + within + (_ordered(rest, depth - 1) if rest else [])
    return _by_gutter(lines, depth)


def _under_headings(lines: list[Line]) -> tuple[list[Line], list[list[Line]], list[Line]] | None:
    """What stands above a row of headings side by side, the column under each of them, if none is crossed, and what
    stands below: columns end above a heading alone in its row whose text runs across them.
    """
    rows = rows_of(lines)
    for row in rows:
        if len(row) < 2 or not all(heading_kind(line.text) for line in row):  # noqa: PLR2004 — side by side
            continue
        top, starts = min(line.box.top for line in row), [line.box.x0 - NEAR for line in row]
        starts[0] = 0.0
        below = [line for line in lines if middle(line) > top]
        rest: list[Line] = []
        if _crossed(below, starts[1:]):
            end = _next_heading([other for other in rows if other[0].box.top > top], row[0])
            below, rest = [line for line in below if middle(line) < end], [line for line in below if middle(line) > end]
        above = _last_rows(lines, top - row[0].box.height)
        if _crossed(below, starts[1:]) or (above and not rest and not _crossed(above, starts[1:])):
            continue  # the columns do not begin here
        bounds = [*starts[1:], float("inf")]
        columns = [[line for line in below if x <= line.box.x0 < end] for x, end in zip(starts, bounds, strict=True)]
        if all(len(column) > 1 for column in columns):
            return [line for line in lines if middle(line) <= top], columns, rest
    return None


def _next_heading(rows: Sequence[list[Line]], first: Line) -> float:
    """Where the next heading begins that stands alone in its row, below the first of several and drawn like it."""
    for row in rows:
        line = row[0]
        alike = abs(line.box.x0 - first.box.x0) < NEAR and look(line.style) == look(first.style)
        if len(row) == 1 and alike and heading_kind(line.text):
            return line.box.top
    return 0.0


def _crossed(lines: Sequence[Line], places: Sequence[float]) -> bool:
    return any(line.box.x0 < x < line.box.x1 - NEAR for line in lines for x in places)


def _last_rows(lines: list[Line], top: float) -> list[Line]:
    """The few rows right above `top`."""
    above = rows_of([line for line in lines if middle(line) <= top])
    return [line for row in above[-LEAST_ROWS:] for line in row]


def _by_gutter(lines: list[Line], depth: int) -> list[Line]:
    gutter = _gutter(lines) if depth and len(lines) > LEAST_ROWS else None
    if gutter is None:
        return _by_rows(lines)
    gutter = _above_last_heading(lines, _in_header(lines, _below_header(lines, gutter)))
    above = [line for line in lines if middle(line) < gutter.top]
    below = [line for line in lines if middle(line) > gutter.bottom]
    inside = [line for line in lines if gutter.top <= middle(line) <= gutter.bottom]
    left = [line for line in inside if line.box.x0 < gutter.x]
    right = [line for line in inside if line.box.x0 >= gutter.x]
    rest = depth - 1
    if is_heading_rail(left, right):
        between = _beside_rail(left, right, rest)
    else:
        between = _ordered(left, rest) + _ordered(right, rest)
    return _ordered(above, rest) + between + _ordered(below, rest)


def _below_header(lines: list[Line], gutter: Gutter) -> Gutter:
    """Where both columns open with a heading at about the same height, what stands above is the page's header; unless
    it is dated, as the end of what another page or column began.
    """
    inside = [line for line in lines if gutter.top <= middle(line) <= gutter.bottom and heading_kind(line.text)]
    left = min((line.box.top for line in inside if line.box.x0 < gutter.x), default=None)
    right = min((line.box.top for line in inside if line.box.x0 >= gutter.x), default=None)
    if left is None or right is None or abs(left - right) > 3 * inside[0].box.height:
        return gutter
    top = max(gutter.top, min(left, right) - 1.0)
    dated = any(gutter.top <= middle(line) < top and has_date(line.text) for line in lines)
    return gutter if dated else gutter._replace(top=top)


def _in_header(lines: list[Line], gutter: Gutter) -> Gutter:
    """Where one side ends before the first heading, which stands on the other, only what is above it is beside that:
    a block of contact details at the top is no column of the page.
    """
    inside = [line for line in lines if gutter.top <= middle(line) <= gutter.bottom]
    for side, other in ((True, False), (False, True)):
        block = [line for line in inside if (line.box.x0 < gutter.x) is side]
        if not 0 < len(block) <= MOST_IN_HEADER or any(has_date(line.text) for line in block):
            continue
        beside = [line for line in inside if (line.box.x0 < gutter.x) is other]
        top = min((line.box.top for line in beside if heading_kind(line.text)), default=0.0)
        begun = any(line.box.top < top for line in beside) and block[0].page == 1
        if begun and max(line.box.bottom for line in block) <= top + OVER:
            return gutter._replace(bottom=min(gutter.bottom, top - 1.0))
    return gutter


def _above_last_heading(lines: list[Line], gutter: Gutter) -> Gutter:
    """A heading with nothing below it on its side, but with text further down, belongs to that text: the columns end
    above it.
    """
    inside = [line for line in lines if gutter.top <= middle(line) <= gutter.bottom]
    for side in ([line for line in inside if (line.box.x0 < gutter.x) is left] for left in (True, False)):
        last = max(side, key=middle, default=None)
        if last is None or len(side) <= LEAST_ROWS - 1 or not heading_kind(last.text):
            continue
        below = [line for line in lines if line.box.top > last.box.bottom - 1]
        if any(line.box.top > gutter.bottom - 1 for line in below):
            return gutter._replace(bottom=min(gutter.bottom, last.box.top - 1.0))
    return gutter


def _by_rows(lines: list[Line]) -> list[Line]:
    return [line for row in rows_of(lines) for line in row]


def _gutter(lines: list[Line]) -> Gutter | None:
    """The tallest empty strip whose sides are independent or a heading rail, if there is one."""
    best: tuple[float, Gutter] | None = None
    placed = [(middle(line), line) for line in lines]
    for start, end in strips(lines):
        for gutter in stretches(lines, start, end):
            tall = gutter.bottom - gutter.top
            if (best is None or tall > best[0]) and _divides(placed, gutter):
                best = tall, gutter
    return best[1] if best else None


def _divides(placed: Sequence[tuple[float, Line]], gutter: Gutter) -> bool:
    inside = [line for place, line in placed if gutter.top <= place <= gutter.bottom]
    if sum(line.box.x0 >= gutter.x for line in inside) < LEAST_ROWS:
        return False
    gutter = _in_header(inside, _below_header(inside, gutter))  # whose lines may begin and end anywhere
    inside = [line for line in inside if gutter.top <= middle(line) <= gutter.bottom]
    left = [line for line in inside if line.box.x0 < gutter.x]
    right = [line for line in inside if line.box.x0 >= gutter.x]
    if not left or not right or any(line.box.x1 > gutter.x + OVER for line in left):
        return False
    if is_heading_rail(left, right):
        return True
    return independent(left, right)


def _beside_rail(left: list[Line], right: list[Line], depth: int) -> list[Line]:
    """Each heading, then what stands beside it down to the next."""
    titles = [line for line in left if not has_date(line.text)]
    right = [*(line for line in left if has_date(line.text)), *right]
    blocks = blocks_of(rows_of(titles))
    tops = tops_of(blocks, right)
    ordered: list[Line] = _ordered([line for line in right if middle(line) < tops[0]], depth)
    for block, top, end in zip(blocks, tops, tops[1:], strict=False):
        body = [line for line in right if top <= middle(line) < end]
        ordered.append(one_heading([line for row in block for line in row], body))
        ordered += _ordered(body, depth) if body else []
    return ordered
