"""Grades beside degrees and schools: "(2:1)", "1,9", "First class", "mention bien". They are neither."""

import re

from services.resumes.words import lines

UNITS = "passes|points|punkte|puntos|punti|pkt|average|overall|aggregate"
NUMBER = rf"\d{{1,3}}(?:[.,]\d{{1,2}})?(?:\s*/\s*\d{{1,3}}(?:[.,]\d)?)?\s*(?:%|(?i:{UNITS})\b)?"
WORDS = "|".join(sorted(map(re.escape, lines("grades")), key=len, reverse=True))
GRADE = re.compile(
    rf"(?i)^\W*(?:(?:c?gpa|grade|note|nota|noten?durchschnitt|abschlussnote|average|moyenne|promedio|media|score|voto|"
    rf"percentage|ocena|средний балл|μέσος όρος|الم?عدل|ממוצע|학점|绩点|成績)\W*)?"
    rf"(?:{NUMBER}|(?:{WORDS})|(?-i:[A-E])[*+-]+|2:[12]|I{{1,3}}\.[12]|110(?:/110)?\s*e\s*lode)"
    rf"(?:[\s,;/]+(?:{NUMBER}|(?:{WORDS})))?\W*$"
)
LETTERS = re.compile(r"^(?:[A-E]\*?){2,4}$")  # A levels
TAIL = re.compile(
    r"^(?P<name>.*[^\s,;(（|])(?:\s*[(（](?P<inner>[^()（）]*)[)）]?|\s*(?:[,;|]|(?<=\w{3})\.)\s+(?P<last>[^,;|]+|\d,\d+))\s*$"
)
YEAR = re.compile(r"(?:19|20)\d\d")


def is_grade(text: str) -> bool:
    """Nothing but a grade."""
    return bool(GRADE.match(text)) and not YEAR.search(text)


def without_grade(text: str) -> str:
    """A name without the grades behind it, in brackets or after a comma; empty when it was nothing else."""
    while text and not is_grade(text):
        tail = TAIL.match(text)
        if tail is None or not (is_grade(tail["inner"] or tail["last"] or "") or LETTERS.match(tail["inner"] or "")):
            return text
        text = tail["name"]
    return ""
