"""A résumé as PDF: A4, one column, text that can be selected, searched and read by machines.

Lengths are millimetres, sizes are points. An entry's head never stands at the foot of a page without its text.
"""

import re
import tempfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from fpdf import FPDF
from fpdf.enums import XPos, YPos

from services.exports.document import Contact, Document, Entry, Line, Section
from services.exports.fonts import BASE, Faces, faces_for

_MARGIN, _FOOT, _GAP, _INDENT = 20.0, 18.0, 6.0, 4.2
_LEADING = 0.3528 * 1.38  # a point in millimetres, and the air between two lines
_BODY, _SMALL, _HEADING, _NAME = 10.0, 9.0, 11.5, 23.0
_INK, _GREY, _ACCENT = (28, 28, 30), (95, 99, 104), (24, 67, 112)
_DOT = " · "
_BULLET = "•"
_TOFU = "\u25a1"
# A line may end after a space, and after Han and kana; but a closing mark begins no line and an opening one ends none.
_PIECES = re.compile(r"(?<=\s)(?=\S)|(?<=[\u3040-\u30fa\u3400-\u9fff，、。；：」』）】》！？])(?=[\w「『（【《])")
_KEPT_LINES = 4  # a paragraph of so many lines is not broken between pages


def write_pdf(document: Document, *, now: datetime) -> bytes:
    """Characters that no font can draw become `□` and are listed at the end by their code points."""
    with tempfile.TemporaryDirectory(prefix="offerline-export-") as folder:
        text = "".join(document.texts())
        faces = faces_for(text + _BULLET + _DOT + _TOFU, Path(folder))
        return _Sheet(document, faces, now).render()


class _Sheet(FPDF):
    def __init__(self, document: Document, faces: Faces, now: datetime) -> None:
        super().__init__(format="A4")
        self._document = document
        self._missing = faces.missing
        self._tofu = str.maketrans(dict.fromkeys(faces.missing, _TOFU))
        self._advances: dict[tuple[str, str, float], float] = {}
        self._near = "R" if document.rtl else "L"
        self._far = "L" if document.rtl else "R"
        self.c_margin = 0
        self.set_margins(_MARGIN, _MARGIN)
        self.set_auto_page_break(auto=True, margin=_FOOT)
        self._load(faces)
        self._describe(now)

    def render(self) -> bytes:
        self.add_page()
        self._header()
        for section in self._document.sections:
            self._section(section)
        self._confess()
        return bytes(self.output())

    def footer(self) -> None:
        """From the second page on: whose page it is, and which."""
        if self.page_no() == 1:
            return
        self.set_y(-_FOOT + 6)
        self._ink("", _SMALL, _GREY)
        self._text(f"{self._document.title}{_DOT}{self.page_no()}", align="C")

    def _load(self, faces: Faces) -> None:
        for face in faces.faces:
            self.add_font(face.family, face.style, face.path)
        self.set_fallback_fonts([face.family for face in faces.faces if face.is_fallback], exact_match=False)
        # Without ligatures: "ﬁ" would reach some readers as one strange letter. Arabic has its own and keeps them.
        self.set_text_shaping(use_shaping_engine=True, features={"liga": False, "clig": False, "dlig": False})

    def _describe(self, now: datetime) -> None:
        self.set_title(self._document.title)
        self.set_author(self._document.name)
        self.set_lang(self._document.language)
        self.set_creator("Offerline")
        self.set_producer("Offerline")
        self.set_creation_date(now)
        self.set_display_mode("real")

    def _header(self) -> None:
        if self._document.name:
            self._ink("B", _NAME, _INK)
            self._text(self._document.name)
        if self._document.headline:
            self._ink("", _HEADING, _GREY)
            self.ln(0.6)
            self._text(self._document.headline)
        self.ln(1.6)
        self._contacts(self._document.contacts)

    def _contacts(self, contacts: Iterable[Contact]) -> None:
        """Broken between two contacts, never inside one that fits on a line."""
        for row in self._rows(contacts):
            if len(row) == 1:
                self._ink("", _SMALL + 0.5, _ACCENT if row[0].url else _INK)
                self._text(row[0].text, link=row[0].url)
                continue
            width = sum(self._width(one.text) for one in row) + self._width(_DOT) * (len(row) - 1)
            self.set_x(self.w - _MARGIN - width if self._document.rtl else _MARGIN)
            for number, one in enumerate(row[::-1] if self._document.rtl else row):
                if number:
                    self._ink("", _SMALL + 0.5, _GREY)
                    self._cell(_DOT)
                self._ink("", _SMALL + 0.5, _ACCENT if one.url else _INK)
                self._cell(one.text, link=one.url)
            self.ln(self._line_height())

    def _rows(self, contacts: Iterable[Contact]) -> list[list[Contact]]:
        self._ink("", _SMALL + 0.5, _INK)
        rows: list[list[Contact]] = []
        room = 0.0
        for one in contacts:
            needed = self._width(_DOT + one.text)
            if not rows or needed > room:
                rows.append([])
                room = self.epw
            rows[-1].append(one)
            room -= needed
        return rows

    def _section(self, section: Section) -> None:
        first = section.entries[0] if section.entries else None
        self._keep(13 + (self._head_height(first) if first else 8))
        self.ln(3.6)
        self._ink("B", _HEADING, _ACCENT)
        self._text(section.title)
        self.set_draw_color(*_ACCENT)
        self.set_line_width(0.25)
        self.line(_MARGIN, self.y + 0.5, self.w - _MARGIN, self.y + 0.5)
        self.ln(2.2)
        for text in section.paragraphs:
            self._paragraph(text)
        for number, entry in enumerate(section.entries):
            self.ln(2.2 if number else 0)
            self._entry(entry)
        for line in section.lines:
            self._line(line)

    def _entry(self, entry: Entry) -> None:
        self._keep(self._head_height(entry))
        self._head(entry)
        for text in entry.paragraphs:
            self._paragraph(text)
        for text in entry.points:
            self._paragraph(text, bullet=True)

    def _head(self, entry: Entry) -> None:
        top, room = self.y, 0.0
        if entry.dates:
            self._ink("", _SMALL + 0.5, _GREY)
            room = self._width(entry.dates)
            self.set_xy(_MARGIN if self._document.rtl else self.w - _MARGIN - room, top + 0.2)
            self._cell(entry.dates)
            room += _GAP
        self.set_xy(_MARGIN + (room if self._document.rtl else 0), top)
        self._ink("B", _BODY + 0.5, _INK)
        self._text(entry.head or " ", width=self.epw - room)
        for text, url in ((entry.place, ""), (entry.link.text, entry.link.url) if entry.link else ("", "")):
            if text:
                self._ink("I", _BODY, _ACCENT if url else _GREY)
                self._text(text, link=url)
        self.ln(0.5)

    def _head_height(self, entry: Entry) -> float:
        """What must not be torn apart: the head, what stands right under it, and two lines of the text."""
        lines = 1 + bool(entry.place) + bool(entry.link) + 2 * bool(entry.paragraphs or entry.points)
        self._ink("B", _BODY + 0.5, _INK)
        wrapped = len(self._lines(entry.head, self.epw - self._width(entry.dates) - _GAP)) if entry.head else 1
        return (lines + wrapped - 1) * _BODY * _LEADING + 2

    def _line(self, line: Line) -> None:
        if not line.label:
            self._paragraph(line.text)
            return
        # One paragraph, so that the label and its first words stay together; set apart by weight.
        self._ink("B", _BODY, _INK)
        label = f"{line.label}:" if line.text else line.label
        width = self._width(f"{label} ")
        beside = width < self.epw / 3
        self._keep(2 * self._line_height())
        top = self.y
        self._text(label, width=width if beside else None)
        if beside:
            self.set_y(top)
        self._paragraph(line.text, indent=width if beside else 0)

    def _paragraph(self, text: str, *, bullet: bool = False, indent: float = 0) -> None:
        self._ink("", _BODY, _INK)
        room = indent or (_INDENT if bullet else 0)
        lines = self._lines(text, self.epw - room)
        self._keep(min(len(lines), _KEPT_LINES if len(lines) <= _KEPT_LINES else 2) * self._line_height())
        if bullet:
            self.set_x(self.w - _MARGIN - self._width(_BULLET) - 0.8 if self._document.rtl else _MARGIN + 0.8)
            self._cell(_BULLET)
        self.set_x(_MARGIN + (0 if self._document.rtl else room))
        self._text(text, width=self.epw - room)
        self.ln(0.7)

    def _confess(self) -> None:
        if not self._missing:
            return
        codes = ", ".join(f"U+{ord(char):04X}" for char in sorted(self._missing))
        self.ln(4)
        self._ink("", _SMALL, _GREY)
        self._text(f"{_TOFU} stands for characters that this PDF has no font for: {codes}.")

    def _keep(self, height: float) -> None:
        if self.will_page_break(height) and self.y > _MARGIN:
            self.add_page()

    def _ink(self, style: str, size: float, colour: tuple[int, int, int]) -> None:
        self.set_font(BASE, style, size)
        self.set_text_color(*colour)

    def _line_height(self) -> float:
        return float(self.font_size_pt) * _LEADING

    def _width(self, text: str) -> float:
        return float(self.get_string_width(text.translate(self._tofu)))

    def _cell(self, text: str, link: str = "") -> None:
        self.cell(self._width(text), self._line_height(), text.translate(self._tofu), link=link)

    def _lines(self, text: str, width: float) -> list[str]:
        """As they fit into `width`. The writer can do this too, but shapes a line anew for each of its characters."""
        lines, line, room = [], "", width
        for piece in self._pieces(text.translate(self._tofu), width):
            needed = self._measured(piece)
            if line and self._measured(piece.rstrip()) > room:
                lines.append(line.rstrip())
                line, room = "", width
            line, room = line + piece, room - needed
        return [*lines, line.rstrip()]

    def _pieces(self, text: str, width: float) -> Iterator[str]:
        """What is not broken while it fits on a line."""
        for piece in _PIECES.split(text):
            yield from (piece,) if self._measured(piece) <= width else piece

    def _measured(self, text: str) -> float:
        return sum(self._advance(char) for char in text)

    def _advance(self, char: str) -> float:
        key = (char, self.font_style, self.font_size_pt)
        if key not in self._advances:
            self._advances[key] = float(self.get_string_width(char))
        return self._advances[key]

    def _text(self, text: str, *, width: float | None = None, align: str = "", link: str = "") -> None:
        """Set a text in lines that begin where the pen stands; the next text begins at the margin under it."""
        left = self.x
        for line in self._lines(text, width or self.epw):
            self.set_x(left)
            self.cell(
                width or self.epw,
                self._line_height(),
                line,
                align=align or self._near,
                link=link,
                new_x=XPos.LMARGIN,
                new_y=YPos.NEXT,
            )
