"""Words on a page become lines: rows by baseline, cut where the gap is wider than a space can be."""

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from statistics import median

from services.resumes.formats.narrow_rails import within_margins
from services.resumes.formats.placed import Word
from services.resumes.formats.right_to_left import LETTER
from services.resumes.formats.small_capitals import spelled
from services.resumes.limits import LINE_CHARACTERS
from services.resumes.text import Box, Line, Run, Style

CJK = re.compile("[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]")
WIDEST_SPACE = 0.85  # of the line's height; justified text stays under it, columns and tabs do not
CHIPS_APART = 0.5  # of the line's height, between two framed words in a row
WIDER, WIDER_IN_ROW = 2.5, 1.8  # than the usual space of the page, and than the narrowest space of the row
MOST_WORDS = 300  # in a row; a page is not that wide
NEAR = 2.0  # of the line's height
SAME_TOP = 0.6  # points
TALL = 1.4  # times the height of a word
CAPITALS = 0.18  # of the line's height, between letters without a space
MOST_SPREAD = 4  # Han characters of a spread-out word
LETTERS = 4  # single letters in a row before they count as a spaced-out word


def lines_of(
    words: Sequence[Word], page: int, links: Sequence[tuple[Box, str]] = (), bars: Sequence[Box] = ()
) -> list[Line]:
    """Lines from top to bottom, left to right; reading order is another file's work. `bars` are the strokes that are
    drawn downwards: no line runs through one.
    """
    lines = []
    rows = [_unbroken(_without_letter_spacing(row)) for row in _rows(spelled(words))]
    usual = _usual_space(rows)
    parts = []
    for row in rows:
        between = [bar for bar in bars if bar.top < (row[0].box.top + row[0].box.bottom) / 2 < bar.bottom]
        parts.append(list(_chips(list(_stretches(row, between)), usual)))
    for stretches in within_margins(parts):
        lines += [_line(_evened(stretch), page, links) for stretch in _spread(stretches)]
    return lines


def _unbroken(words: Sequence[Word]) -> list[Word]:
    """Capitals set apart by less than a space can be are one word: "EX PERIE NCIA", where some pairs stand closer."""
    result: list[Word] = []
    for word in words:
        last = result[-1] if result else None
        if last is not None and _is_part(last, word):
            result[-1] = last._replace(text=last.text + word.text, box=last.box.joined(word.box))
        else:
            result.append(word)
    return result


def _is_part(last: Word, word: Word) -> bool:
    box = word.box
    near = 0 <= box.x0 - last.box.x1 < CAPITALS * (box.bottom - box.top) and not word.spaced
    return near and last.style == word.style and (last.text + word.text).isupper()


def _rows(words: Sequence[Word]) -> Iterable[list[Word]]:
    """Words whose middles lie within half a small line of each other, left to right."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda word: (word.box.bottom + word.box.top, word.box.x0)):
        if rows and _on_row(rows[-1], word):
            rows[-1].append(word)
        else:
            rows.append([word])
    for row in rows:
        row.sort(key=lambda word: word.box.x0)
    return rows


def _on_row(row: list[Word], word: Word) -> bool:
    """Beside a tall word there is room for two lines of small ones."""
    tall = row[0].box.height > TALL * word.box.height
    return _level(row[0].box, word.box) and (not tall or _level(row[-1].box, word.box))


def _level(one: Box, other: Box) -> bool:
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    return shared > 0.55 * min(one.height, other.height)


def _without_letter_spacing(row: list[Word]) -> list[Word]:
    """Thus "J O H N   D O E" drawn letter by letter becomes "JOHN DOE": the wider gaps are the spaces."""
    if sum(len(word.text) == 1 for word in row) < LETTERS:
        return row
    result: list[Word] = []
    start = 0
    while start < len(row):
        end = start
        while end < len(row) and len(row[end].text) == 1 and row[end].style == row[start].style:
            end += 1
        letters = row[start:end]
        if len(letters) >= LETTERS and sum(word.text.isalpha() for word in letters) >= 0.8 * len(letters):
            result += _spelled(letters)
        else:
            result += row[start : end + 1] if end == start else letters
        start = max(end, start + 1)
    return result


def _spelled(letters: list[Word]) -> list[Word]:
    gaps = [right.box.x0 - left.box.x1 for left, right in itertools.pairwise(letters)]
    usual = sorted(gaps)[len(gaps) // 3]
    limit = usual + 0.35 * letters[0].box.height
    words, current = [], letters[0]
    for gap, letter in zip(gaps, letters[1:], strict=False):
        if gap > limit:
            # The space between two spaced-out words is wide as a column's; the box closes it.
            near = gap < 4 * (usual + letter.box.height)
            box = current.box._replace(x1=letter.box.x0 - 0.3 * letter.box.height) if near else current.box
            words.append(Word(current.text, box, current.style))
            current = letter
        else:
            current = Word(current.text + letter.text, current.box.joined(letter.box), current.style)
    return [*words, current]


def _stretches(row: list[Word], bars: Sequence[Box]) -> Iterable[list[Word]]:
    stretch: list[Word] = []
    for word in row[:MOST_WORDS]:
        if stretch:
            last = stretch[-1].box
            gap = word.box.x0 - last.x1
            barred = any(last.x1 - 1 < bar.x0 and bar.x1 < word.box.x0 + 1 for bar in bars)
            if barred or gap > WIDEST_SPACE * _height(stretch[-1], word) or gap < -0.6 * last.width - 2:
                yield stretch
                stretch = []
        stretch.append(word)
    if stretch:
        yield stretch


def _usual_space(rows: Sequence[Sequence[Word]]) -> float:
    """The middle one of the spaces between words of one style, in heights of the line."""
    pairs = [(left, right) for row in rows for left, right in itertools.pairwise(row) if left.style == right.style]
    spaces = [(right.box.x0 - left.box.x1) / max(_height(left, right), 1.0) for left, right in pairs]
    return median([space for space in spaces if 0 < space < WIDEST_SPACE] or [WIDEST_SPACE])


def _chips(stretches: Sequence[list[Word]], usual: float) -> Iterable[list[Word]]:
    """Names set apart by less than a column is, but by far more than the spaces of their row and of the page: the
    spaces of justified text are wide together.
    """
    least = max(CHIPS_APART, WIDER * usual)
    for number, stretch in enumerate(stretches):
        gaps = [right.box.x0 - left.box.x1 for left, right in itertools.pairwise(stretch)]
        if not gaps or max(gaps) <= least * min(word.box.height for word in stretch):
            yield stretch
            continue
        start, alone = 0, len(gaps) == 1 and not _goes_on_in_another_face(stretches, number)
        for at, gap in enumerate(gaps, 1):
            left, right = stretch[at - 1 : at + 1]
            wide = gap > least * _height(left, right)
            named = left.style == right.style and left.text[-1].isalpha() and right.text[0].isalpha()
            if wide and named and (alone or gap > WIDER_IN_ROW * min(gaps)):
                yield stretch[start:at]
                start = at
        yield stretch[start:]


def _goes_on_in_another_face(stretches: Sequence[list[Word]], number: int) -> bool:
    """As a header of several faces does that is spread over its line."""
    own = stretches[number]
    near = [(before[-1], own[0]) for before in stretches[max(number - 1, 0) : number]]
    near += [(own[-1], after[0]) for after in stretches[number + 1 : number + 2]]
    return any(
        left.style != right.style and right.box.x0 - left.box.x1 < NEAR * _height(left, right) for left, right in near
    )


def _spread(stretches: list[list[Word]]) -> list[list[Word]]:
    """A name or a heading of a few Han characters set apart by as much as their own size is one word: "学　歴"."""
    result: list[list[Word]] = []
    for stretch in stretches:
        last = result[-1] if result else []
        if last and _is_letter(stretch) and _is_letter(last[-1:]) and _is_spread(last, stretch[0]):
            word = last[-1]
            result[-1] = [word._replace(text=word.text + stretch[0].text, box=word.box.joined(stretch[0].box))]
        else:
            result.append(stretch)
    return result


def _is_letter(stretch: list[Word]) -> bool:
    return len(stretch) == 1 and len(stretch[0].text) <= MOST_SPREAD and CJK.match(stretch[0].text) is not None


def _is_spread(last: list[Word], word: Word) -> bool:
    count = len(last[-1].text)
    size = word.box.height
    whole = word.box.x1 - last[-1].box.x0
    return len(last) == 1 and len(word.text) == 1 and count < MOST_SPREAD and whole < (count + 1) * 2.2 * size


def _height(left: Word, right: Word) -> float:
    """What a gap is measured by: the smaller line; in one face, small capitals count for half of the large ones."""
    one, other = left.box.height, right.box.height
    return (one + other) / 2 if left.style.font == right.style.font else min(one, other)


def _evened(words: list[Word]) -> list[Word]:
    """Some fonts make the box of a word with a "g" deeper than its neighbours': words of one face whose tops are level
    are of one size.
    """
    if len({word.style for word in words}) < 2:  # noqa: PLR2004 — nothing to even
        return words
    letters: dict[Style, int] = {}
    for word in words:
        letters[word.style] = letters.get(word.style, 0) + len(word.text)
    longest = max(words, key=lambda word: letters[word.style])
    usual = longest.style
    return [
        word._replace(style=usual)
        if word.style._replace(size=usual.size) == usual and abs(word.box.top - longest.box.top) < SAME_TOP
        else word
        for word in words
    ]


def _line(words: list[Word], page: int, links: Sequence[tuple[Box, str]]) -> Line:
    if sum(len(word.text) for word in words) > LINE_CHARACTERS:
        words = list(_beginning(words))
    x0, top, x1, bottom = zip(*(word.box for word in words), strict=True)
    return Line(page, Box(min(x0), min(top), max(x1), max(bottom)), tuple(_runs(words, links)))


def _beginning(words: list[Word]) -> Iterator[Word]:
    """A line without an end is read by its beginning: no search may walk it."""
    left = LINE_CHARACTERS
    for word in words:
        if left > 0:
            yield word._replace(text=word.text[:left])
        left -= len(word.text)


def _runs(words: list[Word], links: Sequence[tuple[Box, str]]) -> list[Run]:
    runs: list[tuple[list[str], Style, str]] = []
    last: Word | None = None
    for word in words:
        link = _link_of(word.box, links) if links else ""
        if last is not None and not _touching(last, word):
            runs[-1][0].append(" ")
        if last is not None and last.style == word.style and runs[-1][2] == link:
            runs[-1][0].append(word.text)
        else:
            runs.append(([word.text], word.style, link))
        last = word
    return [Run("".join(texts), style, link) for texts, style, link in runs]


def _touching(left: Word, right: Word) -> bool:
    """CJK has no spaces: a narrow gap there is only a change of font."""
    gap = right.box.x0 - left.box.x1
    if not (left.text.isascii() and right.text.isascii()):
        if LETTER.search(left.text + right.text) and (left.spaced or right.spaced):
            return False
        if CJK.match(left.text[-1]) or CJK.match(right.text[0]):
            return not right.spaced and gap < 0.2 * right.box.height
    return gap < 0.02 * right.box.height


def _link_of(box: Box, links: Sequence[tuple[Box, str]]) -> str:
    middle_x, middle_y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
    for area, address in links:
        if area.x0 <= middle_x <= area.x1 and area.top <= middle_y <= area.bottom:
            return address
    return ""
