"""Studies out of a section: school, degree, field and years that belong together."""

import re
from collections.abc import Sequence
from dataclasses import replace

from services.resumes.contact.places import KNOWN_CITY, place_score
from services.resumes.entries.cutting import Cutter, Entry
from services.resumes.entries.header_words import is_prose
from services.resumes.entries.lexicon import FIELD
from services.resumes.entries.likelihood import Found, best
from services.resumes.entries.pieces import Piece, pieces_of
from services.resumes.entries.roles import assign
from services.resumes.page.bodies import paragraphs
from services.resumes.page.cells import side_by_side
from services.resumes.page.rows import Row
from services.resumes.page.stacked import unstacked
from services.resumes.periods.dates import main_span
from services.resumes.profile import Education
from services.resumes.studies.study_entries import lifted, recurring, unbroken, undated, without_ornaments
from services.resumes.studies.study_lines import IN, left_over
from services.resumes.studies.study_pieces import SCORES, schools_behind_commas, split_study, without_grades
from services.resumes.studies.study_places import shed_towns
from services.resumes.studies.study_roles import settled
from services.resumes.studies.study_tables import without_captions
from services.resumes.studies.study_words import study_score
from services.resumes.text import Style

PRIORS = {"institution": 0.3, "degree": 0.1, "field": -0.2, "location": 0.0}
SHORT_DEGREE = re.compile(
    r"^(?P<degree>(?:Ph\.?\s?D\.?|M\.?\s?B\.?\s?A\.?|[BM]\.?\s?(?:S|A|E|Sc|Eng|Tech|Ed|Com|Phil|FA|BA|"
    r"CA)\.?(?:\s?\(?Hons\.?\)?)?|A\.?\s?[AS]\.?|Bachelor(?:[’']?s)?(?: degree)?|"
    r"Master(?:[’']?s)?(?: degree)?|Doctorate|Diploma|Diplom|Licence|Laurea|Grado|BTS|DUT|"
    r"(?:Bachelor|Master|Associate|Doctor) of (?:Science|Arts|Engineering|Business Administration|Technology|"
    r"Fine Arts|Laws?|Education|Philosophy|Commerce|Applied Science|"
    r"Medicine|Music|Public Health|Architecture|Public Administration|"
    r"Social Work))\.?)[,:]?\s+(?P<field>[A-ZÀ-ÞÄÖÜ].+)$"
)
CJK_DEGREE = re.compile(
    r"^(?P<field>.{2,20}?)[\s　・·]*(?P<degree>(?:高度)?専門士|短期大学士|学士|修士|博士|本科|硕士|專科|专科)"
    r"(?:号|学位|課程)?$"
)

CJK_DEGREE_FIRST = re.compile(
    r"^(?P<degree>学士|修士|博士|本科|硕士|學士|碩士|專科|专科)(?:号|学位|課程)?[\s　,，、・]+(?P<field>.{2,24})$"
)
MOST_DEGREE_WORDS = 6
DANGLING = re.compile(r"\s+(?:in|im|en|em|of|de)$")  # "B.S. in", before a field in another style
IN_WORD = re.compile(r"^(?P<degree>\w+(?: \w+)?)\s+(?:in|im|en|em)\s+(?P<field>[A-ZÀ-Þ].+)$")  # "N4 in Welding"
CHOICE = re.compile(r"(?i)\b(?:major|minor|special|concentrat|option|mention|spécial|especiali|emphasis)")
CHOSEN = re.compile(r"(?i),\s*(?:minor|major|specialization|concentration|mención|nebenfach|mineure)$")
CLASS_YEAR = re.compile(r"[\s,]+[’'](?P<year>\d\d)$")  # as old members of a school sign: "Ghent University '17"
NEXT_CENTURY = "45"
FULL_STOP = re.compile(r"(?<=\w{3})\.$")


def studies(section: Sequence[Row], body: Style | None = None) -> list[Found[Education]]:
    """In the order of the page. An entry with neither school nor degree is dropped."""
    listed = without_ornaments(without_captions(section))
    cutter = Cutter(unbroken(side_by_side(unstacked(listed, unless_ranged=True))), body)
    cuttings, rows = list(cutter.cuttings()), cutter.form.rows
    ways = [*undated(rows), *cuttings, *(lifted(entries) for entries in cuttings), *recurring(rows)]
    readings = [_read(entries) for number, entries in enumerate(ways) if entries not in ways[:number]]
    return _inherited(best(readings, ("institution", "degree"), SCORES, uneven=0.0))


def _read(entries: Sequence[Entry]) -> list[Found[Education]]:
    headers = shed_towns([without_grades(pieces_of(entry)) for entry in entries])
    headers = schools_behind_commas([split_study(header) for header in headers])
    headers = [_left_over(header, entry) for header, entry in zip(headers, entries, strict=True)]
    roles = settled(headers, assign(headers, SCORES, PRIORS))
    found = [_found(entry, role) for entry, role in zip(entries, roles, strict=True)]
    return [item for item in found if item.value.institution or item.value.degree]


def _left_over(header: list[Piece], entry: Entry) -> list[Piece]:
    """The header with its only piece cut, where that must hold degree and school."""
    named = [piece for piece in header if not _is_place(piece)]
    bare = not entry.body or entry.body[0].bullet or is_prose(entry.body[0].text)
    parts = left_over(named[0], bare=bare) if len(named) == 1 else []
    return [other for piece in header for other in (parts if parts and piece is named[0] else [piece])]


def _is_place(piece: Piece) -> bool:
    """Thus "Ghent, Belgium", but not "MD, Johns Hopkins", which has the same form."""
    told = piece.slot[-1:] == ("place",) or place_score(piece.text) >= KNOWN_CITY
    return told and study_score(piece.text) <= 0


def _found(entry: Entry, role: dict[str, Piece]) -> Found[Education]:
    """The field's piece is the school's, where the degree has its field with it."""
    study = _study(entry, role)
    if study.institution and "institution" not in role and "field" in role:
        role = {"institution": role["field"], **{name: piece for name, piece in role.items() if name != "field"}}
    return Found(study, role, entry)


def _inherited(found: list[Found[Education]]) -> list[Found[Education]]:
    """Two degrees under one school: the second has no school of its own."""
    result: list[Found[Education]] = []
    for own in found:
        item = own
        if not item.value.institution and result and item.value.degree and result[-1].value.degree:
            item = Found(replace(item.value, institution=result[-1].value.institution), item.pieces, item.entry)
        result.append(item)
    return result


def _study(entry: Entry, role: dict[str, Piece]) -> Education:
    span = main_span(entry.dates)
    description, highlights = paragraphs(entry.body)
    degree = role["degree"].text if "degree" in role else ""
    area = role["field"].text if "field" in role else ""
    degree, inner = _parted(DANGLING.sub("", degree))
    institution = DANGLING.sub("", role["institution"].text) if "institution" in role else ""
    if not institution and inner and area:
        institution, area = area, ""  # the degree has its field with it: what is left is the school
    if not degree and area and institution and area.isascii() and len(area.split()) <= MOST_DEGREE_WORDS:
        degree, inner = _unknown_degree(area)
        area = inner
    start, end = (span.start, span.end) if span else ("", "")
    if span and not span.is_range:
        start, end = "", span.start  # one date alone is when it was finished
    if not span and (year := CLASS_YEAR.search(institution)):
        institution, end = institution[: year.start()], f"{'19' if year['year'] > NEXT_CENTURY else '20'}{year['year']}"
    return Education(
        institution=FULL_STOP.sub("", institution),
        degree=degree,
        field=FULL_STOP.sub("", inner or area),
        location=role["location"].text if "location" in role else "",
        start=start,
        end=end,
        highlights=highlights or tuple(line for line in description.split("\n") if line),
    )


def _unknown_degree(text: str) -> tuple[str, str]:
    """What stands beside a school without a word we know: "N6, Electrical Engineering", "Matric", "History"."""
    within = IN_WORD.match(text)
    if within:
        return within["degree"], within["field"]
    head, _, tail = text.partition(", ")
    if FIELD.search(text) and not tail:
        return "", text
    return head, tail


def _whole(degree: str) -> bool:
    """Thus "BSc" of "BSc in Physics"; but not "BSc, Minor" of "BSc, Minor in Dance"."""
    return study_score(degree) > 0 and not _begun(degree) and not CHOSEN.search(degree)


def _begun(text: str) -> bool:
    """A degree and the beginning of its field: "vwo, Natuur" of "vwo, Natuur en Techniek"."""
    head, comma, tail = text.partition(", ")
    return bool(comma) and study_score(head) > 0 >= study_score(tail) and not CHOICE.search(tail)


def _parted(text: str) -> tuple[str, str]:
    """A degree and its field: "BS in Physics", "Bachelor of Arts, History", "Physics, BSc"."""
    text = re.sub(r"\s*[-–—,;|(]\s*(?:GPA|CGPA|Grade|Note)\b.*$", "", text, flags=re.IGNORECASE)
    for pattern in (IN, SHORT_DEGREE, CJK_DEGREE, CJK_DEGREE_FIRST):
        match = pattern.match(text)
        if match and (pattern is not IN or _whole(match["degree"])):
            return match["degree"].strip(" ,"), match["field"].strip(" ,")
    parts = re.split(r",\s+|\s+[-–—]\s+|:\s+", text, maxsplit=1)
    if len(parts) == 2:  # noqa: PLR2004
        first, second = study_score(parts[0]), study_score(parts[1])
        if first != second:
            return (parts[0], parts[1]) if first > second else (parts[1], parts[0])
    return text, ""
