"""Which piece of a header is the title, the employer, the place: by its words, and by what the same position and style
hold in the other entries of the section. A section is consistent even where its words are unknown.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

from services.resumes.dates import find_dates
from services.resumes.entries import Entry
from services.resumes.header_words import DURATION, is_address
from services.resumes.lexicon import school_score
from services.resumes.rows import look, without_bullet
from services.resumes.text import Box, Line, Run, Style

Scores = Mapping[str, Callable[[str], float]]
STRONG = re.compile(r"\s+[|•·∙⋄◦▪‖→➔»]\s*|\s*[|•·⋄‖]\s+|\s+[–—―~]+\s+|\s+--?\s+|\s{3,}|\t|\s*[｜／]\s*|　")
AT = re.compile(r"\s+(?:at|@|bei|chez|presso|en la empresa)\s+|\s*@\s+(?=\w)")
DIVIDER = re.compile(r"(?:[,|•·–—:-]|\b(?:at|in|by|for|bei|chez))\s*$")
EDGES = " \t,;/|·•–—-:()（）[]⋄∙　"
MOST_PIECES = 6
SURELY = 6.0
OWN = 0.6  # what an entry says for itself, beside what its section says


@dataclass(frozen=True)
class Piece:
    """A stretch of a header in one style between separators. `slot` is what it shares with its peers."""

    text: str
    line: Line
    slot: tuple[object, ...]
    link: str = ""
    after_at: bool = False
    cut: bool = False  # came from a comma; its slot ends with its number

    @property
    def box(self) -> Box:
        return self.line.box


def pieces_of(entry: Entry) -> list[Piece]:
    """The header without its dates, durations, addresses and bullets."""
    found: list[Piece] = []
    for depth, row in enumerate(entry.header):
        for place, line in enumerate(row.lines):
            for number, (text, style, link, after) in enumerate(_cut(line)):
                slot = (depth, look(style)[1:4], min(place, 2), number)
                found.append(Piece(text, line, slot, link, after_at=after))
    return [piece for piece in found if not is_address(piece.text)]


def _cut(line: Line) -> list[tuple[str, Style, str, bool]]:
    """A line at its separators and changes of style, dates blanked out."""
    text = "".join(run.text for run in line.runs)
    blanks = [(span.at, span.to) for span in find_dates(text)]
    cuts: list[tuple[str, Style, str, bool]] = []
    offset = 0
    after = False
    for run in _looks_of(line):
        end = offset + len(run.text)
        own = _without(run.text, [(start - offset, stop - offset) for start, stop in blanks])
        offset = end
        own = DURATION.sub(" | ", own)
        for part in STRONG.split(own):
            at = AT.search(f" {part} ")
            # "University of Texas at Austin" is one name.
            bits = AT.split(f" {part} ") if at and not school_score(part[: at.start()]) else [part]
            for number, bit in enumerate(bits):
                clean = _trimmed(without_bullet(bit))
                is_at = after or number > 0
                after = False
                if clean.casefold() in {"at", "@", "bei", "chez", "in", "for", "by", "with"}:
                    after = clean.casefold() in {"at", "@", "bei", "chez"}
                elif clean and any(c.isalnum() for c in clean):
                    cuts.append((clean, run.style, run.link, is_at))
    return [cut for cut in cuts if len(cut[0]) > 1 or not cut[0].isascii()]


def _looks_of(line: Line) -> list[Run]:
    """Runs that differ to the eye; a link alone divides only where a separator stands."""
    merged: list[Run] = []
    for run in line.runs:
        last = merged[-1] if merged else None
        same = last is not None and _alike(last.style, run.style)
        if last is not None and same and (last.link == run.link or not DIVIDER.search(last.text)):
            merged[-1] = Run(last.text + run.text, last.style, last.link or run.link)
        else:
            merged.append(run)
    return merged


def _alike(one: Style, other: Style) -> bool:
    """To the eye: a size that differs by a point within a line is the producer's rounding."""
    return look(one)[2:] == look(other)[2:] and abs(one.size - other.size) < 1.2  # noqa: PLR2004 — points


def _without(text: str, blanks: Sequence[tuple[int, int]]) -> str:
    for first, last in sorted(blanks, reverse=True):
        start, stop = max(first, 0), min(last, len(text))
        if start < stop:
            text = text[:start] + " | " + text[stop:]
    return text


def _trimmed(text: str) -> str:
    """Separators off the ends; a bracket stays when its partner is inside."""
    text = re.sub(r"\s+", " ", text).strip()
    while text and text[0] in EDGES and not (text[0] in "(（[" and _closes(text)):
        text = text[1:]
    while text and text[-1] in EDGES and not (text[-1] in ")）]" and _opens(text)):
        text = text[:-1]
    return text


def _closes(text: str) -> bool:
    return any(mark in text for mark in ")）]") and not text.endswith((")", "）", "]"))


def _opens(text: str) -> bool:
    return any(mark in text for mark in "(（[") and not text.startswith(("(", "（", "["))


def assign(headers: Sequence[Sequence[Piece]], scores: Scores, priors: Mapping[str, float]) -> list[dict[str, Piece]]:
    """For each header the best piece for each role; a role may stay empty.

    `scores` maps a role to its word score, `priors` to what an unknown piece is worth in it. Slots vote: a piece is
    worth its own score plus its slot's mean over the section.
    """
    votes = _votes(headers, scores)
    return [_best(header, scores, priors, votes) for header in headers]


def _votes(headers: Sequence[Sequence[Piece]], scores: Scores) -> dict[tuple[object, ...], dict[str, float]]:
    sums: defaultdict[tuple[object, ...], defaultdict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for header in headers:
        for piece in header:
            for role, score in scores.items():
                sums[piece.slot][role].append(score(piece.text))
    return {slot: {role: sum(values) / len(values) for role, values in found.items()} for slot, found in sums.items()}


def _best(
    header: Sequence[Piece],
    scores: Scores,
    priors: Mapping[str, float],
    votes: Mapping[tuple[object, ...], Mapping[str, float]],
) -> dict[str, Piece]:
    roles = list(scores)
    pieces = list(header[:MOST_PIECES])
    worth = {
        (role, index): _worth(piece, index, role, scores, priors, votes)
        for role in roles
        for index, piece in enumerate(pieces)
    }
    best: tuple[float, tuple[int | None, ...]] = 0.0, ()
    slots: list[int | None] = [None, *range(len(pieces))]
    for choice in product(slots, repeat=len(roles)):
        taken = [index for index in choice if index is not None]
        if len(set(taken)) < len(taken):
            continue
        total = sum(worth[role, index] for role, index in zip(roles, choice, strict=True) if index is not None)
        if total > best[0] + 1e-9:
            best = total, choice
    chosen = zip(roles, best[1], strict=False)
    return {role: pieces[index] for role, index in chosen if index is not None and worth[role, index] > 0}


def _worth(
    piece: Piece,
    index: int,
    role: str,
    scores: Scores,
    priors: Mapping[str, float],
    votes: Mapping[tuple[object, ...], Mapping[str, float]],
) -> float:
    own = OWN * scores[role](piece.text)
    shared = votes[piece.slot][role]
    rivals = max((votes[piece.slot][other] for other in scores if other != role), default=0.0)
    worth = priors[role] + own + 2.0 * shared - 0.5 * rivals - 0.02 * index
    if role in {"company", "institution"} and (piece.after_at or piece.link.startswith("http")):
        worth += SURELY if piece.after_at else 0.8
    return worth


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
