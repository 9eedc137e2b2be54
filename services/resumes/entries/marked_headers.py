"""Headers that are the points of a list, "• Engraver, Lowther Plates (2013 – 2019)": read without their marks."""

from collections.abc import Sequence

from services.resumes.page.rows import BULLET, Row
from services.resumes.text import Line

FEWEST = 2
SAME_X = 3.0  # points


def without_marks(section: Sequence[Row]) -> list[Row]:
    """The same rows, where every whole period stands in a point, and all these points begin at the left edge."""
    dated = [row for row in section if any(span.is_range for _, span in row.dates)]
    left = min((row.x0 for row in section), default=0.0)
    marked = [row for row in dated if row.bullet and row.x0 - left <= SAME_X]
    if len(marked) < FEWEST or len(marked) < len(dated):
        return list(section)
    own = {id(row) for row in marked}
    return [_unmarked(row) if id(row) in own else row for row in section]


def _unmarked(row: Row) -> Row:
    line = row.lines[0]
    mark = BULLET.match(line.runs[0].text)
    rest = line.runs[0].text[mark.end() :] if mark else line.runs[0].text
    if mark and not rest.strip() and len(line.runs) > 1:
        runs = line.runs[1:]
    else:
        runs = (line.runs[0]._replace(text=rest), *line.runs[1:])
    return Row((Line(line.page, line.box, runs), *row.lines[1:]), row.gap)
