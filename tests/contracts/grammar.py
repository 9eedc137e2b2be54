"""The shapes that contracts are written in: read as text, compared as text, and held against real bodies.

    int float number str bool datetime date object map list any file    what JSON carries
    T?          the key is there and may be null         T?omit        the key may be away
    list[T]  map[str,T]  {key: T, other}                 a key without a type may hold anything
    $Name    $Name + {key: T}    A|B    enum name        anything else is the value itself

Published shapes carry remarks ("list[$Note] newest first", "str (client)", "int = 0"): reading drops them, except that
a key which only a reference implementation had may be away.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

_WORD = re.compile(r"[A-Za-z_][\w:.]*|\d+(\.\d+)?")
_NAME = re.compile(r"[A-Za-z_]\w*")
_PATTERNS = {"HH:MM": r"([01]\d|2[0-3]):[0-5]\d"}
_TYPES: Mapping[str, Callable[[Any], bool]] = {
    "int": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "float": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "str": lambda value: isinstance(value, str),
    "url": lambda value: isinstance(value, str),
    "bool": lambda value: isinstance(value, bool),
    "object": lambda value: isinstance(value, dict),
    "map": lambda value: isinstance(value, dict),
    "list": lambda value: isinstance(value, list),
    "any": lambda value: True,
    "null": lambda value: value is None,
    "true": lambda value: value is True,
    "false": lambda value: value is False,
    "datetime": lambda value: _is_moment(value),  # noqa: PLW0108 — defined below
    "date": lambda value: _is_day(value),  # noqa: PLW0108 — defined below
}


@dataclass
class Shape:
    """One alternative: a word (`int`, `$User`, `enum x`, a literal), or a list, map or object of shapes."""

    word: str
    of: "list[Shape]" = field(default_factory=list)
    keys: "dict[str, Shape]" = field(default_factory=dict)
    nullable: bool = False
    omittable: bool = False
    plus: "list[Shape]" = field(default_factory=list)
    others: "list[Shape]" = field(default_factory=list)

    def __str__(self) -> str:
        inside = {"list[]": "list[{}]", "map[]": "map[{}]"}.get(self.word, self.word)
        text = inside.format(",".join(str(one) for one in self.of)) if self.of else self.word
        if self.word == "{}":
            text = "{" + ", ".join(f"{key}: {one}" for key, one in self.keys.items()) + "}"
        text += "".join(f" + {one}" for one in self.plus)
        text += "?omit" if self.omittable else "?" if self.nullable else ""
        return "|".join([text, *(str(one) for one in self.others)])


def read(published: object) -> Shape:
    """Text, or the mapping a YAML file makes of `{key: T}`. Raises ValueError."""
    if isinstance(published, Mapping):
        named = {
            key: read(value) for key, value in published.items() if _NAME.fullmatch(str(key))
        }  # not "<custom>", "..."
        return Shape("{}", keys=named)
    if published is None or isinstance(published, bool):
        return Shape({None: "any", True: "true", False: "false"}[published])
    return _Reader(str(published)).shape()


class _Reader:
    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0

    def shape(self) -> Shape:
        first = self._alternative()
        while self._takes("|") or self._takes("or "):
            first.others.append(self._alternative())
        return first

    def _alternative(self) -> Shape:
        one = self._core()
        self._remark(one)
        while self._takes("+"):
            while not self._peeks("$", "{"):  # "+ flat copies of $User"
                self._at += 1
            one.plus.append(self._core())
        if self._takes("?"):
            one.omittable = self._takes("omit")
            one.nullable = not one.omittable
        self._remark(one)
        self._prose(one)
        return one

    def _core(self) -> Shape:
        if self._takes("list["):
            return Shape("list[]", of=[self._closed("]")])
        if self._takes("map["):
            key = self.shape()
            self._must(",")
            return Shape("map[]", of=[key, self._closed("]")])
        if self._takes("{"):
            return self._object()
        if self._takes("="):  # "= filename": the same value under another name
            self._at = len(self._text)
            return Shape("any")
        if self._takes("enum"):
            name = self._match(_NAME)
            return Shape(f"enum {name}" if name else "str")
        return self._word()

    def _word(self) -> Shape:
        if self._takes("$"):
            return Shape("$" + self._match(_NAME))
        if self._takes("'"):
            word = self._match(_NAME)
            self._must("'")
            return Shape(word)
        return Shape(self._match(_WORD) or self._fail())

    def _object(self) -> Shape:
        made = Shape("{}")
        while not self._takes("}"):
            if not self._takes("..."):
                name = self._match(_NAME) or self._fail()
                may_be_null = self._takes("?")
                inner = self.shape() if self._takes(":") else Shape("any")
                inner.nullable = inner.nullable or may_be_null
                made.keys[name] = inner
            self._until(",}")
            self._takes(",")
        return made

    def _closed(self, end: str) -> Shape:
        inner = self.shape()
        self._until(end)
        self._must(end)
        return inner

    def _remark(self, one: Shape) -> None:
        while self._peeks("("):
            start = self._at
            self._balanced()
            said = self._text[start : self._at]
            if re.search(r"\((backend|reference)\b", said):
                one.omittable, one.nullable = True, False

    def _prose(self, one: Shape) -> None:
        """What a person wrote behind a type, up to whatever ends it."""
        while self._at < len(self._text) and self._text[self._at] not in ",]}|:;":
            if self._text.startswith("or ", self._at):
                return
            if self._peeks("("):
                self._remark(one)
            elif self._text[self._at] in "[{":
                self._balanced()
            else:
                self._at += 1

    def _until(self, ends: str) -> None:
        while self._at < len(self._text) and self._text[self._at] not in ends:
            self._at += 1
        if self._at >= len(self._text):
            self._fail()

    def _balanced(self) -> None:
        depth = 0
        while self._at < len(self._text):
            depth += {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}.get(self._text[self._at], 0)
            self._at += 1
            if depth == 0:
                return
        self._fail()

    def _skip(self) -> None:
        while self._at < len(self._text) and self._text[self._at].isspace():
            self._at += 1

    def _peeks(self, *words: str) -> bool:
        self._skip()
        return self._text.startswith(words, self._at)

    def _takes(self, word: str) -> bool:
        found = self._peeks(word)
        self._at += len(word) if found else 0
        return found

    def _must(self, word: str) -> None:
        if not self._takes(word):
            self._fail()

    def _match(self, pattern: re.Pattern[str]) -> str:
        self._skip()
        found = pattern.match(self._text, self._at)
        self._at = found.end() if found else self._at
        return found[0] if found else ""

    def _fail(self) -> str:
        raise ValueError(f"not a shape at character {self._at}: {self._text}")


@dataclass(frozen=True)
class Vocabulary:
    """What `$Name` and `enum name` stand for."""

    schemas: Mapping[str, Shape]
    enums: Mapping[str, Sequence[Any]]

    def problems(self, value: Any, shape: Shape, place: str = "body") -> list[str]:
        """Where a value does not fit, as sentences; empty when it fits. Further keys are welcome."""
        if shape.others:
            found = [self.problems(value, one, place) for one in (_alone(shape), *shape.others)]
            return min(found, key=len)
        if value is None and shape.nullable:
            return []
        return [
            *self._of_core(value, shape, place),
            *(line for more in shape.plus for line in self.problems(value, more, place)),
        ]

    def _of_core(self, value: Any, shape: Shape, place: str) -> list[str]:
        word = shape.word
        if word.startswith("$"):
            return self.problems(value, self.schemas[word[1:]], place)
        if word == "list[]" and isinstance(value, list):
            return [line for at, one in enumerate(value) for line in self.problems(one, shape.of[0], f"{place}[{at}]")]
        if word == "map[]" and isinstance(value, dict):
            return [line for key, one in value.items() for line in self.problems(one, shape.of[1], f"{place}.{key}")]
        if word == "{}" and isinstance(value, dict):
            return self._of_keys(value, shape, place)
        if word.startswith("enum "):
            return self._says(value in self.enums[word[5:]], value, shape, place)
        return self._says(_fits(value, word), value, shape, place)

    def _of_keys(self, value: dict[str, Any], shape: Shape, place: str) -> list[str]:
        away = [f"{place}.{key} is away" for key, one in shape.keys.items() if key not in value and not one.omittable]
        there = [(key, one) for key, one in shape.keys.items() if key in value]
        return away + [line for key, one in there for line in self.problems(value[key], one, f"{place}.{key}")]

    def _says(self, fits: bool, value: Any, shape: Shape, place: str) -> list[str]:
        return [] if fits else [f"{place} is {str(value)[:60]!r}, not {shape}"]


def _alone(shape: Shape) -> Shape:
    nullable = shape.nullable or any(one.nullable for one in shape.others)
    return Shape(shape.word, shape.of, shape.keys, nullable, shape.omittable, shape.plus)


def _fits(value: Any, word: str) -> bool:
    if word in ("list[]", "map[]", "{}"):
        return False
    if word in _PATTERNS:
        return isinstance(value, str) and bool(re.fullmatch(_PATTERNS[word], value))
    return _TYPES[word](value) if word in _TYPES else str(value) == word


def _is_moment(value: Any) -> bool:
    """ISO 8601 with an offset."""
    try:
        return isinstance(value, str) and datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        return False


def _is_day(value: Any) -> bool:
    try:
        return isinstance(value, str) and bool(date.fromisoformat(value))
    except ValueError:
        return False
