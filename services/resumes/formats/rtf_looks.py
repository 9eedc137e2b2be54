"""How words of an RTF file look, and which of them nobody sees: hidden, deleted, white on paper, or tiny as a dot."""

import re
from dataclasses import dataclass, replace
from typing import Any, Self

from services.resumes.formats.grid import is_white

COLOURS = re.compile(rb"\{\\colortbl([^{}]{0,20000})\}")
CHANNEL = re.compile(rb"\\(red|green|blue)(\d{1,3})")
FONT = re.compile(rb"\\f(\d{1,5})(?:\\[a-z]+-?\d*)*?\\fcharset(\d{1,3})")
SHADED = re.compile(rb"\\(?:clcbpat|cbpat)[1-9]")  # white on a coloured cell or paragraph is a heading
DEFAULT_CODE_PAGE = re.compile(rb"\\ansicpg(\d{3,5})")
CODE_PAGES = {
    0: "cp1252", 77: "mac_roman", 128: "cp932", 129: "cp949", 134: "gbk", 136: "cp950", 161: "cp1253", 162: "cp1254",
    163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
}  # fmt: skip
SKIPPED = frozenset(
    b"fonttbl colortbl stylesheet info pict nonshppict shprslt sp listtable listoverridetable rsidtbl generator "
    b"themedata datastore latentstyles xmlnstbl objdata filetbl revtbl".split()
)
SHOWN_AFTER_STAR = frozenset({b"shpinst", b"shptxt"})
SWITCHES = {b"b": "bold", b"i": "italic", b"v": "hidden", b"deleted": "hidden"}
NUMBERS = {
    b"fs": "size", b"f": "font", b"cf": "colour", b"cb": "behind", b"highlight": "behind", b"chcbpat": "behind",
}  # fmt: skip
HEAD = 200_000  # bytes of the file in which its tables stand
TINY = 4  # half points


@dataclass(frozen=True)
class Look:
    """`size` in half points; `colour` and `behind` are numbers in the file's table of colours."""

    bold: bool = False
    italic: bool = False
    size: int = 24
    font: int = -1
    colour: int = 0
    behind: int = 0
    hidden: bool = False
    link: str = ""
    stand_ins: int = 1  # bytes after a Unicode sign that say the same for old readers
    skipped: bool = False
    instructs: bool = False


@dataclass(frozen=True)
class Tables:
    """What the head of the file numbers: colours as rrggbb, the code page of each font."""

    colours: tuple[str, ...]
    fonts: dict[int, str]
    usual: str

    @classmethod
    def of(cls, data: bytes) -> Self:
        head = data[:HEAD]
        table = COLOURS.search(head)
        entries = table[1].split(b";") if table else []
        colours = tuple("".join(f"{min(int(v), 255):02x}" for _, v in CHANNEL.findall(entry)) for entry in entries)
        fonts = {int(number): CODE_PAGES.get(int(charset), "") for number, charset in FONT.findall(head)}
        page = DEFAULT_CODE_PAGE.search(head)
        return cls(colours, fonts, _known(f"cp{page[1].decode()}" if page else ""))

    @staticmethod
    def is_shaded(data: bytes) -> bool:
        return SHADED.search(data) is not None

    def codec(self, font: int) -> str:
        return self.fonts.get(font) or self.usual

    def colour(self, number: int) -> str:
        found = self.colours[number] if 0 <= number < len(self.colours) else ""
        return found if len(found) == len("rrggbb") else "000000"

    @property
    def white(self) -> frozenset[int]:
        """The numbers of the colours that paper has; the first, before any semicolon, is the reader's own."""
        return frozenset(number for number, colour in enumerate(self.colours) if is_white(colour))


def changed(look: Look, word: bytes, number: int, *, has_value: bool, starred: bool) -> Look:
    """The look after a control word."""
    if word in SKIPPED or (starred and word not in SHOWN_AFTER_STAR):
        return replace(look, skipped=True)
    if word == b"shptxt":
        return replace(look, skipped=False)
    if word == b"plain":
        return replace(look, bold=False, italic=False, size=24, colour=0, behind=0, hidden=False)
    change: dict[str, Any] = {}
    if word in SWITCHES:
        change[SWITCHES[word]] = not has_value or number != 0
    elif word in NUMBERS:
        change[NUMBERS[word]] = number
    elif word == b"uc":
        change["stand_ins"] = max(0, min(number, 8))
    return replace(look, **change) if change else look


def is_unseen(look: Look, white: frozenset[int]) -> bool:
    on_paper = not look.behind or look.behind in white
    return look.hidden or look.size <= TINY or (look.colour in white and on_paper)


def _known(codec: str) -> str:
    try:
        return codec if codec and "".encode(codec) == b"" else "cp1252"
    except LookupError:
        return "cp1252"
