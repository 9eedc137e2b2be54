"""Languages a person speaks, each with its level."""

import re
from collections.abc import Iterator, Sequence

from services.resumes.rows import Row
from services.resumes.text import Line
from services.resumes.words import words

NAMES = words("languages")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)?")
MOST_LEVEL = 3  # words of a language with its level
_CJK = re.compile("[぀-鿿]")


def spoken(section: Sequence[Row]) -> list[tuple[str, str, Line]]:
    """(name, level, line). Levels stand behind the name, in brackets, or below it in the same column."""
    found: list[tuple[str, str, Line]] = []
    for row in section:
        for line in row.lines:
            names = list(_names(line.text))
            if names:
                found += [(name, level, line) for name, level in names]
            else:
                _give_level(found, line)
    return found


def _names(text: str) -> Iterator[tuple[str, str]]:
    words = [match for match in _WORD.finditer(text) if _is_language(match.group())]
    for number, match in enumerate(words):
        end = words[number + 1].start() if number + 1 < len(words) else len(text)
        yield match.group(), _level(text[match.end() : end])


def is_spoken(name: str) -> bool:
    """The name of a language, and its level at most: "English", "Inglés (B2)", "Deutsch C1"."""
    words = _WORD.findall(name)
    return bool(words) and _is_language(words[0]) and len(words) <= MOST_LEVEL


def _is_language(word: str) -> bool:
    return word.casefold() in NAMES and (word[0].isupper() or bool(_CJK.match(word)))


def _level(text: str) -> str:
    level = re.sub(r"\s+", " ", text).strip(" ,;:|•·–—-()（）[]/.●○★☆■□▪")
    return level if len(level) <= 60 and any(c.isalnum() for c in level) else ""  # noqa: PLR2004 — a sentence is no level


def _give_level(found: list[tuple[str, str, Line]], line: Line) -> None:
    """To the nearest language above that has none and starts at the same place."""
    for index in range(len(found) - 1, max(len(found) - 5, -1), -1):
        name, level, above = found[index]
        if not level and abs(above.box.x0 - line.box.x0) < 8:  # noqa: PLR2004 — points
            found[index] = (name, _level(line.text), above)
            return
