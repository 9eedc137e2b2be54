"""Projects, certifications and volunteering: entries of which only the name is sure."""

import re
from collections.abc import Sequence

from services.resumes.entries.cutting import Cutter, Entry
from services.resumes.entries.dates import find_dates, main_span
from services.resumes.entries.header_words import is_address, remainder
from services.resumes.entries.pieces import pieces_of
from services.resumes.page.bodies import paragraphs
from services.resumes.page.cells import side_by_side
from services.resumes.page.rows import Row, without_bullet
from services.resumes.profile import Certification, Project, Publication
from services.resumes.text import Line, Style

ISSUED = re.compile(
    r"(?i)^(?:issued|awarded|offered|provided)?\s*(?:by|from)\s*[:：]?\s+|^(?:issuer|issuing organization)\s*[:：]\s*"
)
PUBLISHED = re.compile(r"(?i)^(?:published\s+)?(?:by|in)\s+")
MOST_NAME = 90


def projects(section: Sequence[Row], body: Style | None = None) -> list[tuple[Project, Line]]:
    found = []
    for entry in Cutter(side_by_side(section), body).entries():
        pieces = pieces_of(entry)
        description, highlights = paragraphs(entry.body)
        if pieces:
            name, line = pieces[0].text, pieces[0].line
        elif entry.body:
            name, line, description = _named(entry.body[0], description)
        else:
            continue
        head, colon, tail = name.partition(": ")
        span = main_span(entry.dates)
        url = next(
            (link for row in entry.header for each in row.lines for link in each.links if link.startswith("http")), ""
        )
        found.append(
            (
                Project(
                    name=head[:MOST_NAME] if colon else name[:MOST_NAME],
                    description=f"{tail}\n{description}".strip() if colon else description,
                    start=span.start if span else "",
                    end=span.end if span else "",
                    url=url or _address(entry),
                    highlights=highlights,
                ),
                line,
            )
        )
    return found


def _named(row: Row, description: str) -> tuple[str, Line, str]:
    return without_bullet(row.lines[0].text), row.lines[0], description


def _address(entry: Entry) -> str:
    return next((line.text for row in (*entry.header, *entry.body) for line in row.lines if is_address(line.text)), "")


def certifications(section: Sequence[Row], body: Style | None = None) -> list[tuple[Certification, Line]]:
    """One a header; in a plain list, one a row."""
    cutter = Cutter(side_by_side(section), body)
    headed = [entry for entry in cutter.entries() if entry.header]
    if len(headed) < 2 and len(section) > 2 and not cutter.form.styled:  # noqa: PLR2004 — a list of rows
        headed = [Entry((row,), (), tuple(span for _, span in row.dates)) for row in section]
    return [item for entry in headed if (item := _certification(entry))]


def publications(section: Sequence[Row], body: Style | None = None) -> list[tuple[Publication, Line]]:
    """The title as it stands in the first row of each entry; authors and addresses below it are no titles."""
    cutter = Cutter(section, body)
    headed = [entry for entry in cutter.entries() if entry.header]
    strong = [entry for entry in headed if cutter.form.is_strong(entry.header[0].lines[0])]
    found = []
    for entry in strong or headed:
        line, *rest = (each for row in entry.header for each in row.lines)
        span = main_span(entry.dates)
        name = _undated(line.text)
        below = [_undated(each.text) for each in (*rest, *(row.lines[0] for row in entry.body[:1]))]
        publisher = next((text for text in below if text and len(text) < MOST_NAME and not is_address(text)), "")
        if name:
            found.append((Publication(name, PUBLISHED.sub("", publisher), span.start if span else ""), line))
    return found


def _undated(text: str) -> str:
    plain = without_bullet(text)
    spans = find_dates(plain)
    return remainder(plain, spans[0]) if spans else plain


def _certification(entry: Entry) -> tuple[Certification, Line] | None:
    pieces = pieces_of(entry)
    if not pieces:
        return None
    span = main_span(entry.dates) or main_span([span for row in entry.body for _, span in row.dates])
    rest = [piece.text for piece in pieces[1:]]
    below = [
        ISSUED.sub("", row.text) for row in entry.body[:1] if len(row.text) < MOST_NAME and not find_dates(row.text)
    ]
    issuer = next((ISSUED.sub("", text) for text in rest + below), "")
    return Certification(pieces[0].text[:MOST_NAME], issuer[:MOST_NAME], span.start if span else ""), pieces[0].line
