"""Dates in the middle of their cells, where only lines across the page part the cells."""

from datetime import date

from services.resumes.page.centred import levelled
from services.resumes.page.layout import in_reading_order
from services.resumes.text import Box, ExtractedText, Line, Run, Style
from services.resumes.understanding import read_profile

CELLS = [
    ("10/2016 - now", "Cork", ["Special Librarian, University College", "- Raised money for a scanner of maps.",
                               "- Sorted nine thousand volumes in a year.", "- Ran seven shows."]),
    ("02/2011 - 09/2016", "Dublin", ["Assistant Librarian, Church Body", "- Dried two thousand wet books.",
                                     "- Answered forty letters a week."]),
    ("06/2007 - 08/2009", "Galway", ["Bookseller, Easons", "Second-hand and old books."]),
]  # fmt: skip


def line(text: str, x: float, y: float, style: Style | None = None) -> Line:
    return Line(1, Box(x, y, x + 5.0 * len(text), y + 11), (Run(text, style or Style()),))


def page() -> tuple[list[Line], list[float]]:
    lines = [line("Marguerite Lind", 40, 20, Style(size=20)), line("Experience", 40, 60, Style(size=15, bold=True))]
    rulers, y = list[float](), 80.0
    for when, where, texts in CELLS:
        middle = y + 14 * (len(texts) - 1) / 2
        lines += [line(text, 150, y + 14 * at) for at, text in enumerate(texts)]
        lines += [line(when, 40, middle), line(where, 450, middle)]
        y += 14 * len(texts)
        rulers.append(y - 1.5)
    return lines, rulers[:-1]


def test_each_date_is_level_with_the_first_line_of_its_cell() -> None:
    lines, rulers = page()
    ordered = in_reading_order(lines, 600, 800, rulers=rulers)
    profile = read_profile(ExtractedText("pdf", 1, tuple(ordered)), as_of=date(2026, 1, 1))
    assert [(job.title, job.company, job.location, job.start) for job in profile.experience] == [
        ("Special Librarian", "University College", "Cork", "2016-10"),
        ("Assistant Librarian", "Church Body", "Dublin", "2011-02"),
        ("Bookseller", "Easons", "Galway", "2007-06"),
    ]


def test_dates_elsewhere_stay() -> None:
    lines, rulers = page()
    assert levelled(lines, []) == lines  # nothing parts the cells
    beside = [*lines, line("Otto", 40, 130)]  # a column of its own
    assert levelled(beside, rulers) == beside
    top = [line(when, 40, 80.0 + 50 * at) for at, (when, _, _) in enumerate(CELLS)]
    top += [
        line(text, 150, 80.0 + 50 * at + 14 * n)
        for at, (_, _, texts) in enumerate(CELLS)
        for n, text in enumerate(texts[:3])
    ]
    assert levelled(top, [127.0, 177.0]) == top
