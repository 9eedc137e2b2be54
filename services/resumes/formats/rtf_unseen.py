"""What an RTF file holds and nobody sees: hidden, white on paper, or no larger than a dot."""

import re
from dataclasses import dataclass, replace

TOKEN = re.compile(rb"\\'[0-9a-fA-F]{2}|\\([a-zA-Z]+)(-?\d*) ?|\\.|[{}]|[^\\{}]+", re.DOTALL)
COLOURS = re.compile(rb"\{\\colortbl([^{}]*)\}")
CHANNEL = re.compile(rb"\\(red|green|blue)(\d{1,3})")
SIGNS = re.compile(rb"\\v(?![a-z])|\\cf[1-9]|\\fs[0-4](?!\d)")
SHADED = re.compile(rb"\\(?:clcbpat|cbpat)[1-9]")  # white on a coloured cell or paragraph is a heading
WHITE = 240
TINY = 4  # half points


@dataclass(frozen=True)
class _Look:
    hidden: bool = False
    colour: int = 0
    behind: int = 0
    size: int = 24


def without_unseen(data: bytes) -> tuple[bytes, str]:
    """The file without it, and the words of it."""
    if not SIGNS.search(data):
        return data, ""
    white = frozenset() if SHADED.search(data) else _white(data)
    look, stack = _Look(), []
    kept: list[bytes] = []
    dropped: list[bytes] = []
    for token in TOKEN.finditer(data):
        piece, word = token.group(), token[1]
        if piece == b"{":
            stack.append(look)
        elif piece == b"}":
            look = stack.pop() if stack else look
        elif word:
            look = _changed(look, word, token[2])
        elif _is_unseen(look, white):
            dropped.append(piece)
            continue
        kept.append(piece)
    return b"".join(kept), b"".join(dropped).decode("cp1252", "replace")


def _white(data: bytes) -> frozenset[int]:
    """The numbers of the colours that paper has; the first, before any semicolon, is the reader's own."""
    table = COLOURS.search(data)
    white = set()
    for number, entry in enumerate(table[1].split(b";") if table else ()):
        channels = [int(value) for _, value in CHANNEL.findall(entry)]
        if len(channels) == 3 and min(channels) > WHITE:  # noqa: PLR2004 — red, green, blue
            white.add(number)
    return frozenset(white)


def _changed(look: _Look, word: bytes, value: bytes) -> _Look:
    number = int(value[:9]) if value.strip(b"-").isdigit() else 0
    if word == b"v":
        return replace(look, hidden=value != b"0")
    if word == b"plain":
        return _Look()
    if word == b"cf":
        return replace(look, colour=number)
    if word in {b"cb", b"highlight", b"chcbpat"}:
        return replace(look, behind=number)
    return replace(look, size=number) if word == b"fs" else look


def _is_unseen(look: _Look, white: frozenset[int]) -> bool:
    return look.hidden or look.size <= TINY or (look.colour in white and (not look.behind or look.behind in white))
