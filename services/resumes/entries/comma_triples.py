"""Title, employer and town between two commas, where nobody knows the town: told by every entry having all three."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from services.resumes.contact.places import KNOWN_CITY, place_score
from services.resumes.entries.peers import COMMA, Headers
from services.resumes.entries.pieces import Piece

FEWEST, MOST = 3, 0.6
PARTS = 3
ORDERS = (("title", "company", "place"), ("company", "title", "place"), ("company", "place", "title"))


def cut_at_both_commas(headers: Headers, titled: Callable[[str], float], housed: Callable[[str], float]) -> Headers:
    """A post of two parts before an employer has as many commas, but no section has only such posts. `titled` and
    `housed` say how much a text speaks of a post and of an employer.
    """
    if len(headers) < FEWEST or any(len(header) != 1 for header in headers):
        return headers
    texts = [COMMA.split(header[0].text) for header in headers]
    if any(len(parts) != PARTS or not all(part.strip() for part in parts) for parts in texts):
        return headers
    order = next((order for order in ORDERS if _suits(order, texts, titled, housed)), None)
    return headers if order is None else [_parted(header[0], order) for header in headers]


def _suits(
    order: Sequence[str],
    texts: Sequence[Sequence[str]],
    titled: Callable[[str], float],
    housed: Callable[[str], float],
) -> bool:
    title, company, place = (order.index(role) for role in ("title", "company", "place"))
    posts = sum(titled(parts[title]) > 0 for parts in texts)
    others = any(titled(parts[at]) > 0 for parts in texts for at in (company, place))
    towns = not any(housed(parts[place]) > 0 for parts in texts)
    return posts >= MOST * len(texts) and not others and towns and _differ(texts, company)


def _differ(texts: Sequence[Sequence[str]], at: int) -> bool:
    """Employers are no list of towns."""
    return sum(place_score(parts[at]) >= KNOWN_CITY for parts in texts) * 2 < len(texts)


def _parted(piece: Piece, order: Sequence[str]) -> list[Piece]:
    parts = zip(COMMA.split(piece.text), order, strict=True)
    return [
        replace(piece, text=text.strip(), slot=(*piece.slot, "place" if role == "place" else number), cut=True)
        for number, (text, role) in enumerate(parts)
    ]
