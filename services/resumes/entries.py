"""A section cut into entries (a job, a degree, a project): where each begins, and where its header ends.

Dates are the anchors, since nearly every entry has one. The rows above an anchor that look like a header belong to it;
what the entries found so far have in common (style, indentation) then finds the entries without a date.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from services.resumes.dates import DateSpan
from services.resumes.forms import without_labels
from services.resumes.header_words import is_address, is_inner_label, remainder
from services.resumes.lexicon import FIELD, company_score, degree_score, school_score, title_score
from services.resumes.mending import mended
from services.resumes.places import place_score
from services.resumes.rows import Row, body_style, look
from services.resumes.text import Line, Style

MOST_WORDS = 16
MOST_ABOVE = 3
MOST_BELOW = 3
WIDE_GAP = 1.35
FAR = 3.5
LONG = 60  # characters
SHORT = 9  # words
LONG_CJK = 24  # characters
INDENT = 4.0  # points
ALIKE = 0.75
MOST_ALIKE = 0.66
SENTENCE_END = re.compile(r"[.;:,。；]$")
ABBREVIATION = re.compile(
    r"(?i)\b(?:inc|ltd|co|corp|llc|gmbh|s\.a|jr|sr|st|u\.s\.a|u\.s|b\.s|b\.a|m\.s|m\.a|ph\.d|[a-z])\.$|etc\.$"
)
IN_PROSE = re.compile(r"\w\W+(?:in|since|by|im|seit|en|depuis|desde|nel|dal|em|sinds)\s*$")  # "… in March 2020"
CJK = re.compile("[\u3040-\u9fff]{4}")


@dataclass(frozen=True)
class Entry:
    """`header` are rows, `body` the rows below. A row that holds both is split by line between the two."""

    header: tuple[Row, ...]
    body: tuple[Row, ...]
    dates: tuple[DateSpan, ...]


class Cutter:
    """Cuts one section; `wants` says which words make a header ("title" for work, "school" for education)."""

    def __init__(self, section: Sequence[Row], body: Style | None = None) -> None:
        self.body = body or body_style(section)
        self.rows = mended(without_labels(section), self.body)
        self.left = min((row.x0 for row in self.rows), default=0.0)
        self.right = max((row.x1 for row in self.rows), default=0.0)
        self.styled = len({look(line.style)[1:4] for row in self.rows for line in row.lines}) > 1
        middles = [round((row.x0 + row.x1) / 2 / INDENT) for row in self.rows]
        common = Counter(middles).most_common(1)[0][1] if middles else 0
        self.centred = len(middles) > 2 and common >= ALIKE * len(middles)  # noqa: PLR2004 — two rows prove nothing

    def entries(self) -> list[Entry]:
        anchors = [index for index, row in enumerate(self.rows) if self.is_anchor(index, row)]
        if not self.rows:
            return []
        starts = self._starts(anchors)
        starts |= self._undated(starts, anchors)
        if not starts and self.rows:
            starts = {0}
        ordered = sorted(starts)
        spans = list(zip(ordered, [*ordered[1:], len(self.rows)], strict=True))
        first = {start: [index for index in anchors if start <= index < end][:1] for start, end in spans}
        lasts = self._evened(spans, {start: self._down(start, end, first[start]) for start, end in spans})
        lasts = self._deepened(spans, lasts)
        return [self._entry(start, end, first[start], lasts[start]) for start, end in spans]

    def _evened(self, spans: Sequence[tuple[int, int]], lasts: dict[int, int]) -> dict[int, int]:
        """Headers as long as those of most entries, where the row in question looks like theirs."""
        depths = Counter(lasts[start] - start for start, _ in spans)
        depth, count = depths.most_common(1)[0]
        if count < 2 or count * 2 < len(spans):  # noqa: PLR2004 — one entry is no custom
            return lasts
        faces = {self._face(self.rows[start + depth]) for start, _ in spans if lasts[start] - start == depth}
        for start, end in spans:
            at = start + depth
            if lasts[start] < at < end and not self.rows[at].bullet and self.headish(self.rows[at]):
                lasts[start] = at if self._face(self.rows[at]) in faces else lasts[start]
        return lasts

    def _deepened(self, spans: Sequence[tuple[int, int]], lasts: dict[int, int]) -> dict[int, int]:
        """A short row that stands below every header, alike in all entries and unlike what follows, is part of it:
        the employer in plain words, the title after a gap.
        """
        for depth in range(1, MOST_ABOVE + MOST_BELOW):
            longer = [start for start, end in spans if start + depth < end]
            shallow = [
                start for start, end in spans
                if lasts[start] + 1 == start + depth < end and self._could_head(start + depth, start, end)
            ]  # fmt: skip
            deep = [start for start in longer if lasts[start] >= start + depth]
            faces = Counter(self._face(self.rows[start + depth]) for start in (*shallow, *deep))
            face, count = faces.most_common(1)[0] if faces else (None, 0)
            lacking = any(self._named(start, lasts[start]) < 2 for start in shallow)  # noqa: PLR2004 — title and employer
            if count > 1 and count >= MOST_ALIKE * len(longer) and lacking:
                alike = (start for start in shallow if self._face(self.rows[start + depth]) == face)
                lasts = lasts | {start: start + depth for start in alike}
        return lasts

    def _named(self, start: int, last: int) -> int:
        """How many names the header has so far: lines that are more than a date, a place or an address."""
        count = 0
        for row in self.rows[start : last + 1]:
            for number, line in enumerate(row.lines):
                spans = [span for at, span in row.dates if at == number]
                text = remainder(line.text, spans[0]) if spans else line.text
                count += len(text) > 2 and place_score(text) < 1.5 and not is_address(text)  # noqa: PLR2004
                count += any(mark in text for mark in (" | ", " — ", " – ", ", ", " · ")) and place_score(text) < 1
        return count

    def _could_head(self, index: int, start: int, end: int) -> bool:
        row = self.rows[index]
        first = row.lines[0].text
        long = len(first.split()) > SHORT or (CJK.search(first) and len(first) > LONG_CJK)
        sentence = SENTENCE_END.search(first) and not ABBREVIATION.search(first)
        if row.bullet or not self.headish(row) or long or sentence:
            return False
        if row.gap > WIDE_GAP + 0.6 and not self.is_strong(row.lines[0]):
            return False
        if index + 1 >= end:
            return True
        below = self.rows[index + 1]
        if self._face(below) == self._face(row) and not below.bullet and len(below.text) <= LONG:
            if index + 2 >= end:
                return True
            below = self.rows[index + 2]  # a second short row: the header may have one more
        return (
            below.bullet
            or len(below.text) > LONG
            or SENTENCE_END.search(below.text) is not None
            or abs(below.x0 - row.x0) > INDENT
            or self._face(below) != self._face(row)
            or below.gap > WIDE_GAP
        )

    def is_anchor(self, index: int, row: Row) -> bool:
        """A row that dates an entry: a date in a line of its own, or at the edge of a header."""
        return any(self._dates_entry(row, number, span) for number, span in row.dates)

    def _dates_entry(self, row: Row, number: int, span: DateSpan) -> bool:
        line = row.lines[number]
        rest = remainder(line.text, span)
        if row.bullet and number == 0 and not (self.is_distinct(line) and self.headish(row)):
            return False
        if len(rest) < 3 or (len(rest.split()) <= 6 and (place_score(rest) >= 1 or len(row.lines) > 1)):  # noqa: PLR2004
            return True
        prose = len(rest.split()) > SHORT - 2 and SENTENCE_END.search(rest + line.text[-1:]) is not None
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
            is_inner_label(text)
            or len(words) > MOST_WORDS + 4 * (len(row.lines) - 1)
            or (text[:1].islower() and not text[1:2].isupper())
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

    def _starts(self, anchors: Sequence[int]) -> set[int]:
        starts: set[int] = set()
        floor = 0
        for number, anchor in enumerate(anchors):
            start = self._like_first(anchor, anchors[0], floor) if number else None
            start = self._up(anchor, floor) if start is None else start
            if number and start == anchors[number - 1]:
                continue
            starts.add(start)
            floor = anchor + 1
        return starts

    def _like_first(self, anchor: int, first: int, floor: int) -> int | None:
        """As far above its date as the first entry begins above its own, where the two rows look alike.

        Nothing stands above the first entry of a section, so its header is known from its top.
        """
        start = anchor - first
        if first > 2 or start < floor:  # noqa: PLR2004 — more than a header's rows: something else comes first
            return None
        same = self._face(self.rows[start]) == self._face(self.rows[0])
        return start if same and self._face(self.rows[anchor]) == self._face(self.rows[first]) else None

    def _up(self, anchor: int, floor: int) -> int:
        """The first row of the header that `anchor` dates: rows above it that look like one and stand close."""
        start = anchor
        while start > floor and anchor - start < MOST_ABOVE:
            row, above = self.rows[start], self.rows[start - 1]
            # A header stands further from what precedes it than from its own next row.
            joined = row.gap <= (1.2 if self.styled else 2.0) or above.gap < 0 or above.gap >= 0.9 * row.gap
            joined = joined or (self.is_strong(above.lines[0]) and not self.is_strong(row.lines[0]))
            joined = joined or (start == anchor and self._dates_above(anchor))
            if not joined or row.gap > FAR or not self._heads(start, floor):
                break
            start -= 1
        return start

    def _dates_above(self, anchor: int) -> bool:
        """A date alone in its row, with a list below it, belongs to the short row above."""
        row, above = self.rows[anchor], self.rows[anchor - 1]
        below = self.rows[anchor + 1] if anchor + 1 < len(self.rows) else None
        bare = all(len(remainder(row.lines[at].text, span)) < 3 for at, span in row.dates)  # noqa: PLR2004
        listed = below is None or below.bullet or below.x0 > row.x0 + INDENT
        return bare and len(row.lines) == 1 and listed and not above.bullet and self.headish(above)

    def _heads(self, index: int, floor: int) -> bool:
        """Whether the row above `index` belongs to the same header."""
        above, row = self.rows[index - 1], self.rows[index]
        if not self.headish(above) or (above.dates and self.is_anchor(0, above)):
            return False
        if self.is_distinct(above.lines[0]):
            return True
        if above.bullet:
            return False
        words = len(above.text.split())
        if self.styled:
            # Plain words between a heavy name and the date: the employer under the title.
            named = index - 2 >= floor and self.is_strong(self.rows[index - 2].lines[0]) and above.gap <= WIDE_GAP
            return (named and words <= 9) or (telling(above.text) > 0 and not self.is_distinct(row.lines[0]))  # noqa: PLR2004
        return telling(above.text) > 0 or (words <= 6 and above.text[:1].isupper())  # noqa: PLR2004

    def _undated(self, starts: set[int], anchors: Sequence[int]) -> set[int]:
        """Entries without a date, recognised by looking like the first row of those that have one."""
        model = Counter(self._face(self.rows[index]) for index in starts)
        face = model.most_common(1)[0][0] if model else self._first_face()
        if face is None or not face[1]:
            return self._spaced(starts) if not anchors else set()
        inside = {index for start in starts for index in range(start + 1, min(start + MOST_BELOW, len(self.rows)))}
        heads = {
            index for index, row in enumerate(self.rows)
            if self._face(row) == face and self.headish(row) and (index not in inside or row.gap > WIDE_GAP)
        }  # fmt: skip
        return self._first_of_each(heads, starts, anchors)

    def _first_of_each(self, heads: set[int], starts: set[int], anchors: Sequence[int]) -> set[int]:
        """Two head rows in succession are one header; one just above an anchor is that anchor's."""
        kept: set[int] = set()
        for index in sorted(heads - starts):
            near = any(start - MOST_ABOVE < index < start for start in starts) and self.rows[index + 1].gap < WIDE_GAP
            if index - 1 not in kept and index - 1 not in starts and not near:
                kept.add(index)
        return kept

    def _face(self, row: Row) -> tuple[object, ...]:
        line = row.lines[0]
        first = line.runs[0].style if line.runs else line.style
        return (look(first)[1:4], self.is_distinct(line), 0 if self.centred else round(row.x0 / 6), row.bullet)

    def _first_face(self) -> tuple[object, ...] | None:
        for row in self.rows:
            if self.headish(row) and self.is_distinct(row.lines[0]):
                return self._face(row)
        return None

    def _spaced(self, starts: set[int]) -> set[int]:
        """No date and no style: a blank above a row that could be a header begins an entry."""
        found = {0} if self.rows else set()
        for index, row in enumerate(self.rows):
            if index and row.gap > WIDE_GAP and self.headish(row) and telling(row.text) > 0:
                found.add(index)
        return found | starts

    def _entry(self, start: int, end: int, dating: Sequence[int], last: int) -> Entry:
        header, body = [], []
        for index in range(start, end):
            row = self.rows[index]
            dated = [number for number, span in row.dates if self._dates_entry(row, number, span)]
            if index <= last and not self._is_body_with_date(row, index, start):
                header.append(row)
            elif index in dating and dated:
                header.append(Row(tuple(row.lines[number] for number in sorted(set(dated))), row.gap))
                body += _left_over(row, dated)
            else:
                body.append(row)
        spans = tuple(span for row in header for _, span in row.dates)
        return Entry(tuple(header), tuple(body), spans)

    def _names_employer(self, row: Row, start: int, last: int) -> bool:
        """Plain words right under a heavy title and its date, with a list below: the employer."""
        lines = [line for above in self.rows[start : last + 1] for line in above.lines]
        titled = any(title_score(line.text) > 0 and self.is_strong(line) for line in lines)
        titled = titled and not any(company_score(line.text) > 0 for line in lines)
        index = last + 1
        below = self.rows[index + 1] if index + 1 < len(self.rows) else None
        listed = below is None or below.bullet or len(below.text) > LONG
        alone = last - start < 2 and len(row.lines) == 1 and len(row.text.split()) <= 8  # noqa: PLR2004
        return titled and alone and listed and row.text[:1].isupper()

    def _names_field(self, row: Row, last: int) -> bool:
        """A few plain words above a degree: what it was in."""
        below = self.rows[last + 2] if last + 2 < len(self.rows) else None
        short = len(row.lines) == 1 and len(row.text.split()) <= 5  # noqa: PLR2004
        degree = below is not None and not below.bullet and len(below.text.split()) <= 6  # noqa: PLR2004
        return short and degree and below is not None and degree_score(below.text) > 0 and title_score(row.text) == 0

    def _is_body_with_date(self, row: Row, index: int, start: int) -> bool:
        """A bullet on the left with the entry's date in the right column."""
        return index > start and row.bullet and len(row.lines) > 1 and not self.is_distinct(row.lines[0])

    def _down(self, start: int, end: int, anchor: Sequence[int]) -> int:
        """The last row of the header that begins at `start`."""
        last = max([start, *anchor])
        if last - start > MOST_ABOVE:
            last = start
        while last + 1 < end and last - start < MOST_ABOVE + MOST_BELOW:
            row = self.rows[last + 1]
            if not self._continues(row, start, last):
                break
            last += 1
        return last

    def _continues(self, row: Row, start: int, last: int) -> bool:
        if row.bullet or not self.headish(row) or row.gap > WIDE_GAP + 0.6:
            return False
        if not any(character.isalpha() for character in row.text) or (len(row.lines) > 2 and not row.dates):  # noqa: PLR2004
            return False  # a grade, or a row of tags
        known = telling(row.text) > 0 or is_address(row.text)
        if self.is_distinct(row.lines[0]):
            return known or last - start < 2  # noqa: PLR2004 — two rows of names, then text
        known = known or self._names_employer(row, start, last) or self._names_field(row, last)
        short = len(row.text.split()) <= 9  # noqa: PLR2004
        return short and known and not SENTENCE_END.search(row.text)


def _left_over(row: Row, dated: Sequence[int]) -> list[Row]:
    rest = tuple(line for number, line in enumerate(row.lines) if number not in dated)
    return [Row(rest, row.gap)] if rest else []


def _differs(one: object, other: object) -> bool:
    a, b = look(one), look(other)  # type: ignore[arg-type]
    return a[2:] != b[2:] or abs(a[1] - b[1]) >= 0.5 or a[0] != b[0]  # noqa: PLR2004 — half a point


def _in_brackets(text: str, span: DateSpan) -> bool:
    before, after = text[: span.at].rstrip(), text[span.to :].lstrip()
    return before[-1:] in {"(", "（", "["} and after[:1] in {")", "）", "]"}


def telling(text: str) -> float:
    """Whether the words themselves speak of a job, an employer, a school or a place."""
    field = 0.5 * (bool(FIELD.search(text)) and len(text.split()) <= 5)  # noqa: PLR2004
    return max(
        field, title_score(text), company_score(text), degree_score(text), school_score(text), place_score(text) - 1
    )
