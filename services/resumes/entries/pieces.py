"""A header cut into pieces: stretches in one style between separators, each with what it shares with its peers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from services.resumes.entries.cutting import Entry
from services.resumes.entries.header_words import DURATION, FROM, REMARK, is_address
from services.resumes.entries.lexicon import degree_score, school_score, title_score
from services.resumes.entries.told_posts import is_told, post_and_house
from services.resumes.page.rows import look, without_bullet
from services.resumes.periods.dates import find_dates
from services.resumes.text import Box, Line, Run, Style

STRONG = re.compile(
    r"\s+[|•·∙⋄◦▪‖→➔»]\s*|\s*;\s+|\s+/\s+|\s*[|•·⋄‖]\s+|\s+[–—―~]+\s+|(?<=[^\W\d])[–—]\s+(?=[^\W\d])|"
    r"\s+--?\s+|\s{3,}|\t|\s*[｜／]\s*|　"
)
AT = re.compile(r"\s+(?:at|@|bei|chez|presso|en la empresa)\s+|\s*@\s+(?=\w)")
DIVIDER = re.compile(r"(?:[,|•·–—:-]|\b(?:at|in|by|for|bei|chez))\s*$")
NOT_LATIN = re.compile("[\u0250-\u1dff\u2e80-\uffdc]")
MARKUP = re.compile(r"^(?:#{1,6}|\*{1,3}|_{1,3})\s*(?=\w)")
# Marks of emphasis in plain text: "__Engraver__, Lowther Plates", "*Engraver* at Lowther", "`Engraver`".
EMPHASIS = re.compile(
    r"(?<![\w*`])(?P<mark>\*{1,3}|_{1,3}|`)(?=\S)(?P<text>[^*`]*?[^\s*_`])(?P=mark)(?!\w)|(?<=\w)(?:\*{1,3}|_{1,3}|`)(?=\s*,)"
)
SMALL = FROM | {"at", "@", "bei", "chez", "in", "for", "by", "with"}
EDGES = " \t,;/|·•–—-:()（）[]⋄∙　"


@dataclass(frozen=True)
class Piece:
    """A stretch of a header in one style between separators. `slot` is what it shares with its peers, first of all how
    many rows from the top it stands; `below` is how many rows from the entry's date, None without one.
    """

    text: str
    line: Line
    slot: tuple[object, ...]
    link: str = ""
    after_at: bool = False
    below: int | None = None
    cut: bool = False  # came from a comma; its slot ends with its number

    @property
    def slots(self) -> tuple[tuple[object, ...], ...]:
        """All it shares with its peers: the role under an employer named once stands as near to its date as theirs."""
        return (self.slot,) if self.below is None else (self.slot, ("below", self.below, *self.slot[1:]))

    @property
    def box(self) -> Box:
        return self.line.box


def pieces_of(entry: Entry) -> list[Piece]:
    """The header without its dates, durations, addresses and bullets."""
    found: list[Piece] = []
    dated = next((depth for depth, row in enumerate(entry.header) if row.dates), None)
    for depth, row in enumerate(entry.header):
        for place, line in enumerate(row.lines):
            for number, (text, style, link, after) in enumerate(_cut(line)):
                slot = (depth, _style_of(text, style), min(place, 2), number)
                below = None if dated is None else depth - dated
                found.append(Piece(text, line, slot, link, after_at=after, below=below))
    named = [piece for piece in found if not is_address(piece.text) or degree_score(piece.text) > 0]  # "B.Com"
    return [piece for piece in named if not REMARK.match(piece.text)] or named


def _style_of(text: str, style: Style) -> tuple[object, ...]:
    """What shows in print; the height of a font that was borrowed for a script is no choice of the author's."""
    _, size, bold, italic, _ = look(style)
    return (0.0 if NOT_LATIN.search(text) else size, bold, italic)


def _cut(line: Line) -> list[tuple[str, Style, str, bool]]:
    """A line at its separators and changes of style, dates blanked out."""
    text = "".join(run.text for run in line.runs)
    blanks = [(span.at, span.to) for span in find_dates(text)]
    cuts: list[tuple[str, Style, str, bool]] = []
    offset, after, told = 0, False, is_told(text)
    for run in _looks_of(line):
        end = offset + len(run.text)
        own = _without(run.text, [(start - offset, stop - offset) for start, stop in blanks])
        offset = end
        own = DURATION.sub(" | ", own)
        if "*" in own or "_" in own or "`" in own:
            own = EMPHASIS.sub(lambda found: f" | {found['text'] or ''} | ", own)
        for part in STRONG.split(own):
            bits = (post_and_house(part) if told else None) or _at_joints(part)
            for number, bit in enumerate(bits):
                clean = _trimmed(without_bullet(bit))
                is_at = after or number > 0
                after = False
                if clean.casefold() in SMALL:
                    after = clean.casefold() in {"at", "@", "bei", "chez"}
                elif clean and any(c.isalnum() for c in clean):
                    cuts.append((clean, run.style, run.link, is_at))
    return [cut for cut in cuts if len(cut[0]) > 1 or not cut[0].isascii()]


def _at_joints(part: str) -> Sequence[str]:
    """Thus "School Teacher at Austin" are two names, "University of Texas at Austin" is one, whatever precedes it."""
    bits = [""]
    for bit in AT.split(f" {part} "):
        one = school_score(bits[-1]) > 0 and title_score(bits[-1]) <= 0
        if one:
            between = part.partition(bits[-1].strip())[2].partition(bit.strip())[0]
            bits[-1] += between + bit.strip()
        else:
            bits.append(bit)
    return bits[1:]


def _looks_of(line: Line) -> list[Run]:
    """Runs that differ to the eye; a link alone divides only where a separator stands."""
    merged: list[Run] = []
    for run in line.runs:
        last = merged[-1] if merged else None
        same = last is not None and (_alike(last.style, run.style) or _borrowed(last, run))
        if last is not None and same and (last.link == run.link or not DIVIDER.search(last.text)):
            main = max(last, run, key=lambda part: len(part.text.strip()))
            merged[-1] = Run(last.text + run.text, main.style, last.link or run.link)
        else:
            merged.append(run)
    return merged


def _alike(one: Style, other: Style) -> bool:
    """To the eye: a size that differs by a point within a line is the producer's rounding."""
    return look(one)[2:] == look(other)[2:] and abs(one.size - other.size) < 1.2  # noqa: PLR2004 — points


def _borrowed(last: Run, run: Run) -> bool:
    """Letters that the font lacks come from another one, whose size says nothing; nor does it within a phrase."""
    foreign = not (last.text.isascii() and run.text.isascii())
    within = run.text.lstrip()[:1].islower() or run.text.lstrip()[:1] in {"(", "["}
    within = within or (last.text.rstrip()[-1:].islower() and run.text[:1] == ",")
    return (foreign or within) and look(last.style)[2:] == look(run.style)[2:] and not DIVIDER.search(last.text)


def _without(text: str, blanks: Sequence[tuple[int, int]]) -> str:
    for first, last in sorted(blanks, reverse=True):
        start, stop = max(first, 0), min(last, len(text))
        if start < stop:
            text = text[:start] + " | " + text[stop:]
    return text


def _trimmed(text: str) -> str:
    """Separators off the ends; a bracket stays when its partner is inside."""
    text = MARKUP.sub("", re.sub(r"\s+", " ", text).strip())
    while text and text[0] in EDGES and not (text[0] in "(（[" and _closes(text)):
        text = text[1:]
    if text.endswith((").", "）.")):
        text = text[:-1]
    while text and text[-1] in EDGES and not (text[-1] in ")）]" and _opens(text)):
        text = text[:-1]
    return text


def _closes(text: str) -> bool:
    return any(mark in text for mark in ")）]") and not text.endswith((")", "）", "]"))


def _opens(text: str) -> bool:
    return any(mark in text for mark in "(（[") and not text.startswith(("(", "（", "["))
