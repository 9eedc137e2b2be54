"""Several posts with one employer: the employer named once, with its own time or without, and the posts below it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from services.resumes.entries.cutting import Entry
from services.resumes.entries.header_words import is_inner_label, is_prose
from services.resumes.entries.lexicon import title_score
from services.resumes.entries.likelihood import Found
from services.resumes.entries.pieces import Piece
from services.resumes.page.rows import Row, look
from services.resumes.periods.dates import DateSpan, main_span
from services.resumes.profile import Experience

MOST_WORDS = 8
SURE = 1.4


def without_umbrellas(found: Sequence[Found[Experience]]) -> list[Found[Experience]]:
    """Without the entries that only name an employer whose posts are the entries that follow."""
    result: list[Found[Experience]] = []
    for job in found:
        company = job.pieces.get("company")
        last = result[-1] if result else None
        umbrella = last is not None and not last.value.title and last.pieces.get("company") is company
        if umbrella and not _within(job.entry, company):
            result.pop()
        result.append(job)
    return result


def _within(entry: Entry, piece: Piece | None) -> bool:
    return piece is not None and any(line is piece.line for row in entry.header for line in row.lines)


def with_later_roles(found: Sequence[Found[Experience]]) -> Iterator[tuple[Entry, Found[Experience]]]:
    """Every job with the part of its entry that tells of it, and the undated posts that follow in the same entry."""
    for job in found:
        title = job.pieces.get("title")
        starts = _later(job.entry.body, title) if title is not None and job.value.company else []
        ends = [*starts, len(job.entry.body)]
        times = _shared(job.entry.dates, len(ends))
        yield replace(job.entry, body=job.entry.body[: ends[0]], dates=times[0]), job
        for start, end, dates in zip(starts, ends[1:], times[1:], strict=True):
            row = job.entry.body[start]
            piece = Piece(row.text, row.lines[0], ())
            entry = Entry((row,), job.entry.body[start + 1 : end], dates)
            yield entry, Found(job.value, {"company": job.pieces["company"], "title": piece}, entry)


def _shared(dates: tuple[DateSpan, ...], count: int) -> list[tuple[DateSpan, ...]]:
    """The time with an employer tells when the last post ended, which stands first, and when the first one began."""
    span = main_span(dates)
    if count == 1 or span is None:
        return [dates, *([()] * (count - 1))]
    last = (replace(span, start=""),)
    first = (replace(span, end="", current=False),)
    return [last, *([()] * (count - 2)), first]


def _later(body: Sequence[Row], title: Piece | None) -> list[int]:
    """Which rows name another post: short, drawn like the first, with text above and below them."""
    if title is None:
        return []
    return [
        index for index, row in enumerate(body[:-1])
        if index and body[index - 1].bullet and not body[index - 1].dates and _names_post(row, title)
        and not _names_post(body[index + 1], title)
    ]  # fmt: skip


def _names_post(row: Row, title: Piece) -> bool:
    alike = look(row.style)[1:4] == look(title.line.style)[1:4] and len(row.lines) == 1
    plain = not row.bullet and not row.dates and not is_prose(row.text) and not is_inner_label(row.text)
    return alike and plain and len(row.text.split()) <= MOST_WORDS and title_score(row.text) >= SURE
