"""Labels in the rows themselves, wherever their values begin: beside a value after a tab, alone above it, before a
colon within a line ("Dates employed: May 2015 to March 2020 | Hours per week: 40"). They are known by coming back once
for each entry, or by their words; none of them is ever a value.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from services.resumes.page.label_columns import Opened, without_labels_of
from services.resumes.page.label_words import role_of
from services.resumes.page.rows import BULLET, Row, look
from services.resumes.periods.dates import find_dates, has_date
from services.resumes.text import Line

MOST_WORDS, MOST_INLINE_WORDS = 10, 6
LEAST_AGAIN = 2
NAMED = frozenset({"date", "title", "field", "company", "place"})
WHO = frozenset({"title", "company"})
HALF = 0.5  # of the entries
PARTS = re.compile(r"\s+[|•·]\s+|\s{3,}")
INLINE = re.compile(r"^\W*(?P<label>[^\W\d_][^:：\d]{1,48}?)\s*[:：]\s+(?P<value>\S.*)$")


def without_row_labels(section: Sequence[Row]) -> list[Row]:
    """The rows in the usual order, where each value of each entry has a label in a line of its own."""
    again = _again(section)

    def opened(row: Row, _: int) -> Opened | None:
        return (_plain(row.lines[0]), row.lines[1:]) if _opens_field(row, again) else None

    return without_labels_of(section, opened)


def _plain(line: Line) -> str:
    return BULLET.sub("", line.text).rstrip(" :：")


def _again(section: Sequence[Row]) -> set[tuple[object, ...]]:
    """What comes back in the same place and style with a value beside it, and what does so alone among these."""
    times = Counter(_key(row) for row in section)
    beside = {_key(row) for row in section if len(row.lines) > 1 and times[_key(row)] >= LEAST_AGAIN}
    looks = {key[1:] for key in beside}
    alone = {key for key, count in times.items() if count >= LEAST_AGAIN and key[1:] in looks and role_of(str(key[0]))}
    return beside | alone


def _key(row: Row) -> tuple[object, ...]:
    line = row.lines[0]
    return (_plain(line), round(line.box.x0), look(line.style)[2:], row.bullet)


def _opens_field(row: Row, again: set[tuple[object, ...]]) -> bool:
    text = row.lines[0].text
    if len(text.split()) > MOST_WORDS or any(c.isdigit() for c in text) or has_date(text):
        return False
    return _key(row) in again or (len(row.lines) > 1 and role_of(text) != "")


def without_loose_labels(section: Sequence[Row]) -> list[Row]:
    """The rows where only some values have a label: what dates, names or places the entry loses it, the rest becomes
    a point of the text below.
    """
    labels = _loose(section)
    return [part for row in section for part in _told(row, labels)] if labels else list(section)


def _loose(section: Sequence[Row]) -> set[str]:
    """The labels that come back in every other entry and stand in running text's place."""
    entries = max(sum(bool(row.dates) for row in section), LEAST_AGAIN)
    times: Counter[str] = Counter()
    dated: Counter[str] = Counter()
    for row in section:
        if row.bullet:
            continue
        for label, value in _labelled(row):
            times[label] += 1
            dated[label] += bool(find_dates(value))
    often = {label for label, count in times.items() if count >= max(LEAST_AGAIN, HALF * entries)}
    if any(dated[label] == times[label] and role_of(label) == "date" for label in often):
        return often
    # Where no label has the dates, an unknown word before a colon may be an employer or a post.
    return {label for label in often if role_of(label)} if any(role_of(label) in WHO for label in often) else set()


def _labelled(row: Row) -> Iterator[tuple[str, str]]:
    for line in row.lines:
        for part in PARTS.split(line.text):
            found = INLINE.match(part)
            if found and len(found["label"].split()) <= MOST_INLINE_WORDS:
                yield found["label"].casefold(), found["value"]


def _told(row: Row, labels: set[str]) -> Iterator[Row]:
    if row.bullet or not any(label in labels for label, _ in _labelled(row)):
        yield row
        return
    kept: list[Line] = []
    notes: list[Line] = []
    for line in row.lines:
        for part in PARTS.split(line.text):
            found = INLINE.match(part)
            role = role_of(found["label"]) if found and found["label"].casefold() in labels else None
            if found is None or role is None:
                kept.append(_said(line, part))
            elif role in NAMED:
                kept.append(_said(line, found["value"]))
            else:
                notes.append(_said(line, f"• {part.strip()}"))
    if kept:
        yield Row(tuple(kept), row.gap)
    for number, note in enumerate(notes):
        yield Row((note,), 1.0 if kept or number else row.gap)


def _said(line: Line, text: str) -> Line:
    """A part of a line, in the style of its last words: a label may be bold before a plain value."""
    return Line(line.page, line.box, (line.runs[-1]._replace(text=text.strip()),))
