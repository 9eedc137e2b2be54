"""Jobs out of a section: rows of employer, title, place and time that belong together."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from services.resumes.contact.places import CITIES, KNOWN_CITY, place_score
from services.resumes.entries.comma_triples import cut_at_both_commas
from services.resumes.entries.cutting import Cutter, Entry
from services.resumes.entries.header_words import is_address
from services.resumes.entries.hints import Hints, hints_of, plain
from services.resumes.entries.lexicon import company_score, degree_score, school_score, title_score
from services.resumes.entries.likelihood import Found, best
from services.resumes.entries.peers import (
    AWAY,
    BRACKETED,
    COMMA,
    cut_at_commas,
    cut_at_connectors,
    names_before_places,
    shed_brackets,
    shed_like_peers,
    shed_places,
)
from services.resumes.entries.pieces import Piece, pieces_of
from services.resumes.entries.roles import Scores, assign, split_at_comma
from services.resumes.entries.several_roles import with_later_roles, without_umbrellas
from services.resumes.entries.signs import house_sign, post_sign
from services.resumes.entries.umbrellas import under_umbrellas
from services.resumes.page.bodies import paragraphs
from services.resumes.page.cells import side_by_side
from services.resumes.page.rows import Row
from services.resumes.page.stacked import unstacked
from services.resumes.periods.dates import main_span
from services.resumes.profile import Experience
from services.resumes.text import Line, Style

SCORES: Scores = {
    "title": lambda text: title_score(text) + _spelt(text) - 0.6 * company_score(text) - 0.4 * place_score(text),
    "company": lambda text: company_score(text) - _spelt(text) - 0.7 * title_score(text) - 0.8 * _surely_place(text),
    "location": lambda text: place_score(text) - 0.5 * title_score(text) - 0.5 * company_score(text) - 0.8,
}
PRIORS = {"title": 0.2, "company": 0.3, "location": 0.0}
MOST_WORDS = 9
FEW = 2
HINTED, TOWN, DEEP = 2.5, 0.5, 0.1
DEPARTMENT = re.compile(
    r"(?i)^(?:department|dept|division|business unit|abteilung|geschäftsbereich|département|departamento|dipartimento|"
    r"afdeling|avdelning|avdeling|wydział|dział)\b(?!.*\b(?:veterans|defen[cs]e|state|justice|energy|labor|commerce)\b)"
)
HAN = re.compile("[\u3040-\u9fff]+")  # set with spaces only between names
ADDRESS = re.compile(r"(?i)https?://\S+|www\.\S+")


def jobs(section: Sequence[Row], body: Style | None = None, head: Iterable[Line] = ()) -> list[Found[Experience]]:
    """In the order of the page. An entry with neither title nor employer is dropped. `head` is the top of the page,
    where a person often stands with the title of the present job.
    """
    scores = _scores(hints_of(section, head))
    cutter = Cutter(side_by_side(unstacked(section)), body)
    readings = [_read(entries, scores) for entries in cutter.cuttings()]
    return best(readings, ("title", "company"), scores)


def _read(entries: Sequence[Entry], scores: Scores) -> list[Found[Experience]]:
    headers = cut_at_connectors([_without_department(pieces_of(entry)) for entry in entries])
    headers = shed_places(shed_brackets(headers, _known), shed_place, title_score)
    headers = shed_like_peers(headers, _known)
    headers = names_before_places(headers, title_score)
    entries, headers = under_umbrellas(entries, headers)
    headers = cut_at_both_commas(headers, title_score, company_score)
    headers = cut_at_commas(headers, lambda left, right, order: _pair(left, right, order, scores))
    whole = _whole_beside_others(headers)
    headers = _like_peers([header if _goes_on(header, whole) else _split(header, scores) for header in headers])
    roles = assign(headers, scores, PRIORS)
    found: list[Found[Experience]] = []
    company: Piece | None = None
    for entry, header, found_role in zip(entries, headers, roles, strict=True):
        role = _filled(found_role, header)
        if "company" not in role and "title" in role and company is not None and entry.dates and len(header) <= FEW:
            role["company"] = company  # a second role under the same employer
        company = role.get("company", company)
        if role.get("title") or role.get("company"):
            found.append(Found(_job(entry, role), role, entry))
    told = with_later_roles(without_umbrellas(found))
    return [Found(_job(entry, job.pieces), job.pieces, entry) for entry, job in told]


def _scores(hints: Hints) -> Scores:
    """The word scores, and what the résumé itself says of a text."""

    def told(text: str, role: str) -> float:
        other = "company" if role == "title" else "title"
        words = plain(text)
        return HINTED * (words in hints[role]) - 0.5 * HINTED * (words in hints[other])

    return {
        "title": lambda text: SCORES["title"](text) + told(text, "title"),
        "company": lambda text: SCORES["company"](text) + told(text, "company"),
        "location": SCORES["location"],
    }


def _without_department(header: list[Piece]) -> list[Piece]:
    """A department is an employer only where nothing else stands beside a title."""
    names = [piece for piece in header if not DEPARTMENT.match(piece.text)]
    others = [piece for piece in names if place_score(piece.text) < KNOWN_CITY and title_score(piece.text) <= 0]
    titled = any(title_score(piece.text) > 0 for piece in names)
    return names if titled and others else header


def _surely_place(text: str) -> float:
    """A house may bear the name of a town."""
    score = place_score(text)
    return score if score > KNOWN_CITY else TOWN * score


def _spelt(text: str) -> float:
    """Positive for the spelling of a post, negative for that of a house; the words themselves go first."""
    known = max(title_score(text), company_score(text)) > 0
    return 0.0 if known else post_sign(text) - house_sign(text)


def _known(text: str) -> float:
    return max(title_score(text), company_score(text), degree_score(text))


def _pair(left: str, right: str, order: str, scores: Scores) -> float:
    """What follows a title's own comma makes it no worse; where nothing tells, it is the title that has two parts."""
    title, company = (left, right) if order == "title" else (right, left)
    known = max(scores["title"](title), scores["title"](COMMA.split(title)[0]))
    return known + scores["company"](company) + DEEP * bool(COMMA.search(title))


def _whole_beside_others(headers: Sequence[Sequence[Piece]]) -> set[object]:
    """Where, counted from the date, a title with a comma stands beside an employer: it is not cut there."""
    titled = [piece for header in headers if len(header) > 1 for piece in header if title_score(piece.text) > 0]
    return {piece.slots[-1] for piece in titled if piece.below is not None and COMMA.search(piece.text)}


def _goes_on(header: Sequence[Piece], whole: set[object]) -> bool:
    """A title alone with its date, where such titles are: a second post under the employer above."""
    return len(header) == 1 and header[0].slots[-1] in whole and title_score(header[0].text) > 0


def _split(header: list[Piece], scores: Scores) -> list[Piece]:
    """Pieces that hold two values are cut where fewer than two stand apart."""
    sure = any(place_score(piece.text) > KNOWN_CITY for piece in header)
    least = KNOWN_CITY + 0.1 if sure else 1.5  # where the place is told, the name of a town may be a house's
    named = [piece for piece in header if place_score(piece.text) < least or company_score(piece.text) > 0]
    titled = [piece for piece in named if title_score(piece.text) >= 1.4]  # noqa: PLR2004
    if titled and any(piece not in titled for piece in named):
        return header
    result: list[Piece] = []
    for piece in header:
        result += split_at_comma(piece, scores, ("title", "company")) if COMMA.search(piece.text) else [piece]
    return result


def _like_peers(headers: list[list[Piece]]) -> list[list[Piece]]:
    """A line that was not cut, among peers in its place and style that were, is cut at its first comma too."""
    cut = Counter(piece.slot[:-1] for header in headers for piece in header if piece.cut)
    whole = Counter(piece.slot for header in headers for piece in header if ", " in piece.text and not piece.cut)
    slots = {slot for slot, count in whole.items() if cut[slot] > count}
    return [[part for piece in header for part in _cut_once(piece, slots)] for header in headers]


def _cut_once(piece: Piece, slots: set[tuple[object, ...]]) -> list[Piece]:
    if piece.slot not in slots or piece.cut or ", " not in piece.text:
        return [piece]
    left, _, right = piece.text.partition(", ")
    return [replace(piece, text=left, slot=(*piece.slot, 0)), replace(piece, text=right, slot=(*piece.slot, 1))]


def shed_place(piece: Piece) -> list[Piece]:
    """Thus "Acme, Springfield, IL" gives its place away; "Pied Piper, Inc." and "Berkeley, CA" stay whole."""
    if bracketed := BRACKETED.match(piece.text):
        known = place_score(bracketed["place"]) >= KNOWN_CITY and len(bracketed["name"]) > 1
        return [_part(piece, bracketed["name"], 0), _part(piece, bracketed["place"], 1)] if known else [piece]
    name, _, town = piece.text.rpartition(" ")
    if HAN.fullmatch(town) and HAN.search(name) and place_score(town) >= KNOWN_CITY:
        return [_part(piece, name, 0), _part(piece, town, 1)]
    parts = COMMA.split(piece.text)
    alone = company_score(piece.text) == 0 and title_score(piece.text) == 0
    if len(parts) < 2 or (len(parts) == 2 and alone and place_score(piece.text) >= 2):  # noqa: PLR2004 — city and country
        return [piece]
    for cut in _cuts(parts):
        tail = ", ".join(parts[cut:])
        if place_score(tail) >= KNOWN_CITY and company_score(tail) == 0:
            return [_part(piece, ", ".join(parts[:cut]), 0), _part(piece, tail, 1)]
    return [piece]


def _cuts(parts: list[str]) -> list[int]:
    """Where a place may begin: city and country first, one more where that begins with a region, then the country."""
    count = len(parts)
    if AWAY.match(parts[-1]):
        return [count - 1]
    region = count > 3 and place_score(parts[-2]) >= 2 and parts[-2] not in CITIES  # noqa: PLR2004 — not "New York, NY"
    pair = [count - 3] if region else []
    return [*pair, *([count - 2] if count > 2 else []), count - 1]  # noqa: PLR2004


def _part(piece: Piece, text: str, number: int) -> Piece:
    slot = piece.slot if number == 0 else (*piece.slot, "place")
    return replace(piece, text=text.strip(" ,"), slot=slot)


def _filled(role: dict[str, Piece], header: Sequence[Piece]) -> dict[str, Piece]:
    """A header with a title and one more name has its employer, whatever the words ("Globex Assistant")."""
    known = {"title", "company"} & role.keys()
    if len(known) != 1:
        return role
    missing = ({"title", "company"} - known).pop()
    used = {id(piece) for piece in role.values()}
    told = "location" in role  # then the name of a town behind a title is a house's
    named = {piece.slot[:-1] for piece in header if piece.slot[-1:] == ("place",)}  # before a place that was taken off
    rest = [
        piece for piece in header
        if id(piece) not in used
        and place_score(piece.text) < (KNOWN_CITY + 0.1 if told and (piece.cut or piece.slot in named) else 1.5)
    ]  # fmt: skip
    rest = [piece for piece in rest if len(piece.text.split()) <= MOST_WORDS and any(c.isalpha() for c in piece.text)]
    return role | {missing: rest[0]} if rest else role


def _job(entry: Entry, role: dict[str, Piece]) -> Experience:
    span = main_span(entry.dates)
    description, highlights = paragraphs(entry.body)
    address = next((line.text for row in entry.header for line in row.lines if is_address(line.text)), "")
    return Experience(
        company=_text(role.get("company")),
        title=_text(role.get("title")),
        location=_text(role.get("location")),
        start=span.start if span else "",
        end=span.end if span else "",
        current=bool(span and span.current),
        highlights=highlights,
        description=description,
        url=address or _link(role),
    )


def _text(piece: Piece | None) -> str:
    return ADDRESS.sub("", piece.text).strip(" ,") if piece else ""


def _link(role: dict[str, Piece]) -> str:
    links = (piece.link for piece in role.values() if piece.link.startswith("http"))
    return next(links, "")


def looks_like_study(found: Found[Experience]) -> bool:
    """A degree among jobs: a headless résumé runs both together."""
    text = " ".join(row.text for row in found.entry.header)
    return degree_score(text) > 0 and school_score(text) > 0 and title_score(found.value.title) < 1
