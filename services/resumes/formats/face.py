"""How the letters of a PDF are drawn: font, weight, slant, colour, and whether they are pictures."""

import ctypes
import re
from typing import NamedTuple, TypeAlias

from services.resumes.formats import calls

ICON_FONT = re.compile(r"awesome|icon|material|symbol|dingbat|glyph|academicons|ionic|linear|FontMfizz", re.IGNORECASE)
BOLD_FONT = re.compile(r"bold|black|heavy|semibold|demi|-bd|extrab|medi\b|cmbx|bx\d|\bbd\b", re.IGNORECASE)
PLAIN_FONT = re.compile(r"regular|roman|light|book|thin|normal", re.IGNORECASE)
ITALIC_FONT = re.compile(r"italic|oblique|slanted|-it\b|cmti|cmsl|ti\d\d", re.IGNORECASE)
SEMIBOLD = 590  # weight
FORCED_BOLD, ITALIC = 0x40000, 0x40  # flags
LOWEST, SHALLOWEST = 0.8, -0.1  # of the em: what no font is that tells its true height and depth
FILLED_AND_STROKED = 2  # a bold made of a regular face
Described: TypeAlias = tuple[str, bool, bool, str, int, bool]


class Font(NamedTuple):
    """`heavy` is what its weight says; `bold` and the rest what its name does."""

    name: str
    heavy: bool
    slanted: bool
    bold: bool
    plain: bool
    italic: bool
    icons: bool


class Faces:
    """The fonts and the looks of one page's texts, each asked for once. `inked` names the fonts that tell no true
    height: the boxes of their letters are as high as the ink, and those of one line differ.
    """

    def __init__(self) -> None:
        self._colour = calls.Colour()
        self._buffer = ctypes.create_string_buffer(128)
        self._fonts: dict[int, Font] = {}
        self._named: dict[str, list[int]] = {}
        self._heights = calls.Reals(2)
        self.inked: set[str] = set()

    def described(self, handle: int) -> Described:
        """Font, bold, italic, colour, render mode, whether the font draws icons."""
        font = self.font(handle)
        red, green, blue, _ = self._colour.of(handle) or (0, 0, 0, 0)
        mode = calls.get_render_mode(handle)
        # Some producers declare one weight for every font of a family: a name that says Regular is believed.
        bold = mode == FILLED_AND_STROKED or font.bold or (font.heavy and not font.plain)
        colour = f"{red:02x}{green:02x}{blue:02x}"
        return font.name, bold, font.italic or font.slanted, colour, mode, font.icons

    def font(self, handle: int) -> Font:
        """Of one text, by its handle."""
        address = calls.get_font(handle) or 0
        font = self._fonts.get(address)
        if font is None:
            font = self._fonts[address] = self._font(address)
        return font

    def _font(self, address: int) -> Font:
        size = calls.get_font_name(address, ctypes.addressof(self._buffer), 128) if address else 0
        name = self._buffer.raw[: max(min(size, 128) - 1, 0)].decode("utf-8", "replace").split("+")[-1]
        flags = max(calls.get_font_flags(address), 0) if address else 0
        heavy = bool(address) and (calls.get_font_weight(address) > SEMIBOLD or bool(flags & FORCED_BOLD))
        says = (bool(kind.search(name)) for kind in (BOLD_FONT, PLAIN_FONT, ITALIC_FONT, ICON_FONT))
        name = self._told_apart(name, address)
        if address and self._is_inked(address):
            self.inked.add(name)
        return Font(name, heavy, bool(flags & ITALIC), *says)

    def _is_inked(self, address: int) -> bool:
        up, down = self._heights.places
        told = calls.get_font_ascent(address, 1.0, up) and calls.get_font_descent(address, 1.0, down)
        ascent, descent = self._heights.values()
        return bool(told) and (ascent - descent < LOWEST or descent > SHALLOWEST)

    def _told_apart(self, name: str, address: int) -> str:
        """Two faces of one name (variable fonts) are numbered: the second is drawn otherwise than the first."""
        faces = self._named.setdefault(name, [])
        if address not in faces:
            faces.append(address)
        number = faces.index(address)
        return f"{name}#{number}" if number else name
