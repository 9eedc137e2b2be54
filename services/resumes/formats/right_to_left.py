"""Hebrew and Arabic as they are read: a page shows them from right to left, and what we hand on is in reading order.

The rules of Unicode's bidirectional algorithm are undone from what was drawn, so it does not matter in which order the
producer wrote the letters. Boxes of such a page are mirrored: its first column, its indentation and its dates are then
where every other page has them. `ExtractedText.mirrored` tells, so that places can be shown on the real page.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import TypeAlias

from services.resumes.text import Box, Line, Run

ARABIC = re.compile("[\u0600-\u06ff\u0750-\u08ff\ufb50-\ufdff\ufe70-\ufefc]")
ANY_LETTER = re.compile(r"[^\W\d_]")
LETTER = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
LAM = "\u0644"
# By the classes of `_classes`; digits behind Latin words belong to them ("Java 11").
LEFT_TO_RIGHT = re.compile(r"P+|D*L(?:[LDNS]*[LD])?S*|D(?:[DS]*D)?S*")
SIGN_BEHIND = frozenset("+#%")
INSIDE_NUMBER = frozenset(".,:/")
HYPHENS = frozenset("-\u2011")
PHONE = re.compile(r"(?<![\w-])0\d*(?:[ -][1-9]\d*){2,}(?![\w-])|\+\d[\d ()./-]{5,}\d")
FROM_RIGHT = re.compile(r"^[,.;:]|^[-–—~]\s|\d\+$|\s[^\w\s]$")  # what only ends a line that begins at its other end
RANGE = re.compile(r"(?P<one>\d[\d./]*)(?P<dash>\s*[-–—~～]\s*)(?P<other>\d[\d./]*)")
YEAR = re.compile(r"(?:19|20)\d\d")
BRACKETS = ("()", "[]", "{}")
Ink: TypeAlias = tuple[str, int]  # a character and the number of its run


def reads_from_right(lines: Sequence[Line]) -> bool:
    """Whether most letters of a page are Hebrew or Arabic."""
    text = "".join(line.text for line in lines)
    foreign = len(LETTER.findall(text))
    return foreign > 0 and 2 * foreign > sum(character.isalpha() for character in text)


def drawn(characters: Sequence[tuple[str, Box]]) -> str:
    """The text of one word in the order it stands on the page, from left to right.

    Letters that share a box are one glyph, read from the right; its lam stands first (as in lam-alef), and its letter
    before its mark, in whichever order the producer gave them.
    """
    letters = [box for text, box in characters if not unicodedata.combining(text[0])]
    ordered = sorted(characters, key=lambda item: _place(item, letters))
    return "".join(_glyph("".join(text for text, _ in group)) for _, group in groupby(ordered, lambda item: item[1]))


def _place(item: tuple[str, Box], letters: Sequence[Box]) -> float:
    """Twice the middle of a character; a mark inside its letter's box stands to the left of it."""
    text, box = item
    if unicodedata.combining(text[0]):
        own = (letter for letter in letters if letter.x0 - 1 <= box.x0 and box.x1 <= letter.x1 + 1)
        box = next(own, box)
        return round(box.x0 + box.x1, 1) - 0.05
    return round(box.x0 + box.x1, 1)


def _glyph(text: str) -> str:
    if not LETTER.search(text):
        return text
    letters = unicodedata.normalize("NFKC", text)
    read = sorted(letters, key=lambda letter: 2 if unicodedata.combining(letter) else letter != LAM)
    return "".join(reversed(read))


def in_logical_order(line: Line, *, from_right: bool) -> Line:
    """A line as it is drawn, as it is read; `from_right` is the direction of its page."""
    if not from_right and not LETTER.search(line.text):
        return line
    ink = [(character, number) for number, run in enumerate(line.runs) for character in run.text]
    if not LETTER.search(line.text) and not FROM_RIGHT.search(line.text):
        return replace(line, runs=tuple(_runs(_mended(ink), line.runs)))  # an address or a phone in its own direction
    classes = _classes("".join(character for character, _ in ink))
    if from_right:
        ink = [item for token in reversed(list(_tokens(ink, classes))) for item in token]
    else:
        for stretch in re.finditer("R(?:[RDN]*R)?", classes):
            here = slice(*stretch.span())
            ink[here] = [item for token in reversed(list(_tokens(ink[here], stretch.group()))) for item in token]
    return replace(line, runs=tuple(_runs(_mended(ink), line.runs)))


def mirrored(box: Box, width: float) -> Box:
    return box._replace(x0=width - box.x1, x1=width - box.x0)


def _classes(text: str) -> str:
    """One letter for each character: R and L by direction, D for digits, S for a sign in or behind a number or a word,
    P for a phone that was drawn from left to right, N for all others.
    """
    classes = [_class(text, at) for at in range(len(text))]
    for phone in PHONE.finditer(text):
        classes[phone.start() : phone.end()] = "P" * (phone.end() - phone.start())
    return "".join(classes)


def _class(text: str, at: int) -> str:
    character = text[at]
    if LETTER.match(character):
        return "R"
    if character.isdigit():
        return "D"
    if character.isalpha():
        return "L"
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if character in SIGN_BEHIND and before and (before.isalnum() or before in SIGN_BEHIND):
        return "S"
    joins = character in INSIDE_NUMBER or (character in HYPHENS and not _is_arabic_number(text, at))
    return "S" if joins and before.isdigit() and after.isdigit() else "N"


def _is_arabic_number(text: str, at: int) -> bool:
    """Numbers behind Arabic words are drawn from the right, part by part: "04-2020" is 2020-04."""
    before = ANY_LETTER.search(text, at)
    return before is not None and ARABIC.match(before.group()) is not None


def _tokens(ink: Sequence[Ink], classes: str) -> Iterator[Sequence[Ink]]:
    """What keeps its inner order (Latin words, numbers), and single characters between."""
    at = 0
    for match in LEFT_TO_RIGHT.finditer(classes):
        yield from ([item] for item in ink[at : match.start()])
        yield ink[match.start() : match.end()]
        at = match.end()
    yield from ([item] for item in ink[at:])


def _mended(ink: list[Ink]) -> list[Ink]:
    """Brackets face each other again; a range that was drawn in its own direction begins with its beginning."""
    text = "".join(character for character, _ in ink)
    for pair in BRACKETS:
        text = _facing(text, pair)
    text = RANGE.sub(_forward, text)
    return [(character, number) for character, (_, number) in zip(text, ink, strict=True)]


def _facing(text: str, pair: str) -> str:
    places = [at for at, character in enumerate(text) if character in pair]
    for count, at in enumerate(places):
        opens = count % 2 == 0 if len(places) % 2 == 0 else text[at - 1 : at].strip() == "" and at + 1 < len(text)
        text = text[:at] + pair[0 if opens else 1] + text[at + 1 :]
    return text


def _forward(match: re.Match[str]) -> str:
    one, other = (YEAR.search(match[side]) for side in ("one", "other"))
    if one is None or other is None or _month(match["one"]) <= _month(match["other"]):
        return match.group()
    return match["other"] + match["dash"] + match["one"]


def _month(date: str) -> tuple[int, ...]:
    return tuple(sorted((int(part) for part in re.findall(r"\d+", date)), reverse=True))


def _runs(ink: Sequence[Ink], runs: Sequence[Run]) -> Iterator[Run]:
    for number, group in groupby(ink, lambda item: item[1]):
        yield runs[number]._replace(text="".join(character for character, _ in group))
