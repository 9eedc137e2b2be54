"""Forms whose parts are numbered from the first to the last ("4. Education:", "7. Key qualifications: Engineer …"): a
part's name may run into its text on one line.
"""

import re
from collections.abc import Sequence

from services.resumes.page.rows import Row
from services.resumes.sections.headings import Kind, heading_kind
from services.resumes.text import Line

LEAST_PARTS, LEAST_KNOWN = 5, 3
SAME_X = 4.0
MOST_WORDS = 8
NUMBERED = re.compile(
    r"^\s*(?P<number>\d{1,2})[.)]\s+(?P<label>[^\W\d_][^:：]{1,60}?)\s*(?:[:：]\s*(?P<value>\S.*)?)?$"
)
PERSONAL = frozenset({Kind.CONTACT, Kind.OTHER})  # what stands above the first other part is the document's head
CORE = frozenset({Kind.EXPERIENCE, Kind.EDUCATION})


def numbered_parts(page_rows: Sequence[Row]) -> tuple[list[Row], dict[int, tuple[Kind | None, str]]]:
    """The rows, each part's text below its name, and which of them are headings; the rows as they are where the numbers
    do not count the parts of the document.
    """
    parts = _parts(page_rows)
    kinds = {index: heading_kind(match["label"]) for index, match in parts.items()}
    known = [index for index, kind in kinds.items() if kind and kind not in PERSONAL]
    if len(parts) < LEAST_PARTS or len(known) < LEAST_KNOWN or not CORE & set(kinds.values()):
        return list(page_rows), {}
    rows: list[Row] = []
    titles: dict[int, tuple[Kind | None, str]] = {}
    for index, row in enumerate(page_rows):
        if index not in parts or index < known[0]:
            rows.append(row)
            continue
        titles[len(rows)] = kinds[index] or Kind.OTHER, parts[index]["label"]
        line = row.lines[0]
        at = parts[index].start("value")
        rows.append(Row((line if at < 0 else part_of(line, 0, at), *(row.lines[1:] if at < 0 else ())), row.gap))
        if at >= 0:
            rows.append(Row((part_of(line, at, len(line.text)), *row.lines[1:]), 1.0))
    return rows, titles


def _parts(page_rows: Sequence[Row]) -> dict[int, re.Match[str]]:
    """The rows numbered 1, 2, 3 … at one edge, short of words before their colon."""
    found: dict[int, re.Match[str]] = {}
    left = 0.0
    for index, row in enumerate(page_rows):
        match = NUMBERED.match(row.lines[0].text)
        if match is None or int(match["number"]) != len(found) + 1 or len(match["label"].split()) > MOST_WORDS:
            continue
        if not found:
            left = row.x0
        if abs(row.x0 - left) < SAME_X:
            found[index] = match
    return found


def part_of(line: Line, start: int, end: int) -> Line:
    """The characters of a line's text from `start` to `end`, in their styles."""
    runs = []
    at = -len(line.runs[0].text) + len(line.runs[0].text.lstrip()) if line.runs else 0
    for run in line.runs:
        text = run.text[max(start - at, 0) : max(end - at, 0)]
        if text:
            runs.append(run._replace(text=text))
        at += len(run.text)
    return Line(line.page, line.box, tuple(runs) or line.runs)
