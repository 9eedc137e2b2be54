"""The header of a study cut into degree, field and school, where one piece holds several of them."""

import re
from dataclasses import replace

from services.resumes.contact.places import place_score
from services.resumes.entries.experience import shed_place
from services.resumes.entries.header_words import CJK
from services.resumes.entries.lexicon import FIELD, company_score, school_score
from services.resumes.entries.peers import BRACKETED, COMMA
from services.resumes.entries.pieces import Piece
from services.resumes.entries.roles import Scores, split_at_comma
from services.resumes.studies.grades import without_grade
from services.resumes.studies.study_lines import IN, at_colon, at_full_stop, given_by, numbered, without_status
from services.resumes.studies.study_words import study_score

SCORES: Scores = {
    "institution": lambda text: (
        school_score(text) + 0.4 * company_score(text) - 0.8 * study_score(text) - 0.5 * place_score(text)
    ),
    "degree": lambda text: study_score(text) - 0.8 * school_score(text) - 0.3 * place_score(text),
    "field": lambda text: (
        0.4 - 0.8 * school_score(text) - 0.8 * study_score(text) - 0.6 * place_score(text) - 2.0 * _is_grade(text)
    ),
    "location": lambda text: place_score(text) - school_score(text) - study_score(text) - 0.8,
}
GRADE = re.compile(
    r"(?i)\b(?:c?gpa|grade|note|nota|average|moyenne|promedio|score|percentage|honou?rs|cum laude|distinction|"
    r"thesis|first class|upper second|"
    r"dean|major gpa|abschlussnote|mention|relevant|coursework)\b|"
    r"^\W*courses?\b|\bcourses?\s*[:：]|^\d+[.,]\d+\b|\d\s*/\s*\d|\d%"
)
EVENT = re.compile(r"^(?:入学|入學|毕业|畢業|卒業|입학|졸업)(?:[（(](?P<degree>[^()（）]+)[)）])?$")
CJK_SPACED = re.compile("^[\u3040-\u9fff（）()・A-Za-z]+(?:[ \u3000][\u3040-\u9fff（）()・A-Za-z]+)+$")


def without_grades(header: list[Piece]) -> list[Piece]:
    """The pieces without grades, events and what else says how far a study went; school and degree apart at a colon."""
    header = [
        replace(piece, text=text)
        for whole in header
        for piece in at_full_stop(whole)
        if (text := without_grade(without_status(_without_event(piece.text))))
    ]
    header = [piece for piece in header if not _is_grade(piece.text) or _known(piece.text)]
    return [part for piece in header for part in at_colon(piece)]


def split_study(header: list[Piece]) -> list[Piece]:
    """Each piece cut where it says two things."""
    return [part for piece in header for part in _parts(piece, header)]


def schools_behind_commas(headers: list[list[Piece]]) -> list[list[Piece]]:
    """Thus "BA, Textiles, Goldsmiths" beside "MFA, Sculpture, Yale School of Art", and where no school is known at all,
    "Certificate, Product Management, INSEAD": a degree, its field and one name more that is no place.
    """
    cut = {piece.slot[:-1] for header in headers for piece in header if piece.cut and school_score(piece.text) > 0}
    known = any(school_score(piece.text) > 0 for header in headers for piece in header)

    def parts(piece: Piece, header: list[Piece]) -> list[Piece]:
        marks = list(COMMA.finditer(piece.text))
        lone = all(place_score(other.text) > 0 for other in header if other is not piece)
        if not lone or len(marks) < 2 or (known and piece.slot not in cut):  # noqa: PLR2004 — degree, field and school
            return [piece]
        first, last = piece.text[: marks[0].start()], piece.text[marks[-1].end() :]
        told = study_score(first) > 0 and not FIELD.search(last) and study_score(last) <= 0 and place_score(last) < 2  # noqa: PLR2004
        return numbered(piece, [piece.text[: marks[-1].start()], last]) if told and last[:1].isupper() else [piece]

    return [[part for piece in header for part in parts(piece, header)] for header in headers]


def _without_event(text: str) -> str:
    """What a row of events says besides "entered" and "graduated", which may hold the degree: "毕业（硕士）"."""
    event = EVENT.match(text)
    return event["degree"] or "" if event else text


def _parts(piece: Piece, header: list[Piece]) -> list[Piece]:
    others = [other for other in header if other is not piece]
    mixed = study_score(piece.text) > 0 and school_score(piece.text) > 0
    learnt = any(study_score(other.text) > 0 for other in others)
    single = not any(school_score(other.text) for other in others)
    if parts := _bracketed(piece):
        return parts
    if single and (parts := given_by(piece) or _abutting(piece, learnt=learnt)):
        return parts
    if single and not any(study_score(other.text) for other in others) and (parts := _school_last(piece)):
        return parts
    if piece.text.count(", ") > 1 and not mixed and school_score(piece.text):
        return shed_place(piece)
    if "," in piece.text and (mixed or (single and school_score(piece.text))):
        return _comma(piece)
    return [piece]


def _bracketed(piece: Piece) -> list[Piece]:
    """Degree and school where one of them stands in brackets: "Ghent University (MSc)", "MSc in Physics (Ghent
    University)".
    """
    inner = BRACKETED.match(piece.text)
    if not inner:
        return []
    name, within = inner["name"], inner["place"]
    if study_score(within) > 0 >= study_score(name) and school_score(name) > 0:
        return numbered(piece, [name, within])
    given = school_score(within) > 0 >= study_score(within) and study_score(name) > 0 >= school_score(name)
    return numbered(piece, [name, within], after_at=True) if given else []


def _abutting(piece: Piece, *, learnt: bool) -> list[Piece]:
    """Nothing but a space between a degree and a school: "BEng Tongji University", "北海道大学 看護学 学士"."""
    words = piece.text.split()
    if CJK_SPACED.match(piece.text) and CJK.search(piece.text):
        schools = [word for word in words if school_score(word) > 0]
        telling = learnt or any(study_score(word) > 0 for word in words)
        return numbered(piece, words) if len(schools) == 1 and telling else []
    rest = " ".join(words[1:])
    telling = (
        study_score(words[0]) > 0
        and not words[0].endswith(":")
        and not words[0][:1].islower()
        and study_score(rest) <= 0
    )
    return numbered(piece, [words[0], rest]) if telling and len(words) > 2 and _opens_school(rest) else []  # noqa: PLR2004


def _opens_school(text: str) -> bool:
    return school_score(text) > 0 and "," not in text and not FIELD.search(text) and text[:1].isupper()


def _school_last(piece: Piece) -> list[Piece]:
    """Thus "Legal Practice Course, BPP University", and "Master of Horticulture, Royal Society": whatever stands before
    the only school, or behind a degree with its field, is the other.
    """
    marks = list(COMMA.finditer(piece.text))
    if not marks:
        return []
    left, right = piece.text[: marks[-1].start()], piece.text[marks[-1].end() :]
    if school_score(right) > 0 and school_score(left) <= 0 and place_score(left) < 2:  # noqa: PLR2004 — a town
        return numbered(piece, [left, right])
    within = IN.match(left)
    whole = within is not None and study_score(within["degree"]) > 0 and "," not in left
    return numbered(piece, [left, right]) if whole and place_score(right) < 2 and not FIELD.search(right) else []  # noqa: PLR2004


def _comma(piece: Piece) -> list[Piece]:
    """Thus "Princeton University, PhD in Computer Science": school against the rest."""
    scores: Scores = {
        "institution": SCORES["institution"],
        "degree": lambda text: study_score(text) - 0.8 * school_score(text) + 1.0 * bool(FIELD.search(text)),
    }
    if place_score(piece.text.rpartition(", ")[2]) > 0 and study_score(piece.text) == 0 and piece.text.count(",") == 1:
        head, _, tail = piece.text.rpartition(", ")
        if place_score(tail) >= 2:  # noqa: PLR2004 — a state or a country
            return [replace(piece, text=head, slot=(*piece.slot, 0)), replace(piece, text=tail, slot=(*piece.slot, 1))]
        return [piece]
    return split_at_comma(piece, scores, ("degree", "institution"), both=True)


def _known(text: str) -> float:
    return max(study_score(text), school_score(text))


def _is_grade(text: str) -> bool:
    return bool(GRADE.search(text))
