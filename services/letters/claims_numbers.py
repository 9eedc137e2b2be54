"""Numbers, years and dates that a sentence states."""

import re
from collections.abc import Iterator
from datetime import MAXYEAR

from services.letters.context import YOU, Sentence, Sources
from services.letters.facts import Position
from services.letters.support import Number, names, numbers_at


def numbers(sentence: Sentence, sources: Sources) -> Iterator[str]:
    """The posting's numbers may be repeated where the sentence speaks to the employer; years of one's own may not."""
    cite = sentence.may_cite_posting or bool(YOU.search(sentence.text))
    allowed = sources.resume.numbers | (sources.posting.numbers if cite else frozenset())
    text = sentence.masked
    for start, end, number in numbers_at(text):
        words = text[start:end].strip()
        if sentence.about_me and number.kind == "plain" and _YEARS.match(text, end):
            if not _years_served(number.value, words, text[:start], sentence, sources):
                yield words
        elif number not in allowed:
            yield words


_YEARS = re.compile(r"\+?\s*(?:full )?years?\b")
_AT_LEAST = re.compile(r"\b(?:over|more than|at least)\s*$")


def _years_served(value: float, words: str, before: str, sentence: Sentence, sources: Sources) -> bool:
    """Years counted from the dates, rounded or cut; fewer after "over" or when the posting asks for so many; or the
    résumé's own words.
    """
    years = sources.facts.years
    counted = value >= 1 and value in {float(int(years)), float(round(years))}
    asked = YOU.search(sentence.text) and Number(value, "plain") in sources.posting.numbers
    enough = value <= years and (_AT_LEAST.search(before) or asked)
    said = any(sources.resume.says(f"{words}{form}") for form in (" years", "+ years", " year"))
    return counted or bool(enough) or said


def dates(sentence: Sentence, sources: Sources) -> Iterator[str]:
    """A year told of an employer must lie in the time served there."""
    named = [job for job in sources.facts.positions if job.company and names(sentence.text, job.company)]
    if len({job.company for job in named}) != 1:
        return
    degrees = {_year(one.end) for one in sources.facts.schools if names(sentence.text, one.institution or "-")}
    for year in re.findall(r"\b(?:19|20)\d\d\b", sentence.masked):
        told = any(_covers(job, int(year)) or year in " ".join(job.highlights) for job in named)
        if not told and int(year) not in degrees:
            yield year


def _covers(job: Position, year: int) -> bool:
    start, end = _year(job.start), _year(job.end)
    first = start or end
    last = MAXYEAR if job.current else end or first
    return first is not None and last is not None and first <= year <= last


def _year(date: str) -> int | None:
    found = re.search(r"\b(?:19|20)\d\d\b", date)
    return int(found[0]) if found else None
