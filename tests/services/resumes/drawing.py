"""Small pages drawn word by word, for a rule that needs one place, one size or one gap and nothing else."""

from services.resumes.text import Box, ExtractedText, Line, Run, Style

PLAIN = Style("Body", 10.0)
LARGE = Style("Body", 24.0, bold=True)
HEADING = Style("Body", 13.0, bold=True, colour="1a4d7a")
BOLD = Style("Body", 10.0, bold=True)


def at(x: float, top: float, words: str, style: Style = PLAIN, link: str = "") -> Line:
    """A line whose letters are half as wide as high."""
    return Line(1, Box(x, top, x + 0.5 * style.size * len(words), top + style.size), (Run(words, style, link),))


def page(*lines: Line) -> ExtractedText:
    return ExtractedText("pdf", 1, lines)


def column(x: float, top: float, *words: str, style: Style = PLAIN, pitch: float = 14.0) -> list[Line]:
    """Lines one below the other; an empty one leaves its place free."""
    return [at(x, top + pitch * number, text, style) for number, text in enumerate(words) if text]
