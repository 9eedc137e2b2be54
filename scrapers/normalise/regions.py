"""Who may apply, by country and region."""

import re
from collections.abc import Iterable

from scrapers.normalise.places import CITIES, COUNTRIES, REGION_WORDS, SUBDIVISIONS

# What stands apart is another place; what follows a comma may be the country of the place before it.
_APART = re.compile(r"\s*(?:[;/|·•()\[\]\n+:&]|\s[-–—]\s|\s(?:or|and|oder|und|ou|et)\s)\s*", re.IGNORECASE)
_NOISE = re.compile(
    r"\b(?:fully|100\s?%|remote|remoto|remota|remotely|hybrid|on-?site|only|based|preferred|anywhere in|in|within|the|"
    r"residents?|candidates?|home ?office|work from home|hq|metro|area|greater|city|applicants?|time ?zones?|must be|"
    r"preferably|located|open to|across|any|office)\b",
    re.IGNORECASE,
)
_WORLD = re.compile(r"\b(?:world\s?-?wide|anywhere|global(?:ly)?|international)\b", re.IGNORECASE)
_SYMBOL = re.compile(r"[^\w\s.,'’&-]")  # flags and pins
_SHORT = 3


def eligible_regions(said: Iterable[str], location: str) -> tuple[str, ...]:
    """ISO alpha-2 codes and region words, each once. The board's own list wins over its location; () is unknown."""
    for words in (tuple(said), (location,)):
        found: dict[str, None] = {}
        for text in words:
            found |= dict.fromkeys(_regions(text))
        if found:
            return ("worldwide",) if "worldwide" in found else tuple(found)
    return ()


def _regions(text: str) -> list[str]:
    found: list[str] = []
    before = ""
    for part in _APART.split(text):
        pieces = [_bare(piece) for piece in part.split(",") if piece.strip()]
        found += _of_part(pieces, before)
        before = pieces[-1] if pieces and pieces[-1] else before
    if not found and _WORLD.search(text):
        return ["worldwide"]
    return found


def _bare(piece: str) -> str:
    return " ".join(_NOISE.sub(" ", _SYMBOL.sub(" ", piece)).split()).strip(" .-")


def _of_part(pieces: list[str], before: str) -> list[str]:
    """Of "Halifax, England, United Kingdom" the last is the country; "Germany, Austria" is a list and keeps all."""
    read = [(piece, _of_piece(piece, previous)) for piece, previous in zip(pieces, [before, *pieces], strict=False)]
    found = [(piece, code) for piece, code in read if code]
    if any(code == "US" for _, code in found):
        found = [(piece, code) for piece, code in found if piece.casefold() != "georgia"]
    mixed = len(found) > 1 and not all(_is_whole(piece) for piece, _ in found)
    if mixed and found[-1][0].casefold() not in CITIES:
        return [found[-1][1]]
    return [code for _, code in found]


def _is_whole(piece: str) -> bool:
    """A country or a region, rather than a town or a state."""
    key = piece.casefold()
    return key in REGION_WORDS or (key in COUNTRIES and key not in CITIES)


def _of_piece(piece: str, before: str) -> str | None:
    """A region word, a country, a state, or a known city. Two letters after a town are a state first: "Austin, TX"."""
    key = piece.casefold()
    if key in REGION_WORDS:
        return REGION_WORDS[key]
    if len(piece) <= _SHORT and piece.isupper():
        country = COUNTRIES.get(key)
        state = SUBDIVISIONS.get(key)
        if before and state and CITIES.get(before.casefold()) != country:
            return state
        return country or state or CITIES.get(key)
    if key == "georgia" and CITIES.get(before.casefold()) == "US":
        return "US"
    if len(piece) <= 2:  # noqa: PLR2004 - "in", "or" and "us" are words before they are codes
        return "US" if key == "us" else None
    return COUNTRIES.get(key) or SUBDIVISIONS.get(key) or CITIES.get(key)
