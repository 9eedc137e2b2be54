"""Pictures of text to lines with places, by tesseract where it is installed. Runs inside the jail and its limits."""

import os
import subprocess
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pypdfium2 as pdfium

from services.resumes.errors import ReadingError, Reason
from services.resumes.formats.placed import Word
from services.resumes.formats.words import lines_of
from services.resumes.jail.protocol import TESSERACT
from services.resumes.limits import OCR_PAGES, OCR_SECONDS, PAGE_CHARACTERS
from services.resumes.page.layout import in_reading_order
from services.resumes.text import Box, Line, Style

POINTS = 72
DPI = 200  # what small print needs; more costs time and finds nothing
MOST_PIXELS = 3_300  # along the longer side, whatever the page claims to measure
LEAST_SURE = 30.0  # tesseract's own per cent; specks and frames are read below it
SAME_SIZE = 0.15
LINE, WORD = "4", "5"
COLUMNS = 12


@dataclass(frozen=True)
class RecognisedPage:
    lines: list[Line]
    height: float


@dataclass(frozen=True)
class Recognised:
    """`complete` is False when pages or time ran out before the document did."""

    pages: list[RecognisedPage]
    complete: bool


def recognised(document: pdfium.PdfDocument) -> Recognised | None:
    """None where tesseract is not installed. Raises `ReadingError` (timeout) when no page at all was done in time."""
    program = os.environ.get(TESSERACT, "")
    if not program:
        return None
    deadline = time.monotonic() + OCR_SECONDS
    pages: list[RecognisedPage] = []
    sizes: list[float] = []
    for number in range(min(len(document), OCR_PAGES)):
        try:
            pages.append(_page(program, document[number], number + 1, sizes, deadline))
        except pdfium.PdfiumError:
            continue
        except subprocess.TimeoutExpired as error:
            if not pages:
                raise ReadingError(Reason.TIMEOUT, "text recognition") from error
            return Recognised(pages, complete=False)
    return Recognised(pages, complete=len(document) <= OCR_PAGES)


def _page(program: str, page: pdfium.PdfPage, number: int, sizes: list[float], deadline: float) -> RecognisedPage:
    width, height = page.get_size()
    scale = min(DPI / POINTS, MOST_PIXELS / max(width, height, 1.0))
    picture = _picture(page, scale)
    table = _read(program, picture, round(scale * POINTS), max(deadline - time.monotonic(), 0.0))
    page.close()
    words = list(_words(table[: PAGE_CHARACTERS * 8], scale, sizes))
    return RecognisedPage(in_reading_order(lines_of(words, number), width, height), height)


def _picture(page: pdfium.PdfPage, scale: float) -> bytes:
    """A grey PGM: the one format that needs neither a library to write nor a file to stand in."""
    bitmap = page.render(scale=scale, grayscale=True)
    try:
        grey = memoryview(bitmap.buffer).cast("B")
        rows = (grey[at : at + bitmap.width] for at in range(0, bitmap.stride * bitmap.height, bitmap.stride))
        return b"P5 %d %d 255\n" % (bitmap.width, bitmap.height) + b"".join(rows)
    finally:
        bitmap.close()


def _read(program: str, picture: bytes, dpi: int, seconds: float) -> str:
    """The recognised words as TSV; empty when tesseract gives up on the picture."""
    command = [program, "stdin", "stdout", "--dpi", str(dpi), "-c", "tessedit_create_tsv=1"]
    # One thread: the processor time of the jail is counted over all of them.
    environment = {"OMP_THREAD_LIMIT": "1", "LANG": "C.UTF-8", "HOME": "/nonexistent", "PATH": "/usr/bin:/bin"}
    done = subprocess.run(command, env=environment, input=picture, capture_output=True, timeout=seconds, check=False)
    return "" if done.returncode else done.stdout.decode("utf-8", "replace")


def _words(table: str, scale: float, sizes: list[float]) -> Iterator[Word]:
    """Words take top and bottom from their line, so that letters without ascenders stand on the same row."""
    line = Box(0, 0, 0, 0)
    style = Style()
    for row in (text.split("\t") for text in table.splitlines()):
        if len(row) != COLUMNS or row[0] not in {LINE, WORD}:
            continue
        box = _box(row[6:10], scale)
        if box is None:
            continue
        if row[0] == LINE:
            line, style = box, Style(size=_snapped(box.height, sizes))
        elif (text := row[11].strip()) and _sure(row[10]):
            top, bottom = min(line.top, box.top), max(line.bottom, box.bottom)
            yield Word(text, box._replace(top=top, bottom=bottom) if line.height else box, style)


def _box(cells: Sequence[str], scale: float) -> Box | None:
    if not all(cell.isdigit() for cell in cells):
        return None
    left, top, width, height = (int(cell) / scale for cell in cells)
    return Box(left, top, left + width, top + height)


def _sure(cell: str) -> bool:
    try:
        return float(cell) >= LEAST_SURE
    except ValueError:
        return False


def _snapped(height: float, sizes: list[float]) -> float:
    """A size already met when it is nearly the same: a line's height depends on the letters that happen to be in it."""
    near = next((size for size in sizes if abs(size - height) <= SAME_SIZE * size), None)
    if near is None:
        near = round(height, 1)
        sizes.append(near)
    return near
