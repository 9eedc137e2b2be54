"""How Word text looks: direct formatting over character style over paragraph style over the document's defaults."""

from dataclasses import dataclass, replace
from functools import cache
from xml.etree.ElementTree import Element

from services.resumes.formats.package import attribute, child, local
from services.resumes.text import Style

TWIPS = 20.0  # to a point
LINE = 1.2  # line height over font size
SMALLEST = 4  # half points; smaller text is there for machines
OFF = frozenset({"0", "false", "off", "none"})
DEEPEST = 12
PAPER = frozenset({"background1", "light1"})


@dataclass(frozen=True)
class Look:
    """A paragraph's space and indentation in points, and the style its runs start from (size in points)."""

    bold: bool = False
    italic: bool = False
    size: float = 11.0
    colour: str = "000000"
    font: str = ""
    caps: bool = False
    vanish: bool = False
    before: float = 0.0
    after: float = 0.0
    indent: float = 0.0
    bullet: bool = False
    shaded: bool = False


class Looks:
    """The styles part of one document."""

    def __init__(self, styles: Element | None) -> None:
        self.styles = {
            attribute(element, "styleId"): element
            for element in (styles if styles is not None else ())
            if local(element.tag) == "style"
        }
        defaults = child(styles, "docDefaults") if styles is not None else None
        base = _with_run(Look(), child(defaults, "rPrDefault", "rPr"))
        normal = next(
            (
                name
                for name, element in self.styles.items()
                if attribute(element, "default") == "1" and attribute(element, "type") == "paragraph"
            ),
            "",
        )
        self.base = base
        self.normal = normal
        self._styled = cache(self._resolve)

    def _resolve(self, name: str) -> Look:
        chain: list[Element] = []
        element = self.styles.get(name)
        while element is not None and len(chain) < DEEPEST:
            chain.append(element)
            parent = child(element, "basedOn")
            element = self.styles.get(attribute(parent, "val")) if parent is not None else None
        look = self.base
        for style in reversed(chain):
            look = _with_run(_with_paragraph(look, child(style, "pPr")), child(style, "rPr"))
        return look

    def paragraph(self, properties: Element | None) -> Look:
        style = child(properties, "pStyle")
        look = self._styled(attribute(style, "val") if style is not None else self.normal)
        return _with_paragraph(look, properties)

    def run(self, properties: Element | None, paragraph: Look, *, shaded: bool) -> tuple[Style, bool]:
        """The run's style, and whether a person cannot see it."""
        look = paragraph
        style = child(properties, "rStyle")
        if style is not None and attribute(style, "val") in self.styles:
            look = _with_run(look, child(self.styles[attribute(style, "val")], "rPr"))
        look = _with_run(look, properties)
        shading = child(properties, "shd")
        shaded = shaded or child(properties, "highlight") is not None
        shaded = shaded or (shading is not None and attribute(shading, "fill").lower() not in {"", "auto", "ffffff"})
        unseen = look.vanish or look.size * 2 <= SMALLEST or (_is_white(look.colour) and not shaded)
        return Style(look.font, round(look.size * LINE, 1), look.bold, look.italic, look.colour), unseen


def _is_white(colour: str) -> bool:
    return len(colour) == 6 and min(int(colour[index : index + 2], 16) for index in (0, 2, 4)) > 240  # noqa: PLR2004


def _with_run(look: Look, properties: Element | None) -> Look:
    for element in properties if properties is not None else ():
        name, value = local(element.tag), attribute(element, "val")
        if name == "b":
            look = replace(look, bold=value not in OFF)
        elif name == "i":
            look = replace(look, italic=value not in OFF)
        elif name == "sz" and value.isdigit():
            look = replace(look, size=int(value) / 2)
        elif name == "color" and attribute(element, "themeColor") in PAPER:
            look = replace(look, colour="ffffff")
        elif name == "color" and len(value) == 6:  # noqa: PLR2004 — rrggbb
            look = replace(look, colour=value.lower() if _is_hex(value) else look.colour)
        elif name in {"vanish", "specVanish"}:
            look = replace(look, vanish=value not in OFF)
        elif name == "textFill":
            look = replace(look, vanish=look.vanish or child(element, "noFill") is not None)
        elif name in {"rFonts", "font"}:
            look = replace(look, font=attribute(element, "ascii") or look.font)
    return look


def _with_paragraph(look: Look, properties: Element | None) -> Look:
    for element in properties if properties is not None else ():
        name = local(element.tag)
        if name == "spacing":
            look = replace(
                look,
                before=_points(attribute(element, "before"), look.before),
                after=_points(attribute(element, "after"), look.after),
            )
        elif name == "ind":
            look = replace(look, indent=_points(attribute(element, "left") or attribute(element, "start"), look.indent))
        elif name in {"numPr", "listPr"}:
            number = child(element, "numId")
            look = replace(look, bullet=number is None or attribute(number, "val") != "0")
        elif name == "shd":
            look = replace(look, shaded=attribute(element, "fill").lower() not in {"", "auto", "ffffff"})
    return look


def _points(twips: str, otherwise: float) -> float:
    return min(int(twips) / TWIPS, 100.0) if twips.isdigit() else otherwise


def _is_hex(value: str) -> bool:
    return all(character in "0123456789abcdefABCDEF" for character in value)
