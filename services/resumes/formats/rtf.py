"""Rich text (RTF): its words with their looks, paragraph by paragraph and cell by cell.

A stack machine over the control words that change what a reader sees (Rich Text Format Specification 1.9.1); all others
are passed over, as that specification asks of readers.
"""

import re
from dataclasses import replace

from services.resumes.formats.grid import INDENT, ROW, Grid, Pieces, height_of, side_by_side, text_of
from services.resumes.formats.rtf_looks import Look, Tables, changed, is_unseen
from services.resumes.page.beside_text import text_cell
from services.resumes.sections.headings import heading_kind
from services.resumes.text import ExtractedText, Run, Style

TOKEN = re.compile(
    rb"\\'(?P<hex>[0-9a-fA-F]{2})|\\(?P<word>[a-zA-Z]{1,32})(?P<value>-?\d*) ?|\\(?P<sign>.)|(?P<brace>[{}])"
    rb"|(?P<text>[^\\{}\r\n]+)|[\r\n]+",
    re.DOTALL,
)
LINK = re.compile(r'HYPERLINK\s+"([^"]{1,600})"')
BREAKS = frozenset({b"par", b"sect", b"page", b"column", b"nestrow"})
MARGINS = re.compile(rb"(?:header|footer)[lrf]?")
SIGNS = {
    b"emdash": "—", b"endash": "–", b"bullet": "•", b"lquote": "‘", b"rquote": "’", b"ldblquote": "“",
    b"rdblquote": "”", b"emspace": " ", b"enspace": " ", b"qmspace": " ",
}  # fmt: skip
SYMBOLS = {b"~": "\u00a0", b"_": "-", b"\\": "\\", b"{": "{", b"}": "}"}
PRIVATE = re.compile("[\ue000-\uf8ff]")  # bullets of symbol fonts
BULLET = re.compile(r"^\s*[•◦▪‣○●■➢–-]\s*$")
LINE_HEIGHT = 1.2


def read_rtf(data: bytes) -> ExtractedText:
    """Raises `ReadingError` no_text. Hidden, white and tiny words are dropped and told."""
    reader = _Reader(Tables.of(data), not Tables.is_shaded(data))
    reader.read(data)
    return reader.grid.text("rtf", " ".join(reader.hidden.split()))


class _Reader:
    def __init__(self, tables: Tables, white_is_unseen: bool) -> None:
        self.grid = Grid()
        self.hidden = ""
        self.tables = tables
        self.white = tables.white if white_is_unseen else frozenset()
        self.look = Look()
        self.stack: list[Look] = []
        self.raw = bytearray()  # bytes of one look, not yet decoded
        self.to_skip = 0  # stand-ins that follow a Unicode sign
        self.starred = False
        self.instruction = ""
        self.pieces: Pieces = [[]]
        self.cells: list[list[Pieces]] | None = None  # of the open row of a table

    def read(self, data: bytes) -> None:
        position = 0
        while position < len(data) and not self.grid.truncated:
            token = TOKEN.match(data, position)
            if token is None:  # a lone backslash at the end
                break
            position = token.end()
            if token["word"] == b"bin":
                position += max(_number(token["value"]), 0)
            elif token["brace"]:
                self._flush()
                self._group(token["brace"] == b"{")
            elif token["word"]:
                self._flush()
                self._control(token["word"], token["value"])
            elif token["hex"] or token["text"]:
                self._bytes(bytes.fromhex(token["hex"].decode()) if token["hex"] else token["text"])
            elif token["sign"]:
                self._flush()
                self._sign(token["sign"])
        self._flush()
        self._end_paragraph()
        self._end_row()

    def _group(self, opens: bool) -> None:
        self.starred = False
        if opens:
            self.stack.append(self.look)
        elif self.stack:
            self.look = self.stack.pop()

    def _sign(self, sign: bytes) -> None:
        if sign == b"*":
            self.starred = True
        elif sign in b"\r\n":
            self._end_paragraph()
        else:
            self._write(SYMBOLS.get(sign, ""))

    def _bytes(self, data: bytes) -> None:
        if self.look.skipped and not self.look.instructs:  # pictures are most of a file
            return
        skipped = min(self.to_skip, len(data))
        self.to_skip -= skipped
        self.raw += data[skipped:]

    def _flush(self) -> None:
        if self.raw:
            words = self.raw.decode(self.tables.codec(self.look.font), "replace")
            self.raw.clear()
            self._write(words)
        self.to_skip = 0

    def _control(self, word: bytes, value: bytes) -> None:
        starred, self.starred = self.starred, False
        number = _number(value)
        if self._parts(word):
            return
        if word == b"fldinst":
            self.look, self.instruction = replace(self.look, skipped=True, instructs=True), ""
        elif word == b"fldrslt":
            found = LINK.search(self.instruction)
            self.look, self.instruction = replace(self.look, link=found[1] if found else ""), ""
        elif word == b"u":
            self._write(chr(number % 0x10000))
            self.to_skip = self.look.stand_ins
        elif word in SIGNS:
            self._write(SIGNS[word])
        else:
            self.look = changed(self.look, word, number, has_value=bool(value), starred=starred)

    def _parts(self, word: bytes) -> bool:
        """Whether the word parts text from text; cells, rows and paragraphs are closed by it."""
        if word in {b"trowd", b"intbl"}:
            self._open_row()
        elif word == b"cell":
            self._end_paragraph()
            if self.cells is not None:
                self.cells.append([])
        elif word == b"row":
            self._end_paragraph()
            self._end_row()
        elif word in BREAKS or word == b"line" or MARGINS.fullmatch(word):
            self._end_paragraph(within=word not in BREAKS)
        elif word in {b"tab", b"nestcell"}:
            self._tab()
        else:
            return False
        return True

    def _write(self, words: str) -> None:
        look = self.look
        if look.instructs:
            self.instruction += words[: 2_000 - len(self.instruction)]
        elif look.skipped or not words:
            return
        elif is_unseen(look, self.white):
            self.hidden += words
        else:
            style = Style("", look.size / 2 * LINE_HEIGHT, look.bold, look.italic, self.tables.colour(look.colour))
            piece = self.pieces[-1]
            if piece and piece[-1].style == style and piece[-1].link == look.link:
                piece[-1] = piece[-1]._replace(text=piece[-1].text + words)
            else:
                piece.append(Run(words, style, look.link))

    def _tab(self) -> None:
        if not self.look.skipped:
            self.pieces.append([])

    def _end_paragraph(self, *, within: bool = False) -> None:
        if self.look.skipped:
            return
        pieces, self.pieces = _clean(self.pieces), [[]]
        if self.cells is not None:
            if pieces:
                self.cells[-1].append(pieces)
        elif pieces:
            self._put(pieces)
        elif not within:
            self.grid.blank(ROW)

    def _put(self, pieces: Pieces) -> None:
        bullet = pieces[0][0].text.startswith("• ")
        self.grid.row(pieces, indent=INDENT if bullet else 0.0, height=height_of(pieces))

    def _open_row(self) -> None:
        if self.cells is None and not self.look.skipped:
            self._end_paragraph(within=True)
            self.cells = [[]]

    def _end_row(self) -> None:
        """One row of the page for cells of a line each; a heading's cell and cells of several lines one by one."""
        cells, self.cells = [cell for cell in self.cells or () if cell], None
        named = len(cells) > 1 and len(cells[0]) == 1 and heading_kind(text_of(cells[0][0])) is not None
        at = text_cell([[text_of(pieces) for pieces in cell] for cell in cells])
        if at is not None:
            for pieces in [*side_by_side([*cells[:at], *cells[at + 1 :]]), *cells[at]]:
                self._put(pieces)
        elif named or any(len(cell) > 1 for cell in cells):
            for cell in cells:
                for pieces in cell:
                    self._put(pieces)
        elif cells:
            self._put([piece for cell in cells for row in cell for piece in row])


def _clean(pieces: Pieces) -> Pieces:
    """Surrogates made one letter, signs of symbol fonts made bullets that stand with their text, empty pieces gone."""
    filled = [piece for piece in pieces if "".join(run.text for run in piece).strip()]
    tidy = [[run._replace(text=_letters(run.text)) for run in piece] for piece in filled]
    if len(tidy) > 1 and BULLET.match("".join(run.text for run in tidy[0])):
        first = tidy[1][0]
        tidy[:2] = [[first._replace(text="• " + first.text.lstrip()), *tidy[1][1:]]]
    return tidy


def _letters(text: str) -> str:
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return PRIVATE.sub("•", whole).replace("\0", "")


def _number(value: bytes) -> int:
    digits = value[:11]
    return int(digits) if digits.strip(b"-").isdigit() else 0
