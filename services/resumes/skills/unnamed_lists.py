"""Skills that stand under no heading of theirs: lists set apart from the work above, and names drawn like headings."""

import re
from collections.abc import Iterator, Sequence

from services.resumes.contact.emails import EMAIL
from services.resumes.contact.links import URL
from services.resumes.contact.places import is_city
from services.resumes.entries.lexicon import degree_score, school_score
from services.resumes.page.rows import Row
from services.resumes.sections.finding import Section
from services.resumes.sections.headings import Kind
from services.resumes.skills.languages import spoken
from services.resumes.skills.section import ListedGroup, ListedSkill
from services.resumes.skills.skill_names import MARKED, is_level, names_in
from services.resumes.text import Line

UNNAMED = frozenset({None, Kind.OTHER, Kind.SUMMARY})
APART, WITHIN = 1.3, 1.25  # usual gaps above such a list, and between its lines
LEAST_ITEMS, MANY_ITEMS, WORDS = 3, 5, 3.5  # items of a list, and words in one of them
MOST_ROWS, MOST_WORDS = 6, 5
LONGEST, LONGEST_EASTERN = 40, 10  # letters of an item
SENTENCE = re.compile(r"[.!?]\s+\S|。")
EASTERN = re.compile("[\u3040-\u9fff\uac00-\ud7af]")


def unnamed_lists(parts: Sequence[Section]) -> list[Row]:
    """The rows of the first such list below the first dated row; languages are another list."""
    for part in parts:
        if part.kind in UNNAMED or not part.title or part.kind in {Kind.EXPERIENCE, Kind.EDUCATION}:
            for block in _blocks(part):
                if _is_list(block):
                    return block
    return []


def _blocks(part: Section) -> Iterator[list[Row]]:
    block: list[Row] = []
    dated = part.kind in {Kind.OTHER, Kind.LANGUAGES} and not part.title  # cut off from the work by what it holds
    for row in part.rows:
        if block and not 0 <= row.gap < WITHIN:
            yield block
            block = []
        dated = dated or bool(row.dates)
        if block or (dated and (row.gap > APART or row.gap < 0)):
            block.append(row)
    if block:
        yield block


def _is_list(block: Sequence[Row]) -> bool:
    text = " ".join(row.text for row in block).strip().rstrip(".")
    if len(block) > MOST_ROWS or any(row.dates or row.bullet for row in block) or SENTENCE.search(text):
        return False
    if EMAIL.search(text) or URL.search(text):
        return False
    items = [item.strip() for item in re.split(MARKED.pattern, text) if item.strip()]
    named = all(not item[0].isdigit() and item[0].isalpha() and len(item) <= LONGEST for item in items)
    eastern = max((len(EASTERN.findall(item)) for item in items), default=0)
    short = len(text.split()) <= WORDS * len(items) and eastern <= LONGEST_EASTERN
    placed = any(is_city(part) for item in items for part in re.split(r"\s{3,}", item))
    studied = (degree_score(text) or school_score(text) or placed) and len(items) < MANY_ITEMS
    return named and short and not studied and len(items) >= LEAST_ITEMS and len(spoken(block)) < len(items) - 1


def named_by_titles(parts: Sequence[Section]) -> list[ListedGroup]:
    """Skills drawn like headings, each above its level; and groups that a level opens, drawn the same way."""
    groups: list[ListedGroup] = []
    for part in parts:
        if part.kind is not Kind.OTHER or not part.rows or not _is_level(part.rows[0]) or not _are_short(part.rows[1:]):
            continue
        items = [ListedSkill(name, line) for name, line in _items(part.rows)]
        if 2 * sum(map(_is_level, part.rows)) >= len(part.rows):  # a level below each: the title is a skill as well
            groups.append(ListedGroup("", "", (ListedSkill(part.title, part.rows[0].lines[0]), *items)))
        elif items:
            groups.append(ListedGroup(part.title, part.rows[0].text, tuple(items)))
    return groups if sum(len(group.skills) for group in groups) > 1 else []


def _items(rows: Sequence[Row]) -> list[tuple[str, Line]]:
    return names_in([(line.text, line) for row in rows if not _is_level(row) for line in row.lines])


def _is_level(row: Row) -> bool:
    return is_level(row.text)


def _are_short(rows: Sequence[Row]) -> bool:
    return all(len(row.text.split()) <= MOST_WORDS and not row.dates and not row.text.endswith(".") for row in rows)
