"""Titles that open the paragraph of what was done, below a row with the period and the employer."""

import pytest

from services.resumes.text import Line, Run, Style
from tests.services.resumes.drawing import BOLD, PLAIN, at
from tests.services.resumes.small_sections import ITALIC, jobs


def entry(top: float, period: str, house: str, title: str, mark: str, style: Style) -> list[Line]:
    words = "Looked after the printing of maps for three"
    row = at(160, top + 14, title + mark + words)
    runs = (
        (Run(title + mark, style), Run(words, PLAIN)) if mark == ". " else (Run(title, style), Run(mark + words, PLAIN))
    )
    return [
        at(60, top, period), at(160, top, house), at(400, top, "Exeter, Devon"),
        Line(row.page, row.box, runs), at(160, top + 28, "seasons and for the two ships of the house."),
    ]  # fmt: skip


@pytest.mark.parametrize(("mark", "style"), [(". ", ITALIC), (". ", BOLD), (" – ", BOLD), (". ", PLAIN)])
def test_a_title_that_opens_a_paragraph_is_the_title(mark: str, style: Style) -> None:
    found = jobs(
        *entry(110, "2019 – Present", "Tavistock Charts", "Print Manager, Sea Charts", mark, style),
        *entry(166, "2014 – 2019", "Lowther Plates", "Technician", mark, style),
        *entry(222, "2010 – 2014", "Dunmore Ink", "Sales Assistant", mark, style),
    )
    assert found == [
        ("Print Manager, Sea Charts", "Tavistock Charts", "2019", ""),
        ("Technician", "Lowther Plates", "2014", "2019"),
        ("Sales Assistant", "Dunmore Ink", "2010", "2014"),
    ]


def test_one_sentence_in_italics_names_nobody() -> None:
    found = jobs(
        *entry(110, "2019 – Present", "Tavistock Charts, Print Manager", "Since the war", ". ", ITALIC),
        at(60, 166, "2014 – 2019"), at(160, 166, "Lowther Plates, Technician"),
        at(160, 180, "Etched copper plates for the banks of two counties, and nobody complained."),
        at(60, 208, "2010 – 2014"), at(160, 208, "Dunmore Ink, Sales Assistant"),
        at(160, 222, "Sold ink in seven colours to printers in the whole of the west country."),
    )  # fmt: skip
    assert "Since the war" not in {title for title, _, _, _ in found}
