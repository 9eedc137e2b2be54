"""Languages a person speaks, each with its level."""

import re
from collections.abc import Iterator, Sequence

from services.resumes.page.rows import Row, without_bullet
from services.resumes.sections.headings import Kind, heading_kind
from services.resumes.text import Line
from services.resumes.words import words

NAMES = words("languages")
LEVELS = words("levels") | words("language_levels")
# Languages that the word before them may tell apart: "Scottish Gaelic", "Mandarin Chinese".
FAMILIES = frozenset({"gaelic", "gaélique", "gaélico", "gälisch", "chinese", "chinois", "chino", "creole"})
MOST_LEVEL = 3  # words of a language with its level
MOST_NAME, LONGEST_LEVEL = 3, 60  # words of a name, letters of a level
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)?")
_SEPARATOR = re.compile(r"\s*[,;|•·∙◆●▪◦○、，；｜،؛]\s*(?![^()（）]*[)）])|\s{3,}|\s+/\s+")
_ITEM = re.compile(
    r"^(?P<name>[^():：（）–—]+?)\s*(?:[(（\[](?P<inside>[^)）\]]*)[)）\]]?|[:：]\s*(?P<after>.+)|\s[-–—]\s*(?P<dash>.+))?$"
)
_SCALE = re.compile(
    r"(?i)(?:[abc][12]\+?|cet-?\d|n[1-5]|toe\w+.*|ielts.*|delf.*|dalf.*|hsk.*|topik.*|c?efr.*|\d[\d.,/%]*)$"
)
_MARKS = re.compile(r"^[>»*~+\s–—-]+")
_NO_ITEM = re.compile(r"©|@|://|\bwww\.")  # what a page says at its foot
_NO_NAME = re.compile(r"[\d@]|\w\.\w")
_BARS = "●○★☆■□▪▫◆◇⬤◯"


def spoken(section: Sequence[Row]) -> list[tuple[str, str, Line]]:
    """(name, level, line) of the languages that are known by name, wherever they stand."""
    found: list[tuple[str, str, Line]] = []
    for row in section:
        for line in row.lines:
            names = list(_known(line.text))
            if names:
                found += [(name, level, line) for name, level in names]
            else:
                _give_level(found, line)
    return found


def languages_in(section: Sequence[Row]) -> list[tuple[str, str, Line]]:
    """The same under a heading for languages: what stands where a language stands is one, known or not."""
    found: list[tuple[str, str, Line]] = []
    for row in section:
        for number, line in enumerate(row.lines):
            text = _MARKS.sub("", without_bullet(line.text))
            if _NO_ITEM.search(text):
                continue
            if _is_level(text):
                _give_level(found, line, beside=number > 0)
                continue
            found += [(name, level, line) for name, level in _with_levels(text)]
    sure = [item for item in found if _is_known(item[0]) or (item[1] and heading_kind(item[0]) is not Kind.LANGUAGES)]
    return sure if any(_is_known(name) for name, _, _ in sure) or len(sure) == 1 else spoken(section)


def is_spoken(name: str) -> bool:
    """The name of a language, and its level at most: "English", "Inglés (B2)", "Deutsch C1"."""
    words = _WORD.findall(name)
    return bool(words) and _is_language(words[0]) and len(words) <= MOST_LEVEL


def names_language(text: str) -> bool:
    """It holds the name of a language, in whatever letters: "Fluent in Spanish", "polski"."""
    return _is_known(text)


def _with_levels(text: str) -> list[tuple[str, str]]:
    """The items of a line; a level that stands as an item belongs to the one before it: "Dutch, native; Twi, good"."""
    found: list[tuple[str, str]] = []
    for name, level in _items(text):
        if not _is_level(name):
            found.append((name, level))
        elif found and not found[-1][1]:
            found[-1] = found[-1][0], name
    return found


def _items(text: str) -> Iterator[tuple[str, str]]:
    for item in _SEPARATOR.split(text):
        match = _ITEM.match(item.strip(" ." + _BARS))
        if match is None or len(list(_known(match["name"]))) > 1:
            yield from _known(item)
            continue
        name, behind = match["name"].strip(), match["after"] or match["dash"] or ""
        more = any(_is_known(word) for word in _WORD.findall(behind))
        if more and _is_known(name):
            yield from _known(item)  # "English: native French: fluent"
            continue
        if more:
            yield from ((other, level or name) for other, level in _items(behind))  # "Mother tongue: Welsh"
            continue
        name, rest = _parted(name)
        if name or _is_level(item):
            yield name or item.strip(), _level(match["inside"] or behind or rest)


def _parted(text: str) -> tuple[str, str]:
    """The name and the level words behind it: "English fluent", "Tiếng Anh thành thạo"."""
    words = text.split()
    ends = [at for at in range(1, len(words)) if _is_level(" ".join(words[at:]))]
    cut = ends[0] if ends else len(words)
    name = " ".join(words[:cut])
    most = MOST_NAME + 1 if _is_known(name) else MOST_NAME
    return (name, " ".join(words[cut:])) if cut <= most and not _NO_NAME.search(name) else ("", "")


def _is_level(text: str) -> bool:
    found = re.findall(r"[^\s,;:()（）/+-]+", text.casefold().strip(" ." + _BARS))
    return all(word.strip(".") in LEVELS or _SCALE.match(word) for word in found)


def _is_known(name: str) -> bool:
    return any(word.casefold() in NAMES for word in _WORD.findall(name))


def _known(text: str) -> Iterator[tuple[str, str]]:
    words = [match.span() for match in _WORD.finditer(text) if _is_language(match.group())]
    for number in range(len(words) - 1, 0, -1):
        (start, stop), (at, to) = words[number - 1 : number + 1]
        if text[stop:at] == " " and text[at:to].casefold() in FAMILIES:
            words[number - 1 : number + 1] = [(start, to)]
    for number, (start, stop) in enumerate(words):
        end = words[number + 1][0] if number + 1 < len(words) else len(text)
        yield text[start:stop], _level(text[stop:end])


def _is_language(word: str) -> bool:
    return word.casefold() in NAMES and not word[0].islower()


def _level(text: str) -> str:
    level = re.sub(r"\s+", " ", text).strip(" ,;:|•·–—-()（）[]/." + _BARS)
    return level if len(level) <= LONGEST_LEVEL and any(c.isalnum() for c in level) else ""


def _give_level(found: list[tuple[str, str, Line]], line: Line, *, beside: bool = False) -> None:
    """To the language beside, or to the nearest above that has none and starts at the same place."""
    for index in range(len(found) - 1, max(len(found) - 5, -1), -1):
        name, level, above = found[index]
        if not level and (beside or abs(above.box.x0 - line.box.x0) < 8):  # noqa: PLR2004 — points
            found[index] = (name, _level(line.text), above)
            return
