"""A section cut into entries (a job, a degree, a project): where each begins, and where its header ends.

Dates are the anchors, since nearly every entry has one. The rows above an anchor that look like a header belong to it;
what the entries found so far have in common (style, indentation) then finds the entries without a date.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from services.resumes.entries.beginnings import Beginnings
from services.resumes.entries.header_ends import HeaderEnds
from services.resumes.entries.header_words import CJK, is_prose
from services.resumes.entries.section_form import SectionForm
from services.resumes.page.rows import BULLET, Row
from services.resumes.periods.dates import DateSpan
from services.resumes.text import Line, Style

LEAST_WORDS = 3  # of a sentence


@dataclass(frozen=True)
class Entry:
    """`header` are rows, `body` the rows below. A row that holds both is split by line between the two."""

    header: tuple[Row, ...]
    body: tuple[Row, ...]
    dates: tuple[DateSpan, ...]


class Cutter:
    """Cuts one section."""

    def __init__(self, section: Sequence[Row], body: Style | None = None) -> None:
        self.form = SectionForm(section, body)

    def entries(self) -> list[Entry]:
        """As most sections are written."""
        return next(self.cuttings(), [])

    def cuttings(self) -> Iterator[list[Entry]]:
        """The ways in which the section may be meant, the usual one first; none where there are no rows."""
        rows = self.form.rows
        if not rows:
            return
        anchors = [index for index, row in enumerate(rows) if self.form.is_anchor(row)]
        begin, finish = Beginnings(self.form), HeaderEnds(self.form)
        known: set[tuple[tuple[int, int], ...]] = set()
        closed = begin.below_dates(anchors)
        ways = (begin.found(anchors), begin.behind_blanks(anchors), begin.behind_text(anchors))
        for starts in filter(None, [closed] if closed else ways):
            spans = list(zip(starts, [*starts[1:], len(rows)], strict=True))
            first = {start: [index for index in anchors if start <= index < end][:1] for start, end in spans}
            heads = {start: [] for start in starts} if closed else first  # a date below the text ends no header
            for lasts in (finish.found(spans, heads), finish.above_text(spans, heads)):
                if (shape := tuple(sorted(lasts.items()))) not in known:
                    known.add(shape)
                    yield [self._entry(start, end, first[start], lasts[start]) for start, end in spans]

    def _entry(self, start: int, end: int, dating: Sequence[int], last: int) -> Entry:
        header, body = [], []
        for index in range(start, end):
            row = self.form.rows[index]
            dated = [number for number, span in row.dates if self.form.dates_entry(row, number, span)]
            if index <= last and not self._is_body_with_date(row, index, start):
                named, told = self._told_apart(row)
                header += named
                body += told
            elif index in dating and dated:
                header.append(Row(tuple(row.lines[number] for number in sorted(set(dated))), row.gap))
                body += _left_over(row, dated)
            else:
                body.append(row)
        spans = tuple(span for row in header for _, span in row.dates)
        return Entry(tuple(header), tuple(body), spans)

    def _told_apart(self, row: Row) -> tuple[list[Row], list[Row]]:
        """The names of a row, and the text that goes on beside them in another column."""
        told = {at for at, line in enumerate(row.lines[1:], 1) if BULLET.match(line.text) or self._is_sentence(line)}
        dated = {at for at, _ in row.dates}
        told -= dated
        if not set(range(len(row.lines))) - told - dated:
            told = set()  # nothing else is named: the bullet is an ornament
        named = tuple(line for at, line in enumerate(row.lines) if at not in told)
        text = tuple(line for at, line in enumerate(row.lines) if at in told)
        return [Row(named, row.gap)], [Row(text, row.gap)] if text else []

    def _is_sentence(self, line: Line) -> bool:
        long = len(line.text.split()) > LEAST_WORDS or bool(CJK.search(line.text))
        return long and is_prose(line.text) and not self.form.is_distinct(line)

    def _is_body_with_date(self, row: Row, index: int, start: int) -> bool:
        """A bullet on the left with the entry's date in the right column."""
        return index > start and row.bullet and len(row.lines) > 1 and not self.form.is_distinct(row.lines[0])


def _left_over(row: Row, dated: Sequence[int]) -> list[Row]:
    rest = tuple(line for number, line in enumerate(row.lines) if number not in dated)
    return [Row(rest, row.gap)] if rest else []
