"""Places that a narrow column broke at their comma, "Castle Combe," above "Wilts", put together again."""

from collections.abc import Sequence

from services.resumes.contact.places import place_score
from services.resumes.page.mending import one_line
from services.resumes.page.rows import Row

SAME_EDGE = 3.0  # points
CLOSE = 1.35  # of the usual distance between lines
MOST_WORDS = 3
KNOWN = 1.0


def with_whole_places(section: Sequence[Row]) -> list[Row]:
    """The same rows; the rest of a place has left its row, and a row left empty is gone."""
    result: list[Row] = []
    for row in section:
        pair = _pair(result[-1], row) if result else None
        if pair is None:
            result.append(row)
            continue
        at, below = pair
        upper = list(result[-1].lines)
        upper[at] = one_line(upper[at], row.lines[below])
        result[-1] = Row(tuple(upper), result[-1].gap)
        if len(row.lines) > 1:
            result.append(Row((*row.lines[:below], *row.lines[below + 1 :]), row.gap))
    return result


def _pair(upper: Row, lower: Row) -> tuple[int, int] | None:
    """The lines that are one place, one below the other in a column beside something else."""
    if not 0 <= lower.gap <= CLOSE or len(upper.lines) < 2:  # noqa: PLR2004 — beside a name
        return None
    for at, start in enumerate(upper.lines[1:], 1):
        for below, end in enumerate(lower.lines):
            edge = min(abs(start.box.x0 - end.box.x0), abs(start.box.x1 - end.box.x1))
            short = len(end.text.split()) <= MOST_WORDS and start.text.endswith(",")
            if short and edge <= SAME_EDGE and place_score(f"{start.text} {end.text}") > KNOWN:
                return at, below
    return None
