"""Words that are on a page and not in its picture: under a shape, clipped away, transparent, in the colour behind them.

The test is the picture itself: drawn with such words and without them, it is the same. It takes two pictures of a page,
so it is made only where something looks like a trick: almost no page has one.
"""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import islice
from typing import Generic, NamedTuple, TypeVar

import pypdfium2 as pdfium

from services.resumes.formats import calls
from services.resumes.formats.painted import Painted, Shape, Text
from services.resumes.text import Box

MOST_COVERS = 400
MOST_PIXELS = 1_200.0  # of the longer side of a picture
LEAST_WIDTH, LEAST_HEIGHT = 8.0, 4.0  # points; less than this covers no word
MARGIN = 20.0  # points around a suspect's box that its ink may reach
FAINT = 26  # of 255: a tenth of its colour
SAME = 12  # of 255, in each channel
CHANGED = 10  # of 255


class _Suspect(NamedTuple):
    handle: int
    box: Box


Held = TypeVar("Held", bound=_Suspect | Shape)


class Unseen:
    """For one page."""

    def __init__(self, painted: Painted) -> None:
        self.painted, self.page = painted, painted.page
        self._by_ink: dict[Sequence[int], _Stack[Shape]] = {}

    def hides(self, box: Box) -> bool:
        """Whether the words in this box are a suspect's, and the picture is the same without them."""
        if not self._suspects or next(self._stack.around(box), None) is None or self._pictures is None:
            return False
        return not self._changes(box)

    @cached_property
    def _stack(self) -> "_Stack[_Suspect]":
        return _Stack(self._suspects)

    @cached_property
    def _suspects(self) -> list[_Suspect]:
        """Text objects that may be no more than there."""
        if self.page.get_rotation():
            return []
        found: list[_Suspect] = []
        below: list[tuple[int, int]] = []  # something that is painted later
        last = self._covers[-1].order if self._covers else -1
        for text in self.painted.texts():
            order, handle, ink, clips = text
            doubtful = clips > 0 or ink[3] < FAINT or self._alike(ink).items
            if doubtful and (box := self.painted.box(handle)) and self._is_suspect(text, box):
                found.append(_Suspect(handle, box))
            elif order < last:
                below.append((order, handle))
        return [*found, *self._covered(below)]

    @cached_property
    def _covers(self) -> list[Shape]:
        """Shapes that could hold a word, in the order in which they are painted."""
        shapes = (shape for shape in self.painted.shapes if shape.filled)
        wide = (shape for shape in shapes if shape.box.width >= LEAST_WIDTH and shape.box.height >= LEAST_HEIGHT)
        return list(islice(wide, MOST_COVERS))

    def _is_suspect(self, text: Text, box: Box) -> bool:
        _, _, ink, clips = text
        return ink[3] < FAINT or self._blends(text, box) or (clips > 0 and self._is_clipped(text, box))

    def _blends(self, text: Text, box: Box) -> bool:
        """Whether the last shape under it has its colour."""
        order, _, ink, _ = text
        if next(self._alike(ink).around(box), None) is None:
            return False
        under = [shape for shape in self._stacked.around(box) if shape.order < order]
        return bool(under) and _is_alike(ink, max(under, key=lambda shape: shape.order).fill)

    @cached_property
    def _stacked(self) -> "_Stack[Shape]":
        return _Stack(self._covers)

    def _alike(self, ink: Sequence[int]) -> "_Stack[Shape]":
        """The shapes that have nearly this colour."""
        known = self._by_ink.get(ink)
        if known is None:
            known = self._by_ink[ink] = _Stack(shape for shape in self._covers if _is_alike(ink, shape.fill))
        return known

    def _covered(self, texts: Iterable[tuple[int, int]]) -> Iterable[_Suspect]:
        """Those that lie within a shape that is painted later."""
        ordered = sorted(text for text in self.painted.middles(texts) if text[0] < math.inf)
        middles = [middle for middle, _, _ in ordered]
        boxes: dict[int, Box | None] = {}
        found = {}
        for shape in self._covers:
            _, low, _, high = shape.sides
            for _, order, handle in ordered[bisect_left(middles, low - 2) : bisect_right(middles, high + 2)]:
                if order < shape.order and handle not in found:
                    if handle not in boxes:
                        boxes[handle] = self.painted.box(handle)
                    box = boxes[handle]
                    if box and _inside(box, shape.box):
                        found[handle] = _Suspect(handle, box)
        return found.values()

    def _is_clipped(self, text: Text, box: Box) -> bool:
        """Whether one of the paths that clip it does not reach its middle."""
        _, handle, _, clips = text
        clip = calls.get_clip(handle)
        shapes = (self._clip(clip, number) for number in range(clips))
        return any(not _holds_middle(shape, box) for shape in shapes if shape)

    def _clip(self, clip: int, number: int) -> Box | None:
        place = calls.Reals()
        points = []
        for index in range(min(calls.count_clip_segments(clip, number), 64)):
            segment = calls.get_clip_segment(clip, number, index)
            if segment and calls.get_point(segment, *place.places[:2]):
                points.append(place.values()[:2])
        if not points:
            return None
        across, down = [point[0] for point in points], [point[1] for point in points]
        return self.painted.placed((min(across), min(down), max(across), max(down)))

    @cached_property
    def _pictures(self) -> tuple[pdfium.PdfBitmap, pdfium.PdfBitmap] | None:
        """With and without the suspects; None when they cannot be made."""
        try:
            whole = self._picture()
            for handle, _ in self._suspects:
                calls.set_active(handle, 0)
            without = self._picture()
        except pdfium.PdfiumError:
            return None
        finally:
            for handle, _ in self._suspects:
                calls.set_active(handle, 1)
        return whole, without

    def _picture(self) -> pdfium.PdfBitmap:
        first, after = self._rows
        crop = (0, _points(after, self._scale), 0, _points(first, self._scale))
        return self.page.render(scale=self._scale, crop=crop, grayscale=True, draw_annots=False)

    @cached_property
    def _rows(self) -> tuple[int, int]:
        """How many rows of pixels above and below all suspects are left out of the pictures."""
        top = min(box.top for _, box in self._suspects) - MARGIN
        bottom = max(box.bottom for _, box in self._suspects) + MARGIN
        height = self.painted.top - self.painted.bottom
        return int(max(0.0, top) * self._scale), int(max(0.0, height - bottom) * self._scale)

    @cached_property
    def _scale(self) -> float:
        area = self.painted
        return min(1.5, MOST_PIXELS / max(area.right - area.left, area.top - area.bottom, 1.0))

    def _changes(self, box: Box) -> bool:
        whole, without = self._pictures or (None, None)
        if whole is None or without is None:
            return True
        first, last = max(0, int(box.x0 * self._scale)), min(whole.width, int(box.x1 * self._scale) + 1)
        top, end = int(box.top * self._scale) - self._rows[0], int(box.bottom * self._scale) - self._rows[0]
        for row in range(max(0, top), min(whole.height, end + 1)):
            start = row * whole.stride
            one, other = whole.buffer[start + first : start + last], without.buffer[start + first : start + last]
            if any(abs(left - right) >= CHANGED for left, right in zip(one, other, strict=True)):
                return True
        return False


class _Stack(Generic[Held]):
    """Boxes by where they begin, so that few are looked at for each that may lie in one."""

    def __init__(self, items: Iterable[Held]) -> None:
        self.items: list[Held] = sorted(
            (item for item in items if _middle(item.box) < math.inf), key=lambda item: item.box.top
        )
        self.tops: list[float] = [item.box.top for item in self.items]
        self.tallest: float = max((item.box.height for item in self.items), default=0.0)

    def around(self, inner: Box) -> Iterator[Held]:
        """Those that hold it."""
        _, top, _, bottom = inner
        slack = 2.0 + 0.3 * (bottom - top)
        first = bisect_left(self.tops, bottom - slack - self.tallest)
        for at in range(first, bisect_right(self.tops, top + slack)):
            if _inside(inner, self.items[at].box):
                yield self.items[at]


def _points(pixels: int, scale: float) -> float:
    """That are rounded up to so many."""
    return max(0.0, pixels - 0.5) / scale


def _middle(box: Box) -> float:
    return (box.top + box.bottom) / 2


def _is_alike(ink: Sequence[int], fill: Sequence[int] | None) -> bool:
    return fill is not None and abs(ink[0] - fill[0]) <= SAME and abs(ink[1] - fill[1]) <= SAME and (
        abs(ink[2] - fill[2]) <= SAME
    )  # fmt: skip


def _inside(inner: Box, outer: Box) -> bool:
    """Within a point, and a little more of the height: boxes of text are as high as its font."""
    if outer.x0 > inner.x0 + 1 or outer.x1 < inner.x1 - 1:
        return False
    slack = 1.0 + 0.3 * (inner.bottom - inner.top)
    return outer.top <= inner.top + slack and outer.bottom >= inner.bottom - slack


def _holds_middle(shape: Box, box: Box) -> bool:
    x, y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
    return shape.x0 <= x <= shape.x1 and shape.top <= y <= shape.bottom
