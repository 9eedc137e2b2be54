"""Boxes that are kept in order find what a walk over all of them finds."""

from collections.abc import Sequence
from typing import cast

from hypothesis import given
from hypothesis import strategies as st

from services.resumes.formats.painted import Shape
from services.resumes.formats.unseen import _inside, _Stack
from services.resumes.page.baselines import Levels, level
from services.resumes.text import Box

places = st.integers(0, 240).map(lambda place: place / 8)
boxes = st.builds(lambda x, y, width, height: Box(x, y, x + width, y + height), places, places, places, places)


def _shape(box: Box) -> Shape:
    return Shape(0, 0, box, box, is_path=True, filled=True, stroked=False, fill=None)


@given(outer=st.lists(boxes, max_size=30), inner=boxes)
def test_a_stack_finds_every_box_around_another(outer: Sequence[Box], inner: Box) -> None:
    found = sorted(cast(Shape, shape).box for shape in _Stack(map(_shape, outer)).around(inner))
    assert found == sorted(box for box in outer if _inside(inner, box))


@given(others=st.lists(boxes, max_size=30), box=boxes)
def test_levels_meet_what_any_box_stands_level_with(others: Sequence[Box], box: Box) -> None:
    assert Levels(others).meet(box) == any(level(box, other) for other in others)
