"""Where the header of an entry ends and its text begins: by its own rows, then by the headers of its peers."""

from collections import Counter
from collections.abc import Mapping, Sequence

from services.resumes.contact.places import place_score
from services.resumes.entries.beginnings import MOST_ABOVE, MOST_BELOW, WIDE_GAP
from services.resumes.entries.header_words import is_address, remainder
from services.resumes.entries.lexicon import company_score, degree_score, title_score
from services.resumes.entries.section_form import (
    ABBREVIATION,
    CJK,
    INDENT,
    LONG,
    SENTENCE_END,
    SHORT,
    SectionForm,
    telling,
)
from services.resumes.page.rows import Row

MOST_ALIKE = 0.66
LONG_CJK = 24  # characters


class HeaderEnds:
    """Of one section."""

    def __init__(self, form: SectionForm) -> None:
        self.form = form
        self.rows = form.rows

    def found(self, spans: Sequence[tuple[int, int]], first: Mapping[int, Sequence[int]]) -> dict[int, int]:
        """The last header row of each entry by its first row. `spans` are (first row, row after the last), `first` its
        first dated row, if any.
        """
        lasts = self._evened(spans, {start: self._down(start, end, first[start]) for start, end in spans})
        return self._deepened(spans, lasts)

    def above_text(self, spans: Sequence[tuple[int, int]], first: Mapping[int, Sequence[int]]) -> dict[int, int]:
        """The same, taking every row that is not running text into the header, up to a header's usual size."""
        lasts = {}
        for start, end in spans:
            last = max([start, *first[start]])
            while last + 1 < min(end, start + MOST_ABOVE + MOST_BELOW) and not self.form.textish(self.rows[last + 1]):
                last += 1
            lasts[start] = last
        return lasts

    def _evened(self, spans: Sequence[tuple[int, int]], lasts: dict[int, int]) -> dict[int, int]:
        """Headers as long as those of most entries, where the row in question looks like theirs."""
        depths = Counter(lasts[start] - start for start, _ in spans)
        depth, count = depths.most_common(1)[0]
        if count < 2 or count * 2 < len(spans):  # noqa: PLR2004 — one entry is no custom
            return lasts
        faces = {self.form.face(self.rows[start + depth]) for start, _ in spans if lasts[start] - start == depth}
        for start, end in spans:
            at = start + depth
            if lasts[start] < at < end and not self.rows[at].bullet and self.form.headish(self.rows[at]):
                lasts[start] = at if self.form.face(self.rows[at]) in faces else lasts[start]
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
            faces = Counter(self.form.face(self.rows[start + depth]) for start in (*shallow, *deep))
            face, count = faces.most_common(1)[0] if faces else (None, 0)
            lacking = any(self._named(start, lasts[start]) < 2 for start in shallow)  # noqa: PLR2004 — title and employer
            if count > 1 and count >= MOST_ALIKE * len(longer) and lacking:
                alike = (start for start in shallow if self.form.face(self.rows[start + depth]) == face)
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
        if row.bullet or not self.form.headish(row) or long or sentence:
            return False
        if row.gap > WIDE_GAP + 0.6 and not self.form.is_strong(row.lines[0]):
            return False
        if index + 1 >= end:
            return True
        below = self.rows[index + 1]
        if self.form.face(below) == self.form.face(row) and not below.bullet and len(below.text) <= LONG:
            if index + 2 >= end:
                return True
            below = self.rows[index + 2]  # a second short row: the header may have one more
        return (
            below.bullet
            or len(below.text) > LONG
            or SENTENCE_END.search(below.text) is not None
            or abs(below.x0 - row.x0) > INDENT
            or self.form.face(below) != self.form.face(row)
            or below.gap > WIDE_GAP
        )

    def _names_employer(self, row: Row, start: int, last: int) -> bool:
        """Plain words right under a heavy title and its date, with a list below: the employer."""
        lines = [line for above in self.rows[start : last + 1] for line in above.lines]
        titled = any(title_score(line.text) > 0 and self.form.is_strong(line) for line in lines)
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

    def _opens_names(self, row: Row, start: int, last: int) -> bool:
        """Right below a date that stands alone: whatever it says, it names what the date is of."""
        short = len(row.text.split()) <= SHORT and not SENTENCE_END.search(row.text) and not CJK.search(row.text)
        close = not row.bullet and 0 <= row.gap <= WIDE_GAP and any(character.isalpha() for character in row.text)
        return close and short and self._named(start, last) == 0

    def _opens_text(self, index: int) -> bool:
        """Three rows alike, smaller than what stands above them: a list without marks."""
        rows = self.rows[index : index + 3]
        above = self.rows[index - 1]
        alike = len({self.form.face(row) for row in rows}) == 1 and len(rows) == 3  # noqa: PLR2004
        return alike and not any(row.dates for row in rows) and rows[0].style.size < above.style.size - 0.5

    def _continues(self, row: Row, start: int, last: int) -> bool:
        if self._opens_names(row, start, last):
            return True
        if row.bullet or not self.form.headish(row) or row.gap > WIDE_GAP + 0.6:
            return False
        if not any(character.isalpha() for character in row.text) or (len(row.lines) > 2 and not row.dates):  # noqa: PLR2004
            return False  # a grade, or a row of tags
        known = telling(row.text) > 0 or is_address(row.text)
        if self._opens_text(last + 1) and self._named(start, last) > 0:
            return False
        if self.form.is_distinct(row.lines[0]):
            return known or last - start < 2  # noqa: PLR2004 — two rows of names, then text
        known = known or self._names_employer(row, start, last) or self._names_field(row, last)
        short = len(row.text.split()) <= 9  # noqa: PLR2004
        return short and known and not SENTENCE_END.search(row.text)
