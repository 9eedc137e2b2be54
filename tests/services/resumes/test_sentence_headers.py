"""Headers that are a sentence with stops, on one row or on as many as it takes."""

from services.resumes.text import Line, Run
from tests.services.resumes.drawing import BOLD, PLAIN, at
from tests.services.resumes.small_sections import ITALIC, jobs

TOLD = "Looked after nine presses and every map of the coast."


def test_a_sentence_that_ends_with_its_period_is_a_header_however_it_wraps() -> None:
    found = jobs(
        at(60, 110, "Chief Manager for Print, Tavistock Sea Charts,"),
        at(60, 124, "Exeter, Devon, May 2019 to Present."),
        at(70, 138, TOLD),
        at(60, 166, "Engraver, Lowther Plates, Leeds, June 2013 to April"), at(60, 180, "2019."), at(70, 194, TOLD),
        at(60, 222, "Sales Assistant, Dunmore Ink, Bath, July 2010 to May 2013."), at(70, 236, TOLD),
    )  # fmt: skip
    assert found == [
        ("Chief Manager for Print", "Tavistock Sea Charts", "2019-05", ""),
        ("Engraver", "Lowther Plates", "2013-06", "2019-04"),
        ("Sales Assistant", "Dunmore Ink", "2010-07", "2013-05"),
    ]


def below(top: float, period: str, house: str, post: str) -> list[Line]:
    row = at(120, top + 14, house + post)
    runs = (Run(house, BOLD), Run(post, PLAIN))
    return [at(60, top, period, ITALIC), Line(row.page, row.box, runs), at(120, top + 28, TOLD)]


def test_a_sentence_below_its_period_names_employer_post_and_place_between_its_stops() -> None:
    found = jobs(
        *below(110, "2019 – Present", "Tavistock Charts, ", "Chief Printer. Exeter."),
        *below(166, "2013 – 2019", "Lowther Plates, ", "Engraver. Whitby."),
        *below(222, "2010 – 2013", "Dunmore Ink, ", "Sales Assistant. Bodmin."),
    )
    assert found == [
        ("Chief Printer", "Tavistock Charts", "2019", ""),
        ("Engraver", "Lowther Plates", "2013", "2019"),
        ("Sales Assistant", "Dunmore Ink", "2010", "2013"),
    ]


def test_stops_beside_periods_part_the_names() -> None:
    found = jobs(
        at(60, 110, "2019 – Present", BOLD), at(200, 110, "Tavistock Charts, Okehurst. Lead Printer."),
        at(200, 124, "• Runs three shifts."),
        at(60, 150, "2013 – 2019", BOLD), at(200, 150, "Lowther Plates, Okehurst. Engraver."),
        at(200, 164, "• Etched the plates of two banks."),
        at(60, 190, "2010 – 2013", BOLD), at(200, 190, "Dunmore Ink, Tamarford. Sales Assistant."),
    )  # fmt: skip
    assert [(title, company.partition(",")[0]) for title, company, _, _ in found] == [
        ("Lead Printer", "Tavistock Charts"),
        ("Engraver", "Lowther Plates"),
        ("Sales Assistant", "Dunmore Ink"),
    ]
