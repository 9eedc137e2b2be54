"""A résumé as DOCX: Word's own headings, lists and tab stops, so that a person goes on writing in it.

Word chooses the fonts for scripts that the named one lacks, so no character is lost here.
"""

import unicodedata
from datetime import datetime
from io import BytesIO
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from services.exports.document import RTL, Contact, Document, Entry, Line, Section

_WIDTH, _HEIGHT, _MARGIN = 210, 297, 20  # A4 in millimetres
_FONT = "Calibri"
_INK, _GREY, _ACCENT = RGBColor(28, 28, 30), RGBColor(95, 99, 104), RGBColor(24, 67, 112)
_BODY, _SMALL, _HEADING, _NAME = 10.5, 10.0, 12.0, 24.0
_EAST_ASIAN = {"ja": ("Yu Gothic", "ja-JP"), "zh": ("Microsoft YaHei", "zh-CN"), "ko": ("Malgun Gothic", "ko-KR")}
_LOCALES = {
    "en": "en-US",
    "de": "de-DE",
    "fr": "fr-FR",
    "es": "es-ES",
    "pt": "pt-BR",
    "it": "it-IT",
    "ru": "ru-RU",
    "el": "el-GR",
}
_BIDI = {"ar": "ar-SA", "he": "he-IL"}
_DOT = " · "
_NO_BREAK = "\u00a0"
_HEAD_ROOM = 58  # Latin letters of a head that leave room for dates on their line; Word wraps what is longer anyhow


def write_docx(document: Document, *, now: datetime) -> bytes:
    file = BytesIO()
    _Paper(document, now).docx.save(file)
    return file.getvalue()


class _Paper:
    def __init__(self, document: Document, now: datetime) -> None:
        self.docx: Any = docx.Document()
        self._document = document
        self._page()
        self._styles()
        self._describe(now)
        self._header()
        for section in document.sections:
            self._section(section)

    def _page(self) -> None:
        page = self.docx.sections[0]
        page.page_width, page.page_height = Mm(_WIDTH), Mm(_HEIGHT)
        page.left_margin = page.right_margin = page.top_margin = Mm(_MARGIN)
        page.bottom_margin = Mm(_MARGIN - 2)

    def _styles(self) -> None:
        self._style("Normal", _BODY, _INK, before=0, after=2)
        self._style("Title", _NAME, _INK, before=0, after=0, bold=True)
        self._style("Subtitle", _HEADING, _GREY, before=0, after=2)
        self._style("Heading 1", _HEADING, _ACCENT, before=12, after=4, bold=True)
        self._style("Heading 2", _BODY + 0.5, _INK, before=6, after=0, bold=True)
        self._style("List Bullet", _BODY, _INK, before=0, after=1.5)
        self._rule("Title", None)
        self._rule("Heading 1", "184370")
        bullets = self.docx.styles["List Bullet"].paragraph_format
        bullets.left_indent, bullets.first_line_indent = Mm(4.5), Mm(-4.5)

    def _style(
        self, name: str, size: float, colour: RGBColor, *, before: float, after: float, bold: bool = False
    ) -> None:
        style = self.docx.styles[name]
        font, shape = style.font, style.paragraph_format
        font.name, font.size, font.bold, font.italic, font.color.rgb = _FONT, Pt(size), bold, False, colour
        font.cs_bold, font.cs_italic = bold, False
        shape.space_before, shape.space_after, shape.line_spacing, shape.widow_control = (
            Pt(before),
            Pt(after),
            1.12,
            True,
        )
        shape.keep_with_next = name in ("Heading 1", "Heading 2")
        self._speak(style)

    def _speak(self, style: Any) -> None:
        """The fonts of the other scripts, the size of right-to-left text, the language for the spelling checker."""
        properties = style.element.get_or_add_rPr()
        fonts = properties.find(qn("w:rFonts"))
        for theme in [name for name in fonts.attrib if name.endswith("Theme")]:
            del fonts.attrib[theme]
        fonts.set(qn("w:cs"), _FONT)
        east_asian, its_locale = _EAST_ASIAN.get(self._document.language, (_FONT, "ja-JP"))
        fonts.set(qn("w:eastAsia"), east_asian)
        size = OxmlElement("w:szCs")
        size.set(qn("w:val"), str(int(style.font.size.pt * 2)))
        language = OxmlElement("w:lang")
        code = self._document.language
        language.set(qn("w:val"), _LOCALES.get(code, "en-US"))
        language.set(qn("w:eastAsia"), its_locale)
        language.set(qn("w:bidi"), _BIDI.get(code, "ar-SA"))
        for tag in ("w:szCs", "w:lang", "w:spacing", "w:kern"):  # the template spaces the letters of its titles
            for old in properties.findall(qn(tag)):
                properties.remove(old)
        properties.append(language)
        properties.find(qn("w:sz")).addnext(size)

    def _rule(self, name: str, colour: str | None) -> None:
        """The line under a heading; the template's own is taken away."""
        properties = self.docx.styles[name].element.get_or_add_pPr()
        for old in properties.findall(qn("w:pBdr")):
            properties.remove(old)
        if colour is None:
            return
        borders, bottom = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
        for attribute, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", colour)):
            bottom.set(qn(f"w:{attribute}"), value)
        borders.append(bottom)
        # The schema has an order: before the spacing, after what keeps lines together.
        properties.find(qn("w:spacing")).addprevious(borders)

    def _describe(self, now: datetime) -> None:
        facts = self.docx.core_properties
        facts.title, facts.author, facts.last_modified_by = self._document.title, self._document.name, "Offerline"
        facts.comments, facts.language = "", self._document.language
        facts.created = facts.modified = now.replace(tzinfo=None)

    def _header(self) -> None:
        if self._document.name:
            self._run(self._paragraph("Title"), self._document.name)
        if self._document.headline:
            self._run(self._paragraph("Subtitle"), self._document.headline)
        if not self._document.contacts:
            return
        line = self._paragraph()
        for number, contact in enumerate(self._document.contacts):
            if number:
                self._run(line, _DOT, colour=_GREY)
            self._link(line, contact)

    def _section(self, section: Section) -> None:
        self._run(self._paragraph("Heading 1"), section.title)
        for text in section.paragraphs:
            self._run(self._paragraph(), text)
        for entry in section.entries:
            self._entry(entry)
        for line in section.lines:
            self._line(line)

    def _entry(self, entry: Entry) -> None:
        """The dates end the line of the head; beside a head that needs a line or more, that of the place."""
        head, below = self._paragraph("Heading 2"), bool(entry.paragraphs or entry.points)
        self._run(head, entry.head)
        dates, short = entry.dates, _width(entry.head) <= _HEAD_ROOM
        if dates and short:
            self._dates(head, dates)
        if entry.place or (dates and not short):
            place = self._paragraph(keep=below or entry.link is not None)
            self._run(place, entry.place, colour=_GREY, italic=not self._document.upright)
            if dates and not short:
                self._dates(place, dates)
        if entry.link:
            self._link(self._paragraph(keep=below), entry.link)
        for text in entry.paragraphs:
            self._run(self._paragraph(), text)
        for text in entry.points:
            self._run(self._paragraph("List Bullet"), text)

    def _dates(self, line: Any, dates: str) -> None:
        """At the far margin, in one piece."""
        line.paragraph_format.tab_stops.add_tab_stop(Mm(_WIDTH - 2 * _MARGIN), WD_TAB_ALIGNMENT.RIGHT)
        line.add_run("\t")
        run = self._run(line, dates.replace(" ", _NO_BREAK), colour=_GREY, size=_SMALL, bold=False)
        run.font.rtl = self._document.rtl or None

    def _line(self, line: Line) -> None:
        paragraph = self._paragraph()
        if line.label:
            self._run(paragraph, f"{line.label}: " if line.text else line.label, bold=True)
        self._run(paragraph, line.text)

    def _paragraph(self, style: str = "Normal", *, keep: bool = False) -> Any:
        paragraph = self.docx.add_paragraph(style=style)
        if keep:
            paragraph.paragraph_format.keep_with_next = True
        if self._document.rtl:
            # In a right-to-left paragraph "left" is where it begins.
            paragraph.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.LEFT
            paragraph._p.get_or_add_pPr().insert_element_before(  # noqa: SLF001 — python-docx has no word for it
                OxmlElement("w:bidi"), "w:spacing", "w:ind", "w:jc", "w:rPr"
            )
        return paragraph

    def _run(
        self,
        paragraph: Any,
        text: str,
        *,
        colour: RGBColor | None = None,
        size: float | None = None,
        bold: bool | None = None,
        italic: bool | None = None,
    ) -> Any:
        run = paragraph.add_run(text)
        run.bold, run.italic, run.font.rtl = bold, italic, (self._document.rtl and bool(RTL.search(text))) or None
        run.font.cs_bold, run.font.cs_italic, run.font.size = bold, italic, Pt(size) if size else None
        if size:
            self._size_of_other_scripts(run, size)
        if colour is not None:
            run.font.color.rgb = colour
        return run

    def _size_of_other_scripts(self, run: Any, size: float) -> None:
        """Word keeps the size of right-to-left text apart."""
        other = OxmlElement("w:szCs")
        other.set(qn("w:val"), str(int(size * 2)))
        run._r.get_or_add_rPr().find(qn("w:sz")).addnext(other)  # noqa: SLF001

    def _link(self, paragraph: Any, contact: Contact) -> None:
        run = self._run(paragraph, contact.text, colour=_ACCENT if contact.url else None)
        if not contact.url:
            return
        link = OxmlElement("w:hyperlink")
        link.set(qn("r:id"), paragraph.part.relate_to(contact.url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
        link.append(run._r)  # noqa: SLF001
        paragraph._p.append(link)  # noqa: SLF001


def _width(text: str) -> int:
    """In Latin letters: Han, kana and Hangul are twice as wide."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
