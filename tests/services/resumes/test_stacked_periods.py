"""Periods in two rows of a rail: the end below the start, with the names of the entry beside both."""

import pytest

from services.resumes.text import Line, Run
from tests.services.resumes.drawing import BOLD, PLAIN, at
from tests.services.resumes.small_sections import ITALIC, jobs


def rail(top: float, start: str, end: str, title: str, company: str) -> list[Line]:
    return [
        at(60, top, start), at(160, top, title, BOLD), at(60, top + 12, end), at(160, top + 12, company, ITALIC),
        at(160, top + 24, "Looked after the printing of maps for three seasons and more."),
    ]  # fmt: skip


@pytest.mark.parametrize("dash", [" –", ""])
def test_an_end_below_its_start_is_one_period_with_it(dash: str) -> None:
    found = jobs(
        *rail(110, f"03/2019{dash}", "Present", "Map Printer", "Tavistock Charts"),
        *rail(160, f"05/2014{dash}", "02/2019", "Engraver", "Lowther Plates"),
        *rail(210, f"09/2011{dash}", "04/2014", "Apprentice", "Dunmore Ink"),
    )
    assert found == [
        ("Map Printer", "Tavistock Charts", "2019-03", ""),
        ("Engraver", "Lowther Plates", "2014-05", "2019-02"),
        ("Apprentice", "Dunmore Ink", "2011-09", "2014-04"),
    ]


def test_the_end_goes_before_a_title_that_shares_the_line_of_the_start() -> None:
    def glued(top: float, start: str, end: str, title: str, company: str) -> list[Line]:
        rows = rail(top, start, end, title, company)
        both = Line(1, rows[0].box.joined(rows[1].box), (Run(f"{start} – ", PLAIN), Run(title, BOLD)))
        return [both, *rows[2:]]

    found = jobs(
        *glued(110, "2019", "today", "Map Printer", "Tavistock Charts"),
        *glued(160, "2014", "2019", "Engraver", "Lowther Plates"),
    )
    assert found == [
        ("Map Printer", "Tavistock Charts", "2019", ""),
        ("Engraver", "Lowther Plates", "2014", "2019"),
    ]


def test_an_end_two_rows_below_its_start_and_months_of_two_digits() -> None:
    def entry(top: float, start: str, end: str, title: str, company: str) -> list[Line]:
        return [
            at(160, top, f"{title}, {company}", BOLD), at(60, top + 6, f"{start} -"),
            at(160, top + 14, "• Looked after the printing of maps for three seasons."), at(60, top + 20, end),
            *(at(160, top + 28 + 14 * more, "• Kept the presses of the house in order.") for more in range(4)),
        ]  # fmt: skip

    found = jobs(
        *entry(110, "01/19", "now", "Map Printer", "Tavistock Charts"),
        *entry(210, "05/14", "12/18", "Sales Assistant", "Lowther Plates"),
    )
    assert [(start, end) for _, _, start, end in found] == [("2019-01", ""), ("2014-05", "2018-12")]


def test_a_period_that_wraps_within_a_header_is_whole() -> None:
    found = jobs(
        at(60, 110, "MAP PRINTER • TAVISTOCK CHARTS • JUN 2013 – MAR 2018", BOLD),
        at(60, 124, "Looked after the printing of maps for three seasons."),
        at(60, 152, "ENGRAVER • LOWTHER PLATES AND SONS OF THE NORTH • MAY", BOLD),
        at(60, 166, "2009 – MAY 2013", BOLD),
        at(60, 180, "Etched the plates of two banks."),
    )  # fmt: skip
    assert [(title, start, end) for title, _, start, end in found] == [
        ("MAP PRINTER", "2013-06", "2018-03"),
        ("ENGRAVER", "2009-05", "2013-05"),
    ]
