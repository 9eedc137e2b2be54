"""Printed forms: each cell holds a small caption, "Employer", and the value below it. Caption and value become a row of
their own, as in a form with a column of labels.
"""

from collections.abc import Sequence

from services.resumes.page.baselines import rows_of
from services.resumes.page.label_words import role_of
from services.resumes.page.rows import look
from services.resumes.text import Line, Style

MOST_WORDS = 8
APART = 24.0  # points from a caption to its value
LEVEL = 0.8  # of the height that a row of the page gets


def captions(cells: Sequence[list[Line]]) -> bool:
    """Whether each cell opens with a caption in one look that no value has, paler than these or naming a field."""
    rows = [rows_of(cell) for cell in cells]
    heads = [(row[0][0].text, row[0][0].style) for row in rows]
    return are_captions(heads, [line.style for row in rows for below in row[1:] for line in below])


def are_captions(heads: Sequence[tuple[str, Style]], values: Sequence[Style]) -> bool:
    """The same of the text and style of each first line and the styles of all others."""
    looks = {look(style)[1:] for _, style in heads}
    if len(looks) != 1 or not values or looks & {look(style)[1:] for style in values}:
        return False
    if any(len(text.split()) > MOST_WORDS or any(c.isdigit() for c in text) for text, _ in heads):
        return False
    style = heads[0][1]
    pale = not style.bold and all(style.colour != value.colour or style.size < value.size - 1 for value in values)
    return pale or any(role_of(text) for text, _ in heads)


def told_apart(cells: Sequence[list[Line]], top: float, bottom: float) -> list[Line]:
    """The cells one below the other between `top` and `bottom`, each caption level with the first line of its value."""
    result: list[Line] = []
    rows = [(number, row) for number, cell in enumerate(cells) for row in rows_of(cell)]
    values = [(number, row) for at, (number, row) in enumerate(rows) if at and rows[at - 1][0] == number]
    step = (bottom - top) / max(len(values), 1)
    opened: set[int] = set()
    for at, (number, row) in enumerate(values):
        place = {"top": top + at * step, "bottom": top + (at + LEVEL) * step}
        if number not in opened:
            opened.add(number)
            caption = rows_of(cells[number])[0][0]
            left = row[0].box.x0
            result.append(caption.moved(caption.box._replace(x0=left - APART, x1=left - APART / 2, **place)))
        result += [line.moved(line.box._replace(**place)) for line in row]
    return result
