"""What is named, and on the same line who gave or printed it: "First Aid, Red Cross", "A Walk. Harbour Press"."""

import re

from services.resumes.entries.lexicon import company_score, school_score
from services.resumes.entries.peers import BRACKETED, COMMA

MOST_HOUSE_WORDS, LEAST_TITLE_WORDS = 7, 2
QUOTED = re.compile(r"^[“„\"«「『‘](?P<name>[^”“\"»」』]{3,}?)[,.]?[”“\"»」』’](?P<rest>.*)$")
BY = re.compile(
    r"(?i)\s+(?:(?:issued|awarded|offered|provided|published) )?(?:by|von|par|por|da|door)\s+(?=[A-ZÀ-ÞĀ-Ž])"
)
NUMBERED = re.compile(r"^\s*(?:[\[(]\d{1,3}[\])]|\d{1,2}[\]).])\s*(?=\S)")
AUTHORS = re.compile(
    r"^.{3,160}?\((?:(?:19|20)\d\d[^)]{0,8}|\s*)\)[.,:]?\s+(?=\S)"
)  # "Rao, P., & Lind, A. (2019). Title. Press."
SENTENCE = re.compile(r"(?<=[^\W\d_]{2})[.?!]\s+(?=[A-ZÀ-ÞĀ-ŽА-Я“])")
LEVEL = re.compile(
    r"(?i)^(?:level|grade|class|stufe|niveau|nivel|livello|stage|part|modul)\b|^[A-C][12]\b|^(?:licen[cs]e|number|no|nr)\b|^\W*\d+\W*$"
)
EDGES = " ,.;:·|–—-"


def named_by(text: str) -> tuple[str, str]:
    """A certificate and who gave it, which is empty where nobody stands behind it. A bracket may have lost its end with
    the date: "First aid (Red Cross, ".
    """
    by = BY.search(text)
    if by:
        return text[: by.start()].strip(EDGES), text[by.end() :].strip(EDGES)
    bracketed = BRACKETED.match(text if text.count("(") <= text.count(")") else f"{text.rstrip(EDGES)})")
    if bracketed and _is_house(bracketed["place"]) and not _abbreviates(bracketed["place"], bracketed["name"]):
        return bracketed["name"].strip(EDGES), bracketed["place"].strip()
    marks = list(COMMA.finditer(text))
    if marks and _is_house(text[marks[-1].end() :]):
        return text[: marks[-1].start()].strip(EDGES), text[marks[-1].end() :].strip(EDGES)
    return text, ""


def titled_by(text: str) -> tuple[str, str]:
    """A publication's title and where it appeared, without authors, numbers and quotation marks."""
    plain = AUTHORS.sub("", NUMBERED.sub("", text)).strip()
    quoted = QUOTED.match(plain)
    if quoted:
        return quoted["name"].strip(EDGES), quoted["rest"].strip(EDGES)
    plain = plain.strip(" ,;:·|–—-")
    marks = list(SENTENCE.finditer(plain))
    if marks and _is_venue(plain[marks[-1].end() :]) and _is_title(plain[: marks[-1].start()]):
        end = plain[: marks[-1].end()].rstrip()
        return (end if end[-1:] in "?!" else end.rstrip(EDGES)), plain[marks[-1].end() :].strip(EDGES)
    commas = list(COMMA.finditer(plain))
    if commas and _is_venue(plain[commas[-1].end() :]) and _is_title(plain[: commas[-1].start()]):
        return plain[: commas[-1].start()].strip(EDGES), plain[commas[-1].end() :].strip(EDGES)
    return plain.strip(EDGES) if not plain.endswith("...") else plain, ""


def _is_title(text: str) -> bool:
    return len(text.split()) >= LEAST_TITLE_WORDS


def _is_venue(text: str) -> bool:
    """Few words, most of them capitals at the beginning, as houses and journals are written."""
    words = [word for word in re.findall(r"[^\s,.;:()]+", text) if word[:1].isalpha()]
    capitals = sum(word[:1].isupper() or not word[:1].islower() for word in words)
    return 0 < len(words) <= MOST_HOUSE_WORDS and words[0][:1].lower() != words[0][:1] and 2 * capitals > len(words)


def _is_house(text: str) -> bool:
    words = text.strip(EDGES).split()
    if not words or len(words) > MOST_HOUSE_WORDS or LEVEL.search(text):
        return False
    known = company_score(text) > 0 or school_score(text) > 0
    return known or words[0][:1].isupper() or not words[0][:1].islower()


def _abbreviates(short: str, name: str) -> bool:
    """Thus "CISSP" of "Certified Information Systems Security Professional"."""
    letters = [c.casefold() for c in short if c.isalnum()]
    initials = [word[0].casefold() for word in re.findall(r"[^\W_]+", name)]
    return len(short.split()) == 1 and letters == initials[: len(letters)]
