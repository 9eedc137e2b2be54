"""Which lines of a résumé speak to a posting.

A line scores for the skills it shares with the posting (most), for other uncommon words they share, for a number, and a
little for being recent. Counting, no model: the same résumé and posting always give the same order.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from services.letters.facts import LetterFacts
from services.skills.vocabulary import canonical, find, kind, related

PER_SKILL, PER_SOFT_SKILL, PER_WORD, FOR_NUMBER, PER_POSITION = 3.0, 0.5, 0.7, 1.0, 0.4
MOST_WORDS_COUNTED = 6
SHORTEST_WORD = 5
_WORD = re.compile(r"[^\W\d_]+")
_DIGIT = re.compile(r"\d")
_SUFFIX = re.compile(r"(?:ations?|ments?|ings?|ers?|ed|es|s|ly)$")
_COMMON = frozenset(
    {"about", "their", "these", "those", "which", "while", "where", "there", "other", "using", "based", "years"}
    | {"experience", "working", "within", "across", "including", "various", "strong", "skills", "ability", "teams"}
    | {"company", "looking", "people", "would", "could", "should", "being", "great", "every", "through", "between"}
)
_TONGUES = {
    "German": {"und", "der", "die", "das", "wir", "mit", "für", "eine", "ist", "sie", "werden", "deine", "bei"},
    "French": {"et", "les", "des", "nous", "vous", "une", "pour", "dans", "est", "avec", "votre", "notre", "sur"},
    "Spanish": {"y", "los", "las", "para", "con", "una", "que", "del", "nuestro", "como", "por", "experiencia", "en"},
}
LEAST_WORDS_TO_TELL = 20
FOREIGN_SHARE = 0.12


@dataclass(frozen=True, slots=True)
class Line:
    """A highlight of the position with this index, and how well it speaks to the posting."""

    text: str
    position: int
    score: float


def ranked(facts: LetterFacts) -> list[Line]:
    """Every highlight, the most relevant first."""
    wanted, words = wanted_skills(facts), _stems(facts.posting.text)
    lines = [
        Line(text, index, _score(text, index, wanted, words))
        for index, job in enumerate(facts.positions)
        for text in job.highlights
    ]
    return sorted(lines, key=lambda line: (-line.score, line.position, line.text))


def wanted_skills(facts: LetterFacts) -> tuple[str, ...]:
    """Canonical skills the posting names, in its order."""
    listed = [canonical(name) or name for name in facts.posting.skills]
    found = [mention.skill for mention in find(f"{facts.posting.title}\n\n{facts.posting.description}")]
    return tuple(dict.fromkeys([*found, *listed]))


def own_skills(facts: LetterFacts) -> frozenset[str]:
    """Canonical skills the résumé names anywhere, and what they imply at one remove."""
    named = {canonical(name) or name for name in facts.skills} | {one.skill for one in find(facts.resume_text)}
    return frozenset(named | {implied for name in named for implied in related(name)})


def foreign_tongue(text: str) -> str:
    """The language of a posting that is German, French or Spanish; empty for English and the rest."""
    words = [word.lower() for word in _WORD.findall(text)]
    if len(words) < LEAST_WORDS_TO_TELL:
        return ""
    shares = {tongue: sum(word in marks for word in words) / len(words) for tongue, marks in _TONGUES.items()}
    best = max(sorted(shares), key=lambda tongue: shares[tongue])
    return best if shares[best] >= FOREIGN_SHARE else ""


def _score(text: str, position: int, wanted: tuple[str, ...], words: frozenset[str]) -> float:
    shared = {mention.skill for mention in find(text)} & set(wanted)
    soft = sum(kind(skill) == "soft" for skill in shared)
    common = min(MOST_WORDS_COUNTED, len(_stems(text) & words))
    score = PER_SKILL * (len(shared) - soft) + PER_SOFT_SKILL * soft + PER_WORD * common
    return round(score + FOR_NUMBER * bool(_DIGIT.search(text)) - PER_POSITION * position, 4)


@lru_cache(maxsize=2048)
def _stems(text: str) -> frozenset[str]:
    words = (word.lower() for word in _WORD.findall(text))
    return frozenset(_SUFFIX.sub("", word) for word in words if len(word) >= SHORTEST_WORD and word not in _COMMON)
