"""What is painted on a page, in the order in which it is: asked for once, for all who want to know what lies where."""

import ctypes
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import NamedTuple, TypeAlias

import pypdfium2 as pdfium
import pypdfium2.raw as pdf

from services.resumes.formats import calls
from services.resumes.formats.area import shown_area
from services.resumes.text import Box

MOST_OBJECTS = 20_000


BLACK = (0, 0, 0, 255)  # what says no colour

Ink: TypeAlias = tuple[int, int, int]
Sides: TypeAlias = tuple[float, float, float, float]
"""x0, low, x1, high: points from the page's own origin, at the bottom left."""


Text: TypeAlias = tuple[int, int, tuple[int, int, int, int], int]
"""Order, handle, ink (red, green, blue and opacity, each to 255), the number of paths that clip it."""


class Shape(NamedTuple):
    """What is no text. `fill` is red, green and blue; None for what may hold any colour: pictures, gradients, forms.
    `opacity` of the fill is 1 where nothing shines through.
    """

    order: int
    handle: int
    sides: Sides
    box: Box
    is_path: bool
    filled: bool
    stroked: bool
    fill: Ink | None
    opacity: float = 1.0


class Painted:
    """Texts and shapes of one page. Boxes are measured from the top left of what is shown of it."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        self.page = page
        self.left, self.bottom, self.right, self.top = shown_area(page)
        self._bounds, self._colour = calls.Reals(), calls.Colour()
        self._mode, self._stroke = ctypes.c_int(), ctypes.c_int()

    def texts(self) -> Iterator[Text]:
        """In plain tuples: of thousands, few are looked at."""
        colour, clip_of, clips_in = self._colour.of, calls.get_clip, calls.count_clips
        for order, handle in self._objects[0]:
            clip = clip_of(handle)
            yield order, handle, colour(handle) or BLACK, clips_in(clip) if clip else 0

    def middles(self, texts: Iterable[tuple[int, int]]) -> Iterator[tuple[float, int, int]]:
        """How high above the page's origin the middles of texts are, each with its order and handle."""
        get_bounds, places, values = calls.get_bounds, tuple(self._bounds.places), self._bounds.values
        for order, handle in texts:
            if get_bounds(handle, *places):
                _, low, _, high = values()
                yield (low + high) / 2, order, handle

    @cached_property
    def shapes(self) -> list[Shape]:
        return [shape for order, handle, kind in self._objects[1] if (shape := self._shape(order, handle, kind))]

    @cached_property
    def _objects(self) -> tuple[list[tuple[int, int]], list[tuple[int, int, int]]]:
        """Texts, and all others with their kind."""
        texts, others = [], []
        page, get_object, get_type, text = (
            calls.address(self.page.raw),
            calls.get_object,
            calls.get_type,
            pdf.FPDF_PAGEOBJ_TEXT,
        )
        for order in range(min(calls.count_objects(page), MOST_OBJECTS)):
            handle = get_object(page, order)
            kind = get_type(handle)
            if kind == text:
                texts.append((order, handle))
            else:
                others.append((order, handle, kind))
        return texts, others

    def box(self, handle: int) -> Box | None:
        sides = self._sides(handle)
        return self.placed(sides) if sides else None

    def placed(self, sides: Sides) -> Box:
        x0, low, x1, high = sides
        return Box(x0 - self.left, self.top - high, x1 - self.left, self.top - low)

    def _sides(self, handle: int) -> Sides | None:
        if not calls.get_bounds(handle, *self._bounds.places):
            return None
        x0, low, x1, high = self._bounds.values()
        return x0, low, x1, high

    def _shape(self, order: int, handle: int, kind: int) -> Shape | None:
        sides = self._sides(handle)
        if sides is None:
            return None
        if kind != pdf.FPDF_PAGEOBJ_PATH:
            return Shape(order, handle, sides, self.placed(sides), is_path=False, filled=True, stroked=False, fill=None)
        known = calls.get_draw_mode(handle, ctypes.addressof(self._mode), ctypes.addressof(self._stroke))
        filled, stroked = bool(known) and self._mode.value != 0, bool(known) and self._stroke.value != 0
        colour = self._colour.of(handle)
        fill, opacity = ((colour[0], colour[1], colour[2]), colour[3] / 255) if colour else (None, 1.0)
        return Shape(order, handle, sides, self.placed(sides), True, filled, stroked, fill, opacity)
