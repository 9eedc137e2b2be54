"""Labels in a rail of their own are read with the values beside them, on every page."""

from services.resumes.page.layout import in_reading_order
from services.resumes.text import Box, Line, Run, Style

BOLD = Style("Sans", 12.0, bold=True)
JOBS = [
    ("• Dates (from – to)", "May 2019 – Present"),
    ("• Name and address of employer", "Corvid Housing, Leith"),
    ("• Post", "Caretaker"),
    ("• What I did", "Looked after four towers and their lifts."),
    ("", "Kept the log of every visit."),
    ("", "Led a team of two."),
]
LAST = [("Mother tongue", "Welsh"), ("Other tongues", "English"), ("Technical abilities", "Boilers"), ("", "Roofs")]


def page(pairs: list[tuple[str, str]], *, flush: bool, title: str = "", y: float = 100.0) -> list[Line]:
    lines = [Line(1, Box(200 - 6 * len(title), y - 30, 200, y - 18), (Run(title, BOLD),))] if title else []
    for number, (label, value) in enumerate(pairs):
        x = 200.0 - 6 * len(label) if flush else 12.0
        cells = [(label, x), (value, 216.0)]
        lines += [
            Line(1, Box(at, y + 15 * number, at + 6 * len(text), y + 15 * number + 12), (Run(text),))
            for text, at in cells
            if text
        ]
    return lines


def texts(lines: list[Line]) -> list[str]:
    return [line.text for line in in_reading_order(lines, 595.0, 842.0)]


def pairs_kept(found: list[str], pairs: list[tuple[str, str]]) -> bool:
    return all(found[found.index(label) + 1] == value for label, value in pairs if label)


def test_labels_that_come_back_are_read_with_their_values() -> None:
    jobs = [(label, f"{value} {number}") for number in range(4) for label, value in JOBS]
    found = texts(page(jobs, flush=False, title="WORK EXPERIENCE"))
    assert found == ["WORK EXPERIENCE", *(text for pair in jobs for text in pair if text)]


def test_labels_that_end_where_their_values_begin_are_read_with_them_though_each_stands_once() -> None:
    lines = page(LAST, flush=True, title="PERSONAL SKILLS", y=130.0)
    lines += page(
        [("", "Clean licence since 2009"), ("", "Keeper of bees")], flush=True, title="ADDITIONAL INFORMATION", y=240.0
    )
    found = texts(lines)
    assert pairs_kept(found, LAST)
    assert found.index("ADDITIONAL INFORMATION") == found.index("Roofs") + 1


def test_a_column_of_its_own_is_not_taken_for_labels() -> None:
    skills = ["Skills", "Mowing", "Hedges", "Pruning", "Grafting", "Drainage", "Fencing", "Budgets"]
    work = ["Experience", "Head gardener, Kew", "2015 – 2021", "Led a team of nine.", "Gardener, Wisley", "2009 – 2015",
            "Kept the rock garden.", "Wrote its guide."]  # fmt: skip
    lines: list[Line] = []
    for x, shift, column in ((12.0, 0.0, skills), (216.0, 6.0, work)):
        for number, text in enumerate(column):
            top = 100 + 15 * number + shift
            style = Style() if number else BOLD
            lines.append(Line(1, Box(x, top, x + 6 * len(text), top + 12), (Run(text, style),)))
    assert texts(lines) == [*skills, *work]
