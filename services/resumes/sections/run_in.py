"""Letters and forms whose headings run into their text: "Education: BSc Chemistry, …" at the edge, one a section."""

import re
from collections.abc import Sequence

from services.resumes.page.rows import Row
from services.resumes.sections.headings import Kind, heading_kind
from services.resumes.sections.numbered import part_of

LEAST_KINDS = 3
SAME_X = 4.0
LABEL = re.compile(r"^\s*(?P<label>[^\W\d_][^:：]{1,40}?)\s*[:：]\s*(?P<value>\S.*)$")
CORE = frozenset({Kind.EXPERIENCE, Kind.EDUCATION})
PERSONAL = frozenset({Kind.CONTACT, Kind.OTHER, Kind.LINKS})


def run_in_parts(page_rows: Sequence[Row]) -> tuple[list[Row], dict[int, tuple[Kind | None, str]]]:
    """The rows, each section's text below its name, and which of them are headings; the rows as they are where too few
    sections begin so, or more than one begins with the same words.
    """
    found = {index: parts for index, row in enumerate(page_rows) if (parts := _parts(row))}
    kinds = [kind for _, kind in found.values()]
    if len(set(kinds)) < LEAST_KINDS or len(set(kinds)) < len(kinds) or not CORE & set(kinds):
        return list(page_rows), {}
    left = min(page_rows[index].x0 for index in found)
    rows: list[Row] = []
    titles: dict[int, tuple[Kind | None, str]] = {}
    for index, row in enumerate(page_rows):
        if index not in found or row.x0 - left > SAME_X:
            rows.append(row)
            continue
        match, kind = found[index]
        line, at = row.lines[0], match.start("value")
        titles[len(rows)] = kind, match["label"]
        rows.append(Row((part_of(line, 0, at),), row.gap))
        rows.append(Row((part_of(line, at, len(line.text)), *row.lines[1:]), 1.0))
    return rows, titles


def _parts(row: Row) -> tuple[re.Match[str], Kind] | None:
    match = None if row.bullet else LABEL.match(row.lines[0].text)
    kind = heading_kind(match["label"]) if match else None
    return (match, kind) if match and kind and kind not in PERSONAL else None
