"""The form of a section's rows: what is drawn apart from running text, what could be a header, what dates an entry."""

import itertools
import re
from collections.abc import Sequence
from functools import cached_property, lru_cache
from statistics import median

from services.resumes.contact.places import place_score
from services.resumes.entries.header_words import is_address, is_inner_label, remainder, says_only
from services.resumes.entries.lexicon import FIELD, company_score, degree_score, school_score, title_score
from services.resumes.entries.marked_headers import without_marks
from services.resumes.entries.run_in_heads import with_heads_apart
from services.resumes.entries.sentence_headers import with_sentences_open
from services.resumes.entries.stacked_places import with_whole_places
from services.resumes.entries.unknown_marks import with_known_marks
from services.resumes.page.forms import without_labels
from services.resumes.page.mending import mended
from services.resumes.page.rows import Row, body_style, look
from services.resumes.periods.dates import DateSpan
from services.resumes.periods.spread_periods import with_gathered_periods
from services.resumes.periods.stacked_periods import with_whole_periods
from services.resumes.text import Line, Style

MOST_WORDS = 16
MARKS = set(",.;|·")
LONG = 60  # characters
SHORT = 9  # words
INDENT = 4.0  # points
LEAST_DATED = 2
MOST_DATED = 6  # words of a header's row with a year, where dates stand alone
ALIKE = 0.75
CLOSE = 1.2  # of the usual distance between lines
SENTENCE_END = re.compile(r"[.;:,。；]$")
ABBREVIATION = re.compile(
    r"(?i)\b(?:inc|ltd|co|corp|llc|gmbh|s\.a|jr|sr|st|u\.s\.a|u\.s|b\.s|b\.a|m\.s|m\.a|ph\.d|[a-z])\.$|etc\.$"
)
IN_PROSE = re.compile(r"\w\W+(?:in|since|by|im|seit|en|depuis|desde|nel|dal|em|sinds)\s*$")  # "… in March 2020"
LABEL = re.compile(r"[^\W\d_]{3,20}\s?[:：]\s*\S")  # "Project: Harbour atlas, 2020"
DASHED = re.compile(r"\d\s*[-–—~〜]")
CJK = re.compile("[\u3040-\u9fff]{4}")


class SectionForm:
    """A section's rows, broken headers mended and field labels taken off; `body` is the style of running text."""

    def __init__(self, section: Sequence[Row], body: Style | None = None) -> None:
        self.body = body or body_style(section)
        rows = with_gathered_periods(without_marks(with_known_marks(without_labels(section))))
        rows = with_whole_places(with_whole_periods(rows))
        rows = mended(with_sentences_open(rows, self.body), self.body)
        self.rows, texts = with_heads_apart(rows, self.body)
        self.texts = texts | self._flowing()
        self.dated_text: frozenset[int] = frozenset()
        self.left = min((row.x0 for row in self.rows), default=0.0)
        self.right = max((row.x1 for row in self.rows), default=0.0)
        self.styled = len({look(line.style)[1:4] for row in self.rows for line in row.lines}) > 1
        middles = [(row.x0 + row.x1) / 2 for row in self.rows]
        middle = median(middles) if middles else 0.0
        common = sum(1 for own in middles if abs(own - middle) < INDENT)
        self.dated_text = frozenset(id(row) for row in self._dated_text())
        self.centred = len(middles) > 2 and common >= ALIKE * len(middles)  # noqa: PLR2004 — two rows prove nothing

    def _flowing(self) -> frozenset[int]:
        """Rows in the type of running text whose sentence goes on in the next row, in small letters."""
        pairs = itertools.pairwise(self.rows)
        return frozenset(id(row) for row, below in pairs if below.text[:1].islower() and self._one_text(row, below))

    def _one_text(self, row: Row, below: Row) -> bool:
        single = len(row.lines) == len(below.lines) == 1 and not row.dates and not below.dates
        close = 0 <= below.gap <= CLOSE and abs(row.x0 - below.x0) < INDENT
        return single and close and not self.is_distinct(row.lines[0]) and not self.is_distinct(below.lines[0])

    def _dated_text(self) -> list[Row]:
        """Rows of text that name a year, where the entries are dated by whole periods: "No accident since 2021"."""
        dated = [row for row in self.rows if self.is_anchor(row)]
        whole = [
            row for row in dated if any(span.is_range and not _opens_since(row, at, span) for at, span in row.dates)
        ]
        bare = [row for row in dated if not LABEL.match(row.text)]
        if len(whole) < max(LEAST_DATED, ALIKE * len(bare) - 1):
            return []
        edge = max(row.x0 for row in whole)
        alone = all(_is_bare(row) for row in whole)
        others = [row for row in dated if not any(row is other for other in whole)]
        plain = [row for row in others if row.bullet or LABEL.match(row.text) or not self.is_strong(row.lines[0])]
        return [row for row in plain if len(row.lines) == 1 and (_is_text(row, edge) or (alone and _names_year(row)))]

    def is_anchor(self, row: Row) -> bool:
        """A row that dates an entry: a date in a line of its own, or at the edge of a header."""
        own = id(row) not in self.dated_text
        return own and any(self.dates_entry(row, number, span) for number, span in row.dates)

    def dates_entry(self, row: Row, number: int, span: DateSpan) -> bool:
        line = row.lines[number]
        rest = remainder(line.text, span)
        if row.bullet and number == 0 and not (self.is_distinct(line) and self.headish(row)):
            return False
        if len(rest) < 3 or (len(rest.split()) <= 6 and (place_score(rest) >= 1 or len(row.lines) > 1)):  # noqa: PLR2004
            return True
        prose = len(rest.split()) > SHORT - 2 and SENTENCE_END.search(rest + line.text[-1:]) is not None
        prose = prose and not (span.is_range and (span.at <= 2 or _between_marks(line.text, span)))  # noqa: PLR2004
        if prose and not _in_brackets(line.text, span) and not self.is_distinct(line):
            return False
        if not span.is_range and IN_PROSE.search(line.text[: span.at]) and not self.is_distinct(line):
            return False
        at_edge = span.at <= 2 or len(line.text) - span.to <= 2 or _in_brackets(line.text, span)  # noqa: PLR2004
        if not (span.is_range or self.is_distinct(line) or len(rest.split()) <= 8):  # noqa: PLR2004
            return False
        return (at_edge or span.is_range) and self.headish(row)

    def is_distinct(self, line: Line) -> bool:
        """Drawn otherwise than the running text of its section."""
        first = next((run for run in line.runs if len(run.text.strip(" •◦▪-–")) > 1), None)
        return _differs(line.style, self.body) or (first is not None and _differs(first.style, self.body))

    def is_strong(self, line: Line) -> bool:
        """Heavier or larger than running text from its first word on: a name, not a label before a text."""
        runs = [run for run in line.runs if len(run.text.strip(" •◦▪-–")) > 1]
        heavy = line.style.bold > self.body.bold or line.style.size > self.body.size + 0.5
        return heavy and bool(runs) and look(runs[0].style)[1:] == look(line.style)[1:] and not line.text.endswith(":")

    def headish(self, row: Row) -> bool:
        """Could be a header by its form: short, no sentence, no bullet unless it is drawn apart."""
        text = row.text
        words = text.split() if not CJK.search(text) else re.findall(r"\w{1,4}", text)
        if is_address(text):
            return True
        if (
            id(row) in self.texts | self.dated_text
            or is_inner_label(text)
            or len(words) > MOST_WORDS + 4 * (len(row.lines) - 1) + _date_words(row)
            or (text[:1].islower() and not _opens_small(row) and degree_score(text) <= 0)
        ):
            return False
        if row.bullet and not self.is_distinct(row.lines[0]):
            return False
        last = row.lines[-1].text if len(row.lines) == 1 else row.lines[0].text
        sentence = bool(SENTENCE_END.search(last)) and not ABBREVIATION.search(last)
        if sentence and len(words) > 3 and not row.dates:  # noqa: PLR2004
            return False
        full = row.x1 > self.left + 0.9 * (self.right - self.left) and len(row.lines) == 1 and len(text) > LONG
        return not full or self.is_distinct(row.lines[0]) or bool(row.dates)

    def textish(self, row: Row) -> bool:
        """Running text by its form, whatever stands above it: a bullet, a sentence, a long line, a small label."""
        first = row.lines[0]
        if row.dates and self.is_anchor(row):
            return False
        if is_inner_label(row.text) or (row.bullet and not self.is_strong(first)):
            return True
        long = len(row.lines) == 1 and len(row.text) > LONG and not self.is_distinct(first)
        return long or not self.headish(row) or self._indented(row)

    def _indented(self, row: Row) -> bool:
        """Further in than the rows that hold dates or stand out, in their type as in their place."""
        if self.centred or self._is_middle(row):
            return False
        return row.x0 > self.header_edge + INDENT and not self.is_distinct(row.lines[0])

    def _is_middle(self, row: Row) -> bool:
        """Centred, where headers are and the text below them is not."""
        middle = (row.x0 + row.x1) / 2
        return self.axis is not None and abs(middle - self.axis) < INDENT and row.x0 > self.left + INDENT

    @cached_property
    def axis(self) -> float | None:
        """What the rows with dates are centred on, if they are: they begin anywhere, and have one middle."""
        dated = [row for row in self.rows if row.dates and len(row.lines) == 1 and self.is_anchor(row)]
        middles = [(row.x0 + row.x1) / 2 for row in dated]
        begins = [row.x0 for row in dated]
        if len(dated) < LEAST_DATED or max(begins) - min(begins) < INDENT or max(middles) - min(middles) > INDENT:
            return None
        return median(middles)

    @cached_property
    def header_edge(self) -> float:
        """Where the rightmost of the lines begin that open a row with a date or stand out."""
        edges = [row.x0 for row in self.rows if row.dates and self.is_anchor(row)]
        edges += [row.x0 for row in self.rows if self.is_strong(row.lines[0])]
        return max(edges, default=self.right)

    def face(self, row: Row) -> tuple[object, ...]:
        line = row.lines[0]
        first = line.runs[0].style if line.runs else line.style
        place = 0 if self.centred or self._is_middle(row) else round(row.x0 / 6)
        return (look(first)[1:4], self.is_distinct(line), place, row.bullet)


@lru_cache(maxsize=1024)
def _differs(one: Style, other: Style) -> bool:
    a, b = look(one), look(other)
    return a[2:] != b[2:] or abs(a[1] - b[1]) >= 0.5 or a[0] != b[0]  # noqa: PLR2004 — half a point


def _opens_since(row: Row, at: int, span: DateSpan) -> bool:
    """Dated by "since 2021" and the like, which has no dash and no end."""
    text = row.lines[at].text[span.at : span.to]
    return span.current and text[:1].isalpha() and not DASHED.search(text)


def _is_text(row: Row, edge: float) -> bool:
    """It begins or ends as within a sentence; or names more than the date, further in than `edge`."""
    stop = bool(SENTENCE_END.search(row.text) and not ABBREVIATION.search(row.text))
    bare = _is_bare(row)
    return stop or (
        not bare
        and (row.bullet or LABEL.match(row.text) is not None or row.x0 > edge + INDENT or row.text[:1].islower())
    )


def _is_bare(row: Row) -> bool:
    """A date is all that one of its lines says."""
    return any(says_only(row.lines[at].text, span) for at, span in row.dates)


def _names_year(row: Row) -> bool:
    """A date among words on both sides, where the dates of entries stand alone: "Passed every audit since 2016"."""
    within = all(span.at > 2 for _, span in row.dates)  # noqa: PLR2004
    return within and len(row.text.split()) > MOST_DATED


def _opens_small(row: Row) -> bool:
    """A name in small letters ("eBay"), or a month: "sept. 2015 – déc. 2019 : Engraver, Lowther Plates"."""
    return row.text[1:2].isupper() or any(at == 0 and span.at <= 1 for at, span in row.dates)


def _date_words(row: Row) -> int:
    """Of its ranges of dates, which make no header longer."""
    return sum(len(row.lines[at].text[span.at : span.to].split()) for at, span in row.dates if span.is_range)


def _between_marks(text: str, span: DateSpan) -> bool:
    """Set off as a name is in a list: ", 2008 - 2012, First class"."""
    before, after = text[: span.at].rstrip(), text[span.to :].lstrip()
    return before[-1:] in MARKS and after[:1] in MARKS


def _in_brackets(text: str, span: DateSpan) -> bool:
    before, after = text[: span.at].rstrip(), text[span.to :].lstrip()
    return before[-1:] in {"(", "（", "["} and after[:1] in {")", "）", "]"}


def telling(text: str) -> float:
    """Whether the words themselves speak of a job, an employer, a school or a place."""
    field = 0.5 * (bool(FIELD.search(text)) and len(text.split()) <= 5)  # noqa: PLR2004
    return max(
        field, title_score(text), company_score(text), degree_score(text), school_score(text), place_score(text) - 1
    )
