"""Entries set side by side: two degrees in two columns are read one after the other, not line by line."""

from collections.abc import Sequence

from services.resumes.contact.places import place_score
from services.resumes.page.label_columns import without_inline_labels, without_label_column
from services.resumes.page.paired import by_entries
from services.resumes.page.row_labels import without_loose_labels, without_row_labels
from services.resumes.page.rows import Row, look
from services.resumes.periods.dates import has_date
from services.resumes.text import Line

SAME_X = 5.0
LEAST_ROWS = 2
APART = 2.0  # the gap, in lines, that a new cell counts as


def side_by_side(section: Sequence[Row]) -> list[Row]:
    """The same rows, with each grid of alike cells taken apart into its columns, and a column of labels gone."""
    paired = by_entries(section)
    if paired != list(section):
        return paired
    section = without_row_labels(without_label_column(section))
    section = without_loose_labels(without_inline_labels(section))
    result: list[Row] = []
    index = 0
    while index < len(section):
        starts = _cell_starts(section[index])
        end = _grid_end(section, index, starts) if starts else index
        if end - index >= LEAST_ROWS and _dated_alike(section[index:end], starts):
            result += _columns(section[index:end], starts)
            index = end
        else:
            result.append(section[index])
            index += 1
    return result


def _dated_alike(rows: Sequence[Row], starts: list[float]) -> bool:
    """Entries side by side have a date each; a table has them in one column, or start and end beside the names."""
    dated = {_cell_of(line, starts) for row in rows for line in row.lines if has_date(line.text)}
    inner = [sum(has_date(line.text) for line in row.lines) for row in rows if len(row.lines) == len(starts)]
    table = len(starts) > 2 and sum(0 < count < len(starts) for count in inner) >= LEAST_ROWS  # noqa: PLR2004
    return len(dated) != 1 and not table


def _cell_starts(row: Row) -> list[float]:
    """Where cells begin, when the row's lines look alike and none is a date or a place."""
    first = row.lines[0]
    if len(row.lines) < LEAST_ROWS:
        return []
    alike = all(look(line.style) == look(first.style) for line in row.lines)
    plain = not any(has_date(line.text) or place_score(line.text) >= 2 or len(line.text) < 3 for line in row.lines)  # noqa: PLR2004
    return [line.box.x0 for line in row.lines] if alike and plain else []


def _grid_end(section: Sequence[Row], start: int, starts: list[float]) -> int:
    """The row after the last whose lines all begin at a cell, none of them reaching into the next."""
    end, shared = start + 1, 0
    while end < len(section):
        row = section[end]
        if row.page != section[start].page or not all(_cell_of(line, starts) is not None for line in row.lines):
            break
        shared += len({_cell_of(line, starts) for line in row.lines}) > 1
        end += 1
    return end if shared else start


def _cell_of(line: Line, starts: list[float]) -> int | None:
    """The cell a line begins in; None when it begins between cells or runs into the next."""
    cells = [number for number, x in enumerate(starts) if x - SAME_X <= line.box.x0]
    if not cells:
        return None
    number = cells[-1]
    if number + 1 < len(starts) and line.box.x1 > starts[number + 1] + SAME_X:
        return None
    return number if line.box.x0 - starts[number] < 40 or number + 1 < len(starts) else None  # noqa: PLR2004 — a list's indent


def _columns(rows: Sequence[Row], starts: list[float]) -> list[Row]:
    result: list[Row] = []
    for number in range(len(starts)):
        first = True
        for row in rows:
            lines = tuple(line for line in row.lines if _cell_of(line, starts) == number)
            if lines:
                result.append(Row(lines, max(rows[0].gap, APART) if first else row.gap))
                first = False
    return result
