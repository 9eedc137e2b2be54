"""What a name stands for, and one place where a text uses it."""

from typing import NamedTuple

from services.skills.words import Care


class Target(NamedTuple):
    """What a name stands for. `spelling` is the name as the word list writes it."""

    skill: str
    kind: str
    care: Care
    spelling: str


class Mention(NamedTuple):
    """`text[start:end] == surface`; `skill` is the canonical name."""

    skill: str
    kind: str
    start: int
    end: int
    surface: str
