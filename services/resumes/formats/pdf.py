"""PDF by pdfium: words with box, font and colour. Asks pdfium three questions a word, not five a character."""

import ctypes
import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import reduce
from typing import Any, TypeAlias

import pypdfium2 as pdfium
import pypdfium2.raw as pdf

from services.resumes.errors import ReadingError, Reason
from services.resumes.formats.area import shown_area
from services.resumes.formats.ink import Ground
from services.resumes.formats.ocr import recognised
from services.resumes.formats.right_to_left import LETTER, drawn, in_logical_order, mirrored, reads_from_right
from services.resumes.formats.ruling import Ruling, ruling
from services.resumes.formats.words import CJK, Word, lines_of
from services.resumes.layout import in_reading_order
from services.resumes.limits import CHARACTERS, PAGE_CHARACTERS, PAGES, PDF_PAGES_REFUSED
from services.resumes.tables import tables
from services.resumes.text import Box, ExtractedText, Line, Run, Style

WORD = re.compile(r"[^\s\x00]+")
ICON_FONT = re.compile(r"awesome|icon|material|symbol|dingbat|glyph|academicons|ionic|linear|FontMfizz", re.IGNORECASE)
BOLD_FONT = re.compile(r"bold|black|heavy|semibold|demi|-bd|extrab|medi\b|cmbx|bx\d|\bbd\b", re.IGNORECASE)
PLAIN_FONT = re.compile(r"regular|roman|light|book|thin|normal", re.IGNORECASE)
ITALIC_FONT = re.compile(r"italic|oblique|slanted|-it\b|cmti|cmsl|ti\d\d", re.IGNORECASE)
PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff\ufffd\ufeff\u200b-\u200f\u202a-\u202e\u2060-\u2069]")
NO_LETTER = re.compile(f"[\x01\x03-\x1f]|{PRIVATE.pattern}")
Handle: TypeAlias = Any  # a ctypes pointer, whose type has no public name
Described: TypeAlias = tuple[str, bool, bool, str, int, bool]
SMALLEST_POINTS = 2.4
SAME_SIZE = 0.4
LETTER_GAP, INK_GAP = 0.12, 0.28  # of the height, between two letters of one word
MARK = re.compile("[\u0591-\u05bd\u064b-\u065f\u0670]+")  # Hebrew points and Arabic vowels
MOST_ICONS = 60
EDGE = 0.07  # of the page's height
NUMBER = re.compile(r"\d+")
INVISIBLE = 3
FILLED_AND_STROKED = 2  # a bold made of a regular face
HYPHENS = str.maketrans({"\x02": "-", "\ufffe": "-", "\xad": "-", "\u2010": "-", "\u2011": "-", "\xa0": " "})
LIGATURES = str.maketrans(
    {
        "ﬀ": "ff",
        "ﬁ": "fi",
        "ﬂ": "fl",
        "ﬃ": "ffi",
        "ﬄ": "ffl",
        "ﬅ": "st",
        "ﬆ": "st",
    }
)

# TeX fonts without a map to Unicode give the places of their own tables, which count as white space.
UNMAPPED = {0x1B: "ﬀ", 0x1C: "ﬁ", 0x1D: "ﬂ", 0x1E: "ﬃ", 0x1F: "ﬄ", 0x0C: "ﬁ"}


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
    return ExtractedText("pdf", count, lines, tuple(sorted(flags)), hidden[:4000], icons, turned)


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
    """Headers and footers, which repeat at the edge of pages but for their numbers; the first header stays."""
    edges = [(page, line) for page in pages for line in page.lines if _edge(line, page)]
    counts = Counter((_edge(line, page), NUMBER.sub("", line.text)) for page, line in edges)
    for number, page in enumerate(pages):
        for line in page.lines:
            edge = _edge(line, page)
            runs = edge and counts[edge, NUMBER.sub("", line.text)] > 1
            if not runs or (edge == "top" and number == 0):
                yield line


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
    """Holds the C buffers of one page, so that a word costs no allocation."""

    def __init__(
        self, document: pdfium.PdfDocument, page: pdfium.PdfPage, number: int, sizes: dict[str, list[float]]
    ) -> None:
        self.document, self.page, self.number = document, page, number
        self.left, self.bottom, self.right, self.top = shown_area(page)
        self.text_page = pdf.FPDFText_LoadPage(page.raw)
        self.rect = pdf.FS_RECTF()
        self.styles: dict[tuple[str, int, bool, bool, str], Style] = {}
        self.objects: dict[int, Described] = {}
        self.faces: dict[str, list[int]] = {}
        self.sizes = sizes
        self.ground = Ground(page)
        self.turns = False  # whether the page has letters that are read from the right

    def read(self, limit: int) -> Page:
        page = Page(self.number)
        try:
            for word, mode in self._words(limit):
                if mode == INVISIBLE:
                    page.invisible.append(word)
                elif self._is_hidden(word):
                    page.hidden.append(word)
                else:
                    page.seen.append(word)
        finally:
            pdf.FPDFText_ClosePage(self.text_page)
        # A scan with recognised text under it is invisible as a whole; a person sees the same words in the picture.
        shown = page.seen or page.invisible
        page.hidden += page.invisible if page.seen else []
        links = list(self._links())
        width, height = self.right - self.left, self.top - self.bottom
        page.height = height
        page.icons = [self._icon(box, link) for box, link in links if not _holds_words(box, shown)]
        strokes = ruling(self.page)
        lines = lines_of(shown, self.number, links, strokes.down)
        if any(LETTER.search(line.text) for line in lines):
            lines = self._turned_lines(page, lines, width)
        if page.mirrored:
            strokes = Ruling(*(tuple(mirrored(box, width) for box in boxes) for boxes in strokes))
        page.lines = in_reading_order(lines, width, height, tables(strokes.across, strokes.down))
        return page

    def _turned_lines(self, page: Page, lines: list[Line], width: float) -> list[Line]:
        from_right = reads_from_right(lines)
        lines = [in_logical_order(line, from_right=from_right) for line in lines]
        if not from_right:
            return lines
        page.mirrored = width
        page.icons = [icon.moved(mirrored(icon.box, width)) for icon in page.icons]
        return [line.moved(mirrored(line.box, width)) for line in lines]

    def _words(self, limit: int) -> Iterator[tuple[Word, int]]:
        count = min(pdf.FPDFText_CountChars(self.text_page), limit)
        for start, text in self._stretches(count):
            self.turns = LETTER.search(text) is not None
            for match in WORD.finditer(text.translate(UNMAPPED)):
                yield from self._word(start + match.start(), match.group())

    def _stretches(self, count: int) -> Iterator[tuple[int, str]]:
        """The page's characters by index. pdfium's bulk call skips some characters, then it is asked one by one."""
        buffer = (ctypes.c_ushort * (count + 1))()
        written = pdf.FPDFText_GetText(self.text_page, 0, count, buffer) - 1
        bulk = bytes(buffer)[: max(written, 0) * 2].decode("utf-16-le", "replace")
        if len(bulk) == count:
            yield 0, bulk
        else:
            codes = (pdf.FPDFText_GetUnicode(self.text_page, index) for index in range(count))
            yield 0, "".join(chr(code) if code < 0x110000 else " " for code in codes)  # noqa: PLR2004 — Unicode's end

    def _word(self, index: int, raw: str) -> Iterator[tuple[Word, int]]:
        text = raw.translate(LIGATURES).translate(HYPHENS)
        first, last = self._box(index), self._box(index + len(raw) - 1)
        if first is None or last is None:
            return
        apart = abs(first.bottom - last.bottom) > 0.6 * max(first.height, last.height)
        if len(raw) > 1 and (apart or (last.x1 < first.x0 and not self.turns)):
            for offset, character in enumerate(raw):
                yield from self._word(index + offset, character)
        elif self.turns and (LETTER.search(text) or self._is_scrambled(index, text)):
            yield from self._turned(index, text)
        else:
            yield from self._written(index, text, first.joined(last), first.height)

    def _is_scrambled(self, index: int, text: str) -> bool:
        """Beside letters that are read from the right, pdfium may turn an address or a phone too."""
        boxes = [box for offset in range(len(text)) if (box := self._box(index + offset))]
        return any(after.x0 < before.x0 - LETTER_GAP for before, after in itertools.pairwise(boxes))

    def _turned(self, index: int, text: str) -> Iterator[tuple[Word, int]]:
        """A word whose letters do not go from left to right, as it is drawn; two where a gap parts it."""
        boxes = (
            (offset, self._box(index + offset)) for offset in range(len(text)) if not NO_LETTER.match(text[offset])
        )
        placed = sorted(((offset, box) for offset, box in boxes if box), key=lambda item: item[1].x0)
        for part in _together(placed):
            whole = reduce(Box.joined, (box for _, box in part))
            letters = [(text[offset], box) for offset, box in sorted(part)]
            yield from self._written(index + part[0][0], drawn(letters), whole, whole.height)

    def _written(self, index: int, text: str, box: Box, height: float) -> Iterator[tuple[Word, int]]:
        font, bold, italic, colour, mode, icon = self._object(index)
        clean = "" if icon else PRIVATE.sub("", text).strip()
        size = self._size(font, height)
        key = (font, int(size * 2), bold, italic, colour)
        style = self.styles.setdefault(key, Style(font, size, bold, italic, colour))
        if clean and not MARK.fullmatch(clean):  # one without its letter
            yield Word(clean, box, style, self._is_spaced(index, clean)), mode

    def _is_spaced(self, index: int, text: str) -> bool:
        """Whether the page has a space before the word; pdfium makes some up where letters stand apart."""
        return index > 0 and bool(CJK.match(text)) and not pdf.FPDFText_IsGenerated(self.text_page, index - 1)

    def _size(self, font: str, height: float) -> float:
        """A size already met in this font, when it is nearly the same: hinting must not part the words of a line."""
        known = self.sizes.setdefault(font, [])
        near = next((size for size in known if abs(size - height) < SAME_SIZE), None)
        if near is None:
            near = round(height, 1)
            known.append(near)
        return near

    def _box(self, index: int) -> Box | None:
        if not pdf.FPDFText_GetLooseCharBox(self.text_page, index, self.rect):
            return None
        rect = self.rect
        return Box(rect.left - self.left, self.top - rect.top, rect.right - self.left, self.top - rect.bottom)

    def _object(self, index: int) -> Described:
        handle = pdf.FPDFText_GetTextObject(self.text_page, index)
        if not handle:
            return "", False, False, "000000", 0, False
        key = ctypes.addressof(handle.contents)
        known = self.objects.get(key)
        if known is None:
            known = self.objects[key] = self._told_apart(handle, _describe(handle))
        return known

    def _told_apart(self, handle: Handle, known: Described) -> Described:
        """Two faces of one name (variable fonts) are numbered: the second is drawn otherwise than the first."""
        font = pdf.FPDFTextObj_GetFont(handle)
        faces = self.faces.setdefault(known[0], [])
        address = ctypes.addressof(font.contents) if font else 0
        if address not in faces:
            faces.append(address)
        number = faces.index(address)
        return (f"{known[0]}#{number}", *known[1:]) if number else known

    def _icon(self, box: Box, link: str) -> Line:
        return Line(self.number, box, (Run("", Style(), link),))

    def _is_hidden(self, word: Word) -> bool:
        box = word.box
        outside = box.x1 < 0 or box.bottom < 0 or box.x0 > self.right - self.left or box.top > self.top - self.bottom
        return outside or box.height < SMALLEST_POINTS or self.ground.swallows(word.style.colour, box)

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


def _together(placed: Sequence[tuple[int, Box]]) -> Iterator[list[tuple[int, Box]]]:
    """Letters from left to right, cut where a gap parts two words; boxes of mere ink leave gaps between letters."""
    heights = [box.height for _, box in placed]
    widest = (LETTER_GAP if max(heights, default=0) - min(heights, default=0) < 1 else INK_GAP) * max(
        heights, default=0
    )
    part: list[tuple[int, Box]] = []
    for item in placed:
        if part and item[1].x0 - max(box.x1 for _, box in part) > widest:
            yield part
            part = []
        part.append(item)
    if part:
        yield part


def _holds_words(box: Box, words: Sequence[Word]) -> bool:
    middles = (((word.box.x0 + word.box.x1) / 2, (word.box.top + word.box.bottom) / 2) for word in words)
    return any(box.x0 <= x <= box.x1 and box.top <= y <= box.bottom for x, y in middles)


def _describe(handle: Handle) -> Described:
    """Font, bold, italic, colour, render mode, whether the font draws icons."""
    font = pdf.FPDFTextObj_GetFont(handle)
    buffer = ctypes.create_string_buffer(128)
    size = pdf.FPDFFont_GetBaseFontName(font, buffer, 128) if font else 0
    name = buffer.raw[: max(min(size, 128) - 1, 0)].decode("utf-8", "replace").split("+")[-1]
    flags = max(pdf.FPDFFont_GetFlags(font), 0) if font else 0
    weight = pdf.FPDFFont_GetWeight(font) if font else 0
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    pdf.FPDFPageObj_GetFillColor(handle, red, green, blue, alpha)
    mode = pdf.FPDFTextObj_GetTextRenderMode(handle)
    # Some producers declare one weight for every font of a family: a name that says Regular is believed.
    heavy = weight > 590 or bool(flags & 0x40000)  # noqa: PLR2004 — semibold and up
    stroked = mode == FILLED_AND_STROKED
    bold = stroked or bool(BOLD_FONT.search(name)) or (heavy and not PLAIN_FONT.search(name))
    italic = bool(ITALIC_FONT.search(name)) or bool(flags & 0x40)
    colour = f"{red.value:02x}{green.value:02x}{blue.value:02x}"
    return name, bold, italic, colour, mode, bool(ICON_FONT.search(name))
