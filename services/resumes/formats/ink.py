"""Whether ink can be seen on what lies under it. White on a blue band is a heading; white on paper is a trick."""

import ctypes
from functools import cached_property
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdf

from services.resumes.formats.area import shown_area
from services.resumes.text import Box

MOST_OBJECTS = 20_000
LEAST_CONTRAST = 24  # of 255, in the channel that differs most
LIGHT = 225


class Ground:
    """The filled shapes of one page, looked at only when some ink is nearly white."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        self.page = page
        self.left, _, _, self.top = shown_area(page)

    def swallows(self, colour: str, box: Box) -> bool:
        ink = _channels(colour)
        if min(ink) < LIGHT:
            return False
        # A word's colour is its first letter's: some headings paint only their first letters on a patch.
        box = box._replace(x1=min(box.x1, box.x0 + 0.35 * box.height))
        for shape, ground in reversed(self.shapes):
            if (
                shape.x0 <= box.x0 + 1
                and shape.x1 >= box.x1 - 1
                and shape.top <= box.top + 2
                and shape.bottom >= box.bottom - 2
            ):
                return ground is not None and _alike(ink, ground)
        return _alike(ink, (255, 255, 255))

    @cached_property
    def shapes(self) -> list[tuple[Box, tuple[int, int, int] | None]]:
        """In painting order: box and colour; None for pictures, gradients and forms, which may hold any colour."""
        found: list[tuple[Box, tuple[int, int, int] | None]] = []
        sides = tuple(ctypes.c_float() for _ in range(4))
        for index in range(min(pdf.FPDFPage_CountObjects(self.page.raw), MOST_OBJECTS)):
            handle = pdf.FPDFPage_GetObject(self.page.raw, index)
            kind = pdf.FPDFPageObj_GetType(handle)
            if kind == pdf.FPDF_PAGEOBJ_TEXT or not pdf.FPDFPageObj_GetBounds(handle, *sides):
                continue
            x0, bottom, x1, top = (side.value for side in sides)
            if kind != pdf.FPDF_PAGEOBJ_PATH or _is_filled(handle):
                fill = _fill(handle) if kind == pdf.FPDF_PAGEOBJ_PATH else None
                found.append((Box(x0 - self.left, self.top - top, x1 - self.left, self.top - bottom), fill))
        return found


def _is_filled(handle: Any) -> bool:
    mode, stroke = ctypes.c_int(), pdf.FPDF_BOOL()
    return bool(pdf.FPDFPath_GetDrawMode(handle, mode, stroke)) and mode.value != 0


def _fill(handle: Any) -> tuple[int, int, int] | None:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not pdf.FPDFPageObj_GetFillColor(handle, red, green, blue, alpha):
        return None
    return red.value, green.value, blue.value


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[:2], 16), int(colour[2:4], 16), int(colour[4:6], 16)


def _alike(one: tuple[int, int, int], other: tuple[int, int, int]) -> bool:
    return max(abs(left - right) for left, right in zip(one, other, strict=True)) < LEAST_CONTRAST
