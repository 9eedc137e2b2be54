"""The sections of a résumé: which lines are headings, judged by their words and by the style that headings share."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from services.resumes.contact.contact_blocks import contact_blocks
from services.resumes.entries.milestones import lived
from services.resumes.page.rows import Row, body_style, look, rows
from services.resumes.sections.headings import Kind, count_words, heading_kind
from services.resumes.sections.likeness import kind_by_likeness
from services.resumes.sections.marks import heading_marks, icons, sign
from services.resumes.sections.numbered import numbered_parts
from services.resumes.sections.run_in import run_in_parts
from services.resumes.text import ExtractedText, Line, Style

MOST_WORDS = 7
LEAST_PURITY = 0.45
RARE = 2
COLUMN = 24.0  # points, within which two lines begin in one column
LEAST_TITLES, SET_OFF, PAINTED = 3, 1.5, 1.3
SEVERAL = 4
APART = 1.8  # usual gaps above a heading that is drawn like no other
CLOSE = 1.2  # usual gaps between two lines of one phrase
UNDER = 3.0  # points between a word and the line drawn under it
BIGGER = 1.3
PLAIN_STYLE = Style()
PROSE = 60  # characters of a line that is running text
ENTRIES = frozenset({Kind.EXPERIENCE, Kind.EDUCATION})
CORE = frozenset({Kind.EXPERIENCE, Kind.EDUCATION, Kind.SKILLS, Kind.PROJECTS})
ENTRIES = frozenset({Kind.EXPERIENCE, Kind.EDUCATION})
LABELS = frozenset({Kind.SUMMARY, Kind.OTHER, Kind.AWARDS, Kind.LINKS, Kind.CONTACT, Kind.TRAINING})
PLAIN = CORE | {
    Kind.SUMMARY,
    Kind.LANGUAGES,
    Kind.CERTIFICATIONS,
    Kind.AWARDS,
    Kind.REFERENCES,
    Kind.INTERESTS,
    Kind.VOLUNTEERING,
    Kind.PUBLICATIONS,
    Kind.LINKS,
    Kind.CONTACT,
}
FRAMED = re.compile(r"^\s*(?P<mark>[^\w\s]+)\s.*\s(?P=mark)\s*$")  # a heading between two ornaments
BLANK = re.compile(r"^[^\d]*_{6,}\s*$")  # to be filled in by hand: "Signature ______"
UNDERLINE = re.compile(r"^[\s=_\-–—*#~.+|\u2500-\u257f]{4,}$")


@dataclass(frozen=True)
class Section:
    """`kind` is None for what stands before the first heading; `title` is the heading as written; `body` is the style
    of the running text: the section's own where it has any, else the document's; `heading` is the row of the title.
    """

    kind: Kind | None
    title: str
    rows: tuple[Row, ...]
    body: Style = PLAIN_STYLE
    heading: Row | None = None

    @property
    def lines(self) -> list[Line]:
        return [line for row in self.rows for line in row.lines]


@dataclass(frozen=True)
class _Candidate:
    row: int
    line: Line
    kind: Kind
    alone: bool
    salient: bool
    gap: float


def sections(text: ExtractedText) -> list[Section]:
    """In reading order; the first has no heading and may be empty."""
    page_rows, ruled = _unruled(lived(rows(text.lines)))
    page_rows, parts = numbered_parts(page_rows)
    body = body_style(page_rows)
    titles: dict[int, tuple[Kind | None, str]] = {**_headings(page_rows, body)}
    if not parts and not ENTRIES & {kind for kind, _ in titles.values()}:
        page_rows, parts = run_in_parts(page_rows)
        titles = {} if parts else titles
    # Above the first part that we know, numbered rows are the person's: "2. Name of staff: …".
    titles = {index: title for index, title in titles.items() if index > min(parts, default=-1)} | parts
    titles |= contact_blocks(page_rows, titles)
    if (name := _second_head(page_rows, body, titles)) is not None:
        titles[name] = None, ""
    titles |= _resumed(page_rows, titles)
    if not titles:
        titles |= dict.fromkeys([*ruled, *_below_rulers(page_rows, text.rulers)], (Kind.OTHER, ""))
    result: list[Section] = []
    kind: Kind | None = None
    title, start = "", 0
    for index in sorted(titles):
        result.append(_section(kind, title, page_rows[start:index], body))
        kind, title, start = titles[index][0], titles[index][1], index
    result.append(_section(kind, title, page_rows[start:], body))
    return result


def _unruled(found: Sequence[Row]) -> tuple[list[Row], list[int]]:
    """The rows without the rulers between them, and which rows stood below one."""
    kept: list[Row] = []
    below: list[int] = []
    for row in found:
        if not UNDERLINE.match(row.text):
            kept += [] if BLANK.search(row.text) and heading_kind(row.text) in {None, Kind.OTHER} else [row]
        elif kept and below[-1:] != [len(kept)]:
            below.append(len(kept))
    return kept, [index for index in below if index < len(kept)]


def _below_rulers(page_rows: Sequence[Row], rulers: Sequence[tuple[int, float]]) -> list[int]:
    """Which rows are the first below a line drawn across the page; what such a line underlines begins above it."""
    below: list[int] = []
    for index, row in enumerate(page_rows[1:], 1):
        last, top = page_rows[index - 1], row.lines[0].box.top
        box = last.lines[0].box
        from_top = box.bottom - UNDER if last.page == row.page and box.top < top else 0.0
        drawn = [y for page, y in rulers if page == row.page and from_top <= y <= top + UNDER]
        if drawn and index > 1 and from_top and drawn[0] - box.bottom < UNDER and last.gap > SET_OFF:
            below.append(index - 1)
        elif drawn:
            below.append(index)
    return below


def _resumed(
    page_rows: Sequence[Row], titles: Mapping[int, tuple[Kind | None, str]]
) -> dict[int, tuple[Kind | None, str]]:
    """Where a new page goes on with the left column of the page before, whose right column was read last."""
    found: dict[int, tuple[Kind | None, str]] = {}
    for index, row in enumerate(page_rows):
        if index == 0 or index in titles or row.page == page_rows[index - 1].page:
            continue
        last = max((at for at in titles if at < index), default=0)
        before = [other for other in page_rows[last + 1 : index] if other.page == page_rows[index - 1].page]
        if not before or row.x1 > min(other.x0 for other in before):
            continue  # it stands below the section that was read last
        column = (at for at in sorted(titles, reverse=True) if at < last and abs(page_rows[at].x0 - row.x0) < COLUMN)
        if (at := next(column, None)) is not None:
            found[index] = titles[at][0], ""
    return found


def _second_head(page_rows: Sequence[Row], body: Style, titles: Mapping[int, object]) -> int | None:
    """Where a column opens with the largest words of the page: the name, beside a column that is read before it."""
    first = [row for row in page_rows if row.page == page_rows[0].page]
    largest = max((row.style.size for row in first), default=0.0)
    for index, row in enumerate(first[1:], 1):
        jumps = row.lines[0].box.top < first[index - 1].lines[0].box.top
        if jumps and row.style.size >= largest and largest > BIGGER * body.size and index not in titles:
            return index
    return None


def _section(kind: Kind | None, title: str, page_rows: Sequence[Row], body: Style) -> Section:
    found = _bodies(page_rows, title)
    heading = Row(page_rows[0].lines[:1], page_rows[0].gap) if title and page_rows else None
    prose = [row for row in found if row.bullet or len(row.lines[0].text) > PROSE]
    prose = [row for row in prose if not row.style.bold or body.bold]
    return Section(kind, title, tuple(found), body_style(prose) if len(prose) > 1 else body, heading)


def _bodies(page_rows: Sequence[Row], title: str) -> list[Row]:
    """The rows of a section without its heading, which may share its row with the first line of the text."""
    found = list(page_rows)
    if title and found:
        rest = found[0].lines[1:]
        found[0:1] = [Row(tuple(rest), found[0].gap)] if rest else []
    return found


def _headings(page_rows: Sequence[Row], body: Style) -> dict[int, tuple[Kind, str]]:
    """Row number to section, for every row that starts with a heading."""
    marks = heading_marks(page_rows)
    signs = marks | icons(page_rows)
    candidates = [found for index, row in enumerate(page_rows) if (found := _candidate(index, row, body, signs))]
    # What stands under every job ("Highlights") is a label; a section's own heading stands once.
    texts = Counter(found.line.text.casefold() for found in candidates)
    candidates = [found for found in candidates if found.kind not in LABELS or texts[found.line.text.casefold()] == 1]
    counts = Counter(key for row in page_rows for key in _looks(row.lines[0]))
    pure = _pure_styles(page_rows, candidates, body)
    first = min((found.row for found in candidates if _is_pure(found.line, pure, counts)), default=len(page_rows))
    strong = {found.kind for found in candidates if _is_pure(found.line, pure, counts)}
    chosen: dict[int, tuple[Kind, str]] = {}
    for found in candidates:
        if _is_pure(found.line, pure, counts):
            chosen[found.row] = found.kind, found.line.text
    for found in candidates:
        under = found.row - 1 in chosen and len(page_rows[found.row - 1].lines) == 1
        if found.row not in chosen and not under and _stands_alone(found, first, strong, bool(pure)):
            chosen[found.row] = found.kind, found.line.text
    main = _main_style(chosen, page_rows, pure) or _repeated_style(page_rows, body)
    if not marks:
        chosen |= _drawn_alike(page_rows, chosen, main, first if chosen else 1)
    hands = {look(page_rows[index].style) for index in chosen if sign(page_rows[index].lines[0].text) in marks}
    for index, row in enumerate(page_rows):
        marked = sign(row.lines[0].text) in marks and look(row.style) in hands
        if index not in chosen and marked and _may_be_title(row.lines[0]):
            chosen[index] = heading_kind(row.lines[0].text) or Kind.OTHER, row.lines[0].text
    return chosen


def _drawn_alike(
    page_rows: Sequence[Row], told: Mapping[int, tuple[Kind, str]], main: tuple[object, ...] | None, first: int
) -> dict[int, tuple[Kind, str]]:
    """Rows that no words make headings, in the style of those that are."""
    chosen = dict(told)
    entries_alike = _heads_entries(page_rows, chosen, main)
    for index, row in enumerate(page_rows):
        line = row.lines[0]
        if (
            index not in chosen
            and (index > first or _shares(row, main, page_rows) >= SEVERAL)
            and _leads(row)
            and main in _looks(line)
            and _may_be_title(line)
            and not row.dates
            and (index - 1 in chosen or not _ends_a_name(page_rows, index))
            and not (entries_alike and kind_by_likeness(line.text) is None)
        ):
            chosen[index] = kind_by_likeness(line.text) or Kind.OTHER, line.text
    return chosen


def _heads_entries(
    page_rows: Sequence[Row], chosen: Mapping[int, tuple[Kind, str]], main: tuple[object, ...] | None
) -> bool:
    """Whether jobs or studies begin with names that are drawn like the headings: one stands right below theirs."""
    below = [
        page_rows[index + 1] for index, (kind, _) in chosen.items() if kind in ENTRIES and index + 1 < len(page_rows)
    ]
    alike = [row for row in below if main in _looks(row.lines[0]) and _may_be_title(row.lines[0])]
    return any(heading_kind(row.text) is None and kind_by_likeness(row.text) is None for row in alike)


def _repeated_style(page_rows: Sequence[Row], body: Style) -> tuple[object, ...] | None:
    """Where no heading says anything to us: the largest style that short rows stand alone in, again and again, each
    set off from what is above it and none with a date.
    """
    found: defaultdict[tuple[object, ...], list[Row]] = defaultdict(list)
    for row in page_rows[1:]:
        found[next(key for key in _looks(row.lines[0]) if key[0] == "colour")].append(row)
    larger = [
        key for key, rows in found.items() if len(rows) >= LEAST_TITLES and all(_sets_off(row, body) for row in rows)
    ]
    return max(larger, key=lambda key: float(str(key[2]))) if larger else None


def _sets_off(row: Row, body: Style) -> bool:
    alone = _leads(row) and not row.dates and not row.bullet and _may_be_title(row.lines[0])
    painted = row.style.bold > body.bold and row.style.colour != body.colour
    if painted and alone and row.gap > PAINTED:
        return True
    return alone and (row.gap > SET_OFF or row.gap < 0) and row.style.size > body.size + 0.4


def _leads(row: Row) -> bool:
    """Alone in its row, or heavier and in another colour than all that shares it."""
    own = row.style
    return all(own.bold > line.style.bold and own.colour != line.style.colour for line in row.lines[1:])


def _shares(row: Row, main: tuple[object, ...] | None, page_rows: Sequence[Row]) -> int:
    """How many rows of the document stand alone in the style of its headings, this one among them."""
    return sum(1 for other in page_rows if _leads(other) and main in _looks(other.lines[0])) if row.gap > 1 else 0


def _looks(line: Line) -> set[tuple[object, ...]]:
    """The style with and without its colour: some headings paint their first letters."""
    caps = _in_capitals(line.text)
    key = look(line.style)
    return {("colour", *key, caps), ("plain", *key[:4], caps)}


def _is_pure(line: Line, pure: set[tuple[object, ...]], counts: Mapping[tuple[object, ...], int]) -> bool:
    """By its style with colour; without it only where the colour is too rare to tell."""
    own = next(key for key in _looks(line) if key[0] == "colour")
    return own in pure or (counts[own] <= RARE and bool(_looks(line) & pure))


def _main_style(
    chosen: Mapping[int, object], page_rows: Sequence[Row], pure: set[tuple[object, ...]]
) -> tuple[object, ...] | None:
    """The style of most headings: an unknown title in it is a heading too."""
    used = Counter(
        key for index in chosen for key in _looks(page_rows[index].lines[0]) if key[0] == "colour" and key in pure
    )
    return used.most_common(1)[0][0] if used else None


def _candidate(index: int, row: Row, body: Style, signs: set[str]) -> _Candidate | None:
    line = row.lines[0]
    listed = row.bullet and sign(line.text) not in signs and not FRAMED.match(line.text)
    if count_words(line.text) > MOST_WORDS + 2 or listed:  # with the number of a form's section, or a remark
        return None
    kind = heading_kind(line.text)
    if kind is None:
        return None
    return _Candidate(index, line, kind, len(row.lines) == 1, _is_salient(line, body), row.gap)


def _ends_a_name(page_rows: Sequence[Row], index: int) -> bool:
    """Right below a line of its own look, in its column: the end of a long name in the style of the headings."""
    row = page_rows[index]
    if not index or not 0 <= row.gap < CLOSE:
        return False
    above = page_rows[index - 1].lines
    return any(look(line.style) == look(row.style) and abs(line.box.x0 - row.x0) < UNDER for line in above)


def _is_salient(line: Line, body: Style) -> bool:
    style = line.style
    return (
        style.size > body.size + 0.4
        or (style.bold and not body.bold)
        or (style.italic and not body.italic)
        or style.colour != body.colour
        or style.font != body.font
        or (_in_capitals(line.text) and len(line.text) > 3)  # noqa: PLR2004 — "SQL" is no heading
    )


def _in_capitals(text: str) -> bool:
    """Mostly: "自己PR" is not, though none of its letters is small."""
    if not text.isupper():
        return False
    letters = [c for c in text if c.isalpha()]
    return 2 * sum(c.isupper() for c in letters) > len(letters)


def _pure_styles(page_rows: Sequence[Row], candidates: Sequence[_Candidate], body: Style) -> set[tuple[object, ...]]:
    """Styles that are used for headings and little else."""
    hits: defaultdict[tuple[object, ...], set[Kind]] = defaultdict(set)
    counts: defaultdict[tuple[object, ...], list[int]] = defaultdict(lambda: [0, 0])
    # "Highlights" under every job is a label: what repeats says nothing about the style of headings.
    texts = Counter(found.line.text.casefold() for found in candidates)
    known = {found.row: found for found in candidates if texts[found.line.text.casefold()] == 1}
    for index, row in enumerate(page_rows):
        for key in _looks(row.lines[0]):
            counts[key][1] += 1
            if index in known and known[index].salient:
                counts[key][0] += 1
                hits[key].add(known[index].kind)
    pure = set()
    for key, (found, total) in counts.items():
        several = len(hits[key]) > 1 or total == found
        if found and several and found / total >= LEAST_PURITY:
            pure.add(key)
    return _without_small(pure, hits)


def _without_small(pure: set[tuple[object, ...]], hits: dict[tuple[object, ...], set[Kind]]) -> set[tuple[object, ...]]:
    """A style met once and smaller than the headings' own is a sub-heading ("Courses" within education)."""
    if not pure:
        return pure
    main = max(pure, key=lambda key: (len(hits[key]), float(str(key[2]))))
    size = float(str(main[2]))
    return {key for key in pure if len(hits[key]) > 1 or float(str(key[2])) >= size - 0.1 or len(hits[main]) < 3}  # noqa: PLR2004


def _stands_alone(found: _Candidate, first: int, strong: set[Kind], styled: bool) -> bool:
    """A heading word in another style: fine in the head of the page, or where its section is nowhere else."""
    if not found.alone and not _in_capitals(found.line.text):
        return False
    if found.row < first and styled:
        return found.salient and found.kind not in strong
    spaced = found.gap < 0 or found.gap > 1.3  # noqa: PLR2004 — more than a line's distance
    if not styled:
        # Without styles or spacing, a line of heading words alone is all there is to go by.
        return found.alone and (
            spaced or found.salient or found.kind in PLAIN or found.line.text.rstrip().endswith(":")
        )
    apart = found.kind in PLAIN and (found.gap < 0 or found.gap > APART)
    return (found.kind in CORE or apart) and found.kind not in strong and found.salient and spaced and found.alone


def _may_be_title(line: Line) -> bool:
    return count_words(line.text) <= MOST_WORDS and line.text[-1] not in ".,;-‐" and any(c.isalpha() for c in line.text)
