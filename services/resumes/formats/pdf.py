"""PDF by pdfium: what a person sees on each page, in the order it is read."""

import ctypes
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pypdfium2 as pdfium
import pypdfium2.raw as pdf

from services.resumes.errors import ReadingError, Reason
from services.resumes.formats.area import shown_area
from services.resumes.formats.glyphs import Glyphs
from services.resumes.formats.ink import Ground
from services.resumes.formats.ocr import recognised
from services.resumes.formats.painted import Painted
from services.resumes.formats.pills import between_pills
from services.resumes.formats.placed import Word
from services.resumes.formats.right_to_left import LETTER, in_logical_order, mirrored, reads_from_right
from services.resumes.formats.ruling import Ruling, rulers, ruling
from services.resumes.formats.unseen import Unseen
from services.resumes.formats.upright import laid_flat
from services.resumes.formats.words import lines_of
from services.resumes.limits import CHARACTERS, PAGE_CHARACTERS, PAGES, PDF_PAGES_REFUSED
from services.resumes.page.layout import in_reading_order
from services.resumes.page.tables import tables
from services.resumes.text import Box, ExtractedText, Line, Run, Style

SMALLEST_POINTS = 2.4
MOST_ICONS = 60
MOST_RULERS = 200
LINES_OF_FOOTER = 3.2
EDGE = 0.07  # of the page's height
NUMBER = re.compile(r"\d+")
PAGE_NUMBER = re.compile(
    r"(?i)(?P<words>.{3,60}?)[\s|·•,–—-]+(?:p\.|page|seite|página|pagina)?\s*(?P<page>\d{1,2})(?:\s*(?:/|of|von|de|di|sur)\s*\d{1,2})?"
)
WORD = re.compile(r"[^\W\d]+")
CV_WORDS = frozenset({"curriculum", "vitae", "cv", "resume", "résumé", "lebenslauf"})
OPENING_LINES = 6
INVISIBLE = (3, 7)  # render modes: no ink at all, and a mere clip


@dataclass
class Page:
    """What one page gave: what a person sees, and what they do not."""

    number: int
    seen: list[Word] = field(default_factory=list)
    hidden: list[Word] = field(default_factory=list)
    invisible: list[Word] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    height: float = 0.0
    icons: list[Line] = field(default_factory=list)
    rulers: list[float] = field(default_factory=list)
    mirrored: float = 0.0  # the width of a page that is read from right to left


def read_pdf(data: bytes) -> ExtractedText:
    """Raises `ReadingError`: encrypted, corrupt, too_large, no_text."""
    document = _open(data)
    try:
        count = len(document)
        if count > PDF_PAGES_REFUSED:
            raise ReadingError(Reason.TOO_LARGE, f"{count} pages")
        pages = list(_pages(document, min(count, PAGES)))
        flags = {"truncated"} if count > PAGES else set()
        shown = pages if _has_text(pages) else _scanned(document, flags)
    finally:
        document.close()
    if any(page.hidden for page in pages):
        flags.add("hidden_text")
    if not any(page.seen for page in pages) and any(page.invisible for page in pages):
        flags.add("ocr_layer")
    lines = tuple(_without_running_lines(shown))
    hidden = " ".join(word.text for page in pages for word in page.hidden)
    icons = tuple(icon for page in pages for icon in page.icons)[:MOST_ICONS]
    turned = {page.number: page.mirrored for page in pages if page.mirrored}
    drawn = tuple((page.number, top) for page in pages for top in page.rulers)[:MOST_RULERS]
    return ExtractedText("pdf", count, lines, tuple(sorted(flags)), hidden[:4000], icons, turned, drawn)


def _has_text(pages: Sequence[Page]) -> bool:
    return sum(len(line.text) for line in _without_running_lines(pages)) > 1  # a page number is not a text


def _scanned(document: pdfium.PdfDocument, flags: set[str]) -> list[Page]:
    """The pages as pictures, read by tesseract. Raises `ReadingError` (no_text) without it or without words in them."""
    found = recognised(document)
    pages = (
        [Page(number, lines=page.lines, height=page.height) for number, page in enumerate(found.pages, 1)]
        if found
        else []
    )
    if found is None or not _has_text(pages):
        raise ReadingError(Reason.NO_TEXT)
    flags |= {"ocr"} if found.complete else {"ocr", "truncated"}
    return pages


def _open(data: bytes) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        code = pdf.FPDF_GetLastError()
        locked = "password" in str(error).lower() or code == pdf.FPDF_ERR_PASSWORD
        raise ReadingError(Reason.ENCRYPTED if locked else Reason.CORRUPT, str(error)) from error


def _without_running_lines(pages: Sequence[Page]) -> Iterator[Line]:
    """Headers and footers, which repeat at the edge of pages but for their numbers; the first header stays, and the
    first footer where it holds the contact details.
    """
    edges = [(page, line) for page in pages for line in page.lines if _edge(line, page)]
    counts = Counter((_edge(line, page), NUMBER.sub("", line.text)) for page, line in edges)
    for number, page in enumerate(pages):
        for line in page.lines:
            edge = _edge(line, page)
            runs = edge and (counts[edge, NUMBER.sub("", line.text)] > 1 or _counts_pages(line, page, pages[0]))
            if not runs or (number == 0 and (edge == "top" or _beside_address(line, page))):
                yield line


def _counts_pages(line: Line, page: Page, first: Page) -> bool:
    """Whether it ends with the number of its page, not the first, behind words that open the text: "Jane Roe · 2"."""
    match = PAGE_NUMBER.fullmatch(line.text)
    if page.number == 1 or match is None or int(match["page"]) != page.number:
        return False
    opening = {word for other in first.lines[:OPENING_LINES] for word in WORD.findall(other.text.casefold())}
    named = [word in opening or word in CV_WORDS for word in WORD.findall(match["words"].casefold())]
    return len(named) > 1 and 2 * sum(named) > len(named)


def _beside_address(line: Line, page: Page) -> bool:
    """Whether an e-mail address stands in the same rows at the foot of the page."""
    near = LINES_OF_FOOTER * line.box.height
    return any("@" in other.text and abs(other.box.top - line.box.top) < near for other in page.lines)


def _edge(line: Line, page: Page) -> str:
    if line.box.bottom < EDGE * page.height:
        return "top"
    return "bottom" if line.box.top > (1 - EDGE) * page.height else ""


def _pages(document: pdfium.PdfDocument, count: int) -> Iterator[Page]:
    budget = CHARACTERS
    sizes: dict[str, list[float]] = {}  # by font, over all pages: a heading is as large on the next page
    for number in range(count):
        if budget <= 0:
            return
        try:
            page = document[number]
        except pdfium.PdfiumError:
            continue
        reader = _PageReader(document, page, number + 1, sizes)
        found = reader.read(min(budget, PAGE_CHARACTERS))
        budget -= sum(len(word.text) for word in found.seen)
        yield found
        page.close()


class _PageReader:
    """What is seen on one page, in reading order."""

    def __init__(
        self, document: pdfium.PdfDocument, page: pdfium.PdfPage, number: int, sizes: dict[str, list[float]]
    ) -> None:
        self.document, self.page, self.number = document, page, number
        self.left, self.bottom, self.right, self.top = shown_area(page)
        self.rect = pdf.FS_RECTF()
        self.glyphs = Glyphs(page, sizes)
        self.painted = Painted(page)
        self.ground, self.unseen = Ground(self.painted), Unseen(self.painted)

    def read(self, limit: int) -> Page:
        page = Page(self.number)
        try:
            for word, mode in self.glyphs.words(limit):
                if mode in INVISIBLE:
                    page.invisible.append(word)
                elif self._is_hidden(word):
                    page.hidden.append(word)
                else:
                    page.seen.append(word)
        finally:
            self.glyphs.close()
        # A scan with recognised text under it is invisible as a whole; a person sees the same words in the picture.
        shown = page.seen or page.invisible
        page.hidden += page.invisible if page.seen else []
        links = list(self._links())
        width, height = self.right - self.left, self.top - self.bottom
        page.height = height
        page.icons = [_icon(self.number, box, link) for box, link in _wordless(links, shown)]
        strokes = ruling(self.painted)
        bars = (*strokes.down, *between_pills(self.painted.shapes))
        lines = lines_of(laid_flat(shown), self.number, links, bars)
        if any(LETTER.search(line.text) for line in lines):
            lines = self._turned_lines(page, lines, width)
        if page.mirrored:
            strokes = Ruling(*(tuple(mirrored(box, width) for box in boxes) for boxes in strokes))
        found = tables(strokes.across, strokes.down)
        page.rulers = rulers(strokes.across, [table.box for table in found], lines)
        page.lines = in_reading_order(lines, width, height, found, page.rulers)
        return page

    def _turned_lines(self, page: Page, lines: list[Line], width: float) -> list[Line]:
        from_right = reads_from_right(lines)
        lines = [in_logical_order(line, from_right=from_right) for line in lines]
        if not from_right:
            return lines
        page.mirrored = width
        page.icons = [icon.moved(mirrored(icon.box, width)) for icon in page.icons]
        return [line.moved(mirrored(line.box, width)) for line in lines]

    def _is_hidden(self, word: Word) -> bool:
        box = word.box
        outside = box.x1 < 0 or box.bottom < 0 or box.x0 > self.right - self.left or box.top > self.top - self.bottom
        if outside or box.height < SMALLEST_POINTS:
            return True
        return self.ground.swallows(word.style.colour, box) or self.unseen.hides(box)

    def _links(self) -> Iterator[tuple[Box, str]]:
        """Boxes that point to an address outside the document."""
        position, link = ctypes.c_int(0), pdf.FPDF_LINK()
        buffer = ctypes.create_string_buffer(600)
        for _ in range(200):
            if not pdf.FPDFLink_Enumerate(self.page.raw, position, link):
                return
            action = pdf.FPDFLink_GetAction(link)
            size = pdf.FPDFAction_GetURIPath(self.document.raw, action, buffer, 600) if action else 0
            if 1 < size <= 600 and pdf.FPDFLink_GetAnnotRect(link, self.rect):  # noqa: PLR2004 — the buffer's size
                rect = self.rect
                box = Box(rect.left - self.left, self.top - rect.top, rect.right - self.left, self.top - rect.bottom)
                yield box, buffer.raw[: size - 1].decode("utf-8", "replace").strip("\x00 ")


def _icon(number: int, box: Box, link: str) -> Line:
    return Line(number, box, (Run("", Style(), link),))


def _wordless(links: Sequence[tuple[Box, str]], words: Sequence[Word]) -> Iterator[tuple[Box, str]]:
    """Links that stand over no word."""
    middles = [((word.box.x0 + word.box.x1) / 2, (word.box.top + word.box.bottom) / 2) for word in words]
    for box, link in links:
        x0, top, x1, bottom = box
        if not any(x0 <= x <= x1 and top <= y <= bottom for x, y in middles):
            yield box, link
