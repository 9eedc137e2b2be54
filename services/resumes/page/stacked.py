"""Dates one below the other beside an entry: where it began in one row, where it ended in the next."""

import re
from collections.abc import Sequence

from services.resumes.page.rows import Row
from services.resumes.periods.dates import DateSpan, find_dates
from services.resumes.text import Line, Run

SAME_X, ABOUT = 5.0, 12.0
DASH = re.compile(r"[-–—−~〜～]+(?=\s*\D|\s*$)")
OPEN = re.compile(r"[-–—−~〜～]\s*(?:to|do|bis|au|à|al|a|até|hasta|tot|till|until)?\s*$")
CLOSE = 1.2  # of the usual distance between two lines


def unstacked(section: Sequence[Row], *, unless_ranged: bool = False) -> list[Row]:
    """The same rows, with two such dates as one range in the upper row; with `unless_ranged` not where another row has
    a whole range in the same place: who writes ranges on one line does not stack them.
    """
    result: list[Row] = []
    open_above = False  # the last row's date may still get an end
    ranged = [row.x0 for row in section if unless_ranged and _is_ranged(row)]
    for row in section:
        above = result[-1] if result else None
        if above is not None and (parts := _finished(above, row)):
            result[-1:] = parts
            open_above = False
            continue
        if above is not None and (ended := _ended(above, row)) is not None:
            result[-1] = ended
            open_above = False
            continue
        stacked = above is not None and open_above and not any(abs(row.x0 - x) < SAME_X for x in ranged)
        span = _range(above, row) if above is not None and stacked else None
        if above is None or span is None:
            result.append(row)
            open_above = True
            continue
        first, *rest = above.lines
        result[-1] = Row((_dated(first, row.lines[0].text), *rest), above.gap)
        if row.lines[1:]:
            result.append(Row(row.lines[1:], row.gap))
        open_above = False
    return result


def _finished(above: Row, row: Row) -> list[Row]:
    """Both rows, where a date of the upper one ends in a dash and goes on in the same column of the lower one."""
    if not 0 <= row.gap < CLOSE or row.page != above.page:
        return []
    for at, upper in enumerate(above.lines):
        for below, lower in enumerate(row.lines):
            if _unfinished(upper.text) and _same_column(upper, lower) and _ends(upper.text, lower.text):
                last = upper.runs[-1]
                whole = Line(upper.page, upper.box, (*upper.runs[:-1], Run(f"{last.text} {lower.text}", last.style)))
                first = Row((*above.lines[:at], whole, *above.lines[at + 1 :]), above.gap)
                rest = (*row.lines[:below], *row.lines[below + 1 :])
                return [first, Row(rest, row.gap)] if rest else [first]
    return []


def _unfinished(text: str) -> bool:
    spans = find_dates(text)
    return bool(spans) and spans[0].at <= 1 and OPEN.search(text) is not None and not spans[0].end


def _ends(upper: str, lower: str) -> bool:
    """Whether the two are one range and nothing else."""
    text = f"{upper} {lower}"
    spans = find_dates(text)
    plain = find_dates(lower)
    ordered = not plain or not spans or spans[0].start <= plain[0].start
    return len(spans) == 1 and spans[0].is_range and _is_whole(spans[0], text) and ordered


def _same_column(upper: Line, lower: Line) -> bool:
    return abs(upper.box.x0 - lower.box.x0) < ABOUT or abs(upper.box.x1 - lower.box.x1) < ABOUT


def _ended(above: Row, row: Row) -> Row | None:
    """The upper row with the end of its range, where that ends in a dash and the row below is nothing but a date."""
    line, lower = above.lines[0], row.lines[0]
    alone = [span for span in find_dates(lower.text) if _is_whole(span, lower.text)]
    if len(row.lines) > 1 or not alone or alone[0].is_range or not 0 <= row.gap < CLOSE:
        return None
    text = "".join(run.text for run in line.runs)
    span = next((span for span in find_dates(text) if span.at - (len(text) - len(text.lstrip())) <= 1), None)
    dash = DASH.search(text, span.at) if span is not None else None
    if span is None or dash is None or span.start > alone[0].start or abs(line.box.x0 - lower.box.x0) > ABOUT:
        return None
    # Either the range was read as open, with its dash, or as one date before a dash.
    ends = dash.end() >= span.to if span.current else not span.end and not text[span.to : dash.start()].strip()
    return Row((_inserted(line, dash.end(), f" {lower.text} "), *above.lines[1:]), above.gap) if ends else None


def _inserted(line: Line, at: int, text: str) -> Line:
    """The line with `text` put in before the character `at`."""
    runs = []
    for run in line.runs:
        inside = 0 <= at <= len(run.text)
        runs.append(run._replace(text=run.text[:at] + text + run.text[at:]) if inside else run)
        at = -1 if inside else at - len(run.text)
    return Line(line.page, line.box, tuple(runs))


def _range(above: Row, row: Row) -> DateSpan | None:
    """What the dates that two rows begin with say together, if they are a beginning and an end."""
    upper, lower = above.lines[0], row.lines[0]
    beside = len(above.lines) > 1 or len(row.lines) > 1
    if not beside or abs(upper.box.x0 - lower.box.x0) > SAME_X or not 0 <= row.gap < CLOSE:
        return None
    alone = [span for span in find_dates(upper.text) if _is_whole(span, upper.text)]
    if not alone or alone[0].is_range:
        return None
    text = f"{upper.text} – {lower.text}"
    together = [span for span in find_dates(text) if _is_whole(span, text) and span.is_range]
    return next((span for span in together if span.current or span.start <= span.end), None)


def _is_ranged(row: Row) -> bool:
    text = row.lines[0].text
    return len(row.lines) > 1 and any(_is_whole(span, text) and span.is_range and span.end for span in find_dates(text))


def _is_whole(span: DateSpan, text: str) -> bool:
    return span.at <= 1 and len(text) - span.to <= 1


def _dated(line: Line, end: str) -> Line:
    last = line.runs[-1]
    return Line(line.page, line.box, (*line.runs[:-1], Run(f"{last.text.rstrip()} – {end}", last.style, last.link)))
