"""Paragraphs without a page get a synthetic one: one row below the other, tabs as columns, blanks as space."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from services.resumes.errors import ReadingError, Reason
from services.resumes.limits import CHARACTERS, LINE_CHARACTERS, LINES
from services.resumes.periods.dates import has_date
from services.resumes.text import Box, ExtractedText, Line, Run, Style

ROW = 14.0
GAP = 9.0
INDENT = 18.0
LETTER = 5.5
TAB = 60.0
WHITE = 240
WIDE_SPACE = "\u3000"
LONGEST_NAME = 8  # characters, with the space in it
MARKDOWN = re.compile(r"^(#{1,6})\s+(?=\S)", re.MULTILINE)
EMPHASIS = re.compile(r"(\*{1,3}[^*\s][^*]*\*{1,3}|(?<![^\W_])_{1,3}[^_\s](?:[^_]*[^_\s])?_{1,3}(?![^\W_])|`[^`]+`)")
MARKS = "*_`"
ANGLES = re.compile(r"<([^<>\s]+)>")

Pieces: TypeAlias = list[list[Run]]
"""The runs of a row, cut at its tabs."""


@dataclass
class Grid:
    """Collects rows top to bottom. `row` takes the pieces between tabs; each becomes a line of the same row."""

    lines: list[Line] = field(default_factory=list)
    top: float = 0.0
    used: int = 0
    truncated: bool = False

    def row(self, pieces: Sequence[Sequence[Run]], *, indent: float = 0.0, height: float = ROW) -> None:
        if self.used > CHARACTERS or len(self.lines) > LINES:
            self.truncated = True
            return
        x = indent
        for runs in _bounded([part for piece in pieces for part in _parted(piece)]):
            text = "".join(run.text for run in runs)
            if text.strip():
                box = Box(x, self.top, x + LETTER * len(text), self.top + height)
                self.lines.append(Line(1, box, tuple(runs)))
                x = box.x1
            x += TAB
            self.used += len(text)
        self.top += height + 2.0

    def blank(self, height: float = GAP) -> None:
        self.top += height

    def text(self, kind: str, hidden: str = "") -> ExtractedText:
        """Raises `ReadingError` no_text when nothing was collected."""
        if not self.lines:
            raise ReadingError(Reason.NO_TEXT)
        flags = {"no_positions"} | ({"truncated"} if self.truncated else set()) | ({"hidden_text"} if hidden else set())
        return ExtractedText(kind, 1, tuple(self.lines), tuple(sorted(flags)), hidden[:4000])


def text_of(pieces: Pieces) -> str:
    return "".join(run.text for runs in pieces for run in runs).strip()


def height_of(pieces: Pieces) -> float:
    """The height of the row's largest run, in points."""
    return max((run.style.size for runs in pieces for run in runs), default=ROW)


def is_white(colour: str) -> bool:
    """Whether paper has this colour (rrggbb), near enough that words in it are not seen; what is no colour is not."""
    try:
        return len(colour) == 6 and min(bytes.fromhex(colour)) > WHITE  # noqa: PLR2004 — rrggbb
    except ValueError:
        return False


def side_by_side(cells: Sequence[Sequence[Pieces]]) -> list[Pieces]:
    """The rows of cells that stand beside each other, line by line."""
    count = max((len(cell) for cell in cells), default=0)
    return [[piece for cell in cells if number < len(cell) for piece in cell[number]] for number in range(count)]


def are_texts(cells: Sequence[Sequence[str]]) -> bool:
    """Whether cells side by side are texts of their own, and not a table's lines: paragraphs that do not match in
    number, other than a period over two lines.
    """
    tall = [cell for cell in cells if len(cell) > 1 and not all(has_date(text) for text in cell)]
    return len({len(cell) for cell in tall}) > 1


def _bounded(pieces: Sequence[Sequence[Run]]) -> list[list[Run]]:
    """A file without line breaks is read by its beginning: no search may walk a line of a megabyte."""
    return [[run._replace(text=run.text[:LINE_CHARACTERS]) for run in runs[:200]] for runs in pieces[:60]]


def _parted(runs: Sequence[Run]) -> list[list[Run]]:
    """The parts of a line of Han characters that are set apart by wide spaces, as columns are: "2018年4月　株式会社".
    Names of two or three characters stay together.
    """
    parts: list[list[Run]] = [[]]
    whole = "".join(run.text for run in runs).strip()
    if WIDE_SPACE not in whole or len(whole) <= LONGEST_NAME:
        return [list(runs)]
    for run in runs:
        first, *others = re.split(f"{WIDE_SPACE}+", run.text)
        parts[-1].append(run._replace(text=first))
        parts += [[run._replace(text=text)] for text in others]
    return [part for part in parts if "".join(run.text for run in part).strip()]


def _marked(line: str) -> list[Run]:
    """A line of Markdown: headings by their level, bold and italic stretches; empty when nothing is marked."""
    heading = MARKDOWN.match(line)
    if heading:
        size = ROW + 3.0 * (4 - min(len(heading.group(1)), 4))
        text = "".join(_unmarked(words) for words in EMPHASIS.split(line[heading.end() :].rstrip(" #")))
        return [Run(text.strip(" *"), Style(size=size, bold=True))]
    if not any(mark in line for mark in (*MARKS, "<")):
        return []
    bullet, rest = ("• ", line[2:]) if line[:2] in {"* ", "- ", "+ "} else ("", line)
    rest = ANGLES.sub(r"\1", rest)
    runs = [
        Run(_unmarked(words), Style(size=ROW, bold=_is_marked(words, 2), italic=_is_marked(words, 1)))
        for words in EMPHASIS.split(rest)
        if words.strip("*")
    ]
    return [runs[0]._replace(text=bullet + runs[0].text), *runs[1:]] if runs else []


def _unmarked(words: str) -> str:
    """What stands between the marks, where the words are marked; a lone star is left over from one."""
    return words.strip(MARKS) if EMPHASIS.fullmatch(words) else words.strip("*")


def _is_marked(words: str, count: int) -> bool:
    """Whether one mark (slanted) or two (bold) open it, or all three."""
    opening = len(words) - len(words.lstrip("*_"))
    return EMPHASIS.fullmatch(words) is not None and opening in (count, 3)


def plain_rows(text: str, grid: Grid) -> None:
    """Lines of plain text: columns by tabs or runs of three spaces, one blank line as one gap."""
    style = Style(size=ROW)
    markdown = len(MARKDOWN.findall(text)) > 1
    for raw in text.splitlines():
        line = raw.expandtabs(4).rstrip()
        if not line.strip():
            grid.blank(ROW)
            continue
        if markdown and (runs := _marked(line.strip())):
            grid.row([runs])
            continue
        indent = (len(line) - len(line.lstrip())) * LETTER
        pieces = [piece for piece in line.strip().replace("\t", "   ").split("   ") if piece.strip()]
        grid.row([[Run(piece.strip(), style)] for piece in pieces], indent=indent)
