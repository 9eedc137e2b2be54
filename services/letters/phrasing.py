"""A line of a résumé → a sentence in the first person, saying neither more nor less.

Lines begin with a past verb ("Led …"), a base verb ("Lead …"), an -s form ("Leads …"), an -ing form ("Leading …"), or a
noun ("Responsible for …", "Migration of …"); each has its frame. No verb is conjugated by guess.
"""

import re
from functools import lru_cache
from importlib.resources import files

from services.letters.facts import Position
from services.letters.sentences import sentences
from services.skills.vocabulary import canonical

MOST_WORDS = 34
_NOT_VERBS = frozenset(
    {"need", "speed", "feed", "seed", "red", "bed", "advanced", "detailed", "unified", "united", "ahead"}
)
_RESPONSIBLE = frozenset({"responsible", "accountable", "in charge"})


def told(line: str, job: Position) -> str:
    """A clause such as `I led a team of 4`, without its full stop. `job` says whether the work goes on."""
    text = trimmed(line)
    first = text.split(" ", 1)[0] if text else ""
    rest = text[len(first) :]
    word = first.lower().strip(",:")
    if word in {"i", "i've", "i'm", "my"}:
        return text[0].upper() + text[1:]
    if _is_past(word):
        return f"I {word}{rest}"
    if word in _verbs():
        return f"I {word}{rest}" if job.current else f"my work was to {word}{rest}"
    if word.endswith("s") and (base := _base_of(word)):
        return f"I {base}{rest}" if job.current else f"my work was to {base}{rest}"
    if text.lower().startswith(tuple(_RESPONSIBLE)):
        return f"I {'am' if job.current else 'was'} {lowered(text)}"
    return f"my work {'includes' if job.current else 'included'} {lowered(text)}"


def trimmed(line: str) -> str:
    """The first sentence without its bullet and full stop, cut at a comma or semicolon when it is long."""
    text = re.sub(r"^[\s•·▪●*–—-]+", "", " ".join(line.split()))
    first = (sentences(text) or [""])[0].rstrip(" .;,:")
    words = first.split()
    if len(words) <= MOST_WORDS:
        return first
    head = " ".join(words[:MOST_WORDS])
    cut = max(head.rfind("; "), head.rfind(", "))
    return (head[:cut] if cut > len(head) // 3 else head).rstrip(" .;,:")


def lowered(text: str) -> str:
    """Small first letter, unless the first word is a name: mixed or all capitals, or a skill written with one."""
    first = text.split(" ", 1)[0].rstrip(",.:;")
    if not first or first[1:] != first[1:].lower() or len(first) == 1:
        return text
    skill = canonical(first)
    if skill and skill[0].isupper():
        return text
    return text[0].lower() + text[1:]


def with_article(title: str) -> str:
    """`a Nurse`, `an Engineer`."""
    return f"{'an' if title[:1].lower() in 'aeiou' else 'a'} {title}"


def _is_past(word: str) -> bool:
    return word in _pasts() or (word.endswith("ed") and len(word) > len("led") and word not in _NOT_VERBS)


def _base_of(word: str) -> str:
    candidates = (word[:-1], word[:-2], f"{word[:-3]}y")
    return next((base for base in candidates if base in _verbs()), "")


@lru_cache(maxsize=1)
def _read() -> tuple[frozenset[str], frozenset[str]]:
    lines = (files("services.letters") / "words" / "verbs.txt").read_text("utf-8").splitlines()
    entries = [entry.partition("|") for line in lines if not line.startswith("#") for entry in line.split()]
    return frozenset(base for base, _, _ in entries), frozenset(past for _, _, past in entries if past)


def _verbs() -> frozenset[str]:
    return _read()[0]


def _pasts() -> frozenset[str]:
    return _read()[1]
