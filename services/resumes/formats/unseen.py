"""Words that are on a page and not in its picture: under a shape, clipped away, transparent, in the colour behind them.

The test is the picture itself: drawn with such words and without them, it is the same. It takes two pictures of a page,
so it is made only where something looks like a trick: almost no page has one.
"""

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdf

from services.resumes.formats.area import shown_area
from services.resumes.text import Box

MOST_OBJECTS = 20_000
MOST_COVERS = 400
MOST_PIXELS = 1_200.0  # of the longer side of a picture
LEAST_WIDTH, LEAST_HEIGHT = 8.0, 4.0  # points; less than this covers no word
FAINT = 26  # of 255: a tenth of its colour
SAME = 12  # of 255, in each channel
CHANGED = 10  # of 255


@dataclass(frozen=True)
class _Shape:
    """`fill` is None for what may hold any colour."""

    box: Box
    fill: Sequence[int] | None


class Unseen:
    """For one page."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        self.page = page
        self.left, self.bottom, self.right, self.top = shown_area(page)
        self._sides = tuple(ctypes.c_float() for _ in range(4))
        self._channels = tuple(ctypes.c_uint() for _ in range(4))

    def hides(self, box: Box) -> bool:
        """Whether the words in this box are a suspect's, and the picture is the same without them."""
        if not any(_inside(box, suspect) for suspect in self._boxes) or self._pictures is None:
            return False
        return not self._changes(box)

    @cached_property
    def _boxes(self) -> list[Box]:
        return [box for _, box in self._suspects]

    @cached_property
    def _suspects(self) -> list[tuple[Any, Box]]:
        """Text objects that may be no more than there, with their boxes."""
        if self.page.get_rotation():
            return []
        texts: list[tuple[Any, Box]] = []
        under: list[_Shape] = []
        found: dict[int, tuple[Any, Box]] = {}
        for handle, kind, box in self._objects():
            if kind == pdf.FPDF_PAGEOBJ_TEXT:
                if self._is_suspect(handle, box, under):
                    found[len(texts)] = handle, box
                texts.append((handle, box))
            elif box.width >= LEAST_WIDTH and box.height >= LEAST_HEIGHT and len(under) < MOST_COVERS:
                under.append(_Shape(box, self._colour(handle)[:3] if kind == pdf.FPDF_PAGEOBJ_PATH else None))
                found |= {number: text for number, text in enumerate(texts) if _inside(text[1], box)}
        return list(found.values())

    def _objects(self) -> Iterator[tuple[Any, int, Box]]:
        """In the order in which they are painted; of paths those that are filled."""
        for index in range(min(pdf.FPDFPage_CountObjects(self.page.raw), MOST_OBJECTS)):
            handle = pdf.FPDFPage_GetObject(self.page.raw, index)
            kind = pdf.FPDFPageObj_GetType(handle)
            if (kind != pdf.FPDF_PAGEOBJ_PATH or _is_filled(handle)) and (
                pdf.FPDFPageObj_GetBounds(handle, *self._sides)
            ):
                x0, bottom, x1, top = (
                    self._sides[0].value,
                    self._sides[1].value,
                    self._sides[2].value,
                    self._sides[3].value,
                )
                yield handle, kind, Box(x0 - self.left, self.top - top, x1 - self.left, self.top - bottom)

    def _is_suspect(self, handle: Any, box: Box, under: list[_Shape]) -> bool:
        *ink, opacity = self._colour(handle)
        return opacity < FAINT or (bool(under) and _blends(ink, box, under)) or self._is_clipped(handle, box)

    def _colour(self, handle: Any) -> tuple[int, int, int, int]:
        """Red, green, blue and opacity; black when it says none."""
        red, green, blue, alpha = self._channels
        if not pdf.FPDFPageObj_GetFillColor(handle, red, green, blue, alpha):
            return 0, 0, 0, 255
        return red.value, green.value, blue.value, alpha.value

    def _is_clipped(self, handle: Any, box: Box) -> bool:
        """Whether one of the paths that clip it does not reach its middle."""
        clip = pdf.FPDFPageObj_GetClipPath(handle)
        count = pdf.FPDFClipPath_CountPaths(clip) if clip else 0
        if count < 1:
            return False
        return any(not _holds_middle(shape, box) for shape in map(self._clip, [clip] * count, range(count)) if shape)

    def _clip(self, clip: Any, number: int) -> Box | None:
        x, y = ctypes.c_float(), ctypes.c_float()
        points = []
        for index in range(min(pdf.FPDFClipPath_CountPathSegments(clip, number), 64)):
            segment = pdf.FPDFClipPath_GetPathSegment(clip, number, index)
            if segment and pdf.FPDFPathSegment_GetPoint(segment, x, y):
                points.append((x.value, y.value))
        if not points:
            return None
        across, down = [point[0] for point in points], [point[1] for point in points]
        return Box(min(across) - self.left, self.top - max(down), max(across) - self.left, self.top - min(down))

    @cached_property
    def _pictures(self) -> tuple[pdfium.PdfBitmap, pdfium.PdfBitmap] | None:
        """With and without the suspects; None when they cannot be made."""
        try:
            whole = self._picture()
            for handle, _ in self._suspects:
                pdf.FPDFPageObj_SetIsActive(handle, False)
            without = self._picture()
        except pdfium.PdfiumError:
            return None
        finally:
            for handle, _ in self._suspects:
                pdf.FPDFPageObj_SetIsActive(handle, True)
        return whole, without

    def _picture(self) -> pdfium.PdfBitmap:
        return self.page.render(scale=self._scale, grayscale=True, draw_annots=False)

    @cached_property
    def _scale(self) -> float:
        return min(1.5, MOST_PIXELS / max(self.right - self.left, self.top - self.bottom, 1.0))

    def _changes(self, box: Box) -> bool:
        whole, without = self._pictures or (None, None)
        if whole is None or without is None:
            return True
        first, last = max(0, int(box.x0 * self._scale)), min(whole.width, int(box.x1 * self._scale) + 1)
        for row in range(max(0, int(box.top * self._scale)), min(whole.height, int(box.bottom * self._scale) + 1)):
            start = row * whole.stride
            one, other = whole.buffer[start + first : start + last], without.buffer[start + first : start + last]
            if any(abs(left - right) >= CHANGED for left, right in zip(one, other, strict=True)):
                return True
        return False


def _is_filled(handle: Any) -> bool:
    mode, stroke = ctypes.c_int(), pdf.FPDF_BOOL()
    return bool(pdf.FPDFPath_GetDrawMode(handle, mode, stroke)) and mode.value != 0


def _blends(ink: Sequence[int], box: Box, under: list[_Shape]) -> bool:
    """Whether the last shape under it has its colour."""
    if not any(_is_alike(ink, shape.fill) for shape in under):
        return False
    below = next((shape for shape in reversed(under) if _inside(box, shape.box)), None)
    return below is not None and _is_alike(ink, below.fill)


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
