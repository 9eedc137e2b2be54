"""Text → tokens that a skill can be made of.

A token is a word with its sign (`c++`, `c#`, `.net`, `security+`). Hyphens, slashes, inner dots and a single line end
are soft: `front-end`, `front end` and `Node.js`, `node js` are the same tokens. Commas, brackets, bullets, blank lines
and sentence ends are hard: no skill reaches across them.
"""

import re
from functools import lru_cache
from typing import NamedTuple

TOKEN = re.compile(
    r"""
    https?://\S+ | www\.\S+                # an address names no skill
    | ((?:(?<!\w)\.(?=[A-Za-z]))?[^\W_]+(?:['’][^\W_]+)?(?:\+\+|\+(?!\w)|\#(?!\w))?|&)   # a word, or "and"
    | \n[ \t]*(?:\n|[-–*•‣▪●]\ )          # a blank line or the next bullet
    | [.!?](?=\s|$)                        # a sentence end
    | [ \xa0]{3,}                          # a column gap
    | [,;:()|•·‣▪●\[\]{}<>"“”„*=\t…—–\x00]
    """,
    re.VERBOSE,
)


class Tokens(NamedTuple):
    """Parallel lists. `words` holds the lower-case token, or None for a hard break."""

    words: list[str | None]
    starts: list[int]
    ends: list[int]


def tokenise(text: str) -> Tokens:
    words: list[str | None] = []
    starts: list[int] = []
    ends: list[int] = []
    for match in TOKEN.finditer(text):
        word = match[1]
        words.append(None if word is None else fold(word))
        starts.append(match.start())
        ends.append(match.end())
    return Tokens(words, starts, ends)


def fold(word: str) -> str:
    if word == "&":
        return "and"
    return word.lower().replace("’", "'")


@lru_cache(maxsize=4096)
def key(name: str) -> str:
    """The tokens of a name joined by spaces: what two spellings of one skill share."""
    return " ".join(word for word in tokenise(name).words if word is not None)


def squashed(name: str) -> str:
    """The same without spaces, for names that differ only in how they are cut: `Postgre SQL`, `Front-End`."""
    return key(name).replace(" ", "")
