"""Periods spread over cells: "Jan", "2020" and "–" of a justified narrow column, with "Present" below them; a start and
an end in columns of their own.
"""

import re
from collections.abc import Sequence

from services.resumes.entries.header_words import DURATION
from services.resumes.entries.run_parts import part_of
from services.resumes.page.rows import Row
from services.resumes.periods.dates import is_now, whole_date
from services.resumes.periods.month_names import MONTH
from services.resumes.text import Line

LONGEST = 16  # characters of one part
MOST_LOWER = 2  # rows
SAME_EDGE = 3.0  # points
CLOSE = 1.35  # of the usual distance between lines
_PART = rf"(?:[-–—]|(?:{MONTH})\.?|(?:(?:1[0-2]|0?[1-9])[/.])?(?:19|20)\d\d)"
PARTS = re.compile(rf"(?i){_PART}(?:\s*{_PART})*")
DASHED = re.compile(rf"(?i)(?:{_PART}\s*)*[-–—]\s+(?=\S)")  # "2020 – Tavistock Charts"


def with_gathered_periods(section: Sequence[Row]) -> list[Row]:
    """The same rows, each such period in one line of its first row; a row left empty is gone."""
    rows = list(section)
    for at, row in enumerate(rows):
        if len(row.lines) > 1:
            rows[at] = _paired(row)
            _gather(rows, at)
    return [row for row in rows if row.lines]


def _paired(row: Row) -> Row:
    """A date alone in its cell, and a later one or a word for today alone in the next, are a start and an end."""
    dates = row.dates
    if not dates or any(span.is_range for _, span in dates):
        return row
    alone = {at: span.start for at, span in dates if span.to - span.at == len(row.lines[at].text)}
    for at, start in alone.items():
        end = row.lines[at + 1] if at + 1 < len(row.lines) else None
        if end is not None and (is_now(end.text) or start < alone.get(at + 1, "")):
            return Row((*row.lines[:at], _line([row.lines[at], end], " – "), *row.lines[at + 2 :]), row.gap)
    return row


def _gather(rows: list[Row], at: int) -> None:
    lines = rows[at].lines
    if len(lines[0].text) > LONGEST or not PARTS.fullmatch(lines[0].text):
        return
    parts, kept = _leading(lines)
    best: list[Line] = parts if len(parts) > 1 and _is_period(parts) else []
    lower = 0
    for count, row in enumerate(rows[at + 1 : at + 1 + MOST_LOWER], 1):
        if not row.lines or not 0 <= row.gap <= CLOSE or not _goes_on(lines[0], row.lines[0]):
            break
        parts = [*parts, row.lines[0]]
        if _is_period(parts):
            best, lower = parts, count
    if not best:
        return
    rows[at] = Row((_line(best, " "), *kept), rows[at].gap)
    for below in range(at + 1, at + 1 + lower):
        rows[below] = Row(rows[below].lines[1:], rows[below].gap)
    _drop_duration(rows, at + 1 + lower, lines[0])


def _leading(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """The parts of a period that a row opens with, and what stands behind them."""
    for at, line in enumerate(lines):
        if PARTS.fullmatch(line.text):
            continue
        dash = DASHED.match(line.text) if at else None
        if dash is None:
            return list(lines[:at]), list(lines[at:])
        text = "".join(run.text for run in line.runs)
        cut = len(text) - len(text.lstrip()) + dash.end()
        halves = [
            Line(line.page, line.box, part_of(line.runs, first, last)) for first, last in ((0, cut), (cut, len(text)))
        ]
        return [*lines[:at], halves[0]], [halves[1], *lines[at + 1 :]]
    return list(lines), []


def _goes_on(first: Line, line: Line) -> bool:
    near = abs(first.box.x0 - line.box.x0) <= SAME_EDGE and len(line.text) <= LONGEST
    return near and (is_now(line.text) or PARTS.fullmatch(line.text) is not None)


def _drop_duration(rows: list[Row], at: int, first: Line) -> None:
    """How long it was, below the period."""
    line = rows[at].lines[0] if at < len(rows) and len(rows[at].lines) > 1 else None
    if line is not None and abs(first.box.x0 - line.box.x0) <= SAME_EDGE and DURATION.fullmatch(line.text):
        rows[at] = Row(rows[at].lines[1:], rows[at].gap)


def _is_period(parts: Sequence[Line]) -> bool:
    text = " ".join(part.text for part in parts)
    period = whole_date(text)
    return period is not None and period.is_range and text[-1] not in "-–—"


def _line(parts: Sequence[Line], joint: str) -> Line:
    first = parts[0]
    box = first.box
    for part in parts[1:]:
        if part.box.top < first.box.bottom:
            box = box.joined(part.box)
    return Line(first.page, box, (first.runs[0]._replace(text=joint.join(part.text for part in parts)),))
