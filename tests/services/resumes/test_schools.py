"""Schools that no word gives away, and the words about studies that are no school: each on a small page of its own."""

import pytest

from services.resumes.entries.lexicon import school_score
from services.resumes.page.rows import body_style, rows
from services.resumes.studies.education import studies
from services.resumes.studies.study_words import study_score
from services.resumes.text import Line
from tests.services.resumes.drawing import BOLD, PLAIN, at, column

Study = tuple[str, str, str]
DATES = ("2019 – 2021", "2015 – 2019", "2011 – 2015")


def read(*lines: Line) -> list[Study]:
    """(school, degree, field) of a section that is drawn by `lines`."""
    section = rows(lines)
    found = studies(section, body_style(section))
    return [(item.value.institution, item.value.degree, item.value.field) for item in found]


def one_line_each(*texts: str) -> list[Line]:
    """Studies on one line each, the period at its right."""
    return [
        line
        for number, (text, dates) in enumerate(zip(texts, DATES, strict=False))
        for line in (at(60, 100 + 20 * number, text), at(430, 100 + 20 * number, dates))
    ]


def two_lines_each(*pairs: tuple[str, str]) -> list[Line]:
    """The upper line is bold and has the period at its right."""
    return [
        line
        for number, ((upper, lower), dates) in enumerate(zip(pairs, DATES, strict=False))
        for line in (
            at(60, 100 + 32 * number, upper, BOLD),
            at(430, 100 + 32 * number, dates),
            at(60, 113 + 32 * number, lower),
        )
    ]


def test_town_and_state_behind_an_unknown_school_are_no_part_of_it() -> None:
    lines = two_lines_each(
        ("PhD, Chemistry", "Orrinford Tech, Blacksburg, VA"), ("Diploma, Cooking", "Le Fouet, Ottawa")
    )
    assert read(*lines) == [("Orrinford Tech", "PhD", "Chemistry"), ("Le Fouet", "Diploma", "Cooking")]


def test_towns_behind_all_schools_are_places_even_those_nobody_told_us_of() -> None:
    lines = two_lines_each(
        ("BA, History", "Marlow Hall College, Leeds"),
        ("MA, History", "Ashdown University, Bristol"),
        ("A levels", "Penhallow School, Qwenbury"),
    )
    assert [school for school, _, _ in read(*lines)] == [
        "Marlow Hall College",
        "Ashdown University",
        "Penhallow School",
    ]


def test_the_seat_of_one_of_several_houses_stays_with_its_name() -> None:
    lines = two_lines_each(("BSc, Botany", "University of California, Davis"))
    assert read(*lines)[0][0] == "University of California, Davis"


@pytest.mark.parametrize("place", ["Bristol", "Online", "Toledo, OH"])
def test_a_place_in_brackets_goes(place: str) -> None:
    assert read(*two_lines_each(("MA, History", f"Ashdown University ({place})")))[0][0] == "Ashdown University"


def test_one_thing_behind_a_degree_is_the_school_when_the_entry_says_nothing_else() -> None:
    lines = one_line_each("MD, Johns Ortleby", "Leaving Certificate, Brannagh House")
    assert read(*lines) == [("Johns Ortleby", "MD", ""), ("Brannagh House", "Leaving Certificate", "")]


def test_the_field_behind_a_degree_stays_its_field_where_a_school_follows_below() -> None:
    assert read(*two_lines_each(("BSc, Ecology", "Ortleby"))) == [("Ortleby", "BSc", "Ecology")]


def test_what_stands_before_the_degree_is_the_school_unless_it_is_a_field() -> None:
    lines = one_line_each("Orrinford Tech, PhD in Chemistry", "Kelm & Sohn, NVQ Level 3 in Plumbing")
    assert read(*lines) == [("Orrinford Tech", "PhD", "Chemistry"), ("Kelm & Sohn", "NVQ Level 3", "Plumbing")]
    assert read(*two_lines_each(("History, BA", "Ortleby"))) == [("Ortleby", "BA", "History")]


def test_a_degree_with_its_field_is_followed_by_the_school() -> None:
    assert read(*one_line_each("BA (Hons) in History, Goldwell")) == [("Goldwell", "BA (Hons)", "History")]


@pytest.mark.parametrize("word", ["from", "at", "through"])
def test_a_degree_is_given_by_a_school(word: str) -> None:
    lines = one_line_each(f"BA in History {word} Goldwell", f"High School Diploma {word} Penhallow High School")
    assert read(*lines) == [("Goldwell", "BA", "History"), ("Penhallow High School", "High School Diploma", "")]


def test_three_rows_are_degree_field_and_school_where_no_word_tells() -> None:
    lines = [
        line
        for number, texts in enumerate([("MBA", "Finance", "ORSADE"), ("Apprenticeship", "Electrician", "Bechler")])
        for row, text in enumerate(texts)
        for line in (at(60, 100 + 50 * number + 13 * row, text, PLAIN if row else BOLD),)
    ]
    lines += [at(430, 100, DATES[0]), at(430, 150, DATES[1])]
    assert read(*lines) == [("ORSADE", "MBA", "Finance"), ("Bechler", "Apprenticeship", "Electrician")]


def test_a_field_under_the_school_of_the_study_above_is_no_school() -> None:
    lines = [
        at(60, 100, "Ashdown University", BOLD), at(60, 113, "MSc"), at(160, 113, "Ecology"), at(430, 113, DATES[0]),
        at(60, 126, "BSc"), at(160, 126, "Botany"), at(430, 126, DATES[1]),
    ]  # fmt: skip
    assert [(school, field) for school, _, field in read(*lines)] == [
        ("Ashdown University", "Ecology"),
        ("Ashdown University", "Botany"),
    ]


@pytest.mark.parametrize("status", ["Expected", "In progress", "Anticipated graduation", "voraussichtlich", "en cours"])
def test_how_far_a_study_went_is_neither_school_nor_field(status: str) -> None:
    lines = [at(60, 100, "BA, History, Goldwell"), at(430, 100, f"{status} 2027")]
    assert read(*lines) == [("Goldwell", "BA", "History")]


def test_a_list_of_studies_with_bullets_is_no_text() -> None:
    lines = [
        at(60, 100, "• 2019 – 2021: MSc in Ecology, Ashdown University"),
        at(60, 116, "• 2015 – 2019: BSc in Botany, Goldwell"),
    ]
    assert read(*lines) == [("Ashdown University", "MSc", "Ecology"), ("Goldwell", "BSc", "Botany")]


def test_school_and_degree_stand_apart_at_a_colon() -> None:
    assert read(*one_line_each("Ashdown University, Bristol: MSc in Ecology")) == [
        ("Ashdown University", "MSc", "Ecology")
    ]


def test_a_programme_named_after_a_kind_of_school_is_a_degree() -> None:
    lines = two_lines_each(("Programme Grande École, Finance", "orlyon business school"), ("Master", "Lycée du Parc"))
    assert read(*lines) == [
        ("orlyon business school", "Programme Grande École", "Finance"),
        ("Lycée du Parc", "Master", ""),
    ]


def test_a_house_named_after_what_it_teaches_is_no_degree_and_a_state_no_master() -> None:
    assert study_score("Joint Apprenticeship Training Committee") == 0
    assert school_score("Joint Apprenticeship Training Committee") > 0
    assert study_score("Boston, MA") == 0 < study_score("Painting, MA")


def test_residencies_and_terms_abroad_are_studies_only_among_studies() -> None:
    lines = two_lines_each(("Residency, Internal Medicine", "Mount Orrin"), ("Exchange Semester", "Ashdown University"))
    assert read(*lines) == [
        ("Mount Orrin", "Residency", "Internal Medicine"),
        ("Ashdown University", "Exchange Semester", ""),
    ]


def test_a_school_in_brackets_gave_the_degree_before_it() -> None:
    assert read(*one_line_each("MSc in Ecology (Ashdown University)")) == [("Ashdown University", "MSc", "Ecology")]


def test_a_minor_is_no_part_of_the_degree() -> None:
    assert read(*two_lines_each(("MD, Minor in Dance", "Ashdown University"))) == [
        ("Ashdown University", "MD", "Minor in Dance")
    ]


def test_a_study_in_running_text_goes_on_where_its_line_is_full() -> None:
    lines = column(60, 100, "Diploma in Journalism, Ashdown", "University, 2015 – 2019", pitch=13)
    lines += column(60, 150, "BA in History, Penhallow", "University, 2011 – 2015", pitch=13)
    assert [school for school, _, _ in read(*lines)] == ["Ashdown University", "Penhallow University"]
