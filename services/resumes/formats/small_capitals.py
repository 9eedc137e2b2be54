"""Fonts of small capitals that call some letters by their capitals ("InveRcaRgill"): where a letter of a font is a
capital within words, time and again, and never a small one, it is a small one.
"""

import re
from collections import Counter
from collections.abc import Sequence

from services.resumes.formats.placed import Word

WITHIN = re.compile(r"(?<=[^\W\d_A-Z])[A-Z](?=[^\W\d_A-Z]|\b)")
LEAST = 2  # times within words
FEW = 0.2  # of the letters of the alphabet that a font may call so


def spelled(words: Sequence[Word]) -> list[Word]:
    """The same words, with such letters written small."""
    if not WITHIN.search(" ".join([word.text for word in words])):
        return list(words)
    texts: dict[str, list[str]] = {}
    for word in words:
        texts.setdefault(word.style.font, []).append(word.text)
    wrong = {font: letters for font, own in texts.items() if (letters := _misnamed(own))}
    return [_respelled(word, wrong.get(word.style.font, set())) for word in words]


def _misnamed(texts: Sequence[str]) -> set[str]:
    counts = Counter(letter for text in texts for letter in WITHIN.findall(text))
    often = {letter for letter, count in counts.items() if count >= LEAST}
    if not often:
        return set()
    small = set("".join(texts))
    found = {letter for letter in often if letter.lower() not in small}
    return found if found and len(found) <= FEW * len({c for c in small if c.islower()}) else set()


def _respelled(word: Word, wrong: set[str]) -> Word:
    if not wrong:
        return word

    def small(found: re.Match[str]) -> str:
        return found.group().lower() if found.group() in wrong else found.group()

    return word._replace(text=WITHIN.sub(small, word.text))
