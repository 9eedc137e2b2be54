"""How names are set: over lines, in two sizes, letter by letter, last name first; and what is no part of them."""

from datetime import date

import pytest

from services.resumes.text import Box, Line, Run, Style
from services.resumes.understanding import read_profile
from tests.services.resumes.drawing import HEADING, at, page

REST = (
    at(40, 200, "Experience", HEADING),
    at(40, 220, "Baker, Quillmark, 2019 - 2021"),
    at(40, 240, "Education", HEADING),
    at(40, 260, "BSc Baking, University of Crumb, 2015 - 2018"),
)


def sized(size: float, *, bold: bool = False) -> Style:
    return Style("Body", size, bold=bold)


def name_of(*lines: Line) -> str:
    return read_profile(page(*lines, *REST), as_of=date(2026, 11, 1)).name


@pytest.mark.parametrize(
    ("shown", "email", "name"),
    [
        ("J O H N  D O E", "hello@example.org", "John Doe"),
        ("J O H N D O E", "john.doe@example.org", "John Doe"),
        ("JOHNDOE", "doe.john@example.org", "John Doe"),
        ("R A Í SSA PRADO DE S Á", "raissa.prado@example.org", "Raíssa Prado de Sá"),
        ("DR. ANNA-MARIA VON DER HEIDE, PhD", "am@example.org", "Dr. Anna-Maria von der Heide, PhD"),
        ("JAN KüSTERLING", "jan@example.org", "Jan Küsterling"),
        ("jane roe", "jane.roe@example.org", "Jane Roe"),
        ("Jane Roe she/her", "hello@example.org", "Jane Roe"),
        ("Roe, Jane", "hello@example.org", "Jane Roe"),
        ("ROE, JANE", "hello@example.org", "Jane Roe"),
        ("Hi, I'm Jane Roe.", "hello@example.org", "Jane Roe"),
        ("Jane Roe, Baker", "hello@example.org", "Jane Roe"),
        ("María del Carmen Fernández de la Vega", "hello@example.org", "María del Carmen Fernández de la Vega"),
    ],
)
def test_a_name_is_written_as_names_are(shown: str, email: str, name: str) -> None:
    assert name_of(at(40, 30, shown, sized(24)), at(40, 60, email)) == name


@pytest.mark.parametrize(
    ("rows", "name"),
    [
        (("José María", "Ibarguren de", "la Cruz"), "José María Ibarguren de la Cruz"),
        (("Abdul Rahman bin", "Khalid Al Faisal"), "Abdul Rahman bin Khalid Al Faisal"),
        (("JANE ROE", "RESUME"), "Jane Roe"),
        (("Jane Roe", "Baker"), "Jane Roe"),
    ],
)
def test_a_name_goes_on_below_and_what_is_none_does_not(rows: tuple[str, ...], name: str) -> None:
    lines = [at(40, 20 + 26 * number, text, sized(24)) for number, text in enumerate(rows)]
    assert name_of(*lines, at(40, 150, "hello@example.org")) == name


def test_a_first_and_a_last_name_differ_in_size_and_weight() -> None:
    mail = at(40, 150, "hello@example.org")
    assert name_of(at(40, 20, "Jane", sized(18)), at(40, 42, "Roe", sized(36, bold=True)), mail) == "Jane Roe"
    assert name_of(at(40, 20, "Jane", sized(24)), at(95, 20, "Roe", sized(24, bold=True)), mail) == "Jane Roe"
    assert name_of(at(40, 20, "Jane", sized(24)), at(40, 46, "Baker", sized(20)), mail) == "Jane"


def test_small_words_may_be_set_smaller() -> None:
    large, small = sized(16.5, bold=True), sized(13.1, bold=True)
    runs = (Run("JANE ROE ", large), Run("DE LA ", small), Run("CRUZ", large))
    assert name_of(Line(1, Box(40, 20, 300, 37), runs), at(40, 60, "hello@example.org")) == "Jane Roe de la Cruz"


def test_the_address_proves_a_name_below_larger_words_and_at_the_end() -> None:
    mail = at(40, 90, "jane.roe@example.org")
    assert name_of(at(40, 20, "Baking Better Bread", sized(26)), at(40, 60, "Jane Roe", sized(14)), mail) == "Jane Roe"
    assert name_of(at(40, 20, "Indirizzo", sized(12)), mail, at(40, 300, "Jane Roe")) == "Jane Roe"


def test_initials_between_the_two_lines_of_a_name_are_no_part_of_it_and_letters_below_are() -> None:
    mail = at(40, 150, "hello@example.org")
    rows = [at(230, 40, "JANE", sized(27)), at(84, 71, "JR", sized(26)), at(230, 68, "ROE", sized(27, bold=True))]
    assert name_of(*rows, mail) == "Jane Roe"
    rows = [at(230, 40, "JANE ROE,", sized(27)), at(84, 71, "JR", sized(26)), at(230, 68, "CPA", sized(27, bold=True))]
    assert name_of(*rows, mail) == "Jane Roe, CPA"


def test_a_form_names_the_name_above_it_and_its_title_is_no_name() -> None:
    rows = [
        at(40, 20, "Application For Employment", sized(17, bold=True)),
        at(40, 53, "Name (first, middle, last)"),
        at(240, 53, "Telephone"),
        at(40, 68, "Jane Roe"),
        at(240, 68, "07700 900418"),
        at(40, 85, "hello@example.org"),
    ]
    assert name_of(*rows) == "Jane Roe"


def test_a_title_that_touches_the_name_is_cut_where_the_address_ends() -> None:
    assert (
        name_of(at(40, 30, "JANE LE ROEBAKER OF BREAD", sized(24)), at(40, 60, "jane.leroe@example.org"))
        == "Jane le Roe"
    )


def test_a_sentence_is_no_name() -> None:
    lines = (
        at(40, 30, "Jane Roe", sized(14)),
        at(40, 60, "A Theory of Bread.", sized(20)),
        at(40, 90, "hello@example.org"),
    )
    assert name_of(*lines) == "Jane Roe"
