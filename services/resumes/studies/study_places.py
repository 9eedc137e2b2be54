"""Towns behind the names of schools, as far as they are where a school stands and no part of its name."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from services.resumes.contact.places import KNOWN_CITY, place_score
from services.resumes.entries.lexicon import FIELD, school_score
from services.resumes.entries.peers import BRACKETED, COMMA
from services.resumes.entries.pieces import Piece
from services.resumes.studies.study_words import study_score

Headers = list[list[Piece]]
OFTEN, FEWEST, MOST_TOWN_WORDS = 0.6, 2, 3
ONLINE = re.compile(
    r"(?i)^(?:online|remote|distance learning|fernstudium|en ligne|à distance|en línea|a distancia|on-?site)$"
)
IN_STATE = 2.2  # what a town with its state or country scores
# One of several houses under one name: "University of California, Davis", "Institute of Technology, Madras".
SEATED = re.compile(r"(?i)\b(?:university of|universidad de|universidade de|institutes? of|state university|indiana)\b")


def shed_towns(headers: Headers) -> Headers:
    """A town and its state are taken off wherever they stand; a town alone where the school's own name has it already,
    where it stands behind the other schools of the section too, or where a lone school's name does not ask for one.
    """
    pieces = [piece for header in headers for piece in header]
    tailed = Counter(piece.slot for piece in pieces if _state_at(piece.text) or _town_at(piece.text))
    total = Counter(piece.slot for piece in pieces if not _unlike_school(piece.text))
    usual = {slot for slot, count in tailed.items() if count >= FEWEST and count >= OFTEN * total[slot]}

    def parts(piece: Piece, header: Sequence[Piece]) -> list[Piece]:
        if (inner := BRACKETED.match(piece.text)) and _is_town(inner["place"]):
            return [
                replace(piece, text=inner["name"]),
                replace(piece, text=inner["place"], slot=(*piece.slot, "place")),
            ]
        at = _state_at(piece.text)
        if not at and (town_at := _town_at(piece.text)):
            name, town = _cut(piece.text, town_at)
            told = piece.slot in usual or town.casefold() in name.casefold() or ONLINE.match(town)
            at = town_at if told or (total[piece.slot] < FEWEST and _asks_for_none(name, piece, header)) else 0
        if not at and piece.slot in usual:
            at = _like_town_at(piece.text)
        if not at:
            return [piece]
        name, town = _cut(piece.text, at)
        return [replace(piece, text=name), replace(piece, text=town, slot=(*piece.slot, "place"))]

    return [[part for piece in header for part in parts(piece, header)] for header in headers]


def _cut(text: str, at: int) -> tuple[str, str]:
    return text[:at].rstrip(" ,，、"), text[at:].lstrip(" ,，、")


def _asks_for_none(name: str, piece: Piece, header: Sequence[Piece]) -> bool:
    placed = any(place_score(other.text) >= KNOWN_CITY for other in header if other is not piece)
    return not placed and not SEATED.search(name)


def _state_at(text: str) -> int:
    """Where "Pasadena, CA" begins behind a name, 0 without one; "Leeds, UK" alone is a place and no name."""
    marks = list(COMMA.finditer(text))
    if len(marks) < 2:  # noqa: PLR2004 — a name, a town and its state
        return 0
    name, tail = text[: marks[-2].start()], text[marks[-2].end() :]
    sure = place_score(tail) >= IN_STATE and school_score(tail) <= 0 >= study_score(tail)
    return marks[-2].start() if sure and not _is_field(name) else 0


def _town_at(text: str) -> int:
    marks = list(COMMA.finditer(text))
    if not marks:
        return 0
    name, town = text[: marks[-1].start()], text[marks[-1].end() :]
    fits = place_score(town) >= KNOWN_CITY and len(town.split()) <= MOST_TOWN_WORDS and school_score(town) <= 0
    lone_degree = study_score(name) > 0 >= school_score(name) and len(marks) < 2  # noqa: PLR2004
    fits = fits or bool(ONLINE.match(town))
    return 0 if not fits or lone_degree or _unlike_school(name) else marks[-1].start()


def _is_town(text: str) -> bool:
    told = place_score(text) >= KNOWN_CITY or bool(ONLINE.match(text))
    return told and school_score(text) <= 0 >= study_score(text)


def _like_town_at(text: str) -> int:
    """Where a short name begins that may be a town nobody told us of."""
    marks = list(COMMA.finditer(text))
    town = text[marks[-1].end() :] if marks else ""
    fits = 0 < len(town.split()) <= MOST_TOWN_WORDS and town[:1].isupper() and not FIELD.search(town)
    return marks[-1].start() if fits and school_score(town) <= 0 >= study_score(text) else 0


def _unlike_school(name: str) -> bool:
    """A place itself, or a field of study."""
    return school_score(name) <= 0 and (("," not in name and place_score(name) >= KNOWN_CITY) or _is_field(name))


def _is_field(name: str) -> bool:
    return school_score(name) <= 0 >= study_score(name) and bool(FIELD.search(name))
