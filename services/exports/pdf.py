"""A résumé as PDF: A4, one column, text that can be selected, searched and read by machines.

Lengths are millimetres, sizes are points. An entry's head never stands at the foot of a page without its text.
"""

import re
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from fpdf import FPDF
from fpdf.enums import XPos, YPos

from services.exports.document import RTL, Contact, Document, Entry, Line, Section
from services.exports.fonts import BASE, Faces, faces_for

_MARGIN, _FOOT, _GAP, _INDENT = 20.0, 18.0, 6.0, 4.2
_LEADING = 0.3528 * 1.38  # a point in millimetres, and the air between two lines
_BODY, _SMALL, _HEADING, _NAME = 10.0, 9.0, 11.5, 23.0
_INK, _GREY, _ACCENT = (28, 28, 30), (95, 99, 104), (24, 67, 112)
_DOT = " · "
_BULLET = "•"
_TOFU = "\u25a1"
_PICTURES = ("So", "Sk")  # emoji and the colours of their skins
# A line may end after a space, and after Han and kana; but a closing mark begins no line and an opening one ends none.
_PIECES = re.compile(r"(?<=\s)(?=\S)|(?<=[\u3040-\u30fa\u3400-\u9fff，、。；：」』）】》！？])(?=[\w「『（【《])")
_KEPT_LINES = 4  # a paragraph of so many lines is not broken between pages
_RUNT, _FILLED = 0.12, 0.22  # a last line under the first share of the width is filled to the second
_SPARE, _TIGHT = 0.3, 0.9  # a last page used to less than the first is saved by gaps and leading of the second


def write_pdf(document: Document, *, now: datetime) -> bytes:
    """Letters that no font can draw become `□`, pictures go; both are listed at the end by their code points."""
    with tempfile.TemporaryDirectory(prefix="offerline-export-") as folder:
        text = "".join(document.texts())
        faces = faces_for(text + _BULLET + _DOT + _TOFU, Path(folder))
        sheet = _Sheet(document, faces, now)
        content = sheet.render()
        if sheet.pages_count == 1 or sheet.fill > _SPARE:
            return content
        tighter = _Sheet(document, faces, now, air=_TIGHT)
        shorter = tighter.render()
        return shorter if tighter.pages_count < sheet.pages_count else content


class _Sheet(FPDF):
    """`air` scales the gaps and the leading."""

    def __init__(self, document: Document, faces: Faces, now: datetime, *, air: float = 1) -> None:
        super().__init__(format="A4")
        self._document = document
        self._air = air
        self._place = "" if document.upright else "I"
        self._pictures = {char for char in faces.missing if unicodedata.category(char) in _PICTURES}
        self._missing = faces.missing - self._pictures
        self._tofu = str.maketrans({char: "" if char in self._pictures else _TOFU for char in faces.missing})
        self._advances: dict[tuple[str, str, float], float] = {}
        self.fill = 0.0  # of the last page, once rendered
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
        self.fill = (self.y - _MARGIN) / self.eph
        return bytes(self.output())

    def footer(self) -> None:
        """From the second page on: which it is. A name here would stand in the middle of what a machine reads."""
        if self.page_no() == 1:
            return
        self.set_y(-_FOOT + 6)
        self._ink("", _SMALL, _GREY)
        self._text(str(self.page_no()), align="C")

    def _load(self, faces: Faces) -> None:
        for face in faces.faces:
            self.add_font(face.family, face.style, face.path)
        self.set_fallback_fonts([face.family for face in faces.faces if face.is_fallback], exact_match=False)
        # Without ligatures: "ﬁ" would reach some readers as one strange letter. Arabic has its own and keeps them.
        self._face(rtl=self._document.rtl)

    def _face(self, *, rtl: bool) -> None:
        """Where a line begins. Left to itself the writer asks the first letter of each line, and a line of an Arabic
        paragraph may well begin with a Latin one.
        """
        features = {"liga": False, "clig": False, "dlig": False}
        self.set_text_shaping(use_shaping_engine=True, features=features, direction="rtl" if rtl else "ltr")

    def _faces(self, text: str) -> bool:
        """A telephone number or an address stays as it is on a page that is read from the right."""
        return self._document.rtl and bool(RTL.search(text))

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
        self._keep(self._first_height(section))
        self.ln(3.6 * self._air if self.y > _MARGIN else 0)
        self._ink("B", _HEADING, _ACCENT)
        self._text(section.title)
        self.set_draw_color(*_ACCENT)
        self.set_line_width(0.25)
        self.line(_MARGIN, self.y + 0.5, self.w - _MARGIN, self.y + 0.5)
        self.ln(2.2 * self._air)
        for text in section.paragraphs:
            self._paragraph(text)
        for number, entry in enumerate(section.entries):
            self.ln(2.2 * self._air if number else 0)
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
            self._cell(entry.dates, rtl=self._document.rtl)
            room += _GAP
        self.set_xy(_MARGIN + (room if self._document.rtl else 0), top)
        self._ink("B", _BODY + 0.5, _INK)
        self._text(entry.head or " ", width=self.epw - room)
        for text, url in ((entry.place, ""), (entry.link.text, entry.link.url) if entry.link else ("", "")):
            if text:
                self._ink(self._place, _BODY, _ACCENT if url else _GREY)
                self._text(text, link=url)
        self.ln(0.5)

    def _first_height(self, section: Section) -> float:
        """What must not be torn apart: the heading and what it keeps with it."""
        self._ink("B", _HEADING, _ACCENT)
        heading = self._line_height() + 5.8 * self._air
        if section.paragraphs:
            return heading + self._kept_height(section.paragraphs[0], self.epw)
        if section.entries:
            return heading + self._head_height(section.entries[0])
        return heading + self._kept_height(section.lines[0].text, self.epw if not section.lines[0].label else 0)

    def _head_height(self, entry: Entry) -> float:
        """What must not be torn apart: the head, what stands right under it, and what its text keeps together."""
        self._ink("B", _BODY + 0.5, _INK)
        room = self._width(entry.dates) + _GAP if entry.dates else 0
        height = len(self._lines(entry.head or " ", self.epw - room)) * self._line_height() + 1
        self._ink("", _BODY, _INK)
        height += (bool(entry.place) + bool(entry.link)) * self._line_height()
        text = next(iter((*entry.paragraphs, *entry.points)), "")
        return height + (self._kept_height(text, self.epw - (0 if entry.paragraphs else _INDENT)) if text else 0)

    def _kept_height(self, text: str, width: float) -> float:
        """Of the lines that stay with the first one of a paragraph; two for one whose width is not known (0)."""
        self._ink("", _BODY, _INK)
        lines = len(self._lines(text, width)) if width else 2
        return min(lines, _KEPT_LINES if lines <= _KEPT_LINES else 2) * self._line_height()

    def _line(self, line: Line) -> None:
        if not line.label:
            self._paragraph(line.text)
            return
        # One paragraph, so that the label and its first words stay together; set apart by weight.
        self._ink("B", _BODY, _INK)
        label = f"{line.label}:" if line.text else line.label
        width = self._width(f"{label} ") + 0.2
        beside = width < self.epw / 3
        self._keep(2 * self._line_height())
        top = self.y
        if beside and self._document.rtl:
            self.set_x(self.w - _MARGIN - width)
        self._text(label, width=width if beside else None)
        if beside:
            self.set_y(top)
        self._paragraph(line.text, indent=width if beside else 0)

    def _paragraph(self, text: str, *, bullet: bool = False, indent: float = 0) -> None:
        self._ink("", _BODY, _INK)
        room = indent or (_INDENT if bullet else 0)
        self._keep(self._kept_height(text, self.epw - room))
        if bullet:
            self.set_x(self.w - _MARGIN - self._width(_BULLET) - 0.8 if self._document.rtl else _MARGIN + 0.8)
            self._cell(_BULLET)
        self.set_x(_MARGIN + (0 if self._document.rtl else room))
        self._text(text, width=self.epw - room)
        self.ln(0.7 * self._air)

    def _confess(self) -> None:
        told = ((f"{_TOFU} stands for characters", self._missing), ("Left out were pictures", self._pictures))
        for words, chars in told:
            if chars:
                codes = ", ".join(f"U+{ord(char):04X}" for char in sorted(chars))
                self.ln(4)
                self._ink("", _SMALL, _GREY)
                self._text(f"{words} that this PDF has no font for: {codes}.")

    def _drawn(self, text: str) -> str:
        drawn = text.translate(self._tofu)
        return " ".join(drawn.split()) if self._pictures.intersection(text) else drawn

    def _keep(self, height: float) -> None:
        if self.will_page_break(height) and self.y > _MARGIN:
            self.add_page()

    def _ink(self, style: str, size: float, colour: tuple[int, int, int]) -> None:
        self.set_font(BASE, style, size)
        self.set_text_color(*colour)

    def _line_height(self) -> float:
        return float(self.font_size_pt) * _LEADING * (1 + self._air) / 2

    def _width(self, text: str) -> float:
        return float(self.get_string_width(self._drawn(text)))

    def _cell(self, text: str, link: str = "", *, rtl: bool | None = None) -> None:
        self._face(rtl=self._faces(text) if rtl is None else rtl)
        self.cell(self._width(text), self._line_height(), self._drawn(text), link=link)

    def _lines(self, text: str, width: float) -> list[str]:
        """As they fit into `width`. The writer can do this too, but shapes a line anew for each of its characters."""
        lines: list[list[str]] = [[]]
        room = width
        for piece in self._pieces(self._drawn(text), width):
            if lines[-1] and self._measured(piece.rstrip()) > room:
                lines.append([])
                room = width
            lines[-1].append(piece)
            room -= self._measured(piece)
        if len(lines) > 1:
            self._fill(lines[-2], lines[-1], width)
        return ["".join(line).rstrip() for line in lines]

    def _fill(self, before: list[str], last: list[str], width: float) -> None:
        """A last line of one short word looks like a mistake: it gets company from the line before."""
        length = sum(self._measured(piece) for piece in last)
        if length > _RUNT * width:
            return
        while length < _FILLED * width and len(before) > 2:  # noqa: PLR2004 — the line before stays a line
            length += self._measured(before[-1])
            if length > width:
                return
            last.insert(0, before.pop())

    def _pieces(self, text: str, width: float) -> Iterator[str]:
        """What is not broken while it fits on a line."""
        for piece in _PIECES.split(text):
            yield from (piece,) if self._measured(piece) <= width else piece

    def _measured(self, text: str) -> float:
        """Letter by letter, which is quick; where letters join, word by word."""
        if self._document.rtl:
            return self._advance(text)
        return sum(self._advance(char) for char in text)

    def _advance(self, text: str) -> float:
        key = (text, self.font_style, self.font_size_pt)
        if key not in self._advances:
            self._advances[key] = float(self.get_string_width(text))
        return self._advances[key]

    def _text(self, text: str, *, width: float | None = None, align: str = "", link: str = "") -> None:
        """Set a text in lines that begin where the pen stands; the next text begins at the margin under it."""
        left, rtl = self.x, self._faces(text)
        lines = self._lines(text, width or self.epw)
        for number, line in enumerate(lines):
            if number == len(lines) - 2 and number:
                self._keep(2 * self._line_height())  # the last line does not go to the next page alone
            self.set_x(left)
            self._face(rtl=rtl)
            self.cell(
                width or self.epw,
                self._line_height(),
                line,
                align=align or self._near,
                link=link,
                new_x=XPos.LMARGIN,
                new_y=YPos.NEXT,
            )
