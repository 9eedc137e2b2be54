"""How fast files are read, beside the least that any reader must do with the same PDFs: take their text out."""

import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from pypdfium2 import PdfDocument, PdfiumError

_BRIEF = 2  # pages of the résumé that the bar is about


@dataclass(frozen=True)
class Throughput:
    """Files a second on one core, of `files` PDFs; `brief_ms` is the median of those of two pages, None without any."""

    files: int
    ours: float
    bare: float
    brief_ms: float | None


def throughput(read: Iterable[tuple[Path, float]]) -> Throughput | None:
    """`read` are files with the seconds that they took. Only PDFs count; None when there are none."""
    pairs = [(ours, *bare) for path, ours in read if path.suffix.lower() == ".pdf" and (bare := _bare(path))]
    if not pairs:
        return None
    brief = [1000 * ours for ours, _, pages in pairs if pages == _BRIEF]
    total, least = sum(one[0] for one in pairs), sum(one[1] for one in pairs)
    return Throughput(len(pairs), len(pairs) / total, len(pairs) / least, median(brief) if brief else None)


def _bare(path: Path) -> tuple[float, int] | None:
    """Seconds and pages; None when pdfium itself cannot."""
    began = time.perf_counter()
    try:
        with PdfDocument(path) as document:
            for page in document:
                page.get_textpage().get_text_bounded()
            pages = len(document)
    except PdfiumError:
        return None
    return time.perf_counter() - began, pages
