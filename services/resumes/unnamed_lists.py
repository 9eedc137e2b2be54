"""Skills that stand under no heading: a list of short names set apart from the work above it."""

import re
from collections.abc import Iterator, Sequence

from services.resumes.emails import EMAIL
from services.resumes.headings import Kind
from services.resumes.languages import spoken
from services.resumes.lexicon import degree_score, school_score
from services.resumes.links import URL
from services.resumes.rows import Row
from services.resumes.sections import Section
from services.resumes.skill_names import MARKED

UNNAMED = frozenset({None, Kind.OTHER, Kind.SUMMARY})
APART, WITHIN = 1.3, 1.25  # usual gaps above such a list, and between its lines
LEAST_ITEMS, WORDS = 3, 3.5  # items of a list, and words in one of them
MOST_ROWS = 6
LONGEST, LONGEST_EASTERN = 40, 10  # letters of an item
SENTENCE = re.compile(r"[.!?]\s+\S|。")
EASTERN = re.compile("[\u3040-\u9fff\uac00-\ud7af]")


def unnamed_lists(parts: Sequence[Section]) -> list[Row]:
    """The rows of the first such list below the first dated row; languages are another list."""
    for part in parts:
        if part.kind in UNNAMED or part.kind in {Kind.EXPERIENCE, Kind.EDUCATION}:
            for block in _blocks(part):
                if _is_list(block):
                    return block
    return []


def _blocks(part: Section) -> Iterator[list[Row]]:
    block: list[Row] = []
    dated = part.kind is Kind.OTHER and not part.title  # cut off from the work by what it holds
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
    if EMAIL.search(text) or URL.search(text) or degree_score(text) or school_score(text):
        return False
    items = [item.strip() for item in re.split(MARKED.pattern, text) if item.strip()]
    named = all(not item[0].isdigit() and item[0].isalpha() and len(item) <= LONGEST for item in items)
    eastern = max((len(EASTERN.findall(item)) for item in items), default=0)
    short = len(text.split()) <= WORDS * len(items) and eastern <= LONGEST_EASTERN
    return named and short and len(items) >= LEAST_ITEMS and len(spoken(block)) < len(items) - 1
