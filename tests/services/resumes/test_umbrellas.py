"""An employer's whole time above the posts held in it, beside employers with one post."""

from services.resumes.text import Line
from tests.services.resumes.drawing import BOLD, at
from tests.services.resumes.small_sections import ITALIC, jobs

TOLD = "• Looked after the printing of maps for three seasons and more."


def employer(top: float, name: str, period: str, place: str) -> list[Line]:
    return [at(60, top, name, BOLD), at(400, top, period, BOLD), at(60, top + 14, place)]


def post(top: float, words: str) -> list[Line]:
    return [at(60, top, words, BOLD), at(75, top + 14, TOLD)]


def test_posts_within_the_whole_time_have_the_employer_above_them() -> None:
    found = jobs(
        *employer(110, "Tavistock Charts", "03/2012 – Present", "Bristol"),
        *post(138, "Chief Printer (06/2018 – Present)"),
        *post(172, "Printer, Large Sheets (03/2012 – 05/2018)"),
        *employer(212, "Lowther Plates", "05/2008 – 02/2012", "Leeds"), *post(240, "Engraver"),
    )  # fmt: skip
    assert found == [
        ("Chief Printer", "Tavistock Charts", "2018-06", ""),
        ("Printer, Large Sheets", "Tavistock Charts", "2012-03", "2018-05"),
        ("Engraver", "Lowther Plates", "2008-05", "2012-02"),
    ]


def test_a_description_of_the_house_parts_it_from_its_only_post_which_has_its_time() -> None:
    found = jobs(
        *employer(110, "Tavistock Charts", "2016 – Present", "Bristol"),
        at(60, 138, "Printer of sea charts with ninety people and two ships.", ITALIC), *post(152, "Chief Printer"),
        *employer(192, "Lowther Plates", "2008 – 2016", "Leeds"),
        at(60, 220, "Maker of copper plates for banks.", ITALIC), *post(234, "Engraver"),
    )  # fmt: skip
    assert found == [
        ("Chief Printer", "Tavistock Charts", "2016", ""),
        ("Engraver", "Lowther Plates", "2008", "2016"),
    ]


def test_a_job_in_whose_time_others_were_held_is_no_umbrella() -> None:
    """Its time is not theirs, though it covers them."""
    found = jobs(
        at(60, 110, "Tavistock Charts", BOLD), at(400, 110, "2010 – Present", BOLD), at(75, 124, TOLD),
        at(60, 152, "Evening Lecturer", BOLD), at(400, 152, "2014 – 2015", BOLD), at(75, 166, TOLD),
        at(60, 194, "Guide", BOLD), at(400, 194, "2011 – 2012", BOLD), at(75, 208, TOLD),
    )  # fmt: skip
    assert [start for _, _, start, _ in found] == ["2010", "2014", "2011"]
