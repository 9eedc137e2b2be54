"""Headings as wide as the margin that they stand in: "BERUFSERFAHRUNG" touches the employer beside it. The two are
parted where the text of the page begins.
"""

from collections import Counter
from collections.abc import Sequence

from services.resumes.page.baselines import Levels
from services.resumes.page.rows import look
from services.resumes.sections.headings import heading_kind
from services.resumes.text import Box, Line

SAME_X = 2.5
LEAST_HEADINGS, LEAST_BEGUN = 2, 4
LONGEST = 60  # characters of a heading and what it touches
SLACK = 9.0  # points


def parted(lines: Sequence[Line]) -> list[Line]:
    """The same lines; one that begins as the headings of a margin do and runs into the text becomes two."""
    known = [line for line in lines if len(line.text) <= LONGEST and heading_kind(line.text)]
    starts = Counter((round(line.box.x0), look(line.style)[2:]) for line in known)
    rails = {key for key, count in starts.items() if count >= LEAST_HEADINGS}
    if not rails:
        return list(lines)
    edges = _beside(known, lines)
    result: list[Line] = []
    for line in lines:
        parts = None
        alike = any(abs(line.box.x0 - x) < SAME_X and look(line.runs[0].style)[2:] == style for x, style in rails)
        if edges and alike and heading_kind(line.text) is None:
            parts = _at_edge(line, edges)
        result += parts or [line]
    return result


def _beside(headings: Sequence[Line], lines: Sequence[Line]) -> list[int]:
    """Where many lines of the page begin, one of them level with a heading: not where its points are indented to."""
    starts = Counter(round(line.box.x0) for line in lines)
    places, own = Levels(line.box for line in headings), {id(line) for line in headings}
    many = [line for line in lines if starts[round(line.box.x0)] >= LEAST_BEGUN and id(line) not in own]
    return sorted({round(line.box.x0) for line in many if places.meet(line.box)})


def _at_edge(line: Line, edges: Sequence[int]) -> list[Line] | None:
    """Heading and value, where the words change from one to the other about where the text of the page begins."""
    text = line.text
    for end in range(min(len(text) - 1, LONGEST), 3, -1):
        head, value = text[:end], text[end:].lstrip()
        if not value[:1].isupper() or not head[-1].isalpha() or not heading_kind(head):
            continue
        place = line.box.x0 + line.box.width * end / len(text)
        edge = min(edges, key=lambda x: abs(x - place), default=0)
        if line.box.x0 < edge < line.box.x1 and abs(edge - place) < SLACK + 0.1 * line.box.width:
            left, right = Box(line.box.x0, line.box.top, edge - 1.0, line.box.bottom), line.box._replace(x0=float(edge))
            return [_cut(line, 0, end, left), _cut(line, end, len(text), right)]
    return None


def _cut(line: Line, start: int, end: int, box: Box) -> Line:
    runs = []
    at = len(line.runs[0].text.lstrip()) - len(line.runs[0].text)
    for run in line.runs:
        if text := run.text[max(start - at, 0) : max(end - at, 0)]:
            runs.append(run._replace(text=text))
        at += len(run.text)
    return Line(line.page, box, tuple(runs))
