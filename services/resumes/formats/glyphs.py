"""The words of a PDF page, from pdfium: three questions a word, not five a character."""

import ctypes
import itertools
import math
import re
from collections.abc import Iterator, Sequence
from functools import reduce

import pypdfium2 as pdfium
import pypdfium2.raw as pdf

from services.resumes.formats.alphabets import Alphabets, is_nameless
from services.resumes.formats.area import shown_area
from services.resumes.formats.face import Described, Handle, described
from services.resumes.formats.right_to_left import LETTER, drawn
from services.resumes.formats.words import CJK, Word
from services.resumes.text import Box, Style

WORD = re.compile(r"[^\s\x00]+")
PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff\ufffd\ufeff\u200b-\u200f\u202a-\u202e\u2060-\u2069]")
NO_LETTER = re.compile(f"[\x01\x03-\x1f]|{PRIVATE.pattern}")
SAME_SIZE = 0.4
SAME_COLUMN = 0.5  # of a letter's width, for letters that stand one below the other
ASCENT, DESCENT = 0.85, 0.2  # of the font's size
LETTER_GAP, INK_GAP = 0.12, 0.28  # of the height, between two letters of one word
MARK = re.compile("[\u0591-\u05bd\u064b-\u065f\u0670]+")  # Hebrew points and Arabic vowels
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


class Glyphs:
    """Holds the C buffers of one page, so that a word costs no allocation. `sizes` are known font sizes by font."""

    def __init__(self, page: pdfium.PdfPage, sizes: dict[str, list[float]]) -> None:
        self.left, self.bottom, self.right, self.top = shown_area(page)
        self.text_page = pdf.FPDFText_LoadPage(page.raw)
        self.rect, self.matrix = pdf.FS_RECTF(), pdf.FS_MATRIX()
        self.x, self.y = ctypes.c_double(), ctypes.c_double()
        self.styles: dict[tuple[str, int, bool, bool, str], Style] = {}
        self.objects: dict[int, Described] = {}
        self.faces: dict[str, list[int]] = {}
        self.alphabets = Alphabets()
        self.sizes = sizes
        self.turns = False  # whether the page has letters that are read from the right

    def close(self) -> None:
        pdf.FPDFText_ClosePage(self.text_page)

    def words(self, limit: int) -> list[tuple[Word, int]]:
        """Each with its render mode, of the first `limit` characters."""
        found = list(self._read(limit))
        faces = self.alphabets.faces(word for word, _ in found)
        return (
            [(word._replace(style=faces.get(word.style, word.style)), mode) for word, mode in found] if faces else found
        )

    def _read(self, limit: int) -> Iterator[tuple[Word, int]]:
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
        if len(raw) > 1 and apart and abs(first.x0 - last.x0) < SAME_COLUMN * first.width:
            yield from self._written(index, text, first.joined(last), first.width, upright=True)
        elif len(raw) > 1 and (apart or (last.x1 < first.x0 and not self.turns)):
            for offset, character in enumerate(raw):
                yield from self._word(index + offset, character)
        elif self.turns and (LETTER.search(text) or self._is_scrambled(index, text)):
            yield from self._turned(index, text)
        elif self.turns or is_nameless(self._object(index)[0]):
            self.alphabets.join(self._object(index + offset)[0] for offset in range(len(raw)))
            whole = self._row(index, first.joined(last))
            yield from self._written(index, text, whole, whole.height)
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
        spaced = self._has_space(index - 1) or self._has_space(index + len(text))
        for part in _together(placed):
            whole = self._row(index + part[0][0], reduce(Box.joined, (box for _, box in part)))
            letters = [(text[offset], box) for offset, box in sorted(part)]
            yield from self._written(index + part[0][0], drawn(letters), whole, whole.height, spaced=spaced)

    def _row(self, index: int, box: Box) -> Box:
        """The box of a word as high as its font: some fonts, those drawn as pictures above all, give mere ink."""
        known = pdf.FPDFText_GetMatrix(self.text_page, index, self.matrix)
        em = pdf.FPDFText_GetFontSize(self.text_page, index) * math.hypot(self.matrix.c, self.matrix.d)
        if not known or em <= 0 or not pdf.FPDFText_GetCharOrigin(self.text_page, index, self.x, self.y):
            return box
        base = self.top - self.y.value
        return box._replace(top=base - ASCENT * em, bottom=base + DESCENT * em)

    def _written(
        self, index: int, text: str, box: Box, height: float, *, upright: bool = False, spaced: bool = False
    ) -> Iterator[tuple[Word, int]]:
        font, bold, italic, colour, mode, icon = self._object(index)
        clean = "" if icon else PRIVATE.sub("", text).strip()
        size = self._size(font, height)
        key = (font, int(size * 2), bold, italic, colour)
        style = self.styles.setdefault(key, Style(font, size, bold, italic, colour))
        if clean and not MARK.fullmatch(clean):  # one without its letter
            spaced = spaced or ((clean.isupper() or CJK.match(clean) is not None) and self._has_space(index - 1))
            yield Word(clean, box, style, spaced, upright), mode

    def _has_space(self, index: int) -> bool:
        """Whether the page has a space there; pdfium makes some up where letters stand apart."""
        known = index >= 0 and chr(max(pdf.FPDFText_GetUnicode(self.text_page, index), 0)).isspace()
        return known and not pdf.FPDFText_IsGenerated(self.text_page, index)

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
            known = self.objects[key] = self._told_apart(handle, described(handle))
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
