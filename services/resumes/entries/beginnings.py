"""Where the entries of a section begin: above their dates, and where a row looks like the first of a dated entry."""

from collections import Counter
from collections.abc import Iterator, Sequence

from services.resumes.entries.header_words import says_only
from services.resumes.entries.section_form import INDENT, SectionForm, telling
from services.resumes.page.rows import Row

MOST_ABOVE = 3
MOST_BELOW = 3
WIDE_GAP = 1.35
FAR = 3.5
CLEARLY = 1.15


class Beginnings:
    """Of one section."""

    def __init__(self, form: SectionForm) -> None:
        self.form = form
        self.rows = form.rows

    def found(self, anchors: Sequence[int]) -> list[int]:
        """Row numbers, in order; `anchors` are the rows that hold a date of an entry. Never empty."""
        starts = self._starts(anchors)
        first = min(starts, default=0)
        if all(0 <= row.gap <= WIDE_GAP for row in self.rows[1 : first + 1]):
            starts = self._from_top(starts)
        starts |= self._undated(starts, anchors)
        starts = self._from_top(starts)
        return sorted(starts or {0})

    def _from_top(self, starts: set[int]) -> set[int]:
        """With the first of them at the top, where nothing but names stands above it: nothing else could be meant."""
        first = min(starts, default=0)
        named = 0 < first <= MOST_ABOVE and not any(self.form.textish(row) for row in self.rows[:first])
        return starts - {first} | {0} if named else starts

    def below_dates(self, anchors: Sequence[int]) -> list[int]:
        """Where each date closes its entry, below the text: the section opens with a name that looks like what follows
        every date, and nothing follows the last one; else nothing.
        """
        last = len(self.rows) - 1
        closes = bool(anchors) and last - 1 <= anchors[-1] <= last and not self.form.is_anchor(self.rows[0])
        if not closes or self.form.textish(self.rows[0]):
            return []
        starts = [0, *(anchor + 1 for anchor in anchors[:-1])]
        face = self.form.face(self.rows[0])
        told = [
            start for start, end in zip(starts, anchors, strict=True)
            if any(self.form.textish(row) for row in self.rows[start:end])
        ]  # fmt: skip
        alike = all(self.form.face(self.rows[start]) == face for start in starts)
        if anchors[-1] != last and (self.rows[last].bullet or len(self.rows[last].text.split()) > 2):  # noqa: PLR2004
            return []  # more than the end of a period
        return starts if alike and len(told) * 2 > len(starts) else []

    def behind_blanks(self, anchors: Sequence[int]) -> list[int]:
        """Where the widest space above each date, and nothing but a header between, parts the entries; else nothing."""
        starts = {0}
        for number, anchor in enumerate(anchors[1:], 1):
            start = self._widest(anchor, anchors[number - 1] + 1)
            if start is None:
                return []
            starts.add(start)
        starts |= self._undated(starts, anchors) if anchors else set()
        return sorted(starts)

    def _widest(self, anchor: int, floor: int) -> int | None:
        """The row of the header above `anchor` that stands furthest from what precedes it, clearly so."""
        first = anchor
        while first > max(floor, anchor - MOST_ABOVE - 1) and not self.form.textish(self.rows[first - 1]):
            first -= 1
        run = range(first, anchor + 1)
        best = max(run, key=self._distance)
        gap = self.rows[best].gap
        inner = max((self.rows[index].gap for index in run if index > best), default=1.0)
        return best if gap < 0 or gap >= max(WIDE_GAP, CLEARLY * inner) else None

    def _distance(self, index: int) -> float:
        """From the row above; at the top of a page, where nothing can be measured, by what the row looks like."""
        row = self.rows[index]
        if row.gap >= 0:
            return row.gap
        return FAR if self.form.face(row) == self.form.face(self.rows[0]) else 0.0

    def behind_text(self, anchors: Sequence[int]) -> list[int]:
        """Where what could be a header follows running text, and each such stretch holds one date; else nothing."""
        starts = [
            index for index, row in enumerate(self.rows)
            if not self.form.textish(row) and (index == 0 or self.form.textish(self.rows[index - 1]))
        ]  # fmt: skip
        ends = [*starts[1:], len(self.rows)]
        once = all(
            sum(1 for anchor in anchors if start <= anchor < end) == 1 for start, end in zip(starts, ends, strict=False)
        )
        return starts if once and starts[:1] == [0] else []

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
        if first > MOST_ABOVE or start < floor or self.form.textish(self.rows[0]):
            return None  # something else comes first
        same = self.form.face(self.rows[start]) == self.form.face(self.rows[0])
        return start if same and self.form.face(self.rows[anchor]) == self.form.face(self.rows[first]) else None

    def _up(self, anchor: int, floor: int) -> int:
        """The first row of the header that `anchor` dates: rows above it that look like one and stand close."""
        start = anchor
        while start > floor and anchor - start < MOST_ABOVE:
            row, above = self.rows[start], self.rows[start - 1]
            # A header stands further from what precedes it than from its own next row.
            joined = row.gap <= (1.2 if self.form.styled else 2.0) or above.gap < 0 or above.gap >= 0.9 * row.gap
            joined = joined or (self.form.is_strong(above.lines[0]) and not self.form.is_strong(row.lines[0]))
            joined = joined or (start == anchor and self._dates_above(anchor))
            if not joined or row.gap > FAR or not self._heads(start, floor):
                break
            start -= 1
        return start

    def _dates_above(self, anchor: int) -> bool:
        """A date alone in its row, with a list below it, belongs to the short row above."""
        row, above = self.rows[anchor], self.rows[anchor - 1]
        below = self.rows[anchor + 1] if anchor + 1 < len(self.rows) else None
        bare = _bare(row)
        listed = below is None or below.bullet or below.x0 > row.x0 + INDENT
        return bare and len(row.lines) == 1 and listed and not above.bullet and self.form.headish(above)

    def _heads(self, index: int, floor: int) -> bool:
        """Whether the row above `index` belongs to the same header."""
        above, row = self.rows[index - 1], self.rows[index]
        if not self.form.headish(above) or (above.dates and self.form.is_anchor(above)):
            return False
        if self.form.is_distinct(above.lines[0]):
            return True
        if above.bullet:
            return False
        words = len(above.text.split())
        if self.form.styled:
            # Plain words between a heavy name and the date: the employer under the title.
            named = index - 2 >= floor and self.form.is_strong(self.rows[index - 2].lines[0]) and above.gap <= WIDE_GAP
            plain = not self.form.is_distinct(row.lines[0]) or self._closes(index, floor)
            return (named and words <= 9) or (telling(above.text) > 0 and plain)  # noqa: PLR2004
        return telling(above.text) > 0 or (words <= 6 and above.text[:1].isupper())  # noqa: PLR2004

    def _closes(self, index: int, floor: int) -> bool:
        """A heavy date alone in its row, close below plain rows that a heavy name opens, ends that header."""
        row = self.rows[index]
        if len(row.lines) != 1 or not _bare(row) or not 0 <= row.gap <= WIDE_GAP:
            return False
        above = self.rows[max(floor, index - MOST_ABOVE) : index]
        return any(self.form.is_strong(upper.lines[0]) and not upper.dates for upper in above)

    def _undated(self, starts: set[int], anchors: Sequence[int]) -> set[int]:
        """Entries without a date, recognised by looking like the first row of those that have one."""
        model = Counter(self.form.face(self.rows[index]) for index in starts)
        face = model.most_common(1)[0][0] if model else self._first_face()
        if face is None or not face[1]:
            return self._spaced(starts) if not anchors else set()
        inside = {index for start in starts for index in self._of_header(start)} | set(anchors)
        heads = {
            index for index, row in enumerate(self.rows)
            if self.form.face(row) == face and self.form.headish(row) and (index not in inside or row.gap > WIDE_GAP)
        }  # fmt: skip
        return self._first_of_each(heads, starts, anchors)

    def _of_header(self, start: int) -> Iterator[int]:
        """The rows below a beginning that may still name what it is of, down to the first text."""
        for index in range(start + 1, min(start + MOST_BELOW, len(self.rows))):
            if self.form.textish(self.rows[index]):
                return
            yield index

    def _first_of_each(self, heads: set[int], starts: set[int], anchors: Sequence[int]) -> set[int]:
        """Two head rows in succession are one header; one just above an anchor is that anchor's."""
        kept: set[int] = set()
        for index in sorted(heads - starts):
            near = any(self._leads_to(index, start) for start in starts) and self.rows[index + 1].gap < WIDE_GAP
            if index - 1 not in kept and index - 1 not in starts and not near:
                kept.add(index)
        return kept

    def _leads_to(self, index: int, start: int) -> bool:
        """Shortly above a beginning, with no running text between."""
        between = self.rows[index + 1 : start]
        return start - MOST_ABOVE < index < start and not any(self.form.textish(row) for row in between)

    def _first_face(self) -> tuple[object, ...] | None:
        for row in self.rows:
            if self.form.headish(row) and self.form.is_distinct(row.lines[0]):
                return self.form.face(row)
        return None

    def _spaced(self, starts: set[int]) -> set[int]:
        """No date and no style: a blank above a row that could be a header begins an entry."""
        found = {0} if self.rows else set()
        for index, row in enumerate(self.rows):
            if index and row.gap > WIDE_GAP and self.form.headish(row) and telling(row.text) > 0:
                found.add(index)
        return found | starts


def _bare(row: Row) -> bool:
    """Its dates are all that its dated lines say."""
    return all(says_only(row.lines[at].text, span) for at, span in row.dates)
