"""How the letters of a PDF are drawn: font, weight, slant, colour, and whether they are pictures."""

import ctypes
import re
from functools import lru_cache
from typing import Any, TypeAlias

import pypdfium2.raw as pdf

ICON_FONT = re.compile(r"awesome|icon|material|symbol|dingbat|glyph|academicons|ionic|linear|FontMfizz", re.IGNORECASE)
BOLD_FONT = re.compile(r"bold|black|heavy|semibold|demi|-bd|extrab|medi\b|cmbx|bx\d|\bbd\b", re.IGNORECASE)
PLAIN_FONT = re.compile(r"regular|roman|light|book|thin|normal", re.IGNORECASE)
ITALIC_FONT = re.compile(r"italic|oblique|slanted|-it\b|cmti|cmsl|ti\d\d", re.IGNORECASE)
FILLED_AND_STROKED = 2  # a bold made of a regular face
Handle: TypeAlias = Any  # a ctypes pointer, whose type has no public name
Described: TypeAlias = tuple[str, bool, bool, str, int, bool]


def described(handle: Handle) -> Described:
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
    named_bold, named_plain, named_italic, icons = _named(name)
    bold = stroked or named_bold or (heavy and not named_plain)
    italic = named_italic or bool(flags & 0x40)
    colour = f"{red.value:02x}{green.value:02x}{blue.value:02x}"
    return name, bold, italic, colour, mode, icons


@lru_cache(maxsize=256)  # asked for every word, and a page has a handful of fonts
def _named(font: str) -> tuple[bool, ...]:
    """Whether a font's name says bold, plain, italic, icons."""
    return tuple(bool(kind.search(font)) for kind in (BOLD_FONT, PLAIN_FONT, ITALIC_FONT, ICON_FONT))
