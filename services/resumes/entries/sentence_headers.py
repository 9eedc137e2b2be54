"""Headers set as a sentence, "Printer, Tavistock Charts, May 2013 to June 2016.", on as many rows as it takes:
put on one row, without the stops.
"""

import re
from collections.abc import Sequence

from services.resumes.entries.header_words import ABBREVIATED, says_only
from services.resumes.page.mending import dangles, one_line
from services.resumes.page.rows import Row, look
from services.resumes.periods.dates import find_dates
from services.resumes.text import Line, Run, Style

FEWEST, OFTEN = 2, 0.5
CLOSE, SAME_X = 1.15, 3.0
MOST_WORDS = 24
MOST_BESIDE = 14
ALMOST_ALL = 0.6
MOST_ROWS = 3
MOST_TAIL = 4  # words of the last row below a period
STOP = re.compile(r"(?<=[^.])\.\s*$")
INNER_STOP = re.compile(r"(?<=[^\W\d_]{3})\.\s+(?=[^\W\d_])")


def with_sentences_open(section: Sequence[Row], body: Style) -> list[Row]:
    """The same rows, where at least every other date is one of such a header; one alone may be a sentence."""
    dated = [row for row in section if row.dates]
    if len(dated) < FEWEST:
        return list(section)
    beside = [row for row in dated if _beside_period(row)]
    if len(beside) >= max(FEWEST, ALMOST_ALL * len(dated)):
        return [Row((row.lines[0], _opened(row.lines[1])), row.gap) if row in beside else row for row in section]
    return _on_rows_of_their_own(section, body)


def _beside_period(row: Row) -> bool:
    """Names beside a period alone in its cell: "2013 – 2019" and "Tavistock Charts, Exeter. Printer."."""
    if len(row.lines) != 2 or not all(at == 0 for at, _ in row.dates):  # noqa: PLR2004 — a period and a sentence
        return False
    text = row.lines[1].text
    alone = says_only(row.lines[0].text, row.dates[0][1])
    return alone and _ends_with_stop(text) and len(text.split()) <= MOST_BESIDE


def _on_rows_of_their_own(section: Sequence[Row], body: Style) -> list[Row]:
    right = max((row.x1 for row in section), default=0.0)
    dated = sum(1 for row in section if row.dates)
    headers = {}
    at = 0
    while at < len(section):
        count = _rows_of_header(section, at, body, right)
        if count:
            headers[at] = count
        at += max(count, 1)
    stopped = sum(1 for at, count in headers.items() if STOP.search(section[at + count - 1].text))
    if stopped < max(FEWEST, OFTEN * (dated - sum(count - 1 for count in headers.values()))):
        return list(section)
    inside = {at + more for at, count in headers.items() for more in range(1, count)}
    return [
        _joined(section[at : at + headers[at]]) if at in headers else row
        for at, row in enumerate(section)
        if at not in inside
    ]


def _rows_of_header(section: Sequence[Row], at: int, body: Style, right: float) -> int:
    """How many rows the header takes that begins at `at`: it ends with its period, or stands right below it."""
    below = at > 0 and _bare(section[at - 1])
    drawn = look(section[at].lines[0].runs[0].style)[2:] != look(body)[2:]
    if not _plain(section[at]) or (below and not drawn):
        return 0
    for count in range(1, min(MOST_ROWS, len(section) - at) + 1):
        rows = section[at : at + count]
        if count > 1 and not _goes_on(rows[-2], rows[-1], right, MOST_TAIL if below else MOST_WORDS):
            return 0
        text = " ".join(row.text for row in rows)
        if _ends_with_stop(text) if below else _ends_with_period(text):
            return count if len(text.split()) <= MOST_WORDS else 0
    return 0


def _ends_with_stop(text: str) -> bool:
    return bool(STOP.search(text)) and not ABBREVIATED.search(text)


def _plain(row: Row) -> bool:
    return len(row.lines) == 1 and not row.bullet and not row.text[:1].islower() and not _bare(row)


def _bare(row: Row) -> bool:
    """A period and nothing else."""
    return len(row.lines) == 1 and len(row.dates) == 1 and says_only(row.text, row.dates[0][1])


def _ends_with_period(text: str) -> bool:
    """A whole period behind names and commas; not the last words of a row that goes on in the next."""
    spans = find_dates(text)
    names = text[: spans[0].at] if spans else ""
    whole = len(spans) == 1 and spans[0].is_range and spans[0].at > 0
    return whole and "," in names and len(text[spans[0].to :].strip(" .")) == 0


def _goes_on(upper: Row, lower: Row, right: float, most: int) -> bool:
    """Whether the sentence goes on in the lower row, of at most `most` words, whose first did not fit behind it."""
    if len(lower.lines) != 1 or lower.bullet or not 0 <= lower.gap <= CLOSE or abs(upper.x0 - lower.x0) > SAME_X:
        return False
    if STOP.search(upper.text) or len(lower.text.split()) > most:
        return False
    line = upper.lines[0]
    letter = line.box.width / max(len(line.text), 1)
    first = lower.text.partition(" ")[0]
    return dangles(upper.text) or line.box.x1 + letter * (len(first) + 1) > right - 2 * letter


def _joined(rows: Sequence[Row]) -> Row:
    line = rows[0].lines[0]
    for row in rows[1:]:
        line = one_line(line, row.lines[0])
    return Row((_opened(line),), rows[0].gap)


def _opened(line: Line) -> Line:
    """With marks between names in place of stops."""
    runs = [run._replace(text=INNER_STOP.sub(" · ", run.text)) for run in line.runs]
    runs[-1] = runs[-1]._replace(text=STOP.sub("", runs[-1].text))
    return Line(line.page, line.box, tuple(_kept(runs)))


def _kept(runs: Sequence[Run]) -> list[Run]:
    return [run for run in runs if run.text]
