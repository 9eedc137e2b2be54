"""What a posting asks for, read from its text by rules: skills (needed or welcome), years, level, visa.

The text is cut into sentences; headings such as "Requirements", "Nice to have" or "Benefits" set what the sentences
below them are about, and words such as "a plus" or "ideally" make one sentence a wish. English first, common German,
French and Spanish wordings too.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from services.matching import titles
from services.matching.facts import Span
from services.matching.wordlists import lines
from services.skills.vocabulary import Mention, find

MOST_YEARS = 25
LONGEST_HEADING = 70
NEEDED, WELCOME, DUTIES, OTHER = "needed", "welcome", "duties", "other"


@dataclass(frozen=True, slots=True)
class Requirements:
    """`mentions` holds the first place of each skill named; the spans are None when the text does not say."""

    required: frozenset[str]
    preferred: frozenset[str]
    years_min: float | None
    years_max: float | None
    years_span: Span | None
    seniority: str | None
    visa_sponsorship: bool | None
    visa_span: Span | None
    mentions: tuple[Mention, ...]


class Sentence(NamedTuple):
    start: int
    end: int
    section: str


_WORDS = lines("postings.txt")
_HEADING = re.compile(
    r"[\s#*_>•-]*(?:"
    + "|".join(f"(?P<{section}>{'|'.join(_WORDS[section])})" for section in (WELCOME, NEEDED, DUTIES, OTHER))
    + r")[\s*_]*(?P<end>:|\?|$)",
    re.IGNORECASE,
)
_CUT = re.compile(r"\n+|(?<=[.!?;])\s+(?=[A-ZÄÖÜÉ•*-])")

_NUMBERS = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
}
_COUNT = r"\d{1,2}|" + "|".join(_NUMBERS)
_YEARS = re.compile(
    rf"\b(?P<low>{_COUNT})(?:\s*\(\d+\))?\s*(?:\+|plus|or more)?\s*"
    r"(?:(?:-|–|—|to|bis|à|a)\s*(?P<high>\d{1,2})\s*\+?)?\s*"
    r"(?:or more |and more )?(?:years?|yrs?|jahren?|ans|años)\b(?:'|’)?(?P<after>[^.\n]{0,80})",
    re.IGNORECASE,
)
_NOT_ASKED = re.compile(
    r"^\s*(?:old|of age|ago|in a row|from now)|\b(?:we have|we've|our company|founded|for over|in business)\b",
    re.IGNORECASE,
)


def _any(section: str) -> re.Pattern[str]:
    return re.compile("|".join(_WORDS[section]), re.IGNORECASE)


_WISH, _EXPERIENCE = _any("wish"), _any("experience")
_NO_VISA, _VISA = _any("visa refused"), _any("visa offered")


def read(text: str, title: str = "", mentions: list[Mention] | None = None) -> Requirements:
    """`mentions` are the skills in `text`, from a caller that has found them already."""
    sentences = list(_sentences(text))
    mentions = find(text) if mentions is None else mentions
    required, preferred, first = _skills(text, sentences, mentions)
    years = _years(text, sentences)
    visa, visa_span = _visa(text)
    low, high, span = years or (None, None, None)
    return Requirements(
        required, preferred, low, high, span, titles.level_of(title) if title else None, visa, visa_span, tuple(first)
    )


def _sentences(text: str) -> Iterator[Sentence]:
    section, start = DUTIES, 0
    for cut in (*_CUT.finditer(text), None):
        end = cut.start() if cut else len(text)
        heading = _HEADING.match(text, start, end)
        if heading and (heading["end"] != "" or end - start <= LONGEST_HEADING):
            section = next(name for name in (WELCOME, NEEDED, DUTIES, OTHER) if heading[name])
            start = heading.end()
        if text[start:end].strip():
            wish = section != OTHER and _WISH.search(text, start, end)
            yield Sentence(start, end, WELCOME if wish else section)
        start = cut.end() if cut else end


def _skills(
    text: str, sentences: list[Sentence], mentions: list[Mention]
) -> tuple[frozenset[str], frozenset[str], list[Mention]]:
    """Skills needed, skills welcome, and the first place of each.

    What only the duties name is welcome when the posting has a list of requirements, and needed when it has none.
    """
    by_section: dict[str, set[str]] = {NEEDED: set(), WELCOME: set(), DUTIES: set(), OTHER: set()}
    first: dict[str, Mention] = {}
    at = 0
    for mention in mentions:
        while at < len(sentences) - 1 and sentences[at].end <= mention.start:
            at += 1
        section = sentences[at].section if sentences and sentences[at].start <= mention.start else OTHER
        by_section[section].add(mention.skill)
        if section != OTHER:
            first.setdefault(mention.skill, mention)
    named = by_section[NEEDED] or by_section[DUTIES]
    preferred = (by_section[WELCOME] | by_section[DUTIES]) - named
    return frozenset(named), frozenset(preferred), list(first.values())


def _years(text: str, sentences: list[Sentence]) -> tuple[float, float | None, Span] | None:
    """The largest number of years that is needed, not wished for."""
    best: tuple[float, float | None, Span] | None = None
    for sentence in sentences:
        if sentence.section in {WELCOME, OTHER}:
            continue
        for match in _YEARS.finditer(text, sentence.start, sentence.end):
            before = text[max(sentence.start, match.start() - 60) : match.start()]
            if _NOT_ASKED.search(match["after"]) or _NOT_ASKED.search(before):
                continue
            asked = _EXPERIENCE.search(match["after"]) or _EXPERIENCE.search(before) or sentence.section == NEEDED
            low = float(_NUMBERS.get(match["low"].lower()) or match["low"])
            if asked and low <= MOST_YEARS and (best is None or low > best[0]):
                high = float(match["high"]) if match["high"] else None
                end = match.start("after")
                best = (low, high if high and high > low else None, Span(match.start(), end, text[match.start() : end]))
    return best


def _visa(text: str) -> tuple[bool | None, Span | None]:
    for pattern, offered in ((_NO_VISA, False), (_VISA, True)):
        found = pattern.search(text)
        if found:
            return offered, Span(found.start(), found.end(), found[0])
    return None, None
