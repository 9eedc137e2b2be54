"""Periods that a dash in a rail or a margin carries over into the next row: "2018 –" above "2021" or above "Present",
whatever stands beside either of them.
"""

import re
from collections.abc import Sequence

from services.resumes.entries.run_parts import part_of
from services.resumes.page.mending import one_line
from services.resumes.page.rows import Row
from services.resumes.periods.dates import find_dates, is_now, whole_date
from services.resumes.text import Line, Run

LONGEST = 32  # characters of an end
SAME_EDGE = 3.0  # points
MOST_HEIGHTS = 2.0  # of the start, from top to top, with a row of another column between
CLOSE = 1.35  # of the usual distance between lines
DASH = re.compile(r"\s*(?:[-–—−~〜]|\bto\b|\bbis\b|\bau?\b|\bal?\b|\btill\b|\buntil\b)\s*")
CLOSING = re.compile(r"[-–—−~〜]\s*$")
SHORT = re.compile(r"(?:1[0-2]|0?[1-9])[/'’]\d\d")  # "01/14"
OPENING = re.compile(r"^\s*[-–—−~〜]\s*")


def with_whole_periods(section: Sequence[Row]) -> list[Row]:
    """The same rows; an end that stood below its start has left its row, and a row left empty is gone."""
    result: list[Row] = []
    for row in section:
        if result and _breaks(result[-1], row):
            above = result[-1]
            result[-1] = Row((*above.lines[:-1], one_line(above.lines[-1], row.lines[0])), above.gap)
            continue
        pair = next((found for back in (1, 2) if (found := _pair(result, back, row))), None)
        if pair is None:
            result.append(row)
            continue
        back, at, below = pair
        upper = list(result[-back].lines)
        upper[at] = _whole(upper[at], row.lines[below])
        result[-back] = Row(tuple(upper), result[-back].gap)
        if len(row.lines) > 1:
            result.append(Row((*row.lines[:below], *row.lines[below + 1 :]), row.gap))
    return result


def _breaks(upper: Row, lower: Row) -> bool:
    """The period at the end of a header goes on in the next row: "… May" and "2013 to June 2016"."""
    start, end = upper.lines[-1], lower.lines[0]
    if len(lower.lines) != 1 or len(end.text) > LONGEST or upper.bullet or lower.bullet or not 0 <= lower.gap <= CLOSE:
        return False
    if abs(start.box.x0 - end.box.x0) > SAME_EDGE or any(span.is_range for at, span in upper.dates if at):
        return False
    text = f"{start.text} {end.text}"
    spans = [span for span in find_dates(text) if span.at < len(start.text) < span.to]
    return len(spans) == 1 and spans[0].at > 0 and spans[0].is_range and len(text) - spans[0].to <= 1


def _pair(rows: Sequence[Row], back: int, lower: Row) -> tuple[int, int, int] | None:
    """How many rows above the end the start stands, and the lines of both, in one column, where a dash joins them."""
    if len(rows) < back or not 0 <= lower.gap <= CLOSE or rows[-back].page != lower.page:
        return None
    for below, end in enumerate(lower.lines):
        if not _is_end(end.text):
            continue
        for above, start in enumerate(rows[-back].lines):
            if back > 1 and end.box.top - start.box.top > MOST_HEIGHTS * start.box.height:
                continue
            edge = min(abs(start.box.x0 - end.box.x0), abs(start.box.x1 - end.box.x1))
            if edge <= SAME_EDGE and _joined(start, end):
                return back, above, below
    return None


def _joined(start: Line, end: Line) -> bool:
    tail = _behind_start(start)
    dashed = tail is not None and (DASH.match(tail) is not None or OPENING.match(end.text) is not None)
    return dashed or _completes(start.text, end.text)


def _completes(start: str, end: str) -> bool:
    """Both are one period and nothing else, though the start alone says too little: "01/14 -"."""
    period = whole_date(f"{start} {end}")
    return CLOSING.search(start) is not None and period is not None and period.is_range


def _is_end(text: str) -> bool:
    """A date or a word for the present day, and nothing else."""
    if len(text) > LONGEST:
        return False
    plain = OPENING.sub("", text).strip(" .,)")
    date = whole_date(plain)
    weak = SHORT.fullmatch(plain) is not None
    return weak or is_now(plain) or (date is not None and not date.end)


def _behind_start(line: Line) -> str | None:
    """What follows the only date of a line that begins with it, or ends with it; None where there is none."""
    text = "".join(run.text for run in line.runs)
    dates = find_dates(text)
    if len(dates) != 1 or dates[0].end:
        return None
    start = text[dates[0].at : dates[0].to].rstrip(" -–—−~〜")
    if find_dates(start)[:1] and find_dates(start)[0].current:
        return None  # "since 2018", or "2018 – today"
    at = text.index(start)
    tail = text[at + len(start) :].strip()
    return tail if not text[:at].strip() or not tail or DASH.fullmatch(tail + " ") else None


def _whole(start: Line, end: Line) -> Line:
    """The end behind the start, whatever stands in the same line after it."""
    raw = "".join(run.text for run in start.runs)
    if _completes(start.text, end.text):
        return one_line(start, end)
    found = find_dates(raw)[0]
    at = found.at + len(raw[found.at : found.to].rstrip(" -–—−~〜"))
    dash = DASH.match(raw[at:])
    to = at + (dash.end() if dash else 0)
    style = end.runs[0].style
    middle = (Run(f" – {OPENING.sub('', end.text)}", style), Run("   ", style))
    return Line(start.page, start.box, (*part_of(start.runs, 0, at), *middle, *part_of(start.runs, to, len(raw))))
