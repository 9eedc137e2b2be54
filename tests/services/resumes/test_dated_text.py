"""Years that a text names, below entries dated by whole periods; and "since" as the period of a job."""

import pytest

from tests.services.resumes.drawing import BOLD, at
from tests.services.resumes.small_sections import jobs, middle


@pytest.mark.parametrize(
    "told", ["No press has stood still since 2021", "No spill in the ink room, 2020", "since 2022."]
)
def test_a_year_in_a_text_dates_no_job_where_jobs_have_whole_periods(told: str) -> None:
    inside = 70 if told[0].isupper() else 60
    found = jobs(
        at(60, 110, "Print Manager", BOLD), at(400, 110, "2019 – Present"), at(60, 124, "Tavistock Charts"),
        at(inside, 138, "Runs three shifts and the two ships of the house, and"), at(inside, 152, told),
        at(60, 180, "Engraver", BOLD), at(400, 180, "2013 – 2019"), at(60, 194, "Lowther Plates"),
        at(inside, 208, "Etched the plates of two banks."),
        at(60, 236, "Sales Assistant", BOLD), at(400, 236, "2010 – 2013"), at(60, 250, "Dunmore Ink"),
    )  # fmt: skip
    assert [(title, company) for title, company, _, _ in found] == [
        ("Print Manager", "Tavistock Charts"),
        ("Engraver", "Lowther Plates"),
        ("Sales Assistant", "Dunmore Ink"),
    ]


def test_since_is_the_period_of_a_job_where_it_stands_alone_however_it_is_set() -> None:
    found = jobs(
        middle(110, "Print Manager", BOLD), middle(124, "Tavistock Charts"), middle(138, "since 2019"),
        at(60, 152, "Runs three shifts and the two ships of the house, from the quay to the shop and back again."),
        middle(180, "Engraver", BOLD), middle(194, "Lowther Plates"), middle(208, "2013 – 2019"),
        at(60, 222, "Etched the plates of two banks and of the county, and taught the trade to six apprentices."),
        middle(250, "Sales Assistant", BOLD), middle(264, "Dunmore Ink"), middle(278, "2010 – 2013"),
    )  # fmt: skip
    assert [start for _, _, start, _ in found] == ["2019", "2013", "2010"]


def test_a_row_whose_sentence_goes_on_in_small_letters_is_no_post_however_it_begins() -> None:
    found = jobs(
        at(60, 110, "Geologist, Tavistock Charts", BOLD), at(400, 110, "2019 – Present"),
        at(60, 124, "Lead a source programme for nine towns"), at(60, 138, "and the two ships of the house."),
        at(60, 166, "Engraver, Lowther Plates", BOLD), at(400, 166, "2013 – 2019"),
        at(60, 180, "Etched the plates of two banks."),
    )  # fmt: skip
    assert [title for title, _, _, _ in found] == ["Geologist", "Engraver"]
