"""What one entry alone leaves open and its peers decide: where a line with two values is cut, which tail is a place.

A section is drawn by one hand. A piece is therefore cut where the pieces in the same place of most other entries are.
"""

import itertools
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from services.resumes.contact.places import CITIES, KNOWN_CITY, place_score
from services.resumes.entries.pieces import Piece
from services.resumes.words import words

Headers = list[list[Piece]]
TailOf = Callable[[Piece, Callable[[str], float]], str]
CONNECTORS = words("connectors")
MOST, OFTEN, FEWEST, PAIR = 0.7, 0.6, 2, 2
MOST_PLACE_WORDS = 3
BRACKETED = re.compile(r"^(?P<name>.*\S)\s*[(（](?P<place>[^()（）]+)[)）]$")
AWAY = re.compile(r"(?i)(?:fully |100 ?% )?(?:remot[eo]|hybrid|home[- ]?office|télétravail|teletrabajo|anywhere)\b")
BETWEEN = re.compile(r"^(?P<name>[^()（）]*[^()（）\s])\s*[(（](?P<place>[^()（）]+)[)）]\s*[,:–—-]\s*(?P<rest>\S.*)$")
CAPITALS = re.compile("[A-Za-z\u00c0-\u058f]")
COMMA = re.compile(r",\s+|，\s*|、|,(?=[\u3040-\u9fff])")


def cut_at_connectors(headers: Headers) -> Headers:
    """Thus "Analista na Acme" where every entry has that "na": too common a word to cut at on its own."""
    counts: Counter[tuple[object, str]] = Counter()
    totals: Counter[object] = Counter()
    for header in headers:
        for piece in header:
            totals[piece.slot] += 1
            counts.update((piece.slot, word) for word in set(_inner(piece.text)) & CONNECTORS)
    chosen = {
        slot: word
        for (slot, word), count in counts.items()
        if count >= FEWEST and count >= MOST * max(totals[slot], len(headers))
    }
    return [[part for piece in header for part in _at(piece, chosen.get(piece.slot, ""))] for header in headers]


def _inner(text: str) -> list[str]:
    """Words with a capital or a sign behind them: what could stand between a title and a name."""
    return [word for word, after in itertools.pairwise(text.split()[1:]) if not after[:1].islower()]


def _at(piece: Piece, word: str) -> list[Piece]:
    left, found, right = piece.text.partition(f" {word} ") if word else (piece.text, "", "")
    if not found or not left.strip() or not right.strip():
        return [piece]
    return [
        replace(piece, text=left.strip(), slot=(*piece.slot, 0), cut=True),
        replace(piece, text=right.strip(), slot=(*piece.slot, 1), cut=True, after_at=True),
    ]


def shed_places(headers: Headers, shed: Callable[[Piece], list[Piece]], titled: Callable[[str], float]) -> Headers:
    """Places behind names are taken off; the name of a town is a name where the header has a place of its own, or
    nothing besides but a title.
    """
    slots = _place_slots(headers)

    def told(piece: Piece) -> bool:
        return place_score(piece.text) > KNOWN_CITY or piece.slot[-1:] == ("place",) or piece.slot in slots

    return [[part for piece in header for part in _parts(piece, header, shed, titled, told)] for header in headers]


def _parts(
    piece: Piece,
    header: Sequence[Piece],
    shed: Callable[[Piece], list[Piece]],
    titled: Callable[[str], float],
    told: Callable[[Piece], bool],
) -> list[Piece]:
    pair = COMMA.split(piece.text)
    placed = any(told(other) for other in header if other is not piece)
    placed = placed or (len(header) == 1 and titled(pair[0]) > 0)
    return [piece] if placed and len(pair) == PAIR and place_score(pair[1]) <= KNOWN_CITY else shed(piece)


def shed_brackets(headers: Headers, known: Callable[[str], float]) -> Headers:
    """What stands in brackets behind every name of the section is a place, whatever else is; and a known place in
    brackets between two names parts them.
    """
    headers = [[part for piece in header for part in _around_brackets(piece)] for header in headers]
    return _shed_tails(headers, known, (_bracketed,))


def _around_brackets(piece: Piece) -> list[Piece]:
    """Thus "Acme (Springfield, IL), Engineer" as two names and a place."""
    found = BETWEEN.match(piece.text) if "(" in piece.text or "（" in piece.text else None
    if found is None or place_score(found["place"]) < KNOWN_CITY:
        return [piece]
    return [
        replace(piece, text=found["name"].strip(), slot=(*piece.slot, 0)),
        replace(piece, text=found["place"].strip(), slot=(*piece.slot, "place")),
        replace(piece, text=found["rest"].strip(), slot=(*piece.slot, 1)),
    ]


def shed_like_peers(headers: Headers, known: Callable[[str], float]) -> Headers:
    """The tail behind the last comma, or in brackets, is a place where it is one in the same slot of another entry, or
    where every entry of the slot has such a tail.
    """
    return _as_deep(_shed_tails(headers, known, (_bracketed, _tail)), known)


def _shed_tails(headers: Headers, known: Callable[[str], float], tails: Sequence[TailOf]) -> Headers:
    shed = Counter(piece.slot[:-1] for header in headers for piece in header if piece.slot[-1:] == ("place",))
    for tail_of in tails:
        tail = _once(headers, tail_of)
        whole = Counter(piece.slot for header in headers for piece in header if tail(piece, known))
        plain = Counter(piece.slot for header in headers for piece in header if not tail(piece, known))
        slots = {
            slot
            for slot in {*shed, *whole}
            if shed[slot] and shed[slot] + whole[slot] >= max(FEWEST, MOST * (plain[slot] + whole[slot]))
        }
        if tail_of is _bracketed:
            slots |= {slot for slot, count in whole.items() if count >= FEWEST and not plain[slot] - shed[slot]}
        headers = [[part for piece in header for part in _shed(piece, slots, known, tail)] for header in headers]
    return headers


def _once(headers: Headers, tail_of: TailOf) -> TailOf:
    """The same, and nothing where a place was taken off already: what stands before it is a name."""
    pairs = (pair for header in headers for pair in itertools.pairwise(header))
    done = {id(name) for name, place in pairs if place.slot == (*name.slot, "place")}
    return lambda piece, known: "" if id(piece) in done else tail_of(piece, known)


def _as_deep(headers: Headers, known: Callable[[str], float]) -> Headers:
    """Where places have two parts in most entries, one with a single part takes the part before it too."""
    places = [piece for header in headers for piece in header if piece.slot[-1:] == ("place",)]
    deep = Counter(piece.slot for piece in places if COMMA.search(piece.text))
    total = Counter(piece.slot for piece in places)
    slots = {slot for slot, count in deep.items() if count >= FEWEST and count >= OFTEN * total[slot]}
    return [_deepened(header, slots, known) for header in headers]


def _deepened(header: list[Piece], slots: set[tuple[object, ...]], known: Callable[[str], float]) -> list[Piece]:
    result = list(header)
    for at, (name, place) in enumerate(itertools.pairwise(header)):
        single = place.slot in slots and place.slot[:-1] == name.slot and not COMMA.search(place.text)
        single = single and place.text not in CITIES and not AWAY.match(place.text)  # a country of an unknown town
        tail = _tail(name, known) if single and not BRACKETED.match(place.line.text) else ""
        if tail:
            result[at] = replace(name, text=name.text[: name.text.rindex(tail)].rstrip(" ,，、"))
            result[at + 1] = replace(place, text=f"{tail}, {place.text}")
    return result


def _bracketed(piece: Piece, known: Callable[[str], float]) -> str:
    """What stands in brackets behind a name, when it could be the name of a place and speaks of nothing else."""
    found = BRACKETED.match(piece.text)
    tail = found["place"].strip() if found else ""
    fits = 0 < len(tail.split()) <= MOST_PLACE_WORDS and not tail[:1].islower() and not any(c.isdigit() for c in tail)
    return tail if fits and known(tail) <= 0 else ""


def _tail(piece: Piece, known: Callable[[str], float]) -> str:
    """The last part of a text with commas, when it could be the name of a place and speaks of nothing else."""
    parts = COMMA.split(piece.text)
    tail = parts[-1].strip()
    fits = len(parts) > 1 and 0 < len(tail.split()) <= MOST_PLACE_WORDS and not tail[:1].islower()
    return tail if fits and known(tail) <= 0 and not any(c.isdigit() for c in tail) else ""


def _shed(piece: Piece, slots: set[tuple[object, ...]], known: Callable[[str], float], tail_of: TailOf) -> list[Piece]:
    tail = tail_of(piece, known) if piece.slot in slots else ""
    if not tail:
        return [piece]
    head = piece.text[: piece.text.rindex(tail)].rstrip(" ,，、(（")
    return [replace(piece, text=head), replace(piece, text=tail, slot=(*piece.slot, "place"))]


def names_before_places(headers: Headers, titled: Callable[[str], float]) -> Headers:
    """Where every entry has a title and a "Harmony Gold, Virginia", the employer stands before the comma: nobody names
    the town and the state of a house without its name.
    """
    lone = [_lone_place(header, titled) for header in headers]
    found = [piece for piece in lone if piece is not None]
    if len(found) < FEWEST or len(found) < MOST * len(headers):
        return headers
    chosen = {id(piece) for piece in found}

    def parts(piece: Piece) -> list[Piece]:
        return _shed(piece, {piece.slot}, _nothing, _tail) if id(piece) in chosen else [piece]

    return [[part for piece in header for part in parts(piece)] for header in headers]


def _lone_place(header: Sequence[Piece], titled: Callable[[str], float]) -> Piece | None:
    """The only piece beside one other, when it has the form of a place whose first part is no city we know."""
    rest = [piece for piece in header if COMMA.search(piece.text) and titled(piece.text) <= 0]
    fits = len(rest) == 1 and len(header) == 2 and _formed(rest[0])  # noqa: PLR2004 — a title beside it
    return rest[0] if fits and COMMA.split(rest[0].text)[0] not in CITIES else None


def _formed(piece: Piece) -> bool:
    """Like a place as far as its script shows: only some scripts have capitals."""
    return place_score(piece.text) > 0 or (not CAPITALS.search(piece.text) and bool(_tail(piece, _nothing)))


def _nothing(_: str) -> float:
    return 0.0


def cut_at_commas(headers: Headers, worth: Callable[[str, str, str], float]) -> Headers:
    """A slot whose pieces all have commas, and stand alone with their date and place, is cut at the same comma in each.

    `worth(left, right, order)` says how well two texts are title and employer in that order; the comma (first or
    last) and the order that suit all entries together win.
    """
    slots: dict[tuple[object, ...], list[Piece]] = {}
    places = _place_slots(headers)
    for header in headers:
        named = [piece for piece in header if place_score(piece.text) < KNOWN_CITY and piece.slot not in places]
        if len(named) == 1 and COMMA.search(named[0].text):
            slots.setdefault(named[0].slot, []).append(named[0])
    chosen = {
        slot: _best_comma(pieces, worth)
        for slot, pieces in slots.items()
        if len(pieces) >= FEWEST and len(pieces) >= OFTEN * len(headers)
    }
    return [[part for piece in header for part in _halves(piece, chosen.get(piece.slot))] for header in headers]


def _place_slots(headers: Headers) -> set[tuple[object, ...]]:
    """Slots that hold places in most entries: what else stands there is a place nobody told us of."""
    pieces = [piece for header in headers for piece in header]
    total = Counter(piece.slot for piece in pieces)
    placed = Counter(p.slot for p in pieces if p.slot[-1:] == ("place",) or place_score(p.text) >= KNOWN_CITY)
    return {slot for slot, count in placed.items() if count >= OFTEN * total[slot]}


def _best_comma(pieces: Sequence[Piece], worth: Callable[[str, str, str], float]) -> int:
    """0 for the first comma of each text, -1 for the last."""

    def total(which: int) -> float:
        pairs = [_parted(piece.text, which) for piece in pieces]
        return max(sum(worth(left, right, order) for left, right in pairs) for order in ("title", "company"))

    return max((0, -1), key=total)


def _parted(text: str, which: int) -> tuple[str, str]:
    marks = list(COMMA.finditer(text))
    mark = marks[which]
    return text[: mark.start()].strip(), text[mark.end() :].strip()


def _halves(piece: Piece, which: int | None) -> list[Piece]:
    if which is None or not COMMA.search(piece.text):
        return [piece]
    return [
        replace(piece, text=text, slot=(*piece.slot, number), cut=True)
        for number, text in enumerate(_parted(piece.text, which))
    ]
