"""The lines that are drawn on a page, across and down: borders of tables and of cells."""

import ctypes
import itertools
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import pypdfium2.raw as pdf

from services.resumes.formats import calls
from services.resumes.formats.painted import Painted, Shape, Sides
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


def ruling(painted: Painted) -> Ruling:
    paths = (shape for shape in painted.shapes if shape.is_path and shape.order < MOST_OBJECTS)
    strokes = [painted.placed(sides) for path in paths for sides in _strokes(path)]
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


def _strokes(path: Shape) -> Iterator[Sides]:
    """Of the straight lines of one path; a thin filled shape is one line."""
    x0, low, x1, high = path.sides
    if min(x1 - x0, high - low) <= THICKEST:
        yield path.sides
    elif max(x1 - x0, high - low) > SHORTEST - 1:
        yield from _segments(path)


def _segments(path: Shape) -> Iterator[Sides]:
    """Straight segments of a stroked path; of a filled one, the thin rectangles it is made of."""
    handle, stroked = path.handle, path.stroked
    segments = [calls.get_segment(handle, at) for at in range(min(calls.count_segments(handle), MOST_SEGMENTS))]
    kinds = [calls.get_segment_type(segment) for segment in segments]
    starts = [at for at, kind in enumerate(kinds) if kind == pdf.FPDF_SEGMENT_MOVETO]
    if starts == [0] and not stroked and len(segments) < MOST_SEGMENTS:
        return  # one shape, as thick as the path
    points = _points(handle, segments)
    for start, end in itertools.pairwise([0, *starts, len(kinds)]):
        shape = points[start:end]
        yield from _edges(segments[start:end], kinds[start:end], shape) if stroked else _thin(shape)


def _points(handle: int, segments: Sequence[int]) -> list[tuple[float, float]]:
    if not segments:
        return []
    matrix = pdf.FS_MATRIX()
    calls.get_matrix(handle, ctypes.addressof(matrix))
    a, b, c, d, e, f = matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f
    numbers = calls.Reals(2 * len(segments))
    get_point = calls.get_point
    for segment, x_place, y_place in zip(segments, numbers.places[::2], numbers.places[1::2], strict=True):
        get_point(segment, x_place, y_place)
    values = numbers.values()
    return [(a * x + c * y + e, b * x + d * y + f) for x, y in zip(values[::2], values[1::2], strict=True)]


def _edges(segments: Sequence[int], kinds: Sequence[int], shape: Sequence[tuple[float, float]]) -> Iterator[Sides]:
    for at, (segment, kind) in enumerate(zip(segments, kinds, strict=True)):
        if kind == pdf.FPDF_SEGMENT_LINETO and at:
            yield _span(shape[at - 1 : at + 1])
        if calls.get_close(segment):
            yield _span([shape[at], shape[0]])


def _thin(shape: Sequence[tuple[float, float]]) -> Iterator[Sides]:
    if len(shape) > 2:  # noqa: PLR2004 — a line has no inside
        x0, low, x1, high = _span(shape)
        if min(x1 - x0, high - low) <= THICKEST:
            yield x0, low, x1, high


def _span(points: Sequence[tuple[float, float]]) -> Sides:
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
