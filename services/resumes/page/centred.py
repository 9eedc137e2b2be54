"""Dates in the middle of what they date, as in cells without borders: moved level with its first line."""

from collections import Counter
from collections.abc import Sequence

from services.resumes.page.baselines import middle
from services.resumes.periods.dates import has_date
from services.resumes.sections.headings import heading_kind
from services.resumes.text import Line

SAME_X = 3.0
LONGEST = 30  # characters of a period
LEAST, MOST_OFF = 2, 0.3  # dates in the middle of a text; the share of those that stand elsewhere
OFF = 0.7  # of a line's height
LEVEL = 2.0


def levelled(lines: Sequence[Line], rulers: Sequence[float]) -> list[Line]:
    """The same lines; `rulers` are how far from the top a line runs across the page."""
    dates = _column([line for line in lines if len(line.text) <= LONGEST and has_date(line.text)])
    right = max((line.box.x1 for line in dates), default=0.0)
    texts = [line for line in lines if line.box.x0 > right and line not in dates]
    if len(dates) < LEAST or not texts:
        return list(lines)
    start = Counter(round(line.box.x0) for line in texts).most_common(1)[0][0]
    left = [line for line in lines if line.box.x0 < start - SAME_X and line not in dates and _among(line, dates)]
    if not all(heading_kind(line.text) for line in left):
        return list(lines)  # a column of its own
    bounds = [*rulers, *(middle(line) for line in lines if heading_kind(line.text))]
    moved: dict[int, Line] = {}
    off = centred = 0
    for date in dates:
        beside, alone = _beside(date, texts, bounds), len(_beside(date, dates, bounds)) == 1
        own = [line for line in beside if line.box.x0 < start + SAME_X * 4]
        if not own or not alone:
            off += 1
            continue
        top, bottom = min(line.box.top for line in own), max(line.box.bottom for line in own)
        first = min(own, key=lambda line: line.box.top)
        if abs((top + bottom) / 2 - middle(date)) > OFF * date.box.height:
            off += abs(first.box.top - date.box.top) > LEVEL
        elif bottom - top > 2 * date.box.height:
            centred += 1
            end = max(line.box.x1 for line in own)
            notes = [line for line in beside if line.box.x0 >= end and abs(middle(line) - middle(date)) < LEVEL]
            moved |= {id(line): _level(line, first) for line in (date, *notes)}
    if centred < LEAST or off > MOST_OFF * len(dates):
        return list(lines)
    return [moved.get(id(line), line) for line in lines]


def _among(line: Line, dates: Sequence[Line]) -> bool:
    return dates[0].box.top < middle(line) < dates[-1].box.bottom


def _column(dates: Sequence[Line]) -> list[Line]:
    starts = Counter(round(line.box.x0) for line in dates)
    start = starts.most_common(1)[0][0] if starts else 0
    return sorted((line for line in dates if abs(line.box.x0 - start) < SAME_X), key=middle)


def _beside(date: Line, texts: Sequence[Line], bounds: Sequence[float]) -> list[Line]:
    """The text of one cell: between the nearest bounds above and below its date."""
    here = middle(date)
    above = max((y for y in bounds if y < here - 1), default=0.0)
    below = min((y for y in bounds if y > here + 1), default=float("inf"))
    return [line for line in texts if above < middle(line) < below]


def _level(line: Line, first: Line) -> Line:
    return line.moved(line.box._replace(top=first.box.top, bottom=first.box.bottom))
