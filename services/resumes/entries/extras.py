"""Projects, certifications and volunteering: entries of which only the name is sure."""

import re
from collections.abc import Sequence
from itertools import takewhile

from services.resumes.entries.cutting import Cutter, Entry
from services.resumes.entries.givers import NUMBERED, named_by, titled_by
from services.resumes.entries.header_words import is_address, remainder
from services.resumes.entries.pieces import pieces_of
from services.resumes.page.bodies import paragraphs
from services.resumes.page.cells import side_by_side
from services.resumes.page.rows import Row, joined, without_bullet
from services.resumes.periods.dates import find_dates, main_span
from services.resumes.profile import Certification, Project, Publication
from services.resumes.text import Line, Style

ISSUED = re.compile(
    r"(?i)^(?:issued|awarded|offered|provided)?\s*(?:by|from)\s*[:：]?\s+|^(?:issuer|issuing organization)\s*[:：]\s*"
)
PUBLISHED = re.compile(r"(?i)^(?:published\s+)?(?:by|in)\s+")
LEVEL_NAME = re.compile(
    r"(?i)^(?:associate|professional|foundation|practitioner|advanced|expert|specialty|master|fundamentals|"
    r"アソシエイト|プロフェッショナル|level \d|stufe \d)$"
)
PRINTED = re.compile(r"(?i)^published (?:by|in)\b")
ISSUED_BY = re.compile(r"(?i)^(?:issued|awarded|offered|provided|ausgestellt) (?:by|on|von|am)$")
MOST_NAME, LEAST_LISTED = 90, 2
APART = 1.6  # lines of space


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
    cutter = Cutter([cell for row in side_by_side(section) for cell in _cells(row)], body)
    rows = cutter.form.rows
    headed = [entry for entry in cutter.entries() if entry.header]
    if len(headed) < LEAST_LISTED < len(rows) and not cutter.form.styled:  # a list of rows
        headed = [Entry((row,), (), tuple(span for _, span in row.dates)) for row in rows]
    elif len(headed) == 1 and len(rows) == LEAST_LISTED:  # the giver and the date below the name
        headed = [Entry(tuple(rows), (), headed[0].dates)]
    return [item for entry in headed if (item := _certification(entry))]


def _cells(row: Row) -> list[Row]:
    """Certificates side by side, each with its own date."""
    dated = {at for at, span in row.dates if remainder(row.lines[at].text, span)}
    return [Row((line,), row.gap) for line in row.lines] if len(dated) == len(row.lines) > 1 else [row]


def publications(section: Sequence[Row], body: Style | None = None) -> list[tuple[Publication, Line]]:
    """The title as it stands in the first row of each entry; authors and addresses below it are no titles."""
    numbers = [at for at, row in enumerate(section) if NUMBERED.match(row.text)]
    if len(numbers) >= LEAST_LISTED:
        ends = [*numbers[1:], len(section)]
        return [item for at, end in zip(numbers, ends, strict=True) if (item := _paragraph(section[at:end]))]
    cutter = Cutter(section, body)
    headed = [entry for entry in cutter.entries() if entry.header]
    strong = [entry for entry in headed if cutter.form.is_strong(entry.header[0].lines[0])]
    if len(headed) < LEAST_LISTED <= sum(bool(row.dates) for row in section) and not strong:
        return [item for row in section if (item := _paragraph([row]))]
    return [item for entry in strong or headed if (item := _publication(entry))]


def _paragraph(rows: Sequence[Row]) -> tuple[Publication, Line] | None:
    """One publication in running text: authors, title, journal, date."""
    told = [rows[0], *takewhile(lambda row: row.gap < APART, rows[1:])]
    text = joined([row.text for row in told])
    span = main_span(find_dates(text))
    name, venue = titled_by(_undated(text))
    return (Publication(name, venue, span.start if span else ""), rows[0].lines[0]) if name else None


def _publication(entry: Entry) -> tuple[Publication, Line] | None:
    lines = [each for row in entry.header for each in row.lines] + [row.lines[0] for row in entry.body[:1]]
    told = [(text, each) for each in lines if (text := _undated(each.text)) and not is_address(text)]
    first = next((at for at, (text, _) in enumerate(told) if not PRINTED.match(text)), None)
    if first is None:
        return None
    name, venue = titled_by(told[first][0])
    rest = [text for at, (text, _) in enumerate(told) if at != first and len(text) < MOST_NAME]
    printed = next((text for text in rest if PRINTED.match(text)), rest[0] if rest else "")
    span = main_span(entry.dates)
    publication = Publication(name, venue or PUBLISHED.sub("", printed), span.start if span else "")
    return (publication, told[first][1]) if name else None


def _undated(text: str) -> str:
    plain = without_bullet(text)
    spans = find_dates(plain)
    return remainder(plain, spans[0]) if spans else plain


def _certification(entry: Entry) -> tuple[Certification, Line] | None:
    pieces = pieces_of(entry)
    if not pieces:
        return None
    span = main_span(entry.dates) or main_span([span for row in entry.body for _, span in row.dates])
    rest = [piece.text for piece in pieces[1:] if not ISSUED_BY.match(piece.text)]
    below = [
        ISSUED.sub("", row.text) for row in entry.body[:1] if len(row.text) < MOST_NAME and not find_dates(row.text)
    ]
    name = pieces[0].text
    if rest and LEVEL_NAME.match(rest[0]) and pieces[1].line is pieces[0].line:
        name = f"{name} - {rest.pop(0)}"
    name, giver = named_by(name)
    issuer = giver or next((ISSUED.sub("", text) for text in rest + below), "")
    return Certification(name[:MOST_NAME], issuer[:MOST_NAME], span.start if span else ""), pieces[0].line
