"""The calls of pdfium that a page needs by the thousand, with handles as plain integers (None for no handle).

pypdfium2's own wrap each handle in an object and let other threads run meanwhile, both of which takes longer than what
is asked. Handles live as long as their page.
"""

import ctypes
import struct
from collections.abc import Callable
from functools import partial
from typing import Any, TypeAlias

import pypdfium2.raw as pdf

Call: TypeAlias = Callable[..., Any]
HANDLE, NUMBER, REAL = ctypes.c_void_p, ctypes.c_int, ctypes.c_float


def address(handle: Any) -> int:
    """Of one of pypdfium2's handles or functions."""
    return ctypes.cast(handle, HANDLE).value or 0


def _bound(function: Any, result: Any, *arguments: Any) -> Call:
    return ctypes.PYFUNCTYPE(result, *arguments)(address(function))


count_objects = _bound(pdf.FPDFPage_CountObjects, NUMBER, HANDLE)
get_object = _bound(pdf.FPDFPage_GetObject, HANDLE, HANDLE, NUMBER)
get_type = _bound(pdf.FPDFPageObj_GetType, NUMBER, HANDLE)
get_bounds = _bound(pdf.FPDFPageObj_GetBounds, NUMBER, *[HANDLE] * 5)
get_fill = _bound(pdf.FPDFPageObj_GetFillColor, NUMBER, *[HANDLE] * 5)
set_active = _bound(pdf.FPDFPageObj_SetIsActive, NUMBER, HANDLE, NUMBER)
get_matrix = _bound(pdf.FPDFPageObj_GetMatrix, NUMBER, HANDLE, HANDLE)
get_clip = _bound(pdf.FPDFPageObj_GetClipPath, HANDLE, HANDLE)
count_clips = _bound(pdf.FPDFClipPath_CountPaths, NUMBER, HANDLE)
count_clip_segments = _bound(pdf.FPDFClipPath_CountPathSegments, NUMBER, HANDLE, NUMBER)
get_clip_segment = _bound(pdf.FPDFClipPath_GetPathSegment, HANDLE, HANDLE, NUMBER, NUMBER)
get_draw_mode = _bound(pdf.FPDFPath_GetDrawMode, NUMBER, HANDLE, HANDLE, HANDLE)
count_segments = _bound(pdf.FPDFPath_CountSegments, NUMBER, HANDLE)
get_segment = _bound(pdf.FPDFPath_GetPathSegment, HANDLE, HANDLE, NUMBER)
get_point = _bound(pdf.FPDFPathSegment_GetPoint, NUMBER, HANDLE, HANDLE, HANDLE)
get_segment_type = _bound(pdf.FPDFPathSegment_GetType, NUMBER, HANDLE)
get_close = _bound(pdf.FPDFPathSegment_GetClose, NUMBER, HANDLE)
get_font = _bound(pdf.FPDFTextObj_GetFont, HANDLE, HANDLE)
get_render_mode = _bound(pdf.FPDFTextObj_GetTextRenderMode, NUMBER, HANDLE)
get_font_name = _bound(pdf.FPDFFont_GetBaseFontName, ctypes.c_size_t, HANDLE, HANDLE, ctypes.c_size_t)
get_font_flags = _bound(pdf.FPDFFont_GetFlags, NUMBER, HANDLE)
get_font_weight = _bound(pdf.FPDFFont_GetWeight, NUMBER, HANDLE)
get_font_ascent = _bound(pdf.FPDFFont_GetAscent, NUMBER, HANDLE, REAL, HANDLE)
get_font_descent = _bound(pdf.FPDFFont_GetDescent, NUMBER, HANDLE, REAL, HANDLE)
get_letter_box = _bound(pdf.FPDFText_GetLooseCharBox, NUMBER, HANDLE, NUMBER, HANDLE)
get_letter_object = _bound(pdf.FPDFText_GetTextObject, HANDLE, HANDLE, NUMBER)


class Reals:
    """Numbers that pdfium fills in, each by its own address in `places`."""

    def __init__(self, count: int = 4) -> None:
        self._buffer = (REAL * count)()
        start, size = ctypes.addressof(self._buffer), ctypes.sizeof(REAL)
        self.places = range(start, start + count * size, size)
        self.values: Callable[[], Any] = memoryview(self._buffer).cast("B").cast("f").tolist


class Colour:
    """Of what fills an object."""

    def __init__(self) -> None:
        self._buffer = (ctypes.c_uint * 4)()
        start, size = ctypes.addressof(self._buffer), ctypes.sizeof(ctypes.c_uint)
        self._places = (start, start + size, start + 2 * size, start + 3 * size)
        self._values = partial(struct.Struct("4I").unpack_from, self._buffer)

    def of(self, handle: int) -> tuple[int, int, int, int] | None:
        """Red, green, blue and opacity, each to 255; None when it says none."""
        return self._values() if get_fill(handle, *self._places) else None
