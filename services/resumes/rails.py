"""A rail of titles beside a text, told by how it is drawn and where it stands, whatever its words."""

import itertools
from collections.abc import Sequence

from services.resumes.rows import look
from services.resumes.text import Line

LEAST_TITLES = 3
MOST_WORDS = 6
WIDER = 1.15  # than the usual distance between two lines of the text
OPENING = 0.8  # the share of titles that stand where a block of the text begins


def is_painted_rail(left: Sequence[Line], right: Sequence[Line]) -> bool:
    """Short lines in one style that the text beside them never has, each level with the start of a block there."""
    tops = sorted({round(line.box.top, 1) for line in right})
    rail = [line for line in left if line.box.bottom > tops[0]]
    styles = {look(line.style)[2:] for line in rail}
    if len(rail) < LEAST_TITLES or len(styles) > 1 or styles & {look(line.style)[2:] for line in right}:
        return False
    if any(len(line.text.split()) > MOST_WORDS for line in rail) or 2 * len(rail) > len(tops):
        return False
    gaps = [below - above for above, below in itertools.pairwise(tops)]
    wide = WIDER * sorted(gaps)[len(gaps) // 2]
    starts = [tops[0], *(below for gap, below in zip(gaps, tops[1:], strict=True) if gap > wide)]
    level = sum(any(abs(line.box.top - start) < 0.6 * line.box.height for start in starts) for line in rail)
    return level >= OPENING * len(rail)
