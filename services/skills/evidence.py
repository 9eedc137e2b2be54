"""Is `Go` a language here, or a verb? Rules for names that are everyday words too.

Capitals as the name is written are enough for `React` and `Excel`. `Go`, `R` or `C` also need company: a technical
skill within 60 characters, or a word beside it that only goes with a skill ("Go developer", "written in R"). In a
list ("python, go, rust") capitals do not matter.
"""

import re
from bisect import bisect_left

from services.skills.mention import Mention, Target
from services.skills.tokens import TOKEN
from services.skills.words import Care

TECHNICAL = frozenset({"language", "framework", "database", "cloud", "tool"})
REACH = 60
PEEK = 24
SHORTEST_CAPITALS = 3

LIST_BEFORE = re.compile(r"(?:[,;:|/•·‣▪●(\t\n*&]|[-–]\ |\b(?:and|or|und|oder|et|ou|y|e))\s*$", re.IGNORECASE)
LIST_AFTER = re.compile(r"\s*(?:$|[,;|/•·)\t\n]|\.(?:\s|$)|&|(?:and|or|und|oder|et|ou|y|e)\b)", re.IGNORECASE)
WORD_BEFORE = re.compile(r"([^\W_]+)[\s]+$")
WORD_AFTER = re.compile(r"\s+([^\W_]+)")


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


CUES_BEFORE = _set("in with using knows know mit en con avec proficient write writing")
CUES_AFTER = _set(
    "api apis app apps backend code codebase compiler coder developer developers development engineer engineers "
    "entwickler framework frontend lang language library microservice microservices package packages programmer "
    "programmers programming scripts server service services skills software stack"
)
VETO_BEFORE = _set(
    "appendix category class clause exhibit figure grade group hepatitis last level next option our part plan schedule "
    "section series table the their this to type vitamin vitamine your"
)
VETO_AFTER = _set(
    "a above ahead an back beyond decisions down for forward live out sure that the their this to up us you your"
)
SEASON = re.compile(
    r"\s+(?:of\s+)?(?:(?:19|20)\d\d|semester|term|break|season|cleaning|quarter|internship)\b", re.IGNORECASE
)


def spelled_as(surface: str, spelling: str) -> bool:
    """Written with the name's own capitals, or all in capitals as headings are."""
    if surface.isupper() and len(surface) >= SHORTEST_CAPITALS:
        return True
    return _words(surface) == _words(spelling)


def holds(mention: Mention, target: Target, text: str, technical: list[int]) -> bool:
    """Does the text around a doubtful mention bear it out? `technical`: sorted starts of the mentions that are sure."""
    before = text[max(0, mention.start - PEEK) : mention.start]
    after = text[mention.end : mention.end + PEEK]
    if _vetoed(before, after):
        return False
    near = _near(mention.start, mention.end, technical)
    if near and _listed(before, after, mention.start):
        return True
    spelled = spelled_as(mention.surface, target.spelling)
    return spelled and target.care is Care.COMPANY and (near or _cued(before, after))


def _vetoed(before: str, after: str) -> bool:
    if after[:1] in {"-", "'", "’", "&", "@"} or before[-1:] in {"-", "'", "’", "&", "@", "."}:
        return True
    word_before, word_after = WORD_BEFORE.search(before), WORD_AFTER.match(after)
    return bool(
        (word_before and word_before[1].lower() in VETO_BEFORE)
        or (word_after and word_after[1].lower() in VETO_AFTER)
        or SEASON.match(after)
    )


def _near(start: int, end: int, technical: list[int]) -> bool:
    at = bisect_left(technical, start - REACH)
    return at < len(technical) and technical[at] <= end + REACH


def _listed(before: str, after: str, start: int) -> bool:
    opened = start == 0 or (start <= PEEK and not before.strip()) or LIST_BEFORE.search(before)
    return bool(opened and LIST_AFTER.match(after))


def _cued(before: str, after: str) -> bool:
    word_before, word_after = WORD_BEFORE.search(before), WORD_AFTER.match(after)
    return bool(
        (word_before and word_before[1].lower() in CUES_BEFORE) or (word_after and word_after[1].lower() in CUES_AFTER)
    )


def _words(text: str) -> list[str]:
    return [match[1] for match in TOKEN.finditer(text) if match[1]]
