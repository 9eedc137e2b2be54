"""Signs before headings, such as "■" where lists have another, or an icon of its own before each."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from services.resumes.page.rows import Row
from services.resumes.sections.headings import heading_kind

MARKED = 0.5  # the share of rows with one sign that are known headings
USUAL = frozenset("•·‣-–—*o+>")  # signs of lists, however short the list


def heading_marks(page_rows: Sequence[Row]) -> set[str]:
    """Signs before headings: most rows that begin with one are known headings."""
    marked: defaultdict[str, list[bool]] = defaultdict(list)
    for row in page_rows:
        if row.bullet and not row.text[0].isalpha():  # an "o" is drawn for a point, and a word in three languages
            marked[sign(row.lines[0].text)].append(heading_kind(row.lines[0].text) is not None)
    return {mark for mark, known in marked.items() if sum(known) > 1 and sum(known) >= MARKED * len(known)}


def icons(page_rows: Sequence[Row]) -> set[str]:
    """Signs that one row alone begins with: drawn before a heading they are its icon, and no list's."""
    counts = Counter(sign(row.lines[0].text) for row in page_rows if row.bullet)
    return {mark for mark, count in counts.items() if count == 1 and mark not in USUAL and not mark.isalnum()}


def sign(text: str) -> str:
    """What a row begins with; all numbers are one sign."""
    return "1" if text[0].isdigit() or text[0] == "(" else text[0]
