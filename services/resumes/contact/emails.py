"""E-mail addresses, whole again where a narrow column broke them: at a hyphen, at a dot, or in the middle of a word."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from services.resumes.text import Line
from services.resumes.words import words

EMAIL = re.compile(r"[A-Za-z0-9._%+'-]+\s?@\s?[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,24}(?![A-Za-z_])")
SPELLED = re.compile(r"\s*[\[({]\s*(?:at|arroba|ät|chez)\s*[\])}]\s*", re.IGNORECASE)
SPELLED_DOT = re.compile(r"(?<=\w)\s*[\[({]\s*(?:dot|punkt|punto|ponto|point)\s*[\])}]\s*(?=\w)", re.IGNORECASE)
_DOMAINS = words("domains")
_CUT = re.compile(r"[A-Za-z0-9._%+'-]*\s?@\s?[A-Za-z0-9.-]*$")
_TAIL = re.compile(r"[A-Za-z0-9.-]+(?=$|[\s|,;•·])")
MOST_PIECES = 3
LEAST_LETTERS = 3  # of a broken beginning
NEAR, LEAST_REACH = 1.7, 16.0  # heights of a line, and points, from top to top of a broken address
COLUMN = 8.0  # points


class Found(NamedTuple):
    """`end` is where the address ends on `line`; -1 where it goes on in the next one."""

    address: str
    line: Line
    end: int


def find_emails(lines: Sequence[Line]) -> Iterator[Found]:
    """Every address in order, with the line that holds its "@"."""
    for index, line in enumerate(lines):
        text = plain(line.text)
        if "@" in text:
            if (address := _behind(text, line)) or (address := _whole(text, lines, index)):
                yield Found(address, line, -1 if _CUT.search(text) else len(text))
        elif address := _behind("", line):
            yield Found(address, line, len(text))


def plain(text: str) -> str:
    """With the sign where it is spelled out: "jane (at) example (dot) org"."""
    text = text.replace("＠", "@")
    if not any(map(text.__contains__, "[({")):
        return text
    return SPELLED_DOT.sub(".", SPELLED.sub("@", text)) if SPELLED.search(text) else text


def _behind(text: str, line: Line) -> str:
    """The address a link has, where the words are that address, a piece of it, or no address at all."""
    for link in line.links:
        if link.lower().startswith("mailto:") and (match := EMAIL.search(link)):
            shown = EMAIL.search(text)
            if shown is None or _letters(shown.group()) in _letters(match.group()):
                return match.group()
    return ""


def _letters(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.casefold())


def _whole(text: str, lines: Sequence[Line], index: int) -> str:
    match = EMAIL.search(text)
    address, start = (match.group(), match.start()) if match else ("", -1)
    cut = _CUT.search(text)
    if cut and (match is None or match.end() == len(text)):
        start = cut.start()
        address = _extended(cut.group(), address, lines, index)
    address = re.sub(r"\s", "", address)
    if address:
        address = _opened(address, text[:start], lines, index) + address
    return address.strip("'")


def _extended(cut: str, known: str, lines: Sequence[Line], index: int) -> str:
    """`cut` with the lines below while it is no address, or one under a domain that does not exist."""
    if known and not cut.endswith(("-", ".")) and _is_domain(known):
        return known
    pieces = [cut]
    for _ in range(MOST_PIECES):
        below = [match.group() for line in _next(lines, index, len(pieces)) if (match := _TAIL.match(line.text))]
        for piece in below:
            whole = re.sub(r"\s", "", "".join(pieces) + piece)
            if EMAIL.fullmatch(whole) and _is_domain(whole):
                return whole
        pieces += below[:1]
    return known


def _is_domain(address: str) -> bool:
    return address.rpartition(".")[2].casefold() in _DOMAINS


def _opened(address: str, before: str, lines: Sequence[Line], index: int) -> str:
    """What the line above holds of an address that opens its line; empty where it is whole."""
    if before.strip(" |,;:•·"):
        return ""
    found = ""
    for above in _previous(lines, index):
        tokens = above.text.split()
        piece = next((token for token in (tokens[-1], tokens[0]) if _is_head(token, found or address)), "")
        if not piece:
            break
        found = piece + found
    return found


def _is_head(token: str, rest: str) -> bool:
    """Whether a token is the broken beginning of an address; a name that is broken too begins with a capital."""
    name = token[0].isupper() and rest[0].islower()
    broken = token.endswith(("-", ".", "_", "+")) or rest[0] in "._-"
    letters = sum(c.isalpha() for c in token)
    return (
        broken
        and not name
        and letters >= LEAST_LETTERS
        and bool(re.fullmatch(r"[A-Za-z0-9._%+'-]*[A-Za-z0-9][A-Za-z0-9._%+'-]*", token))
    )


def _next(lines: Sequence[Line], index: int, number: int) -> list[Line]:
    """What stands `number` lines below; what begins in the same column before what only begins in the next row."""
    own = lines[index]
    below = [
        line
        for line in lines[index + 1 : index + 3 * number + 4]
        if line.page == own.page and 0 < line.box.top - own.box.top < number * _reach(own, line)
    ]
    tops = sorted({round(line.box.top) for line in below})[: number + 1][-2:]
    row = [line for line in below if round(line.box.top) in tops]
    return sorted(row, key=lambda line: (not aligned(line, own), line.box.top))


def _previous(lines: Sequence[Line], index: int) -> Iterator[Line]:
    last = lines[index]
    for line in reversed(lines[max(index - 2 * MOST_PIECES, 0) : index]):
        if follows(last, line):
            yield line
            last = line


def follows(below: Line, above: Line) -> bool:
    """Whether `below` is the next line of the column that `above` is in, aligned at either side or in the middle."""
    down = below.box.top - above.box.top
    return below.page == above.page and 0 < down < _reach(above, below) and aligned(below, above)


def _reach(above: Line, below: Line) -> float:
    return max(NEAR * max(above.box.height, below.box.height), LEAST_REACH)


def aligned(one: Line, other: Line) -> bool:
    """At either side or in the middle."""
    left, right = abs(one.box.x0 - other.box.x0), abs(one.box.x1 - other.box.x1)
    middle = abs(one.box.x0 + one.box.x1 - other.box.x0 - other.box.x1) / 2
    return min(left, right, middle) < COLUMN
