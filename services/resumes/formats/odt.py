"""OpenDocument text: paragraphs, headings, lists, tables and frames in order."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

from services.resumes.formats.grid import INDENT, Grid, Pieces, height_of, is_white, side_by_side, text_of
from services.resumes.formats.package import Package, attribute, child, local
from services.resumes.page.beside_text import text_cell
from services.resumes.sections.headings import heading_kind
from services.resumes.text import ExtractedText, Run, Style

DEEPEST = 60
HEAVY = frozenset({"bold", "600", "700", "800", "900"})
SMALLEST = 2.4  # points
LINE = 1.2
GROUNDS = ("background-color", "fill-color")


@dataclass(frozen=True)
class Look:
    bold: bool = False
    italic: bool = False
    size: float = 11.0
    colour: str = "000000"
    hidden: bool = False
    shaded: bool = False  # drawn on another ground than paper, where white is seen


def read_odt(data: bytes) -> ExtractedText:
    package = Package(data)
    writer = _Writer()
    for name in ("styles.xml", "content.xml"):
        root = package.xml(name)
        for part in ("styles", "automatic-styles"):
            writer.learn(child(root, part))
    writer.blocks(child(package.xml("content.xml"), "body", "text"), 0, bullet=False)
    return writer.grid.text("odt", writer.hidden.strip())


class _Writer:
    def __init__(self) -> None:
        self.grid = Grid()
        self.hidden = ""
        self.styles: dict[str, tuple[str, dict[str, str]]] = {}
        self.shaded: set[str] = set()  # styles of cells, paragraphs and boxes whose ground is no paper

    def learn(self, styles: Element | None) -> None:
        for element in styles if styles is not None else ():
            if local(element.tag) == "style":
                text = child(element, "text-properties")
                found = {local(key): value for key, value in text.attrib.items()} if text is not None else {}
                self.styles[attribute(element, "name")] = attribute(element, "parent-style-name"), found
                if any(_is_ground(attribute(part, key)) for part in element for key in GROUNDS):
                    self.shaded.add(attribute(element, "name"))

    def _look(self, name: str, base: Look) -> Look:
        chain: list[dict[str, str]] = []
        while name in self.styles and len(chain) < 12:  # noqa: PLR2004 — styles that inherit from themselves
            name, found = self.styles[name]
            chain.append(found)
        merged = {key: value for found in reversed(chain) for key, value in found.items()}
        return Look(
            bold=_is_bold(merged, base),
            italic=merged["font-style"] == "italic" if "font-style" in merged else base.italic,
            size=_points(merged.get("font-size", ""), base.size),
            colour=merged.get("color", "#" + base.colour).lstrip("#").lower(),
            hidden=merged.get("display") == "none" or base.hidden,
            shaded=_is_ground(merged.get("background-color", "")) or base.shaded,
        )

    def blocks(self, parent: Element | None, depth: int, *, bullet: bool, shaded: bool = False) -> None:
        for element in parent if parent is not None and depth < DEEPEST else ():
            name = local(element.tag)
            ground = shaded or attribute(element, "style-name") in self.shaded
            if name == "section" and attribute(element, "display") == "none":
                self.hidden += "".join(element.itertext()) + " "
            elif name in {"p", "h"}:
                self._paragraph(element, depth, bullet=bullet, shaded=ground)
                bullet = False
            elif name == "list-item":
                self.blocks(element, depth + 1, bullet=True, shaded=ground)
            elif name == "table-row":
                self._row(element, depth, shaded=ground)
            elif name not in {"tracked-changes", "sequence-decls", "forms"}:
                self.blocks(element, depth + 1, bullet=bullet, shaded=ground)

    def _row(self, row: Element, depth: int, *, shaded: bool) -> None:
        cells = [cell for cell in row if local(cell.tag) == "table-cell"]
        grounds = [shaded or attribute(cell, "style-name") in self.shaded for cell in cells]
        contents = [[p for p in cell.iter() if local(p.tag) in {"p", "h"}] for cell in cells]
        rows = [
            [row for p in content for row in self._pieces(p, shaded=ground) if text_of(row)]
            for content, ground in zip(contents, grounds, strict=True)
        ]
        named = len(cells) > 1 and len(rows[0]) == 1 and heading_kind(text_of(rows[0][0])) is not None
        if (at := text_cell([[text_of(row) for row in content] for content in rows])) is not None:
            for pieces in side_by_side([*rows[:at], *rows[at + 1 :]]):
                self.grid.row(pieces, height=height_of(pieces))
            self.blocks(cells[at], depth + 1, bullet=False, shaded=grounds[at])
            return
        if named or max((len(content) for content in rows), default=0) > 1:
            for cell, ground in zip(cells, grounds, strict=True):
                self.blocks(cell, depth + 1, bullet=False, shaded=ground)
            return
        pieces = [piece for content in rows for row in content for piece in row]
        self.grid.row(pieces, height=height_of(pieces))

    def _paragraph(self, element: Element, depth: int, *, bullet: bool, shaded: bool) -> None:
        rows = self._pieces(element, shaded=shaded)
        self.grid.blank(3.0 if local(element.tag) == "p" else 9.0)
        for number, pieces in enumerate(rows):
            if bullet and number == 0 and pieces[0]:
                first = pieces[0][0]
                pieces[0][0] = first._replace(text="• " + first.text.lstrip())
            self.grid.row(pieces, indent=INDENT if bullet else 0.0, height=height_of(pieces))
        for frame in element.iter():
            if local(frame.tag) == "frame":
                drawn = attribute(frame, "style-name") in self.shaded
                for box in frame:
                    if local(box.tag) == "text-box":
                        self.blocks(box, depth + 1, bullet=False, shaded=drawn)

    def _pieces(self, element: Element, *, shaded: bool) -> list[Pieces]:
        rows: list[Pieces] = [[[]]]
        base = self._look(attribute(element, "style-name"), Look(shaded=shaded))
        if any(local(part.tag) == "hidden-paragraph" for part in element):
            base = replace(base, hidden=True)
        for text, look, link in self._spans(element, base, "", 0):
            if text == "\n":
                rows.append([[]])
            elif text == "\t":
                rows[-1].append([])
            elif look.hidden or look.size < SMALLEST or (is_white(look.colour) and not look.shaded):
                self.hidden += text + " "
            else:
                style = Style("", round(look.size * LINE, 1), look.bold, look.italic, look.colour)
                rows[-1][-1].append(Run(text, style, link))
        return rows

    def _spans(self, element: Element, look: Look, link: str, depth: int) -> Iterator[tuple[str, Look, str]]:
        if element.text:
            yield element.text, look, link
        for part in element if depth < DEEPEST else ():
            name = local(part.tag)
            if name == "tab":
                yield "\t", look, link
            elif name == "line-break":
                yield "\n", look, link
            elif name == "s":
                yield " ", look, link
            elif name in {"span", "hidden-text"}:
                inner = self._look(attribute(part, "style-name"), look)
                inner = replace(inner, hidden=True) if name == "hidden-text" else inner
                yield from self._spans(part, inner, link, depth + 1)
            elif name == "a":
                yield from self._spans(part, look, attribute(part, "href")[:600], depth + 1)
            elif name not in {"frame", "note", "annotation"}:
                yield from self._spans(part, look, link, depth + 1)
            if part.tail:
                yield part.tail, look, link


def _is_ground(colour: str) -> bool:
    """Whether a colour behind words is one that white stands out from."""
    return colour.startswith("#") and not is_white(colour.lstrip("#").lower())


def _is_bold(found: Mapping[str, str], base: Look) -> bool:
    """The weight of Han characters is told apart from that of others."""
    weights = [found[name] for name in ("font-weight", "font-weight-asian") if name in found]
    return any(weight in HEAVY for weight in weights) if weights else base.bold


def _points(size: str, otherwise: float) -> float:
    number = size.removesuffix("pt")
    return float(number) if size.endswith("pt") and number.replace(".", "", 1).isdigit() else otherwise
