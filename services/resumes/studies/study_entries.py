"""Other ways in which the studies of a section may be cut: a school whose degree stands below it like text, studies
without any date, names that a narrow column broke.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from services.resumes.contact.places import KNOWN_CITY, place_score
from services.resumes.entries.cutting import Entry
from services.resumes.entries.header_words import is_inner_label, is_prose
from services.resumes.entries.lexicon import FIELD, school_score
from services.resumes.page.mending import SAME_X, dangles, one_line
from services.resumes.page.rows import BULLET, Row, look
from services.resumes.studies.grades import is_grade
from services.resumes.studies.study_words import study_score
from services.resumes.text import Box, Line

WIDE, FULL = 1.25, 0.9
MOST_BELOW, MOST_HEADER, MOST_WORDS = 3, 4, 16
FEWEST = 2
CLOSE = 1.2  # of the usual distance between two lines
KIND = re.compile(r"(?i)^(?:university|universität|université|universit[aà]|college|school|academy|institute)\W*$")


def without_ornaments(section: Sequence[Row]) -> list[Row]:
    """A list of studies, each behind a bullet: with nothing else in the section, the bullets say nothing."""
    if not section or not all(row.bullet for row in section):
        return list(section)
    return [_without_bullet(row) for row in section]


def _without_bullet(row: Row) -> Row:
    first = row.lines[0]
    run = first.runs[0]
    rest = BULLET.sub("", run.text, count=1)
    runs = (run._replace(text=rest), *first.runs[1:]) if rest.strip() else first.runs[1:]
    return Row((Line(first.page, first.box, runs or first.runs), *row.lines[1:]), row.gap)


def unbroken(section: Sequence[Row]) -> list[Row]:
    """Lines that go on in the next one, in running text's style as well: "Universidade Federal de", "Pernambuco"."""
    right, left = max((row.x1 for row in section), default=0.0), min((row.x0 for row in section), default=0.0)
    edged = sum(row.x1 >= left + FULL * (right - left) for row in section) >= FEWEST  # else no line shows to be full
    result: list[Row] = []
    for row in section:
        placed = not edged and bool(result) and place_score(row.text) >= KNOWN_CITY and not dangles(result[-1].text)
        if result and not placed and _goes_on(result[-1], row, left, right):
            above = result[-1]
            result[-1] = Row((*above.lines[:-1], one_line(above.lines[-1], row.lines[0])), above.gap)
        else:
            result.append(row)
    return result


def _goes_on(above: Row, row: Row, left: float, right: float) -> bool:
    if len(row.lines) != 1 or row.bullet or above.bullet or not 0 <= row.gap <= CLOSE:
        return False
    if row.dates:
        return _flows(above, row, right)
    upper, lower = above.lines[-1], row.lines[0]
    same = look(upper.runs[-1].style)[1:] == look(lower.runs[0].style)[1:] and _in_line(upper.box, lower.box)
    dated = any(at == len(above.lines) - 1 for at, _ in above.dates)
    told = is_inner_label(lower.text) or is_grade(lower.text)
    return same and not dated and not told and _one_name(upper, lower, left, right)


def _flows(above: Row, row: Row, right: float) -> bool:
    """Whether a study written as running text breaks off before its last words and its date: "BA, History, Ashdown",
    "University, 2015 – 2019".
    """
    upper, lower = above.lines[-1], row.lines[0]
    opens = study_score(upper.text.partition(", ")[0]) > 0 and ", " in upper.text and not above.dates
    letter = upper.box.width / max(len(upper.text), 1)
    fits = upper.box.x1 + letter * (len(lower.text.partition(" ")[0]) + 1) <= right
    before = lower.text[: row.dates[0][1].at].rstrip()
    behind = before.endswith((",", "(", ".")) and (school_score(before) <= 0 or KIND.match(before) is not None)
    same = look(upper.runs[-1].style)[1:] == look(lower.runs[0].style)[1:] and _in_line(upper.box, lower.box)
    return len(above.lines) == 1 and opens and behind and not fits and same


def _one_name(upper: Line, lower: Line, left: float, right: float) -> bool:
    """By their words and by how far the upper one reaches."""
    wide = upper.box.width >= FULL * (right - left) and len(upper.text.split()) >= FEWEST
    full = upper.box.x1 >= left + FULL * (right - left)
    if full and KIND.match(lower.text):
        return school_score(upper.text) <= 0
    roles = (study_score(upper.text) > 0, school_score(lower.text) > 0)
    if dangles(upper.text):
        return not all(roles)
    if lower.text[:1].islower() and study_score(lower.text) <= 0:
        return school_score(upper.text.rpartition(", ")[2]) > 0
    if any(roles) or study_score(lower.text) > 0 or not upper.text[-1:].isalpha() or school_score(upper.text) <= 0:
        return False
    alone = len(lower.text.split()) == 1 and not FIELD.search(lower.text)
    return wide and alone


def _in_line(upper: Box, lower: Box) -> bool:
    """Set to the same edge, left or right, or around the same middle."""
    edges = (upper.x0 - lower.x0, upper.x1 - lower.x1, (upper.x0 + upper.x1 - lower.x0 - lower.x1) / 2)
    return min(map(abs, edges)) < SAME_X


def lifted(entries: Sequence[Entry]) -> list[Entry]:
    """What an entry lacks stands below its header and is known by its words, or stands where other entries have it."""
    chosen = [_named_below(entry) for entry in entries]
    places = {(at, _face(entry.body[at])) for entry, at in zip(entries, chosen, strict=True) if at is not None}
    result = []
    for entry, own in zip(entries, chosen, strict=True):
        alike = (at for at, face in sorted(places, key=str) if _fits(entry, at, face))
        at = next(alike, None) if own is None else own
        result.append(entry if at is None else _with(entry, at))
    return result


def _named_below(entry: Entry) -> int | None:
    """The first row of the body that speaks of the degree, or the school, that the header says nothing of."""
    header = " ".join(row.text for row in entry.header)
    for at, row in enumerate(entry.body[:MOST_BELOW]):
        if not _nameable(row):
            return None
        degree = study_score(row.text) > 0 >= study_score(header)
        if degree or (school_score(row.text) > 0 >= school_score(header) and study_score(header) > 0):
            return at
    return None


def _nameable(row: Row) -> bool:
    told = is_inner_label(row.text) or row.bullet or (is_prose(row.text) and not _known(row.text))
    return not told and len(row.text.split()) <= MOST_WORDS


def _known(text: str) -> bool:
    return study_score(text) > 0 or school_score(text) > 0


def _fits(entry: Entry, at: int, face: object) -> bool:
    bare = study_score(" ".join(row.text for row in entry.header)) <= 0
    return bare and at < len(entry.body) and _nameable(entry.body[at]) and _face(entry.body[at]) == face


def _face(row: Row) -> tuple[object, ...]:
    return (look(row.style)[1:4], round(row.x0 / 6))


def _with(entry: Entry, at: int) -> Entry:
    row = entry.body[at]
    dates = tuple(span for _, span in row.dates)
    body = (*entry.body[:at], *entry.body[at + 1 :])
    return replace(entry, header=(*entry.header, row), body=body, dates=(*entry.dates, *dates))


def undated(section: Sequence[Row]) -> Iterator[list[Entry]]:
    """Studies of a section without dates: parted by its wider spaces, or where the first word's kind comes back."""
    if not section or any(row.dates for row in section):
        return
    inner = median(row.gap for row in section[1:]) if len(section) > 1 else 1.0
    spaced = [at for at, row in enumerate(section) if at == 0 or row.gap > WIDE * inner]
    for starts in (spaced, _recurring(section)):
        if len(starts) >= FEWEST:
            yield [_entry(section[start:end]) for start, end in pairwise([*starts, len(section)])]


def recurring(section: Sequence[Row]) -> Iterator[list[Entry]]:
    """Studies that begin alike, with a degree or a school, and hold one row with a date each, wherever that stands."""
    starts = _recurring(section) if section else []
    parts = [section[start:end] for start, end in pairwise([*starts, len(section)])]
    if len(parts) >= FEWEST and all(sum(bool(row.dates) for row in part) == 1 for part in parts):
        yield [_dated(part) for part in parts]


def _dated(part: Sequence[Row]) -> Entry:
    header = tuple(row for at, row in enumerate(part) if row.dates or (at < MOST_HEADER and _nameable(row)))
    body = tuple(row for row in part if row not in header)
    return Entry(header, body, tuple(span for row in header for _, span in row.dates))


def _recurring(section: Sequence[Row]) -> list[int]:
    """Where each degree stands, when the section opens with one; the same with schools."""
    kind = next((kind for kind in (study_score, school_score) if kind(section[0].text) > 0), None)
    return [at for at, row in enumerate(section) if kind(row.text) > 0 and _nameable(row)] if kind else []


def _entry(rows: Sequence[Row]) -> Entry:
    last = next((at for at, row in enumerate(rows) if at and not _nameable(row)), len(rows))
    last = min(last, MOST_HEADER)
    return Entry(tuple(rows[:last]), tuple(rows[last:]), ())
