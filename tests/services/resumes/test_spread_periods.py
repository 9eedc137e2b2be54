"""Periods in several cells: words set apart by justification, a start and an end in columns of their own."""

from services.resumes.entries.experience import jobs
from services.resumes.page.rows import rows
from services.resumes.periods.spread_periods import with_gathered_periods
from tests.services.resumes.drawing import BOLD, PLAIN, at

WHOLE = [
    ("Print Manager", "Tavistock Charts", "2019-03", ""),
    ("Engraver", "Lowther Plates", "2013-06", "2019-02"),
    ("Sales Assistant", "Dunmore Ink", "2010-01", "2013-05"),
]


def gathered(*lines: tuple[float, float, str]) -> list[list[str]]:
    section = rows([at(x, top, text) for x, top, text in lines])
    return [[line.text for line in row.lines] for row in with_gathered_periods(section)]


def test_words_of_a_period_set_apart_are_one_with_its_end_in_the_row_below() -> None:
    found = gathered(
        (40, 100, "Jan"), (80, 100, "2020"), (122, 100, "– Globex, Dallas"), (40, 112, "Present"),
        (140, 112, "Engraver"), (40, 124, "(6 years 10 months)"), (140, 124, "Etched plates."),
    )  # fmt: skip
    assert found == [["Jan 2020 – Present", "Globex, Dallas"], ["Engraver"], ["Etched plates."]]


def test_a_period_over_three_rows_loses_none_of_its_words() -> None:
    found = gathered(
        (40, 100, "September"), (160, 100, "Globex"), (40, 112, "2011"), (80, 112, "– July"), (40, 124, "2012")
    )
    assert found[0][0] in {"September", "September 2011 – July 2012"}
    assert " ".join(text for row in found for text in row).count("2012") == 1


def test_a_month_that_is_a_name_stays_one() -> None:
    rows_of_names = (
        (40.0, 100.0, "April"),
        (160.0, 100.0, "Engraver"),
        (40.0, 112.0, "May"),
        (160.0, 112.0, "Printer"),
    )
    assert gathered(*rows_of_names) == [["April", "Engraver"], ["May", "Printer"]]


def test_start_and_end_in_cells_of_their_own_are_one_period_below_a_head_as_heavy_as_the_names() -> None:
    head = [(60.0, "Amt"), (200.0, "Haus"), (360.0, "Anfang"), (460.0, "Schluss")]
    told = [
        ("Print Manager", "Tavistock Charts", "March 2019", "present"),
        ("Engraver", "Lowther Plates", "June 2013", "February 2019"),
        ("Sales Assistant", "Dunmore Ink", "January 2010", "May 2013"),
    ]
    lines = [at(x, 110, text, BOLD) for x, text in head]
    for number, texts in enumerate(told, 1):
        cells = zip(head, texts, (BOLD, PLAIN, PLAIN, PLAIN), strict=True)
        lines += [at(x, 110 + 14 * number, text, style) for (x, _), text, style in cells]
    found = [job.value for job in jobs(rows(lines))]
    assert [(job.title, job.company, job.start, job.end) for job in found] == WHOLE
