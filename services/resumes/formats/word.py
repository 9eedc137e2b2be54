"""Word documents (DOCX, Word 2003 XML) without a layout engine: paragraphs, tables, text boxes, headers, in order.

Read straight from the XML: python-docx sees no text boxes and needs gigabytes for a hostile file. Elements are matched
by local name, so every edition of the namespace reads alike.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from services.resumes.formats.grid import INDENT, ROW, Grid, Pieces, are_texts, height_of, text_of
from services.resumes.formats.package import Package, attribute, child, local, parsed
from services.resumes.formats.word_styles import Look, Looks
from services.resumes.page.beside_text import text_cell
from services.resumes.page.captioned import are_captions
from services.resumes.sections.headings import heading_kind
from services.resumes.text import ExtractedText, Run

SHORT_CELL = 3  # lines; a cell with more is a column of its own
DEEPEST = 12  # tables in tables in tables
SKIPPED = frozenset({"Fallback", "del", "moveFrom", "instrText", "delText", "footnoteReference"})


@dataclass
class Paragraph:
    """Rows of pieces: a line break starts a row, a tab a piece."""

    rows: list[Pieces] = field(default_factory=lambda: [[[]]])
    boxes: list[Element] = field(default_factory=list)
    look: Look = field(default_factory=Look)
    bullet: bool = False

    @property
    def text(self) -> str:
        return "".join(run.text for pieces in self.rows for runs in pieces for run in runs).strip()


def read_docx(data: bytes) -> ExtractedText:
    package = Package(data)
    main = next((name for name in ("word/document.xml", "word/document2.xml") if name in package.names), "")
    main = main or next((name for name in sorted(package.names) if name.endswith("document.xml")), "")
    document = package.xml(main)
    writer = _Writer(Looks(package.xml("word/styles.xml")), _links(package.xml("word/_rels/document.xml.rels")))
    for name in sorted(package.names):
        if name.startswith("word/header"):
            writer.blocks(package.xml(name))
    writer.blocks(child(document, "body"))
    for name in sorted(package.names):
        if name.startswith("word/footer"):
            writer.blocks(package.xml(name))
    return writer.grid.text("docx", writer.hidden.strip())


def read_wordml(data: bytes) -> ExtractedText:
    """Word 2003 XML, and the flat form of a package."""
    root = parsed(data, "document")
    body = next((element for element in root.iter() if local(element.tag) == "body"), None)
    styles = next((element for element in root.iter() if local(element.tag) == "styles"), None)
    writer = _Writer(Looks(styles), {})
    writer.blocks(body)
    return writer.grid.text("doc", writer.hidden.strip())


def _links(relations: Element | None) -> dict[str, str]:
    found = {}
    for relation in relations if relations is not None else ():
        if relation.get("TargetMode") == "External":
            found[relation.get("Id", "")] = relation.get("Target", "")[:600]
    return found


class _Writer:
    """Walks blocks and lays them on the grid."""

    def __init__(self, looks: Looks, links: Mapping[str, str]) -> None:
        self.looks, self.links = looks, links
        self.grid = Grid()
        self.hidden = ""

    def blocks(self, parent: Element | None, *, shaded: bool = False, depth: int = 0) -> None:
        for element in _blocks(parent):
            if self.grid.truncated:
                return
            if local(element.tag) == "p":
                self._put(self._paragraph(element, shaded=shaded), depth)
            elif depth < DEEPEST:
                self._table(element, depth + 1)

    def _put(self, paragraph: Paragraph, depth: int) -> None:
        look = paragraph.look
        if paragraph.text:
            self.grid.blank(look.before)
            for number, pieces in enumerate(paragraph.rows):
                first = paragraph.bullet and number == 0
                indent = look.indent + (INDENT if paragraph.bullet else 0.0)
                self.grid.row(_bulleted(pieces) if first else pieces, indent=indent, height=height_of(pieces))
            self.grid.blank(look.after)
        else:
            self.grid.blank(ROW)
        for box in paragraph.boxes:
            if depth < DEEPEST:
                self.blocks(box, shaded=True, depth=depth + 1)

    def _table(self, table: Element, depth: int) -> None:
        for row in _descend(table, "tr"):
            cells = list(_descend(row, "tc"))
            contents = [self._cell(cell) for cell in cells]
            nested = any(_has_table(cell) for cell in cells)
            lengths = sorted(len(content) for content in contents)
            if nested or (len(lengths) > 1 and lengths[-2] > SHORT_CELL):
                for cell in cells:
                    self.blocks(cell, shaded=_is_shaded(cell), depth=depth)
            else:
                self._row(contents)
            self.grid.blank(2.0)

    def _cell(self, cell: Element) -> list[tuple[Paragraph, Pieces]]:
        """The rows of one cell, each with the paragraph it belongs to."""
        shaded = _is_shaded(cell)
        paragraphs = [self._paragraph(element, shaded=shaded) for element in _blocks(cell) if local(element.tag) == "p"]
        return [(paragraph, pieces) for paragraph in paragraphs if paragraph.text for pieces in paragraph.rows]

    def _row(self, contents: list[list[tuple[Paragraph, Pieces]]]) -> None:
        """Cells side by side, line by line. A heading in the first cell stands above what it announces."""
        filled = [content for content in contents if content]
        if len(filled) > 1 and len(filled[0]) == 1 and heading_kind(filled[0][0][0].text):
            self._row([filled[0]])
            filled = filled[1:]
        cells = [[("• " if part.bullet else "") + text_of(row) for part, row in content] for content in filled]
        if captioned := _captioned(filled, cells):
            for row in captioned:
                self.grid.row(row, height=height_of(row))
            return
        if (at := text_cell(cells)) is not None:
            self._row([*filled[:at], *filled[at + 1 :]])
            self._row([filled[at]])
            return
        if are_texts([[paragraph.text for paragraph, _ in content] for content in filled]):
            for content in filled:
                self._row([content])
            return
        for number in range(max((len(content) for content in filled), default=0)):
            pieces: Pieces = []
            for content in filled:
                if number < len(content):
                    paragraph, runs = content[number]
                    first = paragraph.bullet and runs is paragraph.rows[0]
                    pieces += _bulleted(runs) if first else runs
            self.grid.row(pieces, height=height_of(pieces))

    def _paragraph(self, element: Element, *, shaded: bool) -> Paragraph:
        properties = child(element, "pPr")
        look = self.looks.paragraph(properties)
        paragraph = Paragraph(look=look, bullet=look.bullet)
        self._runs(element, paragraph, "", shaded=shaded or look.shaded)
        return paragraph

    def _runs(self, parent: Element, paragraph: Paragraph, link: str, *, shaded: bool) -> None:
        for element in parent:
            name = local(element.tag)
            if name in SKIPPED:
                continue
            if name == "r":
                self._run(element, paragraph, link, shaded=shaded)
            elif name in {"hyperlink", "hlink"}:
                address = self.links.get(attribute(element, "id"), "") or attribute(element, "dest")
                self._runs(element, paragraph, address, shaded=shaded)
            elif name not in {"pPr", "p", "tbl"}:
                self._runs(element, paragraph, link, shaded=shaded)

    def _run(self, element: Element, paragraph: Paragraph, link: str, *, shaded: bool) -> None:
        properties = child(element, "rPr")
        style, unseen = self.looks.run(properties, paragraph.look, shaded=shaded)
        for part in element:
            name = local(part.tag)
            if name == "t" and part.text:
                if unseen:
                    self.hidden += part.text + " "
                else:
                    paragraph.rows[-1][-1].append(Run(part.text, style, link))
            elif name in {"tab", "ptab"}:
                paragraph.rows[-1].append([])
            elif name in {"br", "cr"} and attribute(part, "type") in {"", "textWrapping"}:
                paragraph.rows.append([[]])
            elif name == "noBreakHyphen":
                paragraph.rows[-1][-1].append(Run("-", style, link))
            elif name in {"drawing", "pict", "AlternateContent", "object"}:
                paragraph.boxes += list(_text_boxes(part))


def _captioned(filled: list[list[tuple[Paragraph, Pieces]]], cells: list[list[str]]) -> list[Pieces]:
    """The rows of a printed form's cells, one below the other, each caption beside its value; nothing for others."""
    styled = [[row[0][0].style for _, row in content if row and row[0]] for content in filled]
    if not all(styled):
        return []
    heads = [(cell[0], styles[0]) for cell, styles in zip(cells, styled, strict=True)]
    if not are_captions(heads, [style for styles in styled for style in styles[1:]]):
        return []
    found: list[Pieces] = []
    for content in filled:
        rows = [row for _, row in content]
        found += [[*rows[0], *rows[1]], *rows[2:]] if len(rows) > 1 else rows
    return found


def _blocks(parent: Element | None) -> Iterator[Element]:
    """Paragraphs and tables, through the wrappers that hold them."""
    for element in parent if parent is not None else ():
        name = local(element.tag)
        if name in {"p", "tbl"}:
            yield element
        elif name in {
            "sdt",
            "sdtContent",
            "sect",
            "sub-section",
            "pBdrGroup",
            "ins",
            "customXml",
            "smartTag",
            "moveTo",
            "txbxContent",
        }:
            yield from _blocks(element)


def _descend(parent: Element, name: str) -> Iterator[Element]:
    """Rows of a table or cells of a row, through content controls but not into nested tables."""
    for element in parent:
        tag = local(element.tag)
        if tag == name:
            yield element
        elif tag in {"sdt", "sdtContent", "customXml", "ins"}:
            yield from _descend(element, name)


def _text_boxes(element: Element) -> Iterator[Element]:
    """Word writes each box twice, for new and old readers; the old form is skipped."""
    for part in element:
        name = local(part.tag)
        if name == "txbxContent":
            yield part
        elif name not in SKIPPED:
            yield from _text_boxes(part)


def _has_table(cell: Element) -> bool:
    return any(local(element.tag) == "tbl" for element in _blocks(cell))


def _is_shaded(cell: Element) -> bool:
    shading = child(cell, "tcPr", "shd")
    return shading is not None and attribute(shading, "fill").lower() not in {"", "auto", "ffffff"}


def _bulleted(pieces: Pieces) -> Pieces:
    if not pieces or not pieces[0]:
        return pieces
    first = pieces[0][0]
    return [[first._replace(text="• " + first.text.lstrip()), *pieces[0][1:]], *pieces[1:]]
