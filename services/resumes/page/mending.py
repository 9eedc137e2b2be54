"""Headers that a narrow column or a long title broke over two lines, put together again."""

import re
from collections.abc import Sequence

from services.resumes.entries.lexicon import degree_score, school_score
from services.resumes.page.rows import Row, look
from services.resumes.text import Line, Run

DANGLING = re.compile(
    r"(?i)(?:[,&/+–—-]|\b(?:of|and|for|the|in|at|to|de|la|del|der|die|das|des|für|und|et|y|e|da|do|di|with|von))$"
)
HAN = re.compile("[\u3040-\u9fff]")  # broken anywhere
BROKEN_WORD = re.compile(r"[^\W\d_]{2}[-‐]$")
SAME_X = 5.0
CLOSE = 1.15


def mended(section: Sequence[Row], body: object) -> list[Row]:
    """`body` is the style of running text, whose lines are left to the paragraphs."""
    right = max((row.x1 for row in section), default=0.0)
    result: list[Row] = []
    for row in section:
        at = _broken(result[-1], row, body, right) if result else None
        if at is None:
            result.append(row)
        else:
            above = result[-1]
            lines = list(above.lines)
            lines[at] = one_line(lines[at], row.lines[0])
            result[-1] = Row(tuple(lines), above.gap)
    return result


def _broken(above: Row, row: Row, body: object, right: float) -> int | None:
    """Which line of `above` goes on in `row`, if one does."""
    if len(row.lines) != 1 or row.bullet or row.dates or row.gap > CLOSE or row.gap < 0:
        return None
    line = row.lines[0]
    for at, upper in enumerate(above.lines):
        same_place = abs(upper.box.x0 - line.box.x0) < SAME_X
        if not same_place or not _same_look(upper, line) or _tell_two(upper.text, line.text):
            continue
        apart = look(upper.style)[1:] != look(body)[1:]
        torn = BROKEN_WORD.search(upper.text) is not None and line.text[:1].islower()
        if not apart and not (above.dates and (torn or len(above.lines) > 1)):
            continue
        full = _is_full(above, at, line, right) and _begins_alike(upper, line, body)
        if dangles(upper.text) or line.text[:1].islower() or (apart and full):
            return at
    return None


def _tell_two(upper: str, lower: str) -> bool:
    """A school, and the degree that was taken there: two names, however long the first."""
    begins = degree_score(lower.partition(",")[0]) > 0 >= school_score(lower)
    return begins and school_score(upper) > 0 >= degree_score(upper) and not dangles(upper)


def _begins_alike(upper: Line, lower: Line, body: object) -> bool:
    """In the same style; or the lower one goes on in the style of the upper one's end, which running text never has."""
    ending = look(lower.runs[0].style)[1:]
    return look(upper.runs[0].style)[1:] == ending or ending != look(body)[1:]


def dangles(text: str) -> bool:
    """Ends in the middle of a phrase; "Lafayette, LA" does not."""
    end = DANGLING.search(text)
    return end is not None and (text.isupper() or not end.group().isupper())


def _is_full(above: Row, at: int, below: Line, right: float) -> bool:
    """Whether the first word below (of Han characters, the first letter) would not have fitted behind the line."""
    upper = above.lines[at]
    letter = upper.box.width / max(len(upper.text), 1)
    limit = above.lines[at + 1].box.x0 - letter if at + 1 < len(above.lines) else right
    first = below.text[:1] if HAN.match(below.text) else below.text.partition(" ")[0]
    return upper.box.x1 + letter * (len(first) + 1) > limit + 0.5 * letter


def _same_look(upper: Line, lower: Line) -> bool:
    last, first = upper.runs[-1].style, lower.runs[0].style
    return look(last)[1:] == look(first)[1:]


def one_line(upper: Line, lower: Line) -> Line:
    """Both as one line, with a space between, or none where a hyphen breaks a word."""
    last = upper.runs[-1]
    if BROKEN_WORD.search(last.text) and lower.text[:1].islower():
        last, space = last._replace(text=last.text[:-1]), ""
    else:
        space = "" if last.text.endswith(" ") else " "
    first = lower.runs[0]
    if first.style == last.style and first.link == last.link:
        runs = (*upper.runs[:-1], Run(last.text + space + first.text, last.style, last.link), *lower.runs[1:])
    else:
        runs = (*upper.runs[:-1], last._replace(text=last.text + space), *lower.runs)
    return Line(upper.page, upper.box.joined(lower.box), runs)
