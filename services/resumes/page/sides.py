"""Whether what stands left and right of a gutter are two texts, or one that the other side annotates.

They are two when both carry headings of their own, or when their baselines ignore each other; they are not when the
narrow side holds dates, places or notes that line up with the wide one.
"""

from collections import Counter

from services.resumes.entries.header_words import remainder
from services.resumes.page.baselines import Levels, aligned, rows_of
from services.resumes.page.label_rails import is_label_rail
from services.resumes.page.paired import alternate, is_paired
from services.resumes.page.rows import BULLET
from services.resumes.periods.dates import find_dates, has_date
from services.resumes.sections.headings import heading_kind
from services.resumes.text import Line, Style

LEAST_ROWS = 4
DATE_RAIL = 0.7
MOST_NOTES = 3  # lines for each date
ALL_LEVEL = 0.9
LEAST_BESIDE, BESIDE = 3, 0.25  # lines level with bullet points, and their share
DATED, LEVEL = 0.3, 0.5  # shares of a narrow side that make it a column of dates
UNHEADED_ROWS = 6


def independent(left: list[Line], right: list[Line]) -> bool:
    left_rows, right_rows = rows_of(left), rows_of(right)
    fewer = min(len(left_rows), len(right_rows))
    if fewer < LEAST_ROWS or _annotates(left, right):
        return False
    if _ignores(left, right) or _ignores(right, left):
        return True
    body = _body([*left, *right])
    one, other = headings(left_rows, body), headings(right_rows, body)
    if (one and other) or min(headings(left_rows), headings(right_rows)) > 1:
        return True
    share = aligned(left, right) if len(left_rows) <= len(right_rows) else aligned(right, left)
    narrow = left if len(left_rows) <= len(right_rows) else right
    dated = sum(1 for line in narrow if has_date(line.text)) / len(narrow)
    if dated > DATED and share > LEVEL:
        return False
    if one or other:
        return share < (0.75 if max(one, other) > 1 else 0.6)
    return fewer >= UNHEADED_ROWS and share < LEVEL


def _annotates(left: list[Line], right: list[Line]) -> bool:
    """Whether one side dates, names or labels what stands on the other."""
    dates = is_date_rail(left, right) or _is_dated_notes(right, left)
    dates = dates or _holds_dates_alone(left, right) or _holds_dates_alone(right, left)
    return dates or is_label_rail(left, right) or is_paired(left, right) or alternate(left, right)


def is_date_rail(narrow: list[Line], wide: list[Line]) -> bool:
    """Dates level with what they date, on a side that has next to none of its own."""
    dated = [line for line in narrow if has_date(line.text)]
    own = sum(1 for line in wide if has_date(line.text))
    return len(dated) > 1 and 2 * own < len(dated) and aligned(dated, wide) >= DATE_RAIL


def _holds_dates_alone(narrow: list[Line], wide: list[Line]) -> bool:
    """Periods, which the other side lacks, and a label or two level with their values: periods date what stands there,
    level with it or not. Headings above them head both sides where the other has none.
    """
    own = sum(1 for line in wide if has_date(line.text))
    named = [line for line in narrow if heading_kind(line.text)]
    if named and any(heading_kind(line.text) for line in wide):
        return False
    labels = [line for line in narrow if not _is_period(line.text) and line not in named]
    if 2 * own >= len(narrow) or 2 * (len(labels) + len(named)) >= len(narrow):
        return False
    return not labels or aligned(labels, wide) == 1.0


def _is_period(text: str) -> bool:
    spans = find_dates(text)
    return len(spans) == 1 and not any(letter.isalnum() for letter in remainder(text, spans[0]))


def _is_dated_notes(narrow: list[Line], wide: list[Line]) -> bool:
    """Dates, each level with what it dates, and a place or two below each."""
    rows = rows_of(narrow)
    dated = [row[0] for row in rows if has_date(row[0].text)]
    few = len(rows) <= MOST_NOTES * len(dated) and has_date(rows[0][0].text)
    return (
        few and len(dated) > 1 and aligned(dated, wide) >= DATE_RAIL and not any(BULLET.match(o.text) for o in narrow)
    )


def _ignores(narrow: list[Line], wide: list[Line]) -> bool:
    """Short lines level with bullet points say nothing about them: a note stands beside a header."""
    listed = Levels(line.box for line in wide if BULLET.match(line.text))
    plain = [line for line in narrow if not has_date(line.text) and not BULLET.match(line.text)]
    if len(narrow) - len(plain) > len(plain):
        return False
    beside = sum(listed.meet(line.box) for line in plain)
    enough = len(plain) >= UNHEADED_ROWS and beside >= LEAST_BESIDE and beside >= BESIDE * len(plain)
    return enough and aligned(narrow, wide) < ALL_LEVEL


def headings(rows: list[list[Line]], body: Style | None = None) -> int:
    """How many rows begin with a heading; given the style of running text, only those drawn otherwise count. What comes
    back under every job ("Highlights") is a label.
    """
    found = [row[0] for row in rows if heading_kind(row[0].text)]
    counts = Counter(line.text.casefold() for line in found)
    once = [line for line in found if counts[line.text.casefold()] == 1]
    return sum(1 for line in once if body is None or _stands_out(line, body))


def _stands_out(line: Line, body: Style) -> bool:
    style = line.style
    plain = style.size < body.size + 0.4 and style.bold == body.bold and style.colour == body.colour
    return not plain or line.text.isupper() or style.font != body.font


def _body(lines: list[Line]) -> Style:
    weights: Counter[Style] = Counter()
    for line in lines:
        weights[line.style] += len(line.text)
    return weights.most_common(1)[0][0]
