"""What a source supports: its words, phrases, numbers, years and skills, ready to be asked."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from services.matching.candidate import with_implied
from services.skills.tokens import key
from services.skills.vocabulary import canonical, find

NUMBER = re.compile(
    r"(?P<money>[$€£¥₹])?[ \xa0]?(?<![\w.,])(?P<whole>\d{1,3}(?:[,.'’ \xa0]\d{3})+(?!\d)|\d+)(?P<decimals>[.,]\d+)?"
    r"(?P<scale>(?:k|m|mn|bn|b|K|M|B)\b|[ \xa0]?(?:thousand|million|billion)\b)?"
    r"[ \xa0]?(?P<unit>%|percent\b|per cent\b|[$€£¥₹]|(?:USD|EUR|GBP|CHF)\b)?"
)
_SCALES = {"k": 1e3, "thousand": 1e3, "m": 1e6, "mn": 1e6, "million": 1e6, "bn": 1e9, "b": 1e9, "billion": 1e9}
NUMBER_WORDS = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
    "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "hundred": 100,
    "hundreds": 100, "thousand": 1000, "thousands": 1000, "million": 1e6, "millions": 1e6, "billion": 1e9,
    "dozen": 12, "dozens": 12, "half": 0.5, "double": 2, "doubled": 2, "doubling": 2, "triple": 3, "tripled": 3,
    "tripling": 3, "quadrupled": 4, "decade": 10, "decades": 10,
}  # fmt: skip
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Number:
    """`kind` is `percent`, `money` or `plain`; 40 % is not 40."""

    value: float
    kind: str


@dataclass(frozen=True, slots=True)
class Source:
    """One text and everything it can vouch for."""

    phrases: str
    words: frozenset[str]
    numbers: frozenset[Number]
    skills: frozenset[str]

    @classmethod
    def of(cls, text: str, skills: tuple[str, ...] = ()) -> "Source":
        named = {canonical(name) or name for name in skills} | {mention.skill for mention in find(text)}
        return cls(
            phrases=f" {plain(text)} ",
            words=frozenset(plain(text).split()),
            numbers=frozenset(numbers_in(text)),
            skills=frozenset(with_implied(named)),
        )

    def says(self, phrase: str) -> bool:
        """The words of the phrase stand in the source, in this order, next to each other."""
        return f" {plain(phrase)} " in self.phrases

    def without_numbers(self) -> "Source":
        return Source(self.phrases, self.words, frozenset(), self.skills)

    def joined(self, other: "Source") -> "Source":
        return Source(
            self.phrases + other.phrases,
            self.words | other.words,
            self.numbers | other.numbers,
            self.skills | other.skills,
        )


def plain(text: str) -> str:
    """Lower-case words and numbers joined by single spaces; signs of languages kept (`c++`)."""
    return " ".join(key(text).replace("'", " ").split())


def names(text: str, name: str) -> bool:
    """Does the text name it, as a whole and in any case?"""
    return bool(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE))


def numbers_in(text: str) -> list[Number]:
    return [number for _, _, number in numbers_at(text)]


def numbers_at(text: str) -> Iterator[tuple[int, int, Number]]:
    """Where each number starts and ends: digits first, then number words that are no part of them ("3 million")."""
    taken = [(match.start(), match.end(), number_of(match)) for match in NUMBER.finditer(text)]
    yield from taken
    for match in _WORD.finditer(text):
        value = NUMBER_WORDS.get(match[0].lower())
        if value is not None and not any(start <= match.start() < end for start, end, _ in taken):
            yield match.start(), match.end(), Number(float(value), "plain")


def number_of(match: re.Match[str]) -> Number:
    """`1,200` and `1.200` are 1200, `1.5` and `1,5` are 1.5, `2k` is 2000."""
    scale, unit = (match["scale"] or "").strip().lower(), (match["unit"] or "").lower()
    kind = "percent" if unit in {"%", "percent", "per cent"} else "money" if unit or match["money"] else "plain"
    value = float(re.sub(r"\D", "", match["whole"]) + (match["decimals"] or "").replace(",", "."))
    return Number(round(value * _SCALES.get(scale, 1.0), 6), kind)
