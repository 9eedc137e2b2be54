"""Reads the skill lists under `words/`.

One skill a line: `canonical | alias | alias > implied, implied`; `[kind]` opens a section, `#` a comment. A name after
`=` is also an everyday word, so its capitals count; after `~` it needs other technical words near it as well.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from importlib.resources import files


class Care(IntEnum):
    """How much proof a mention of this name needs."""

    PLAIN = 0
    CAPITALS = 1
    COMPANY = 2


@dataclass(frozen=True, slots=True)
class Name:
    text: str
    care: Care


@dataclass(frozen=True, slots=True)
class Skill:
    canonical: str
    kind: str
    names: tuple[Name, ...]
    implied: tuple[str, ...]


MARKS = {"=": Care.CAPITALS, "~": Care.COMPANY}


def read_skills() -> Iterator[Skill]:
    folder = files("services.skills") / "words"
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".txt"):
            yield from parse(file.read_text("utf-8"))


def parse(text: str) -> Iterator[Skill]:
    """Raises ValueError for a skill before the first `[kind]`."""
    kind = ""
    for line in map(str.strip, text.splitlines()):
        if not line or line.startswith("#"):
            continue
        if line.startswith("[") and line.endswith("]"):
            kind = line[1:-1]
        elif not kind:
            raise ValueError(f"no [kind] above {line!r}")
        else:
            yield _skill(line, kind)


def _skill(line: str, kind: str) -> Skill:
    left, _, right = line.partition(" > ")
    names = tuple(_name(part) for part in left.split(" | "))
    implied = tuple(part.strip() for part in right.split(",") if part.strip())
    return Skill(names[0].text, kind, names, implied)


def _name(part: str) -> Name:
    part = part.strip()
    care = MARKS.get(part[0], Care.PLAIN)
    return Name(part[1:] if care else part, care)
