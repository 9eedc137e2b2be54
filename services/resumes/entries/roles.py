"""Which piece of a header is the title, the employer, the place: by its words, and by what the same position and style
hold in the other entries of the section. A section is consistent even where its words are unknown.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from services.resumes.entries.header_words import is_prose
from services.resumes.entries.pieces import Piece

Scores = Mapping[str, Callable[[str], float]]
MOST_PIECES, PEERS = 6, 2
MOST_WORDS = 9  # of a name
WEAK = frozenset({"location", "field"})
SURELY, PROSE, PLACED = 6.0, 1.5, 1.5
OWN = 0.3  # what an entry says for itself, beside what its section says


def assign(headers: Sequence[Sequence[Piece]], scores: Scores, priors: Mapping[str, float]) -> list[dict[str, Piece]]:
    """For each header the best piece for each role; a role may stay empty.

    `scores` maps a role to its word score, `priors` to what an unknown piece is worth in it. Slots vote: a piece is
    worth its own score plus its slot's mean over the section.
    """
    votes = _votes(headers, scores)
    return _agreed(headers, [_best(header, scores, priors, votes) for header in headers])


def _agreed(headers: Sequence[Sequence[Piece]], found: list[dict[str, Piece]]) -> list[dict[str, Piece]]:
    """A role that an entry lacks goes to the piece in whose slot its peers have it: an employer named like a town."""
    held: defaultdict[tuple[object, ...], Counter[str]] = defaultdict(Counter)
    for roles in found:
        for role, piece in roles.items():
            if role not in WEAK:
                held[piece.slot][role] += 1
    return [_completed(header, roles, held) for header, roles in zip(headers, found, strict=True)]


def _completed(
    header: Sequence[Piece], roles: dict[str, Piece], held: Mapping[tuple[object, ...], Counter[str]]
) -> dict[str, Piece]:
    result = dict(roles)
    for piece in header:
        strong = any(other is piece and role not in WEAK for role, other in result.items())
        for role, count in held.get(piece.slot, Counter()).items():
            if not strong and count >= PEERS and role not in result and not is_prose(piece.text):
                result = {name: other for name, other in result.items() if other is not piece} | {role: piece}
    return result


def _votes(headers: Sequence[Sequence[Piece]], scores: Scores) -> dict[tuple[object, ...], dict[str, float]]:
    sums: defaultdict[tuple[object, ...], defaultdict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for header in headers:
        for piece in header:
            for role, score in scores.items():
                for slot in piece.slots:
                    sums[slot][role].append(score(piece.text))
    return {slot: {role: sum(values) / len(values) for role, values in found.items()} for slot, found in sums.items()}


def _best(
    header: Sequence[Piece],
    scores: Scores,
    priors: Mapping[str, float],
    votes: Mapping[tuple[object, ...], Mapping[str, float]],
) -> dict[str, Piece]:
    roles = list(scores)
    pieces = list(header[:MOST_PIECES])
    shared = [{role: _vote(piece, role, votes) for role in roles} for piece in pieces]
    worth = [
        [_worth(piece, index, role, scores, priors, shared[index]) for index, piece in enumerate(pieces)]
        for role in roles
    ]
    best: tuple[float, tuple[int | None, ...]] = 0.0, ()
    for total, choice in _choices(worth, 0, ()):
        if total > best[0] + 1e-9:
            best = total, choice
    chosen = zip(roles, worth, best[1], strict=False)
    return {role: pieces[index] for role, worths, index in chosen if index is not None and worths[index] > 0}


def _choices(
    worth: Sequence[Sequence[float]], total: float, taken: tuple[int | None, ...]
) -> Iterator[tuple[float, tuple[int | None, ...]]]:
    """Every way to give each role a piece of its own, or none, and what it is worth."""
    if len(taken) == len(worth):
        yield total, taken
        return
    yield from _choices(worth, total, (*taken, None))
    for index, more in enumerate(worth[len(taken)]):
        if index not in taken:
            yield from _choices(worth, total + more, (*taken, index))


def _worth(
    piece: Piece, index: int, role: str, scores: Scores, priors: Mapping[str, float], shared: Mapping[str, float]
) -> float:
    """`shared` are the votes of its slots for each role."""
    own = OWN * scores[role](piece.text)
    rivals = max((vote for other, vote in shared.items() if other != role), default=0.0)
    worth = priors[role] + own + 2.0 * shared[role] - 0.5 * rivals - 0.02 * index
    if role in {"company", "institution"} and (piece.after_at or piece.link.startswith("http")):
        worth += SURELY if piece.after_at else 0.8
    if piece.slot[-1:] == ("place",):  # taken off a name for being one
        worth += PLACED if role == "location" else -PLACED
    return worth - PROSE if is_prose(piece.text) or len(piece.text.split()) > MOST_WORDS else worth


def _vote(piece: Piece, role: str, votes: Mapping[tuple[object, ...], Mapping[str, float]]) -> float:
    return sum(votes[slot][role] for slot in piece.slots) / len(piece.slots)


def split_at_comma(piece: Piece, scores: Scores, roles: tuple[str, str], *, both: bool = False) -> list[Piece]:
    """Thus "Engineer, Acme" as two pieces when its halves suit the two roles; otherwise the piece alone."""
    parts = re.split(r",\s+|，\s*|、", piece.text)
    best: tuple[float, int, bool] | None = None
    for cut in range(1, len(parts)):
        left, right = ", ".join(parts[:cut]), ", ".join(parts[cut:])
        for flipped in (False, True):
            first, second = (roles[1], roles[0]) if flipped else roles
            total = _fit(left, right, scores[first], scores[second], scores, roles)
            if both and min(scores[first](left), scores[second](right)) <= 0:
                continue
            if total > 0 and (best is None or total > best[0]):
                best = total, cut, flipped
    if best is None:
        return [piece]
    halves = [", ".join(parts[: best[1]]), ", ".join(parts[best[1] :])]
    return [
        replace(piece, text=half.strip(), slot=(*piece.slot, number), cut=True) for number, half in enumerate(halves)
    ]


def _fit(
    left: str,
    right: str,
    first: Callable[[str], float],
    second: Callable[[str], float],
    scores: Scores,
    roles: tuple[str, str],
) -> float:
    """How well two halves suit two roles; nothing when neither is known to."""
    other_left = min(scores[role](left) for role in roles)
    other_right = min(scores[role](right) for role in roles)
    sure = first(left) + second(right)
    return sure - 0.6 * (other_left + other_right) if max(first(left), second(right)) >= 1.4 else 0.0  # noqa: PLR2004
