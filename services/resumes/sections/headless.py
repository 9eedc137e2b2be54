"""Résumés whose headings say nothing to us, or that have none: work and studies are found by what their entries say."""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from services.resumes.entries.experience import jobs, looks_like_study
from services.resumes.entries.lexicon import company_score, degree_score, school_score, title_score
from services.resumes.entries.likelihood import Found
from services.resumes.page.rows import Row
from services.resumes.profile import Education, Experience
from services.resumes.sections.beside_skills import with_groups
from services.resumes.sections.finding import Section
from services.resumes.sections.headings import Kind, heading_kind
from services.resumes.sections.interrupted import uninterrupted
from services.resumes.skills.languages import spoken
from services.resumes.studies.education import studies
from services.resumes.text import Line, Run, Style
from services.skills.vocabulary import find

INLINE = re.compile(r"^\W*(?P<label>[^:：]{3,40})[:：]\s+(?P<rest>\S.*)$")
LISTED, SENTENCE, WORDS_EACH = 0.6, 6, 3
MISNAMED = frozenset({Kind.PROJECTS})  # posts with employers and dates, under the wrong heading or none
LEAST_GAP, SECTION_GAP, WIDER, MOST_BLOCKS = 1.2, 1.8, 1.25, 12
ENTRIES = frozenset({Kind.EXPERIENCE, Kind.EDUCATION, Kind.VOLUNTEERING})
HEADER_ROWS = 3
FULL = 0.7  # of the width of the rows, filled by one that goes on in the next
UNNAMED = frozenset({None, Kind.OTHER, Kind.SUMMARY})


def told_by_content(parts: Sequence[Section]) -> list[Section]:
    """Sections under a heading that says nothing to us, named by what they hold: where a kind is missing, and only
    by signs that are hard to mistake.
    """
    parts = _parted_by_space(parts[0]) if len(parts) == 1 else with_groups(_rejoined(uninterrupted(parts)))
    known = {part.kind for part in parts}
    result: list[Section] = []
    for part in parts:
        kind = _kind_by_content(part) if part.kind is Kind.OTHER and part.rows else None
        if kind is Kind.EXPERIENCE and _elsewhere(result):
            kind = None
        result.append(replace(part, kind=kind) if kind and kind not in known else part)
    return result if Kind.EDUCATION in known else _schooled(parts, result)


def _rejoined(parts: Sequence[Section]) -> list[Section]:
    """Employers and schools that are drawn like headings open entries: they are read as headings we do not know, each
    with the rest of one entry below it.
    """
    result: list[Section] = []
    for number, part in enumerate(parts):
        if part.kind in ENTRIES and part.title:
            rest = list(itertools.takewhile(_is_one_entry, parts[number + 1 :]))
            result.append(_whole_again(part, rest) if rest else part)
        elif part.kind is not Kind.OTHER or not result or not _holds(result[-1], part):
            result.append(part)
    return result


def _is_one_entry(part: Section) -> bool:
    """A heading we do not know above one date."""
    dated = [number for number, row in enumerate(part.rows) if row.dates and not row.bullet]
    return part.kind is Kind.OTHER and part.heading is not None and bool(dated) and dated[0] < HEADER_ROWS > len(dated)


def _whole_again(part: Section, rest: Sequence[Section]) -> Section:
    """`part` with the sections that follow it, where that makes more entries whole than it has alone."""
    alone = sum(_whole(other.rows, part.kind, part.body) for other in (part, *rest))
    for count in range(len(rest), 1 if part.rows else 0, -1):
        rows = [*part.rows, *(row for other in rest[:count] if other.heading for row in (other.heading, *other.rows))]
        if _whole(rows, part.kind, part.body) >= max(alone + 1, count):
            return replace(part, rows=tuple(rows))
    return part


def _holds(whole: Section, part: Section) -> bool:
    return part.heading is not None and any(row is part.heading for row in whole.rows)


def _whole(rows: Sequence[Row], kind: Kind | None, body: Style) -> int:
    """How many entries are whole: two names and a time."""
    if kind is Kind.EDUCATION:
        return sum(
            1 for each in studies(rows, body) if each.value.institution and each.value.degree and each.entry.dates
        )
    return sum(1 for job in jobs(rows, body) if job.value.company and job.value.title and job.entry.dates)


def _parted_by_space(whole: Section) -> list[Section]:
    """A page without headings, cut where much more space is left than between the entries of one section."""
    gaps = sorted(row.gap for row in whole.rows[1:] if row.gap > LEAST_GAP)
    jumps = [(above / below, above) for below, above in itertools.pairwise(gaps) if above >= SECTION_GAP]
    widest, least = max(jumps, default=(0.0, 0.0))
    if widest < WIDER:
        return [whole]
    starts = [0, *(index for index, row in enumerate(whole.rows) if index and row.gap >= least)]
    blocks = [whole.rows[start:end] for start, end in zip(starts, [*starts[1:], len(whole.rows)], strict=True)]
    dated = [number for number, rows in enumerate(blocks) if any(row.dates for row in rows)]
    if not dated or dated[0] == 0 or len(blocks) > MOST_BLOCKS:
        return [whole]
    head = replace(whole, rows=tuple(row for rows in blocks[: dated[0]] for row in rows))
    rest = [part for rows in blocks[dated[0] :] for part in _lists(rows)]
    return [head, *(replace(whole, kind=Kind.OTHER, rows=rows) for rows in rest)] if len(rest) > 1 else [whole]


def _lists(rows: tuple[Row, ...]) -> list[tuple[Row, ...]]:
    """Rows without a date and with a little space between them are lists of different things."""
    if any(row.dates for row in rows):
        return [rows]
    starts = [0, *(index for index, row in enumerate(rows) if index and row.gap > LEAST_GAP)]
    return [rows[start:end] for start, end in zip(starts, [*starts[1:], len(rows)], strict=True)]


def _elsewhere(above: Sequence[Section]) -> bool:
    """Whether the work was told already and something else came after it: what follows is done beside it."""
    kinds = [part.kind for part in above]
    return Kind.EXPERIENCE in kinds and kinds[-1] not in {Kind.EXPERIENCE, Kind.OTHER}


def _schooled(parts: Sequence[Section], told: list[Section]) -> list[Section]:
    """Of several sections that read like work, the one whose employers are all schools tells of studies."""
    work = [at for at, part in enumerate(told) if part.kind is Kind.EXPERIENCE and parts[at].kind is Kind.OTHER]
    taught = [at for at in work if all(school_score(job.value.company) > 0 for job in jobs(told[at].rows))]
    if any(part.kind is Kind.EDUCATION for part in told) or len(taught) == len(work):
        return told
    return [replace(part, kind=Kind.EDUCATION) if at in taught else part for at, part in enumerate(told)]


def _kind_by_content(part: Section) -> Kind | None:
    texts = [row.text for row in part.rows]
    if any(row.dates for row in part.rows):
        found = jobs(part.rows, part.body)
        studied = sum(1 for job in found if _speaks_of_study(job))
        worked = sum(1 for job in found if job.value.start and job.value.title and job.value.company) - studied
        if studied and studied >= 0.5 * len(found):
            return Kind.EDUCATION
        return Kind.EXPERIENCE if worked and worked >= 0.5 * len(found) else None
    items = sum(listing.count(",") + 1 for listing in texts)
    if len(list(spoken(part.rows))) >= max(len(texts) - 1, 0.5 * items, 1):
        return Kind.LANGUAGES
    named = sum(len(listing.split(",")) > 2 or bool(INLINE.match(listing)) for listing in texts)  # noqa: PLR2004 — a list
    known = sum(1 for text in texts if any(True for _ in find(text)))
    return (
        Kind.SKILLS if max(named, known) >= LISTED * len(texts) and not any(_is_prose(text) for text in texts) else None
    )


def _speaks_of_study(found: Found[Experience]) -> bool:
    text = " ".join(row.text for row in found.entry.header)
    return (degree_score(text) > 0 or school_score(text) > 0) and title_score(found.value.title) < 1


def _is_prose(text: str) -> bool:
    words = len(text.split())
    listed = len(re.findall(r"[,;·|]", text)) * WORDS_EACH > words
    return text.endswith(".") and words > SENTENCE and not listed


def hidden_jobs(parts: Sequence[Section]) -> list[Found[Experience]]:
    """Dated entries with a title or an employer, from sections that are nothing else."""
    for kinds in (UNNAMED, MISNAMED):
        found: list[Found[Experience]] = []
        for part in parts:
            if part.kind in kinds:
                found += _work_among(jobs(_career(part), part.body))
        if found:
            return found
    return []


def _work_among(found: Sequence[Found[Experience]]) -> list[Found[Experience]]:
    """The jobs of a section; where most of its entries surely are jobs, the others that are whole are taken too."""
    whole = [job for job in found if job.value.start and job.value.title and job.value.company]
    whole = [job for job in whole if not looks_like_study(job)]
    sure = [job for job in whole if title_score(job.value.title) > 0 or company_score(job.value.company) > 0]
    return whole if len(sure) > 0.5 * len(found) else sure


def hidden_studies(parts: Sequence[Section]) -> list[Found[Education]]:
    """Entries that speak of a degree and a school, from the same places."""
    found: list[Found[Education]] = []
    for part in parts:
        if part.kind in UNNAMED:
            for job in jobs(_career(part), part.body):
                if looks_like_study(job):
                    found += studies([*job.entry.header, *job.entry.body], part.body)
    return found


def hidden_section(parts: Sequence[Section], kind: Kind) -> list[Row]:
    """Rows of the form "Skills: …" anywhere, without their label; and the rows they wrap into."""
    return [row for part in parts for row in _inline(part.rows, kind)]


def _inline(rows: Sequence[Row], kind: Kind) -> Iterator[Row]:
    inside = False
    right = max((row.x1 for row in rows), default=0.0)
    for number, row in enumerate(rows):
        match = INLINE.match(row.text)
        if match:
            inside = heading_kind(match["label"]) is kind
            if inside:
                yield _relabelled(row, match["rest"])
        elif inside and not row.bullet and 0 <= row.gap < 1.2 and rows[number - 1].x1 > FULL * right:  # noqa: PLR2004 — goes on
            yield row
        else:
            inside = False


def _relabelled(row: Row, rest: str) -> Row:
    line = row.lines[0]
    return Row((Line(line.page, line.box, (Run(rest, line.runs[-1].style),)),), row.gap)


def _career(part: Section) -> list[Row]:
    """The rows below the contact details."""
    rows = list(part.rows)
    if part.kind is not None:
        return rows
    last = max(
        (
            index
            for index, row in enumerate(rows[:12])
            if "@" in row.text or (re.search(r"\+?\d[\d ()-]{7,}\d", row.text) and not row.dates)
        ),
        default=-1,
    )
    return rows[last + 1 :]
