"""The words of a PDF page, from pdfium: three questions a word, not five a character."""

import ctypes
import itertools
import math
import re
from collections.abc import Iterator, Sequence
from functools import reduce

import pypdfium2 as pdfium
import pypdfium2.raw as pdf

from services.resumes.formats import calls
from services.resumes.formats.alphabets import Alphabets, is_nameless
from services.resumes.formats.area import shown_area
from services.resumes.formats.face import Described, Faces
from services.resumes.formats.placed import Word
from services.resumes.formats.right_to_left import LETTER, drawn
from services.resumes.formats.words import CJK
from services.resumes.text import Box, Style

WORD = re.compile(r"[^\s\x00]+")
# What is no writing: a font's own signs, marks of direction and joining, small pictures.
PRIVATE = re.compile(
    "[\ue000-\uf8ff\U000f0000-\U0010ffff\ufffd\ufeff\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe0f\U0001f000-\U0001faff]"
)
HALF = re.compile("[\ud800-\udfff]")
NO_LETTER = re.compile(f"[\x01\x03-\x1f]|{PRIVATE.pattern}")
NOTHING: Described = ("", False, False, "000000", 0, False)
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
        self.address = calls.address(self.text_page)
        self.rect, self.matrix = calls.Reals(), pdf.FS_MATRIX()
        self.x, self.y = ctypes.c_double(), ctypes.c_double()
        self.styles: dict[tuple[str, int, bool, bool, str], Style] = {}
        self.objects: dict[int, Described] = {}
        self.faces = Faces()
        self.alphabets = Alphabets()
        self.sizes = sizes
        self.turns = False  # whether the page has letters that are read from the right

    def close(self) -> None:
        pdf.FPDFText_ClosePage(self.text_page)

    def words(self, limit: int) -> list[tuple[Word, int]]:
        """Each with its render mode, of the first `limit` characters."""
        count = min(pdf.FPDFText_CountChars(self.text_page), limit)
        text = self._characters(count)
        self.turns = LETTER.search(text) is not None
        found: list[tuple[Word, int]] = []
        for match in WORD.finditer(text.translate(UNMAPPED)):
            found += self._word(match.start(), match.group())
        faces = self.alphabets.faces(word for word, _ in found)
        return (
            [(word._replace(style=faces.get(word.style, word.style)), mode) for word, mode in found] if faces else found
        )

    def _characters(self, count: int) -> str:
        """The page's characters by index. pdfium's bulk call skips some characters, then it is asked one by one."""
        buffer = (ctypes.c_ushort * (count + 1))()
        written = pdf.FPDFText_GetText(self.text_page, 0, count, buffer) - 1
        bulk = bytes(buffer)[: max(written, 0) * 2].decode("utf-16-le", "replace")
        if len(bulk) == count:
            return bulk
        codes = (pdf.FPDFText_GetUnicode(self.text_page, index) for index in range(count))
        return "".join(chr(code) if code < 0x110000 else " " for code in codes)  # noqa: PLR2004 — Unicode's end

    def _word(self, index: int, raw: str) -> list[tuple[Word, int]]:
        text = raw if raw.isascii() and "\x02" not in raw else raw.translate(LIGATURES).translate(HYPHENS)
        first = self._box(index)
        last = first if len(raw) == 1 else self._box(index + len(raw) - 1)
        if first is None or last is None:
            return []
        whole = first if last is first else first.joined(last)
        apart = abs(first.bottom - last.bottom) > 0.6 * max(first.height, last.height)
        if len(raw) > 1 and apart and abs(first.x0 - last.x0) < SAME_COLUMN * first.width:
            return self._written(index, text, whole, first.width, upright=True)
        if len(raw) > 1 and (apart or (last.x1 < first.x0 and not self.turns)):
            return [word for offset, character in enumerate(raw) for word in self._word(index + offset, character)]
        if self.turns and (LETTER.search(text) or self._is_scrambled(index, text)):
            return self._turned(index, text)
        font = self._object(index)[0]
        if self.turns or is_nameless(font) or font in self.faces.inked:
            self.alphabets.join(self._fonts(index, len(raw)))
            whole = self._row(index, whole)
            return self._written(index, text, whole, whole.height)
        return self._written(index, text, whole, first.height)

    def _is_scrambled(self, index: int, text: str) -> bool:
        """Beside letters that are read from the right, pdfium may turn an address or a phone too."""
        boxes = [box for offset in range(len(text)) if (box := self._box(index + offset))]
        return any(after.x0 < before.x0 - LETTER_GAP for before, after in itertools.pairwise(boxes))

    def _turned(self, index: int, text: str) -> list[tuple[Word, int]]:
        """A word whose letters do not go from left to right, as it is drawn; two where a gap parts it."""
        boxes = (
            (offset, self._box(index + offset)) for offset in range(len(text)) if not NO_LETTER.match(text[offset])
        )
        placed = sorted(((offset, box) for offset, box in boxes if box), key=lambda item: item[1].x0)
        spaced = self._has_space(index - 1) or self._has_space(index + len(text))
        words = []
        for part in _together(placed):
            # Its look is that of a letter: the comma on its left may be borrowed from another font.
            shown = index + next((offset for offset, _ in part if text[offset].isalpha()), part[0][0])
            whole = self._row(shown, reduce(Box.joined, (box for _, box in part)))
            letters = [(text[offset], box) for offset, box in sorted(part)]
            words += self._written(shown, drawn(letters), whole, whole.height, spaced=spaced)
        return words

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
    ) -> list[tuple[Word, int]]:
        font, bold, italic, colour, mode, icon = self._object(index)
        clean = "" if icon else text if text.isascii() else PRIVATE.sub("", _whole(text)).strip()
        size = self._size(font, height)
        key = (font, int(size * 2), bold, italic, colour)
        style = self.styles.get(key)
        if style is None:
            style = self.styles[key] = Style(font, size, bold, italic, colour)
        if not clean or MARK.fullmatch(clean):  # one without its letter
            return []
        spaced = spaced or ((clean.isupper() or CJK.match(clean) is not None) and self._has_space(index - 1))
        return [(Word(clean, box, style, spaced, upright), mode)]

    def _has_space(self, index: int) -> bool:
        """Whether the page has a space there; pdfium makes some up where letters stand apart."""
        known = index >= 0 and chr(max(pdf.FPDFText_GetUnicode(self.text_page, index), 0)).isspace()
        return known and not pdf.FPDFText_IsGenerated(self.text_page, index)

    def _size(self, font: str, height: float) -> float:
        """A size already met in this font, when it is nearly the same: hinting must not part the words of a line."""
        known = self.sizes.setdefault(font, [])
        for size in known:
            if abs(size - height) < SAME_SIZE:
                return size
        known.append(round(height, 1))
        return known[-1]

    def _box(self, index: int) -> Box | None:
        if not calls.get_letter_box(self.address, index, self.rect.places[0]):
            return None
        left, top, right, bottom = self.rect.values()
        return Box(left - self.left, self.top - top, right - self.left, self.top - bottom)

    def _fonts(self, index: int, count: int) -> Iterator[str]:
        """The fonts of so many letters."""
        for at in range(index, index + count):
            handle = calls.get_letter_object(self.address, at)
            yield self.faces.font(handle).name if handle else ""

    def _object(self, index: int) -> Described:
        handle = calls.get_letter_object(self.address, index)
        if not handle:
            return NOTHING
        known = self.objects.get(handle)
        if known is None:
            known = self.objects[handle] = self.faces.described(handle)
        return known


def _whole(text: str) -> str:
    """Characters beyond the first plane, which pdfium counts in halves; a half alone is none."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace") if HALF.search(text) else text


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
