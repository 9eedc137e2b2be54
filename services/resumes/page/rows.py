"""Rows of a section: lines side by side, with the marks that tell a header from a text below it."""

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from statistics import median

from services.resumes.page.label_words import role_of
from services.resumes.periods.dates import DateSpan, find_dates
from services.resumes.text import Line, Style, same_row

EASTERN_FIRST = re.compile("[\u3040-\u9fff\uff00-\uffef]")
EASTERN_LAST = re.compile("[\u3040-\u9fff\u3001\u3002\uff0c\uff1b\uff00-\uffef]$")
BULLET = re.compile(
    r"^\s*(?:[•●○▪▫◦‣⁃∙·▸►▶➢➤➔→✓✔✦★☆◆◇■□❖❑❯›»*⚬⦁◉o]|[-–—]|\+(?=\s+[^\W\d])|\(?\d{1,2}[.)])\s+(?=\S)|^\s*[•●○▪◦‣∙▸►➢➤◆■□❖⚬⦁・]"
)
DASH_FIRST = re.compile(r"[-–—]\s+\S")
DASH_LAST = re.compile(r"(?:\d|\S\s|(?=[–—]))[-–—]$")  # not the hyphen of a broken name
YEAR_CELL = re.compile(r"(?:19|20)\d\d年?|(?:昭和|平成|令和|[SHR])(?:\d{1,2}|元)年?")
MONTH_CELL = re.compile(r"(?:0?[1-9]|1[0-2])月?")
UNKNOWN_GAP = -1.0


@lru_cache(maxsize=512)
def look(style: Style) -> tuple[str, float, bool, bool, str]:
    """What makes two styles look the same to a reader."""
    return style.font, round(style.size * 2) / 2, style.bold, style.italic, style.colour


@dataclass(frozen=True)
class Row:
    """`gap` is the space above in units of the usual space between lines; UNKNOWN_GAP at the top of a page."""

    lines: tuple[Line, ...]
    gap: float

    @cached_property
    def text(self) -> str:
        return "   ".join(line.text for line in self.lines)

    @cached_property
    def bullet(self) -> bool:
        return bool(BULLET.match(self.lines[0].text))

    @property
    def style(self) -> Style:
        return self.lines[0].style

    @property
    def x0(self) -> float:
        return self.lines[0].box.x0

    @property
    def x1(self) -> float:
        return self.lines[-1].box.x1

    @property
    def page(self) -> int:
        return self.lines[0].page

    @cached_property
    def dates(self) -> tuple[tuple[int, DateSpan], ...]:
        """(index of the line, span)."""
        return tuple((index, span) for index, line in enumerate(self.lines) for span in find_dates(line.text))


def rows(lines: Sequence[Line]) -> list[Row]:
    """Lines in reading order, grouped where they share a baseline."""
    if not lines:
        return []
    groups: list[list[Line]] = []
    for line in lines:
        if groups and same_row(groups[-1][-1], line):
            groups[-1].append(line)
        else:
            groups.append([line])
    groups = [_glued(group) for group in groups]
    gaps = [_gap(above, below) for above, below in itertools.pairwise(groups)]
    usual = _usual(gaps)
    spaces = [UNKNOWN_GAP] + [UNKNOWN_GAP if gap is None else gap / usual for gap in gaps]
    return [Row(tuple(group), space) for group, space in zip(groups, spaces, strict=True)]


def _glued(group: list[Line]) -> list[Line]:
    """A line that begins with a dash goes on from the one before it: "Aug 2013" and "- May 2017". A year and a month in
    cells of their own are one date.
    """
    result: list[Line] = []
    if len(group) > 2 and YEAR_CELL.fullmatch(group[0].text) and MONTH_CELL.fullmatch(group[1].text):  # noqa: PLR2004
        group = [_month(group[0], group[1]), *group[2:]]
    for line in group:
        if result and (_goes_on(result[-1], line) or DASH_LAST.search(result[-1].text)):
            last = result[-1]
            first, *rest = line.runs
            runs = (*last.runs, first._replace(text=" " + first.text.lstrip()), *rest)
            result[-1] = Line(last.page, last.box.joined(line.box), runs)
        else:
            result.append(line)
    return result


def _goes_on(last: Line, line: Line) -> bool:
    """Not where the dash marks the first point of a list, beside the label of it: "Tasks   – Built the pier"."""
    return DASH_FIRST.match(line.text) is not None and role_of(last.text) != "text"


def _month(year: Line, month: Line) -> Line:
    """A year and a month from two columns of a form as one date."""
    text = f"{year.text.rstrip('年')}年{month.text.rstrip('月')}月"
    return Line(year.page, year.box.joined(month.box), (year.runs[0]._replace(text=text),))


def _gap(above: list[Line], below: list[Line]) -> float | None:
    """From line top to line top, less the height of the line above: immune to fonts with tall boxes."""
    if above[0].page != below[0].page:
        return None
    top, bottom = min(line.box.top for line in below), min(line.box.top for line in above)
    return top - bottom if top > bottom else None


def _usual(gaps: Sequence[float | None]) -> float:
    """The common distance between two lines of one text: the lower middle of all of them."""
    known = sorted(gap for gap in gaps if gap is not None and gap > 0)
    return max(median(known[: max(len(known) * 2 // 3, 1)]), 1.0) if known else 12.0


def body_style(section: Sequence[Row]) -> Style:
    """The style most characters are in."""
    weights: Counter[Style] = Counter()
    for row in section:
        for line in row.lines:
            for run in line.runs:
                weights[run.style] += len(run.text)
    return weights.most_common(1)[0][0] if weights else Style()


@lru_cache(maxsize=4096)
def without_bullet(text: str) -> str:
    return BULLET.sub("", text, count=1).strip()


def joined(texts: Sequence[str]) -> str:
    """Lines of one paragraph as one: hyphens at line ends heal, CJK needs no space."""
    result = ""
    for text in texts:
        piece = text.strip()
        if not result:
            result = piece
        elif result.endswith("-") and len(result) > 1 and result[-2].isalpha() and piece[:1].islower():
            result = result[:-1] + piece
        elif EASTERN_FIRST.match(piece) and EASTERN_LAST.search(result):
            result += piece
        else:
            result += " " + piece
    return result
