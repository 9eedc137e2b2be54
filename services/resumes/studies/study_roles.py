"""School or field of study: two names that no word gives away, told apart by where they stand beside the degree."""

from collections.abc import Sequence

from services.resumes.entries.header_words import is_prose
from services.resumes.entries.lexicon import FIELD, company_score, school_score
from services.resumes.entries.pieces import Piece
from services.resumes.studies.study_words import study_score

Roles = dict[str, Piece]


def settled(headers: Sequence[Sequence[Piece]], found: Sequence[Roles]) -> list[Roles]:
    """The same roles, with school and field changed where the other order is likelier. A field follows its degree and a
    school stands outermost; who names one thing besides the degree names the school.
    """
    sure = {roles["institution"].slot for roles in found if "institution" in roles and _is_house(roles["institution"])}
    turned = [_turned(header, roles, sure) for header, roles in zip(headers, found, strict=True)]
    schooled = [roles for header, roles in zip(headers, turned, strict=True) if _school_first(header, roles)]
    fields = {roles["field"].slots[-1] for roles in schooled}
    return [roles if "institution" in roles else _named(roles, fields) for roles in turned]


def _turned(header: Sequence[Piece], roles: Roles, sure: set[tuple[object, ...]]) -> Roles:
    """`sure` are the places in which other studies have their schools."""
    school, degree = roles.get("institution"), roles.get("degree")
    field = roles.get("field") or _unused(header, roles)
    if school is None or field is None or school.slot in sure:
        return roles
    between = degree is not None and _at(header, degree) < _at(header, school) < _at(header, field)
    told = bool(FIELD.search(school.text)) - bool(FIELD.search(field.text))
    if _is_house(field) or told > 0 or (told == 0 and between):
        return roles | {"institution": field, "field": school}
    return roles


def _unused(header: Sequence[Piece], roles: Roles) -> Piece | None:
    """A piece to which no role fell, and which could be a name."""
    used = {id(piece) for piece in roles.values()}
    rest = (piece for piece in header if id(piece) not in used and piece.slot[-1:] != ("place",))
    return next((piece for piece in rest if piece.text[:1].isupper() and not is_prose(piece.text)), None)


def _school_first(header: Sequence[Piece], roles: Roles) -> bool:
    """Whether school, degree and field stand in this order: there a degree with its field alone is one more of them."""
    if not {"institution", "degree", "field"} <= roles.keys():
        return False
    return _at(header, roles["institution"]) < _at(header, roles["degree"])


def _at(header: Sequence[Piece], piece: Piece) -> int:
    return next((at for at, other in enumerate(header) if other is piece), len(header))


def _is_house(piece: Piece) -> bool:
    return school_score(piece.text) > 0 or company_score(piece.text) > 1 or piece.after_at


def _named(roles: Roles, fields: set[tuple[object, ...]]) -> Roles:
    """With the piece beside the degree as the school, where its place is not that of fields elsewhere."""
    field = roles.get("field")
    if field is None or "degree" not in roles or field.slots[-1] in fields or FIELD.search(field.text):
        return roles
    if is_prose(field.text) or study_score(field.text) > 0 or not field.text[:1].isupper():
        return roles
    return {name: piece for name, piece in roles.items() if name != "field"} | {"institution": field}
