"""Contact details at the foot of a page, which belong to no section however near they stand to one."""

from collections.abc import Mapping, Sequence

from services.resumes.contact.emails import EMAIL
from services.resumes.contact.phones import DIGITS, LEAST_STRICT
from services.resumes.page.rows import Row
from services.resumes.sections.headings import Kind

SET_OFF, TOGETHER, MOST_ROWS = 2.5, 1.7, 4  # usual gaps around a block, and within it; its rows
Titles = Mapping[int, tuple[Kind | None, str]]


def contact_blocks(page_rows: Sequence[Row], titles: Titles) -> dict[int, tuple[Kind | None, str]]:
    """Row number to section, for rows where such a block begins, and where the section before it goes on."""
    found: dict[int, tuple[Kind | None, str]] = {}
    for index, row in enumerate(page_rows):
        above = [at for at in titles if at <= index]
        if not above or index in titles or 0 <= row.gap < SET_OFF:
            continue
        open_kind = titles[max(above)][0]
        end = _end(page_rows, titles, index)
        if open_kind in {Kind.CONTACT, None} or end is None or not _tells(page_rows[index:end]):
            continue
        found[index] = Kind.CONTACT, ""
        if end < len(page_rows) and end not in titles:
            found[end] = open_kind, ""
    return found


def _end(page_rows: Sequence[Row], titles: Titles, start: int) -> int | None:
    """Where a block that starts at a row ends, set off again from what follows; None where it is no small block."""
    end = start + 1
    while end < len(page_rows) and end not in titles and 0 <= page_rows[end].gap < TOGETHER:
        end += 1
    apart = end >= len(page_rows) or end in titles or page_rows[end].gap < 0 or page_rows[end].gap > SET_OFF
    return end if apart and end - start <= MOST_ROWS else None


def _tells(block: Sequence[Row]) -> bool:
    """An address for mail, or a phone beside something else, and no sentence."""
    texts = [line.text for row in block for line in row.lines]
    mail = any(EMAIL.search(text) for text in texts)
    phone = any(
        sum(c.isdigit() for c in match.group()) >= LEAST_STRICT for text in texts for match in DIGITS.finditer(text)
    )
    return mail and (phone or len(texts) > 1) and not any(row.bullet or row.dates for row in block)
