"""Studies in tables under captions, and studies written as sentences."""

import pytest

from services.resumes.entries.lexicon import degree_score, school_score
from services.resumes.page.mending import mended
from services.resumes.page.rows import Row, rows
from services.resumes.studies.education import studies
from services.resumes.studies.study_words import study_score
from services.resumes.text import Style
from tests.services.resumes.drawing import BOLD, PLAIN, at
from tests.services.resumes.test_schools import one_line_each, read


def table(*captions: str) -> list[tuple[str, str, str]]:
    head = [at(60 + 130 * number, 100, text, BOLD) for number, text in enumerate(captions)]
    cells_of = (
        ("BSc, Chemistry", "Quillmark University", "2006 - 2009"),
        ("Diploma, Baking", "Orrin Trust", "2009 - 2010"),
    )
    cells = [
        at(60 + 130 * column, 120 + 16 * number, text)
        for number, row in enumerate(cells_of)
        for column, text in enumerate(row)
    ]
    return read(*head, *cells)


@pytest.mark.parametrize(
    "captions",
    [
        ("Examination", "Board / University", "Year"),
        ("Qualification", "Institute", "Year of passing"),
        ("Degree or diploma", "School or college", "Dates attended"),
        ("Diplôme", "Établissement", "Année"),
    ],
)
def test_captions_above_the_columns_of_a_table_are_no_study(captions: tuple[str, str, str]) -> None:
    assert table(*captions) == [
        ("Quillmark University", "BSc", "Chemistry"),
        ("Orrin Trust", "Diploma", "Baking"),
    ]


def test_a_school_named_with_the_words_of_captions_is_one() -> None:
    found = read(at(60, 100, "City College", BOLD), at(60, 113, "BA, History"), at(300, 113, "2006 - 2009"))
    assert found == [("City College", "BA", "History")]


@pytest.mark.parametrize(
    ("text", "study"),
    [
        ("Orrin Institute. Level 3 Diploma, Welding.", ("Orrin Institute", "Level 3 Diploma", "Welding")),
        ("Diploma, Welding, 78/100. Orrin Zanetti", ("Orrin Zanetti", "Diploma", "Welding")),
        ("Lise, Baking. Orrin Meslek Lisesi", ("Orrin Meslek Lisesi", "Lise", "Baking")),
        ("St. Orrin College, BA, History", ("St. Orrin College", "BA", "History")),
    ],
)
def test_studies_written_as_sentences(text: str, study: tuple[str, str, str]) -> None:
    assert read(*one_line_each(text)) == [study]


def test_what_a_thesis_was_about_is_no_part_of_the_school() -> None:
    assert (
        read(*one_line_each("PhD, History, University of Orrin. Thesis: Bread and power"))[0][0]
        == "University of Orrin"
    )


def test_a_degree_below_a_long_school_is_not_the_end_of_its_name() -> None:
    narrow = Style("Narrow", 9.0)
    texts = ("University of Greater Quillmark", "BA, History")
    drawn = [Row((at(60, 100 + 11 * number, text, narrow),), 1.0) for number, text in enumerate(texts)]
    assert [row.text for row in mended(drawn, PLAIN)] == list(texts)


@pytest.mark.parametrize(
    "text", ["5 CSEs", "studia podyplomowe", "介護福祉科 専門士", 'Class "A" School', "Mbo-diploma", "普通科", "IGCSEs"]
)
def test_degrees_of_many_schools(text: str) -> None:
    assert study_score(text) > 0


@pytest.mark.parametrize(
    "text",
    [
        "MBBS",
        "MEd",
        "PsyD",
        "Bac Pro",
        "Hauptschulabschluss",
        "Ingeniero Industrial",
        "Studentereksamen",
        "XII",
        "Cand.mag.",
    ],
)
def test_degrees_that_only_studies_know(text: str) -> None:
    assert study_score(text) > 0
    assert degree_score(text) == 0.0  # at work they are a word like others


@pytest.mark.parametrize("text", ["Med students", "Do", "Computer Science", "Orrinford"])
def test_small_letters_make_no_degree(text: str) -> None:
    assert study_score(text) == 0.0


@pytest.mark.parametrize(
    "text", ["HTL Orrin", "Oberstufenzentrum Orrin", "Гимназия № 5", "Colegiul Orrin", "Collège Orrin", "Lisesi Orrin"]
)
def test_schools_of_many_countries(text: str) -> None:
    assert school_score(text) > 0


def test_a_year_behind_a_school_is_when_it_was_finished() -> None:
    lines = [at(60, 100, "Quillmark University ’98", BOLD), at(60, 113, "BA in History")]
    (found,) = studies(rows(lines), PLAIN)
    assert (found.value.institution, found.value.end) == ("Quillmark University", "1998")


def test_the_word_before_a_year_is_no_part_of_the_school() -> None:
    assert read(at(60, 100, "BA in History from Quillmark University in 2015"))[0][0] == "Quillmark University"
