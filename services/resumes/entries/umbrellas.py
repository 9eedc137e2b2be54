"""An employer with the whole time spent there, above the posts held in it: each post is a job, the whole is none."""

from collections.abc import Sequence
from dataclasses import replace

from services.resumes.contact.places import KNOWN_CITY, place_score
from services.resumes.entries.cutting import Entry
from services.resumes.entries.header_words import is_prose
from services.resumes.entries.lexicon import company_score, title_score
from services.resumes.entries.pieces import Piece
from services.resumes.periods.dates import DateSpan, main_span

NOW = "9999"
YEAR = 4  # characters
MOST_POSTS = 8
SURE = 1.4
Parts = tuple[list[Entry], list[list[Piece]]]


def under_umbrellas(entries: Sequence[Entry], headers: Sequence[list[Piece]]) -> Parts:
    """The entries without such wholes and, with each of their posts, the employer's name and place."""
    kept: list[Entry] = []
    named: list[list[Piece]] = []
    at = 0
    while at < len(entries):
        posts = _posts(entries, headers, at)
        if not posts:
            kept.append(entries[at])
            named.append(list(headers[at]))
            at += 1
            continue
        house = _names(headers[at])[0]
        whole = [_of_umbrella(piece, house) for piece in headers[at] if not is_prose(piece.text)]
        for post in posts:
            dates = entries[post].dates or entries[at].dates
            kept.append(replace(entries[post], dates=dates))
            named.append([*headers[post], *whole])
        at = posts[-1] + 1
    return kept, named


def _of_umbrella(piece: Piece, house: Piece) -> Piece:
    """The only name above the posts is the employer's, as a name behind "at" is."""
    return replace(piece, slot=("umbrella", *piece.slot), below=None, after_at=piece is house)


def _posts(entries: Sequence[Entry], headers: Sequence[Sequence[Piece]], at: int) -> list[int]:
    """The entries that tell of posts within the time of the entry `at`; none where it is a job itself."""
    names = _names(headers[at])
    whole = main_span(entries[at].dates)
    if whole is None or len(names) != 1 or title_score(names[0].text) > company_score(names[0].text):
        return []
    found: list[int] = []
    for post in range(at + 1, min(at + 1 + MOST_POSTS, len(entries))):
        own = _names(headers[post])
        span = main_span(entries[post].dates)
        if len(own) != 1 or is_prose(own[0].text) or (span is not None and not _within(span, whole)):
            break
        if span is None and title_score(own[0].text) < SURE:
            break
        found.append(post)
    spans = [main_span(entries[post].dates) for post in found]
    dated = [span for span in spans if span is not None]
    if len(dated) < len(found):  # a post without a time of its own has the employer's
        return found[:1] if not dated and len(found) == 1 and not _body_tells(entries[at]) else []
    return found if _fills(dated, whole) else []


def _body_tells(entry: Entry) -> bool:
    """Whether what was done is told before the next name: then this one was no heading above it."""
    return any(row.bullet for row in entry.body)


def _names(header: Sequence[Piece]) -> list[Piece]:
    """Neither places nor text; of two places the one that is a town's name alone is a house's."""
    told = [piece for piece in header if not is_prose(piece.text)]
    names = [piece for piece in told if not _is_place(piece)]
    return names or (told[:1] if len(told) > 1 and place_score(told[0].text) <= KNOWN_CITY else [])


def _is_place(piece: Piece) -> bool:
    return piece.slot[-1:] == ("place",) or place_score(piece.text) >= KNOWN_CITY


def _within(span: DateSpan, whole: DateSpan) -> bool:
    return whole.is_range and _not_after(whole.start, span.start) and _not_after(_end(span), _end(whole))


def _fills(spans: Sequence[DateSpan], whole: DateSpan) -> bool:
    """The first post begins and the last one ends with the whole."""
    if not spans:
        return False
    first, last = min(span.start for span in spans), max(_end(span) for span in spans)
    return _not_after(first, whole.start) and _not_after(_end(whole), last)


def _end(span: DateSpan) -> str:
    return NOW if span.current else span.end or span.start


def _not_after(one: str, other: str) -> bool:
    """To the month where both know it, else to the year."""
    digits = min(len(one), len(other)) if NOW not in {one, other} else YEAR
    return one[:digits] <= other[:digits]
