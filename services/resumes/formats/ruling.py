"""The lines that are drawn on a page, across and down: borders of tables and of cells."""

import ctypes
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as pdf

from services.resumes.formats.area import shown_area
from services.resumes.text import Box, Line

MOST_OBJECTS = 2_000
MOST_SEGMENTS = 600  # of one path; more is a picture
THICKEST = 3.0  # points
SHORTEST = 8.0
TOUCHING = 3.0
WIDE = 0.75  # of the text's width


class Ruling(NamedTuple):
    """Strokes by where they run: each is a box whose smaller side is nearly nothing."""

    across: tuple[Box, ...]
    down: tuple[Box, ...]


def ruling(page: pdfium.PdfPage) -> Ruling:
    left, _, _, top = shown_area(page)
    strokes = [
        Box(x0 - left, top - high, x1 - left, top - low)
        for handle in _paths(page)
        for x0, low, x1, high in _strokes(handle)
    ]
    across = [box for box in strokes if box.height <= THICKEST and box.width >= SHORTEST]
    down = [box for box in strokes if box.width <= THICKEST and box.height >= SHORTEST]
    return Ruling(tuple(_joined(across, down=False)), tuple(_joined(down, down=True)))


def rulers(across: Sequence[Box], tables: Sequence[Box], lines: Sequence[Line]) -> list[float]:
    """How far from the top the strokes stand that part the page: across most of its text and outside of tables."""
    if not lines:
        return []
    width = max(line.box.x1 for line in lines) - min(line.box.x0 for line in lines)
    wide = [stroke for stroke in across if stroke.width > WIDE * width]
    outside = [s for s in wide if not any(box.top - 1 <= s.top and s.bottom <= box.bottom + 1 for box in tables)]
    return sorted({round((stroke.top + stroke.bottom) / 2, 1) for stroke in outside})


def _paths(page: pdfium.PdfPage) -> Iterator[Any]:
    for index in range(min(pdf.FPDFPage_CountObjects(page.raw), MOST_OBJECTS)):
        handle = pdf.FPDFPage_GetObject(page.raw, index)
        if pdf.FPDFPageObj_GetType(handle) == pdf.FPDF_PAGEOBJ_PATH:
            yield handle


def _strokes(handle: Any) -> Iterator[tuple[float, float, float, float]]:
    """(x0, low, x1, high) of the straight lines of one path; a thin filled shape is one line."""
    sides = tuple(ctypes.c_float() for _ in range(4))
    if not pdf.FPDFPageObj_GetBounds(handle, *sides):
        return
    x0, low, x1, high = (side.value for side in sides)
    if min(x1 - x0, high - low) <= THICKEST:
        yield x0, low, x1, high
        return
    mode, stroke = ctypes.c_int(), pdf.FPDF_BOOL()
    if not pdf.FPDFPath_GetDrawMode(handle, mode, stroke):
        return
    yield from _segments(handle, stroked=bool(stroke.value))


def _segments(handle: Any, *, stroked: bool) -> Iterator[tuple[float, float, float, float]]:
    """Straight segments of a stroked path; of a filled one, the thin rectangles it is made of."""
    matrix = pdf.FS_MATRIX()
    pdf.FPDFPageObj_GetMatrix(handle, matrix)
    shape: list[tuple[float, float]] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(min(pdf.FPDFPath_CountSegments(handle), MOST_SEGMENTS)):
        segment = pdf.FPDFPath_GetPathSegment(handle, index)
        pdf.FPDFPathSegment_GetPoint(segment, x, y)
        point = matrix.a * x.value + matrix.c * y.value + matrix.e, matrix.b * x.value + matrix.d * y.value + matrix.f
        kind = pdf.FPDFPathSegment_GetType(segment)
        if kind == pdf.FPDF_SEGMENT_MOVETO:
            yield from _thin(shape, stroked=stroked)
            shape = []
        elif stroked and kind == pdf.FPDF_SEGMENT_LINETO and shape:
            yield _span([shape[-1], point])
        shape.append(point)
        if stroked and pdf.FPDFPathSegment_GetClose(segment):
            yield _span([point, shape[0]])
    yield from _thin(shape, stroked=stroked)


def _thin(shape: Sequence[tuple[float, float]], *, stroked: bool) -> Iterator[tuple[float, float, float, float]]:
    if len(shape) > 2 and not stroked:  # noqa: PLR2004 — a line has no inside
        x0, low, x1, high = _span(shape)
        if min(x1 - x0, high - low) <= THICKEST:
            yield x0, low, x1, high


def _span(points: Sequence[tuple[float, float]]) -> tuple[float, float, float, float]:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def _joined(strokes: Sequence[Box], *, down: bool) -> list[Box]:
    """Strokes on one line that touch, as one: borders are drawn cell by cell."""
    result: list[Box] = []
    place = (
        (lambda box: (round(box.x0 + box.x1), box.top)) if down else (lambda box: (round(box.top + box.bottom), box.x0))
    )
    for box in sorted(strokes, key=place):
        last = result[-1] if result else None
        if last is not None and _continues(last, box, down=down):
            result[-1] = last.joined(box)
        else:
            result.append(box)
    return result


def _continues(last: Box, box: Box, *, down: bool) -> bool:
    if down:
        return abs(last.x0 + last.x1 - box.x0 - box.x1) <= 2 and box.top <= last.bottom + TOUCHING  # noqa: PLR2004
    return abs(last.top + last.bottom - box.top - box.bottom) <= 2 and box.x0 <= last.x1 + TOUCHING  # noqa: PLR2004
