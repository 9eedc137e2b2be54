"""Which of several readings of one section its author meant: whose entries are whole, alike and free of text.

The weights are set by hand. A choice that knew the truth would find one job more, and eight wrong ones fewer, among
1,678 jobs in eight collections of layouts: a job that is missed has no right reading among those to choose from.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from services.resumes.entries.cutting import Entry
from services.resumes.entries.header_words import is_prose
from services.resumes.entries.pieces import Piece
from services.resumes.entries.roles import Scores
from services.resumes.page.rows import Row, look

T = TypeVar("T")
MOST_WORDS = 9
CJK = re.compile("[\u3040-\u9fff]{4}")
LONG_CJK = 20  # characters
LEAST = 2.0
UNEVEN = 0.3  # for each header that is deeper or less deep than most
ENOUGH = 0.4  # by how much a less usual reading must be better


@dataclass(frozen=True)
class Found(Generic[T]):
    """A value with the pieces it was read from, by field name."""

    value: T
    pieces: dict[str, Piece]
    entry: Entry


def best(
    readings: Sequence[list[Found[T]]], wanted: tuple[str, str], scores: Scores, uneven: float = UNEVEN
) -> list[Found[T]]:
    """The likeliest, the first of equals. `wanted` are the two fields every entry should have, `uneven` what it costs
    an entry to have a header of another depth than most.
    """
    if len(readings) < 2:  # noqa: PLR2004
        return next(iter(readings), [])
    worth = [likelihood(reading, wanted, scores, uneven) for reading in readings]
    top = max(range(len(readings)), key=worth.__getitem__)
    return readings[top] if worth[top] > worth[0] + ENOUGH else readings[0]


def likelihood(reading: Sequence[Found[T]], wanted: tuple[str, str], scores: Scores, uneven: float = UNEVEN) -> float:
    """What the fields of all entries say for themselves, less what an entry must bring at the least, and how alike the
    entries are.
    """
    total = sum(_field(found, name, scores) for found in reading for name in wanted)
    total += sum(bool(found.entry.dates) - 0.5 * _loses_header(found.entry) - LEAST for found in reading)
    faces = Counter(_face(found.entry) for found in reading)
    depths = Counter(len(found.entry.header) for found in reading)
    return total + max(faces.values(), default=0) - uneven * (len(reading) - max(depths.values(), default=0))


def _field(found: Found[T], name: str, scores: Scores) -> float:
    piece = found.pieces.get(name)
    if piece is None:
        return 0.0
    text = piece.text
    if is_prose(text) or len(text.split()) > MOST_WORDS or (CJK.search(text) and len(text) > LONG_CJK):
        return -0.5
    own = any(line is piece.line for row in found.entry.header for line in row.lines)
    return (1.0 if own else 0.5) + min(max(scores[name](text), -1.0), 1.0) * 0.5


def _loses_header(entry: Entry) -> bool:
    """Below the header goes on what looks like one: heavier than the text after it."""
    return bool(entry.body) and not entry.body[0].bullet and entry.body[0].style.bold


def _face(entry: Entry) -> tuple[object, ...]:
    row: Row = entry.header[0] if entry.header else entry.body[0]
    return look(row.style)[1:4]
