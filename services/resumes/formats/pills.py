"""Words in boxes of their own, side by side, as tags are drawn: each is a text of its own, however near the next."""

import itertools
from collections.abc import Sequence

from services.resumes.formats.painted import Shape
from services.resumes.text import Box

LEAST, MOST = 8.0, 30.0  # points, the height of a box
WIDEST = 220.0
APART = (1.0, 16.0)  # points between two boxes
SAME = 0.8
LEAST_PAIRS = 2
MOST_BOXES = 400


def between_pills(shapes: Sequence[Shape]) -> tuple[Box, ...]:
    """A bar as high as both in every space between two boxes of a row."""
    boxes = [
        shape.box
        for shape in shapes
        if shape.is_path and LEAST <= shape.box.height <= MOST and 0.5 * shape.box.height < shape.box.width <= WIDEST
    ]
    if len(boxes) <= LEAST_PAIRS or len(boxes) > MOST_BOXES:
        return ()
    boxes.sort(key=lambda box: (round(box.top), box.x0))
    pairs = [(one, other) for one, other in itertools.pairwise(boxes) if _are_beside(one, other)]
    if len(pairs) < LEAST_PAIRS:
        return ()
    middles = [(one, (one.x1 + other.x0) / 2) for one, other in pairs]
    return tuple(Box(x - 0.1, one.top, x + 0.1, one.bottom) for one, x in middles)


def _are_beside(one: Box, other: Box) -> bool:
    level = abs(one.top - other.top) <= SAME and abs(one.bottom - other.bottom) <= SAME
    return level and APART[0] <= other.x0 - one.x1 <= APART[1]
