"""One line that holds a whole study, whose school no word gives away: it is what degree, field and place leave over."""

import re
from collections.abc import Sequence
from dataclasses import replace

from services.resumes.contact.places import KNOWN_CITY, place_score
from services.resumes.entries.lexicon import FIELD, school_score
from services.resumes.entries.peers import COMMA
from services.resumes.entries.pieces import Piece
from services.resumes.studies.study_words import study_score

IN = re.compile(
    r"^(?P<degree>.{2,60}?)\s+(?:in|im|en|em|of(?=\s+(?!science|arts|engineering|business|technology|fine|laws?|"
    r"education|philosophy|commerce|medicine|music|"
    r"public|applied|social|nursing|architecture|computer applications)))\s+(?P<field>[^\d].+)$", re.IGNORECASE
)  # fmt: skip
# "BA in History from Goldsmiths", "Diplom an der TU Wien": after a degree the house that gave it.
GIVEN_BY = re.compile(
    r"\s+(?:from|at|through|via|an der|an dem|am|von der|bei|à l[’']|à la|à|auprès de|en la|en el|na|no|presso|"
    r"all[’']|alla|aan de|aan het|bij|ved|vid|på|przy|na)\s*(?=[A-ZÀ-ÞĀ-Ž])"
)
SURE_WORDS = re.compile(r"\s+(?:from|at|through|via)\s*$")
SENTENCE_END = re.compile(r"(?:(?<=[^\W\d_]{5})|(?<=\d[,./]\d)|(?<=[,./:]\d)|(?<=\d\d)|(?<=[%)]))\.\s+(?=[^\W\d_a-z])")
ASIDE = re.compile(r"(?i)^(?:thesis|dissertation|minor|major|grade|mention|note|advisor|supervisor|gpa)\b")
MOST_NAME_WORDS = 8
# What a study says of itself besides: whether it is over.
STATUS = (
    r"(?:(?:est(?:imated|\.)?|expected|anticipated|projected|planned|scheduled)(?:\s+(?:in|graduation|completion|date|"
    r"to\s+(?:graduate|complete)))*|(?:graduation|completion)\s+(?:date|expected)|graduat(?:ed|ing|ion)(?:\s+in)?|"
    r"class of|completed|in progress|ongoing|currently enrolled|current|conferred|degree conferred|"
    r"voraussichtlich(?:er abschluss)?|laufend|geplant|en cours|prévu\w*|en curso|cursando|previst[oa]|em andamento|"
    r"in corso|pågående|lopend|w trakcie|obecnie|在读|在學|예정|재학|見込)"
)
ONLY_STATUS = re.compile(rf"(?i)^\W*{STATUS}\W*$")
STATUS_LAST = re.compile(rf"(?i)\s*[,;:|(–-]\s*{STATUS}\W*$|\s+(?-i:Expected|Anticipated|Graduated)\W*$")


def without_status(text: str) -> str:
    """Thus "BA, History, Expected" without the last; empty when it was nothing else."""
    return "" if ONLY_STATUS.match(text) else STATUS_LAST.sub("", text)


def at_colon(piece: Piece) -> list[Piece]:
    """Thus "Ghent University, Ghent: MSc in Physics"; "Degree: MSc" is one thing with its label."""
    left, colon, right = piece.text.partition(": ")
    telling = bool(colon) and study_score(right) > 0 >= study_score(left)
    return numbered(piece, [left, right]) if telling and (school_score(left) > 0 or COMMA.search(left)) else [piece]


def at_full_stop(piece: Piece) -> list[Piece]:
    """Thus "Ghent Institute. Level 3 Diploma, Welding" and "BSc, Chemistry, 2:1. Ghent University": studies written
    as sentences, each of which names something.
    """
    for mark in SENTENCE_END.finditer(piece.text):
        left, right = piece.text[: mark.start()], piece.text[mark.end() :]
        told = (study_score(left) > 0, school_score(left) > 0), (study_score(right) > 0, school_score(right) > 0)
        named = any(told[0]) and (any(told[1]) or bool(ASIDE.match(right)) or told[0] == (True, False))
        if named and told[0] != told[1]:
            return [part for text in numbered(piece, [left, right]) for part in at_full_stop(text)]
    return [piece]


def given_by(piece: Piece) -> list[Piece]:
    """Degree and school at the word between them; empty where there is none."""
    for mark in GIVEN_BY.finditer(piece.text):
        left, right = piece.text[: mark.start()], piece.text[mark.end() :]
        english = SURE_WORDS.search(piece.text[: mark.end()].rstrip() + " ") is not None
        telling = study_score(left) > 0 and (school_score(right) > 0 or (english and study_score(right) <= 0))
        if telling and len(right.split()) <= MOST_NAME_WORDS:
            return numbered(piece, [left, right], after_at=True)
    return []


def left_over(piece: Piece, *, bare: bool) -> list[Piece]:
    """Thus "MD, Johns Hopkins", "Virginia Tech, PhD in Physics", "Diploma, Cooking, Le Cordon Bleu". With `bare` the
    entry says nothing else; only then is what follows a degree alone a school, for mostly it is its field.
    """
    marks = list(COMMA.finditer(piece.text))
    parts = COMMA.split(piece.text)
    degree = next((at for at, part in enumerate(parts) if study_score(part) > 0), None)
    if degree is None or not marks or school_score(piece.text) > 0:
        return []
    if degree > 0:
        name = piece.text[: marks[degree - 1].start()]
        return numbered(piece, [name, piece.text[marks[degree - 1].end() :]]) if _nameable(name) else []
    cut = _school_at(parts, bare=bare)
    return numbered(piece, [piece.text[: marks[cut - 1].start()], piece.text[marks[cut - 1].end() :]]) if cut else []


def _school_at(parts: Sequence[str], *, bare: bool) -> int:
    """The part that begins the school's name behind the degree; 0 when there is none."""
    within = IN.match(parts[0])
    whole = within is not None and study_score(within["degree"]) > 0
    cut = 1 if whole or len(parts) == 2 else len(parts) - 1  # noqa: PLR2004 — degree, field and school
    cut = cut if whole or bare else 0
    return cut if cut and _nameable(", ".join(parts[cut:])) else 0


def _nameable(text: str) -> bool:
    place = place_score(text) >= KNOWN_CITY and "," not in text
    return text[:1].isupper() and not FIELD.search(text) and study_score(text) <= 0 and not place


def numbered(piece: Piece, texts: Sequence[str], *, after_at: bool = False) -> list[Piece]:
    """The piece cut into `texts`; with `after_at` the last of them is a house for certain."""
    last = len(texts) - 1
    return [
        replace(
            piece,
            text=text.strip(" ,"),
            slot=(*piece.slot, number),
            cut=True,
            after_at=piece.after_at or (after_at and number == last),
        )
        for number, text in enumerate(texts)
    ]
