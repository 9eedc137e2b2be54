"""Headings that a profile holds: "Skills" drawn smaller than "Profile" above it still says where they begin."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from services.resumes.page.rows import look
from services.resumes.sections.finding import Section
from services.resumes.sections.headings import Kind, heading_kind

HOLDING = frozenset({Kind.SUMMARY, Kind.OTHER})
SAID_BESIDE = frozenset({None, Kind.OTHER, Kind.SUMMARY, Kind.CONTACT, Kind.LINKS, Kind.REFERENCES})
APART, MOST_WORDS = 1.2, 3  # usual gaps above such a heading, and its words


def parted(parts: Sequence[Section]) -> list[Section]:
    """The sections, with what a profile holds under a heading of a kind that the page has nowhere else on its own."""
    known = {part.kind for part in parts}
    return [piece for part in parts for piece in (_pieces(part, known) if part.kind in HOLDING else (part,))]


def _pieces(part: Section, known: set[Kind | None]) -> Iterator[Section]:
    start, open_part = 0, part
    for number, row in enumerate(part.rows[:-1]):
        apart = row.gap > APART or look(row.style) != look(part.body)
        short = apart and len(row.lines) == 1 and len(row.text.split()) <= MOST_WORDS and not row.bullet
        kind = heading_kind(row.text) if short else None
        if kind in SAID_BESIDE or kind in known:
            continue
        yield replace(open_part, rows=part.rows[start:number])
        start, open_part = number + 1, replace(part, kind=kind, title=row.text, heading=row)
    yield replace(open_part, rows=part.rows[start:])
