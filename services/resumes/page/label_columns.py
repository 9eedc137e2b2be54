"""Curricula with a column of labels beside a column of values, as the European one: "Dates   May 2019 – now", "Position
held   Nurse". Each entry is put in the order of other résumés, and the labels go.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from services.resumes.entries.header_words import is_prose
from services.resumes.page.label_words import role_of
from services.resumes.page.rows import Row
from services.resumes.text import Line

SAME_X = 4.0
LEAST_LABELS, MOST_WORDS = 3, 10
NEW_ENTRY = 2.0  # lines of space
INLINE = re.compile(r"^\s*(?P<label>[^:：\d]{2,40}?)\s*[:：](?:\s|$)")
BRACKETED = re.compile(r"^\s*[【［\[](?P<label>[^】］\]\d]{2,20})[】］\]]\s*(?=\S)")  # 【会社名】三笠機工
INLINE_WORDS = 4
Opened: TypeAlias = tuple[str, tuple[Line, ...]]
ORDER = ("date", "title", "field", "company", "", "place", "text")


@dataclass
class Field:
    """`label` as written, over one line or two; `rows` are what stands beside and below it."""

    label: str
    rows: list[Row] = field(default_factory=list)
    given: str = ""

    @property
    def named(self) -> str:
        """The role by the label's words."""
        return self.given or role_of(self.label)

    @property
    def role(self) -> str:
        """The same; where the words are unknown, by whether a date or running text stands beside them."""
        if (known := self.named) or not self.rows:
            return known
        if self.rows[0].dates:
            return "date"
        return "text" if len(self.rows) > 1 or is_prose(self.rows[0].text) else ""


def without_label_column(section: Sequence[Row]) -> list[Row]:
    """The same rows where there is no such column."""
    pairs = [row for row in section if len(row.lines) == 2 and row.lines[0].box.x1 < row.lines[1].box.x0]  # noqa: PLR2004
    if len(pairs) < LEAST_LABELS:
        return list(section)
    start = Counter(round(row.lines[1].box.x0) for row in pairs).most_common(1)[0][0]
    labelled = [row for row in pairs if _near(row.lines[1].box.x0, start)]
    fields = _fields(section, [row.lines[0] for row in labelled], start)
    return told(fields) if is_form(fields) else list(section)


def without_inline_labels(section: Sequence[Row]) -> list[Row]:
    """The same for labels that stand before a colon, where they come back or say what they name."""
    labels = [_inline_label(row) for row in section]
    times = Counter(label for label in labels if label)

    def opened(row: Row, number: int) -> Opened | None:
        label, first = labels[number], row.lines[0]
        if not label or not (times[label] > 1 or role_of(label)):
            return None
        value = first.text.partition(label)[2].lstrip(" :：】］]")
        rest = (Line(first.page, first.box, (first.runs[-1]._replace(text=value),)),) if value else ()
        return label, (*rest, *row.lines[1:])

    return without_labels_of(section, opened)


def without_labels_of(section: Sequence[Row], opened: Callable[[Row, int], Opened | None]) -> list[Row]:
    """The rows in the usual order, where they are a form. `opened` tells of a row and its number the label that it
    begins with, and the lines behind it; what it says nothing of goes on with the field above.
    """
    fields: list[Field] = []
    for number, row in enumerate(section):
        if (found := opened(row, number)) is not None:
            label, lines = found
            fields.append(Field(label))
        elif not fields:
            return list(section)
        else:
            lines = row.lines
            if fields[-1].named != "text" and fields[-1].rows and not row.text[:1].islower():
                fields.append(Field(f"text {len(fields)}", given="text"))  # what no label names tells of the entry
        if lines:
            fields[-1].rows.append(Row(lines, row.gap))
    return told(fields) if is_form(fields) else list(section)


def _inline_label(row: Row) -> str:
    text = row.lines[0].text
    found = BRACKETED.match(text) or (None if row.bullet else INLINE.match(text))
    return found["label"].strip() if found and len(found["label"].split()) <= INLINE_WORDS else ""


def is_form(fields: Sequence[Field]) -> bool:
    """Labels that say what they name, or unknown ones that each entry has."""
    if {"date", "title"} <= {one.named for one in fields} and len(fields) >= LEAST_LABELS:
        return True
    times = Counter(one.label.casefold() for one in fields)
    again = {one.label.casefold(): one.role for one in fields if times[one.label.casefold()] > 1}
    dated = sum(role == "date" for role in again.values())
    return len(again) >= LEAST_LABELS and 0 < 2 * dated <= len(again)  # employers with a date each are no labels


def told(fields: Sequence[Field]) -> list[Row]:
    return [row for entry in _entries(fields) for row in _sorted(entry)]


def _near(one: float, other: float) -> bool:
    return abs(one - other) < SAME_X


def _fields(section: Sequence[Row], labels: Sequence[Line], start: float) -> list[Field]:
    """Nothing where a row fits neither column, or a label is no label."""
    left, right = (Counter(round(getattr(line.box, side)) for line in labels) for side in ("x0", "x1"))
    edges = [("x0", left.most_common(1)[0]), ("x1", right.most_common(1)[0])]
    side, (edge, count) = max(edges, key=lambda item: item[1][1])
    if count < 0.7 * len(labels):
        return []
    fields: list[Field] = []
    for row in section:
        first = row.lines[0]
        in_labels = first.box.x1 < start and _near(getattr(first.box, side), edge)
        if in_labels and (not fields or not first.text[:1].islower()):
            if (row.dates[:1] and row.dates[0][0] == 0) or len(first.text.split()) > MOST_WORDS:
                return []
            fields.append(Field(first.text))
        elif in_labels:
            fields[-1].label += " " + first.text
        elif not fields or not _near(first.box.x0, start):
            return []
        values = row.lines[1:] if in_labels else row.lines
        if values:
            fields[-1].rows.append(Row(values, row.gap))
    return fields


def _entries(fields: Sequence[Field]) -> list[list[Field]]:
    """A label that comes back begins another entry."""
    entries: list[list[Field]] = []
    for one in fields:
        if not entries or one.label.casefold() in {other.label.casefold() for other in entries[-1]}:
            entries.append([])
        entries[-1].append(one)
    return entries


def _point(row: Row) -> Row:
    """The row as a point of a list: what was done dates and names nothing, whatever years it speaks of."""
    if row.bullet:
        return row
    first, *rest = row.lines
    run = first.runs[0]
    bulleted = Line(first.page, first.box, (run._replace(text="• " + run.text.lstrip()), *first.runs[1:]))
    return Row((bulleted, *rest), row.gap)


def _sorted(entry: Sequence[Field]) -> list[Row]:
    """Date, title, employer, then the rest; beside these, what has an unknown label is no part of the header."""
    result: list[Row] = []
    named = {one.named for one in entry} >= {"title", "company"}
    roles = {id(one): "text" if named and not one.role else one.role for one in entry}
    for one in sorted(entry, key=lambda one: ORDER.index(roles[id(one)])):
        rows = one.rows
        if roles[id(one)] == "text":
            rows = [_point(row) if at == 0 or not row.text[:1].islower() else row for at, row in enumerate(rows)]
        result += rows
    return [Row(row.lines, NEW_ENTRY if at == 0 else min(row.gap, 1.0)) for at, row in enumerate(result)]
