"""Periods and labels in a narrow margin that touch the text beside it: "Sept    2024    –| Harbour Joinery", justified
to the width of the margin, or labels that end where the text begins. Where many lines begin is the margin's right
edge: nothing that stands in it goes on beyond that.
"""

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from statistics import median

from services.resumes.formats.placed import Word
from services.resumes.formats.right_to_left import LETTER
from services.resumes.periods.dates import find_dates
from services.resumes.text import Style

LEAST_BEGUN = 6  # lines at the edge
LEAST_LABELS = 2
MOST_WORDS, MOST_LABEL_WORDS = 6, 3
MOST_BEGUN = 2  # lines where a label set flush with its value begins
SAME_X = 1.0  # points
NARROW = 12.0  # points
LONGEST = 28  # characters of a part of a period
DASHES = " -–—"
YEAR = re.compile(r"\b\d{4}\b")


def within_margins(rows: Sequence[list[list[Word]]]) -> list[list[list[Word]]]:
    """The stretches of words of each row: cut at the edge of the margin that they begin in, and those in the margin
    that make a period together as one.
    """
    starts = Counter(round(stretch[0].box.x0) for row in rows for stretch in row)
    edges = sorted({x for x, count in starts.items() if count >= LEAST_BEGUN} | _changes(rows))
    result = list(rows)
    for edge in edges:
        if edge - NARROW > min(starts):
            result = _at_edge(edge, result, starts)
    return result


def _changes(rows: Sequence[list[list[Word]]]) -> set[int]:
    """Where labels that begin in several places all give way to another style."""
    found: dict[int, set[int]] = {}
    for first, *_ in rows:
        for label, word in itertools.pairwise(first[: MOST_LABEL_WORDS + 1]):
            if label.style != word.style:
                found.setdefault(round(word.box.x0), set()).add(round(first[0].box.x0))
                break
    return {x for x, labels in found.items() if len(labels) >= LEAST_LABELS}


def _at_edge(edge: int, rows: list[list[list[Word]]], starts: Counter[int]) -> list[list[list[Word]]]:
    """The rows with what stands left of one edge kept there."""
    places = [_crossing(row, edge) for row in rows]
    margins = {round(row[0][0].box.x0) for row in rows if len(row) > 1 and _is_beside(row[1][0], edge)}
    labels = _labels([row[0][: at[1]] for row, at in zip(rows, places, strict=True) if at and at[0] == 0], starts)
    result = []
    for row, at in zip(rows, places, strict=True):
        start = round(row[0][0].box.x0)
        if at and (id(row[0][0]) in labels or (start in margins and _is_period(_before(row, *at)))):
            number, word = at
            row = [*row[:number], row[number][:word], row[number][word:], *row[number + 1 :]]  # noqa: PLW2901
        result.append(_whole(row, edge) if start in margins else row)
    return result


def _before(row: Sequence[list[Word]], number: int, word: int) -> list[Word]:
    return [*itertools.chain.from_iterable(row[:number]), *row[number][:word]]


def _labels(heads: Sequence[list[Word]], starts: Counter[int]) -> set[int]:
    """The first words (by identity) of labels in one style that begin anywhere and all end in one place."""
    alike: dict[Style, list[list[Word]]] = {}
    for head in heads:
        if len(head) <= MOST_LABEL_WORDS and starts[round(head[0].box.x0)] <= MOST_BEGUN:
            alike.setdefault(head[0].style, []).append(head)
    found: set[int] = set()
    for some in alike.values():
        end = median(head[-1].box.x1 for head in some)
        flush = [head[0] for head in some if abs(head[-1].box.x1 - end) <= SAME_X]
        if len({round(word.box.x0) for word in flush}) >= LEAST_LABELS:
            found |= {id(word) for word in flush}
    return found


def _crossing(row: Sequence[Sequence[Word]], edge: int) -> tuple[int, int] | None:
    """(stretch, word) that begins at the edge, where the stretch begins before it."""
    if row[0][0].box.x0 > edge - NARROW or LETTER.search(row[0][0].text):
        return None
    for number, stretch in enumerate(row[:MOST_LABEL_WORDS]):
        if stretch[0].box.x0 < edge - SAME_X and stretch[-1].box.x0 > edge - SAME_X:
            found = (at for at, word in enumerate(stretch[: MOST_WORDS + 1]) if _is_beside(word, edge))
            return next(((number, at) for at in found), None)
    return None


def _is_beside(word: Word, edge: int) -> bool:
    return abs(word.box.x0 - edge) <= SAME_X


def _is_period(words: Sequence[Word], *, broken: bool = False) -> bool:
    """Whether they say nothing but when; of a broken one the year stands in the next line."""
    text = " ".join(word.text for word in words).strip(DASHES)
    if broken:
        year = YEAR.search(text)
        text += f" {int(year.group()) + 1 if year else 2000}"
    spans = find_dates(text) if len(text) <= LONGEST else []
    return len(spans) == 1 and spans[0].at <= 1 and not any(c.isalnum() for c in text[spans[0].to :])


def _whole(row: list[list[Word]], edge: int) -> list[list[Word]]:
    """What a justified line spread over the margin as one stretch."""
    inside = 0
    while inside < len(row) and row[inside][-1].box.x1 < edge:
        inside += 1
    words = [word for stretch in row[:inside] for word in stretch]
    parts = row[:inside]
    if inside < 2 or len({word.style for word in words}) > 1 or all(_is_period(part) for part in parts):  # noqa: PLR2004
        return row  # two columns of dates are no period over a margin
    if all(word.text.isdigit() for word in words):
        return row
    return [words, *row[inside:]] if _is_period(words) or _is_period(words, broken=True) else row
