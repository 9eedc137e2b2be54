"""Whether a text says a value. Spacing, case, typography and words broken at a line's end make no difference."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise

from services.resumes.periods.dates import DateSpan, find_dates

BREAK = "\x00"  # where a line ended in a hyphen, which may or may not belong to the word
BROKEN = re.compile(r"(?<=\w)[-\u2010\u2011\xad]\s*\n\s*(?=\w)")
DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-") | {"\xad": "", "’": "'", "‘": "'"})
CJK = re.compile("[\u2e80-\u9fff\uac00-\ud7af]")
WHOLE_DATE = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2]))?")
LONGEST = 200
LEAST_PHONE, MOST_PHONE = 7, 15


class Source:
    """A text, made ready to be asked many times."""

    def __init__(self, text: str) -> None:
        self._text = BROKEN.sub(BREAK, plain(text))
        self._rows = [row.strip() for row in text.splitlines() if row.strip()]

    def says(self, value: str) -> bool:
        """`value` stands in the text as whole words, not inside of others."""
        pattern = pattern_of(value)
        return pattern is not None and pattern.search(self._text) is not None

    def says_phone(self, value: str) -> bool:
        digits = sum(character.isdigit() for character in value)
        return LEAST_PHONE <= digits <= MOST_PHONE and self.says(value)

    def dates(self, start: str, end: str, *, current: bool) -> bool:
        """One span of the text gives both dates; a year may stand for a month of it, never the other way round."""
        if not start:
            return False
        return any(_within(start, span.start) and _ends(span, end, current=current) for span in self._spans())

    def _spans(self) -> Iterator[DateSpan]:
        """Also those that a narrow column spreads over two rows."""
        for row in self._rows:
            yield from find_dates(row)
        for upper, lower in pairwise(self._rows):
            yield from find_dates(f"{upper} {lower}")


def _ends(span: DateSpan, end: str, *, current: bool) -> bool:
    if current:
        return span.current and not end
    return not end or _within(end, span.end)


def _within(asked: str, given: str) -> bool:
    return bool(WHOLE_DATE.fullmatch(asked)) and (given == asked or given.startswith(f"{asked}-"))


def plain(text: str) -> str:
    """One spelling of each letter, dash and quotation mark."""
    return unicodedata.normalize("NFKC", text.replace(BREAK, " ")).translate(DASHES)


@lru_cache(maxsize=1024)
def pattern_of(value: str) -> re.Pattern[str] | None:
    """Finds the value in `plain` text; None for what is no value: nothing, signs alone, an essay."""
    words = plain(value).split()
    if not words or len(value) > LONGEST or not any(character.isalnum() for character in value):
        return None
    body = rf"[\s{BREAK}]+".join("".join(_letters(word)) for word in words)
    before = "" if CJK.match(words[0][0]) else rf"(?<![\w{BREAK}])"
    after = "" if CJK.match(words[-1][-1]) else rf"(?![\w+#{BREAK}])"
    return re.compile(before + body + after, re.IGNORECASE)


def _letters(word: str) -> Iterable[str]:
    """Between two letters the line may have ended; a hyphen of the word's own may be the one it ended with."""
    for number, letter in enumerate(word):
        following = word[number + 1 : number + 2]
        if letter == "-" and number and following:
            yield rf"(?:-\s*|{BREAK})"
        elif not following or following == "-":
            yield re.escape(letter)
        else:
            gap = r"\s*" if CJK.match(letter) and CJK.match(following) else ""
            yield re.escape(letter) + (gap or f"{BREAK}?")
