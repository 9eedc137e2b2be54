"""Do two job titles name the same work?

Titles are reduced to words without rank, gender marks and tails; abbreviations are written out; then likeness is the
share of weighted words in common (the words of a craft weigh more than `manager` or `specialist`), lifted when both
titles belong to one family of roles and held down when they belong to families that have nothing to do with each other.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from services.matching.wordlists import sections

LEVELS = ("intern", "junior", "mid", "senior", "lead", "principal", "director", "executive")

_LEVEL_WORDS = (
    ("executive", r"chief|c[eftomps]o|ciso|vp|vice president|president|managing director|geschäftsführer"),
    ("director", r"director|head of|head,|direktor|directeur|leiter"),
    ("principal", r"principal|distinguished|fellow|staff(?= (?:software|data|engineer|ml|product|security|site))"),
    ("lead", r"lead|leader|team ?lead|tech ?lead|teamleiter"),
    ("senior", r"senior|sr\.?|snr|experienced|expert|iii"),
    ("intern", r"intern|internship|trainee|apprentice|praktikant|praktikum|werkstudent|working student|stagiaire"),
    ("junior", r"junior|jr\.?|entry[- ]level|graduate|associate|assistant(?= (?:engineer|developer|manager))"),
    ("mid", r"mid|mid[- ]level|intermediate|ii|medior"),
)
_LEVELS = tuple((level, re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)) for level, words in _LEVEL_WORDS)
_RANK = re.compile(
    r"(?<!\w)(?:senior|sr\.?|snr|junior|jr\.?|lead|principal|staff|mid|mid[- ]level|intermediate|experienced|expert"
    r"|entry[- ]level|graduate|intern|internship|trainee|i{1,3}|iv|v|l[3-7]|founding|deputy|interim|werkstudent"
    r"|praktikant)(?!\w)",
    re.IGNORECASE,
)
_TAIL = re.compile(r"\s+[-–—|@•]\s+|\s+at\s+|[,;:(\[]|\s+for\s+(?=[A-Z])")
_GENDER = re.compile(r"\(?\b[mwfd](?:\s*[/|,]\s*[mwfdxi*]){1,3}\b\)?|(?:\*|:|/-?)in(?:nen)?\b", re.IGNORECASE)
_END = re.compile(r"\b(front|back|full)[- ]?(end|stack)\b")
_WORD = re.compile(r"\.?[^\W_]+(?:\+\+|#)?")

_WORDS = sections("titles.txt")
_WRITTEN_OUT = _WORDS["written out"]
_SAME = {other: word for word, others in _WORDS["same"].items() for other in others.split()}
_FAMILIES = _WORDS["families"]
_NEAR = {frozenset({one, other}) for one, others in _WORDS["near"].items() for other in others.split()}
_LIGHT = frozenset(_WORDS["light"]["words"].split())
_GENERIC = frozenset(_WORDS["generic"]["words"].split())
_LIGHT_WEIGHT = 0.4
_CONTAINED_SHARE = 0.25
_JOINING = frozenset({"of", "and", "the", "in", "for", "to", "a", "und"})


def _families_by_word() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for family, words in _FAMILIES.items():
        for word in words.split():
            found[word] = found.get(word, frozenset()) | {family}
    return found


_FAMILY_OF = _families_by_word()


class Title(NamedTuple):
    """A title reduced to its words, and the families they point to."""

    words: frozenset[str]
    families: frozenset[str]


@lru_cache(maxsize=65536)
def read(title: str) -> Title:
    cleaned = _GENDER.sub(" ", title)
    head = next((piece for piece in _TAIL.split(cleaned) if _RANK.sub("", piece).strip()), cleaned)
    words = frozenset(_words_of(head)) or frozenset(_words_of(cleaned))
    votes: dict[str, float] = {}
    for word in sorted(words):
        families = _FAMILY_OF.get(word, frozenset())
        for family in families:
            votes[family] = votes.get(family, 0.0) + 1.0 / len(families)
    best = max(votes.values(), default=0.0)
    return Title(words, frozenset(family for family, vote in votes.items() if vote > best - 0.3))


@lru_cache(maxsize=65536)
def likeness(one: str, other: str) -> float:
    """0 to 1, the same in both directions."""
    first, second = read(one), read(other)
    if not first.words or not second.words:
        return 0.0
    if first.words == second.words:
        return 1.0
    shared = _shared(first.words, second.words)
    if not first.families or not second.families:
        return shared
    if first.families & second.families:
        return 0.3 + 0.7 * _shared(first.words - _GENERIC, second.words - _GENERIC)
    if any(frozenset({mine, theirs}) in _NEAR for mine in first.families for theirs in second.families):
        return 0.15 + 0.7 * shared
    return 0.4 * shared


def _shared(one: frozenset[str], other: frozenset[str]) -> float:
    """The Dice share of the words' weights, lifted a little when one title holds the whole of the other."""
    first, second, both = _weigh(one), _weigh(other), _weigh(one & other)
    if not first or not second:
        return 0.0
    dice, contained = 2.0 * both / (first + second), both / min(first, second)
    return (1.0 - _CONTAINED_SHARE) * dice + _CONTAINED_SHARE * contained


@lru_cache(maxsize=65536)
def level_of(title: str) -> str | None:
    """One of LEVELS when the title says so, else None."""
    return next((level for level, words in _LEVELS if words.search(title)), None)


def _words_of(text: str) -> list[str]:
    words: list[str] = []
    for word in _WORD.findall(_END.sub(r"\1\2", _RANK.sub(" ", text).lower())):
        words.extend(_WRITTEN_OUT.get(word, word).split())
    return [_SAME.get(word, word) for word in words if word not in _JOINING]


def _weigh(words: frozenset[str]) -> float:
    light = len(words & _LIGHT)
    return _LIGHT_WEIGHT * light + len(words) - light
