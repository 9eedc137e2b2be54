"""Unpaid posts whose words say nothing: which is the post and which the house, by how the paid ones are written."""

import re
from collections.abc import Sequence
from dataclasses import replace

from services.resumes.entries.lexicon import company_score, title_score
from services.resumes.entries.likelihood import Found
from services.resumes.entries.peers import COMMA
from services.resumes.entries.pieces import Piece
from services.resumes.profile import Experience

AT = re.compile(r"\s+(?:at|for|with|bei|beim|chez|presso|hos|bij|przy|u|na)\s+(?=[A-ZÀ-ÞĀ-Ž])")


def like_jobs(found: Sequence[Found[Experience]], work: Sequence[Found[Experience]]) -> list[Found[Experience]]:
    """The same entries. One name that holds both is cut; where no word tells the two names apart, they are styled, or
    else ordered, as those of the jobs are.
    """
    return [_turned(_parted(entry), work) for entry in found]


def _parted(entry: Found[Experience]) -> Found[Experience]:
    """Thus "Site leader, Homes for All" and "Coach at Dock Rowers"; a text behind the date is no name."""
    value = entry.value
    names = [name for name in (value.title, value.company) if name and not name.startswith(".")]
    if len(names) != 1:
        return entry
    marks = [*AT.finditer(names[0]), *COMMA.finditer(names[0])]
    if not marks:
        return entry
    title, house = names[0][: marks[0].start()].strip(), names[0][marks[0].end() :].strip()
    if title_score(house) > title_score(title):
        title, house = house, title
    piece = next(piece for name, piece in entry.pieces.items() if name in {"title", "company"})
    pieces = {**entry.pieces, "title": piece, "company": piece}
    return replace(entry, value=replace(value, title=title, company=house), pieces=pieces)


def _turned(entry: Found[Experience], work: Sequence[Found[Experience]]) -> Found[Experience]:
    value = entry.value
    if _title_first(entry) is None or _known(value.title, value.company):
        return entry
    pieces = entry.pieces | {"title": entry.pieces["company"], "company": entry.pieces["title"]}
    other = replace(entry, value=replace(value, title=value.company, company=value.title), pieces=pieces)
    return max((entry, other), key=lambda each: (_styled(each, work), _ordered(each, work)))


def _styled(entry: Found[Experience], work: Sequence[Found[Experience]]) -> int:
    """How many names of the jobs are styled like the same name here."""
    return sum(
        entry.pieces[name].slot[1] == job.pieces[name].slot[1]
        for job in work
        for name in ("title", "company")
        if name in job.pieces
    )


def _ordered(entry: Found[Experience], work: Sequence[Found[Experience]]) -> int:
    return sum(_title_first(job) == _title_first(entry) for job in work)


def _known(title: str, company: str) -> bool:
    return title_score(title) > title_score(company) or company_score(company) > company_score(title)


def _title_first(entry: Found[Experience]) -> bool | None:
    """None where title and employer do not both stand apart."""
    title, company = entry.pieces.get("title"), entry.pieces.get("company")
    if title is None or company is None or (title.line is company.line and title.slot == company.slot):
        return None
    return _place(title) < _place(company)


def _place(piece: Piece) -> tuple[float, ...]:
    return (piece.line.page, round(piece.box.top), piece.box.x0, *(at for at in piece.slot[3:] if isinstance(at, int)))
