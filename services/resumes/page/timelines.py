"""A time line drawn in the margin: the year where a job began stands above its bar, the year where it ended below, each
where it lies in time. Both are one period, level with the text between them.
"""

from collections.abc import Sequence

from services.resumes.page.baselines import middle
from services.resumes.text import Line, Run

LEAST_YEARS, LEAST_PAIRS = 4, 2
YEAR = 4  # digits
CLOSE = 2.0  # of a line's height, from top to top
FARTHEST = 100.0  # points between the years of one bar


def with_periods(lines: Sequence[Line]) -> list[Line]:
    """The same lines, with the years of each bar as one period beside its text; all as they were on other pages."""
    years = [line for line in lines if len(line.text) == YEAR and line.text.isdigit()]
    if len(years) < LEAST_YEARS:
        return list(lines)
    years.sort(key=middle)
    periods: dict[int, Line] = {}
    gone: set[int] = set()
    for at, start in enumerate(years):
        text = _beside(start, years[at + 1 :], lines) if id(start) not in gone else None
        if text is not None:
            end, level = text
            runs = (*start.runs, *(Run(f" – {end.text}", end.style),))
            box = start.box.joined(end.box)._replace(top=level.box.top, bottom=level.box.bottom)
            periods[id(start)] = Line(start.page, box, runs)
            gone.add(id(end))
    if len(periods) < LEAST_PAIRS or not any(
        _is_askew(start, periods[id(start)]) for start in years if id(start) in periods
    ):
        return list(lines)
    return [periods.get(id(line), line) for line in lines if id(line) not in gone]


def _beside(start: Line, others: Sequence[Line], lines: Sequence[Line]) -> tuple[Line, Line] | None:
    """The year right below, no earlier, and the text whose middle lies between both."""
    for end in others:
        if end.box.top - start.box.top > CLOSE * start.box.height:
            return None
        if end.text < start.text or end.style != start.style or abs(end.box.x0 - start.box.x0) > FARTHEST:
            continue
        right = max(start.box.x1, end.box.x1)
        for line in lines:
            if line.box.x0 > right and middle(start) < middle(line) < middle(end):
                return end, line
    return None


def _is_askew(start: Line, period: Line) -> bool:
    """Whether the years do not stand one below the other, as they do in a column of dates."""
    return period.box.width > start.box.width + 1.0
