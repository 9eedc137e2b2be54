"""A rail of labels beside the values they name, as in the European curriculum: read straight across, never as a column.

A label is known by recurring once for each entry, by ending at the gutter as labels set flush with their values do, or
by its words.
"""

from collections import Counter
from collections.abc import Sequence

from services.resumes.page.baselines import Levels, rows_of
from services.resumes.page.label_words import role_of
from services.resumes.sections.headings import heading_kind
from services.resumes.text import Line

LEAST_LABELS = 3
LEVEL = 0.8  # the share of labels that have a value on their baseline
RECURRING, NAMED, FLUSH = 0.5, 0.6, 0.85  # the share of labels that recur, say what they name, end at one edge
SAME_X, RAGGED = 2.5, 20.0  # points
MOST_WORDS = 9


def is_label_rail(left: Sequence[Line], right: Sequence[Line]) -> bool:
    values = Levels(line.box for line in right)
    labels: list[Line] = []
    alone = 0
    for row in rows_of(left):
        line = row[0]
        if len(row) == 1 and values.meet(line.box):
            labels.append(line)
        else:
            alone += not _is_alone_in_rail(line)
    if len(labels) < max(LEAST_LABELS, LEVEL * (len(labels) + alone)):
        return False
    return _recur(labels) or _are_named(labels) or _are_flush(labels)


def _is_alone_in_rail(line: Line) -> bool:
    """The heading of a section, or the second line of a label."""
    text = line.text
    return text[:1].islower() or text.isupper() or heading_kind(text) is not None


def _recur(labels: Sequence[Line]) -> bool:
    times = Counter(line.text for line in labels)
    again = sum(count for count in times.values() if count > 1)
    return again >= RECURRING * len(labels) and sum(count > 1 for count in times.values()) >= LEAST_LABELS


def _are_named(labels: Sequence[Line]) -> bool:
    return sum(role_of(line.text) != "" for line in labels) >= NAMED * len(labels)


def _are_flush(labels: Sequence[Line]) -> bool:
    """Set flush right, which no text of its own is: ragged where it begins, even where it ends."""
    ends = Counter(round(line.box.x1) for line in labels)
    edge = ends.most_common(1)[0][0]
    even = sum(abs(line.box.x1 - edge) < SAME_X for line in labels)
    starts = [line.box.x0 for line in labels]
    short = all(len(line.text.split()) <= MOST_WORDS for line in labels)
    return short and even >= FLUSH * len(labels) and max(starts) - min(starts) > RAGGED
