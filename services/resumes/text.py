"""The words of a résumé with the places where they stood. Checkpointed as JSON between two stages, so it stays small.

Boxes are (x0, top, x1, bottom) in points with the origin at the page's top left; formats without a page (DOCX, text)
get a synthetic grid in which order, indentation and blank space mean the same as on paper.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, NamedTuple


class Box(NamedTuple):
    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    def joined(self, other: "Box") -> "Box":
        return Box(
            min(self.x0, other.x0), min(self.top, other.top), max(self.x1, other.x1), max(self.bottom, other.bottom)
        )


class Style(NamedTuple):
    """`size` is the height of the font's line in points, not its nominal size; `colour` is rrggbb."""

    font: str = ""
    size: float = 12.0
    bold: bool = False
    italic: bool = False
    colour: str = "000000"


class Run(NamedTuple):
    """Words in one style. `link` is the address the words point to, when they do."""

    text: str
    style: Style = Style()
    link: str = ""


@dataclass(frozen=True)
class Line:
    """A stretch of words on one baseline without a wide gap. Two of them may share a row of the page."""

    page: int
    box: Box
    runs: tuple[Run, ...]

    @cached_property
    def text(self) -> str:
        return "".join(run.text for run in self.runs).strip()

    @cached_property
    def style(self) -> Style:
        """The style most characters have."""
        weights: dict[Style, int] = {}
        for run in self.runs:
            weights[run.style] = weights.get(run.style, 0) + len(run.text.strip())
        return max(weights, key=lambda style: weights[style]) if weights else Style()

    @property
    def links(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(run.link for run in self.runs if run.link))

    def moved(self, box: Box) -> "Line":
        return replace(self, box=box)


@dataclass(frozen=True)
class ExtractedText:
    """Lines in reading order. `kind` is pdf, docx, doc, odt, rtf or txt.

    `flags` may hold hidden_text, truncated (a cap was met), ocr_layer (a scan with recognised text under it), ocr (we
    recognised the text ourselves), no_positions (boxes are synthetic).
    `hidden` is what was dropped because a person could not see it, for the report, never for reading. `icons` are links
    without words, each a line of no text with its address and place. `mirrored` maps each page that is read from right
    to left to its width: there boxes are measured from the page's right edge. `rulers` are lines drawn across the page,
    each (page, distance from its top).
    """

    kind: str
    pages: int
    lines: tuple[Line, ...]
    flags: tuple[str, ...] = ()
    hidden: str = ""
    icons: tuple[Line, ...] = ()
    mirrored: Mapping[int, float] = field(default_factory=dict)
    rulers: tuple[tuple[int, float], ...] = ()

    @cached_property
    def plain(self) -> str:
        """Reading order, one row of the page a line, a blank line where the page leaves one."""
        return "\n".join(self._rows())

    def shown(self, line: Line) -> Box:
        """Where a line stands on the page as it is shown."""
        width, box = self.mirrored.get(line.page), line.box
        return box if width is None else box._replace(x0=width - box.x1, x1=width - box.x0)

    def _rows(self) -> list[str]:
        rows: list[str] = []
        last: Line | None = None
        for line in self.lines:
            if last is not None and same_row(last, line):
                rows[-1] += "   " + line.text
            else:
                if last is not None and (line.page != last.page or line.box.top - last.box.bottom > last.box.height):
                    rows.append("")
                rows.append(line.text)
            last = line
        return rows

    def to_dict(self) -> dict[str, Any]:
        styles: dict[Style, int] = {}
        lines, icons = [_entry(line, styles) for line in self.lines], [_entry(line, styles) for line in self.icons]
        return {
            "kind": self.kind,
            "pages": self.pages,
            "flags": list(self.flags),
            "hidden": self.hidden,
            "styles": [list(style) for style in styles],
            "lines": lines,
            "icons": icons,
            "mirrored": [[page, width] for page, width in self.mirrored.items()],
            "rulers": [[page, round(top, 1)] for page, top in self.rulers],
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "ExtractedText":
        styles = [Style(*style) for style in data["styles"]]
        return cls(
            kind=data["kind"],
            pages=data["pages"],
            flags=tuple(data["flags"]),
            hidden=data["hidden"],
            lines=tuple(_line(entry, styles) for entry in data["lines"]),
            icons=tuple(_line(entry, styles) for entry in data.get("icons", ())),
            mirrored=dict(data.get("mirrored", ())),
            rulers=tuple((page, top) for page, top in data.get("rulers", ())),
        )


def _entry(line: Line, styles: dict[Style, int]) -> list[Any]:
    runs = [[run.text, styles.setdefault(run.style, len(styles)), run.link] for run in line.runs]
    return [line.page, [round(value, 1) for value in line.box], runs]


def _line(entry: Sequence[Any], styles: Sequence[Style]) -> Line:
    page, box, runs = entry
    return Line(page, Box(*box), tuple(Run(text, styles[style], link) for text, style, link in runs))


def same_row(left: Line, right: Line) -> bool:
    """Whether `right` continues the row that `left` is on: more than half the lower one's height is shared."""
    if left.page != right.page or right.box.x0 < left.box.x0:
        return False
    shared = min(left.box.bottom, right.box.bottom) - max(left.box.top, right.box.top)
    return shared > 0.5 * min(left.box.height, right.box.height)
