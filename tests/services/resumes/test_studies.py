"""Studies as people draw them: what is the school, the degree and its field, each on a small page of its own."""

from datetime import date

import pytest

from services.resumes.page.rows import body_style, rows
from services.resumes.studies.education import studies
from services.resumes.studies.grades import without_grade
from services.resumes.text import Line
from services.resumes.understanding import read_profile
from tests.services.resumes.drawing import BOLD, HEADING, LARGE, PLAIN, at, column, page

AS_OF = date(2026, 11, 1)
Study = tuple[str, str, str]


def read(*lines: Line) -> list[Study]:
    """(school, degree, field) of a section that is drawn by `lines`."""
    section = rows(lines)
    found = studies(section, body_style(section))
    return [(item.value.institution, item.value.degree, item.value.field) for item in found]


def test_a_school_without_a_known_word_stands_where_that_of_the_next_study_does() -> None:
    lines = column(140, 100, "MFA, Sculpture, Yale School of Art", "BA, Textiles, Goldsmiths. First", pitch=16)
    dates = column(60, 100, "2010–2012", "2007–2010", pitch=16)
    assert read(dates[0], lines[0], dates[1], lines[1]) == [
        ("Yale School of Art", "MFA", "Sculpture"),
        ("Goldsmiths", "BA", "Textiles"),
    ]


def test_where_no_school_is_known_it_is_the_last_of_three() -> None:
    lines = [
        at(60, 100, "08/2009–06/2014"), at(160, 114, "MSc, Marine Technology, NTNU."),
        at(60, 138, "01/2019–06/2019"), at(160, 152, "Certificate, Product Management, INSEAD."),
    ]  # fmt: skip
    assert read(*lines) == [("NTNU", "MSc", "Marine Technology"), ("INSEAD", "Certificate", "Product Management")]


def test_a_university_at_a_town_keeps_it_behind_a_degree() -> None:
    lines = [
        at(42, 100, "BBA Management at University of Texas at San Antonio"), at(400, 100, "Aug 2013 - Dec 2017"),
        at(42, 120, "Associate of Arts at Palo Alto College"), at(400, 120, "Aug 2011 - May 2013"),
    ]  # fmt: skip
    assert read(*lines) == [
        ("University of Texas at San Antonio", "BBA", "Management"),
        ("Palo Alto College", "Associate of Arts", ""),
    ]


def test_a_degree_below_its_school_is_found_in_what_looks_like_text() -> None:
    lines = [
        at(60, 100, "09/2003 – 07/2007"), at(200, 100, "NHL Hogeschool", BOLD),
        at(200, 112, "HBO-bachelor, Technische Bedrijfskunde"),
        at(60, 130, "08/1997 – 06/2003"), at(200, 130, "Piter Jelles", BOLD),
        at(200, 142, "vwo, Natuur en Techniek"),
    ]  # fmt: skip
    assert read(*lines) == [
        ("NHL Hogeschool", "HBO-bachelor", "Technische Bedrijfskunde"),
        ("Piter Jelles", "vwo", "Natuur en Techniek"),
    ]


def test_studies_without_dates_are_parted_by_their_spaces() -> None:
    lines = [
        at(400, 100, "MSc, Marine Technology"), at(400, 112, "Kolding School of Design"),
        at(400, 134, "Certificate, Product Management"), at(400, 146, "Bergen Business School"),
    ]  # fmt: skip
    assert read(*lines) == [
        ("Kolding School of Design", "MSc", "Marine Technology"),
        ("Bergen Business School", "Certificate", "Product Management"),
    ]


def test_studies_without_dates_or_spaces_begin_where_a_degree_comes_back() -> None:
    lines = column(40, 100, "MSc, Botany", "Utrecht University", "BSc, Biology", "Ghent University")
    assert [study[0] for study in read(*lines)] == ["Utrecht University", "Ghent University"]


@pytest.mark.parametrize(("upper", "lower"), [
    ("Universidade Federal de", "Pernambuco"), ("Jefferson Community and", "Technical College"),
    ("Medizinische Fachschule", "Saratow"), ("Académie nationale", "de musique"),
])  # fmt: skip
def test_a_school_broken_by_a_narrow_column_is_whole_again(upper: str, lower: str) -> None:
    lines = [at(40, 100, "Diploma, Nursing", BOLD), *column(40, 114, upper, lower, "2016 - 2018")]
    assert [study[0] for study in read(*lines)] == [f"{upper} {lower}"]


def test_a_field_below_the_widest_school_is_none_of_its_name() -> None:
    lines = column(52, 100, "2019 - 2020", "Université de Bretagne Occidentale", "Soins palliatifs", "Diplôme d’État")
    assert read(*lines)[0][0] == "Université de Bretagne Occidentale"


def test_certificates_with_one_date_each_are_no_range() -> None:
    lines = [
        at(60, 100, "Feb 2011 – Nov 2014"), at(200, 100, "Murdoch University", BOLD),
        at(200, 112, "Bachelor of Education, Early Childhood"),
        at(60, 124, "Feb 2015"), at(200, 124, "Teacher Registration Board"),
        at(60, 136, "Mar 2024"), at(200, 136, "Working With Children Check"),
        at(60, 148, "Jan 2025"), at(200, 148, "Senior First Aid"),
    ]  # fmt: skip
    section = rows(lines)
    spans = [(item.value.start, item.value.end) for item in studies(section, body_style(section))]
    assert spans[0] == ("2011-02", "2014-11")
    assert ("2015-02", "2024-03") not in spans


def test_a_degree_in_small_letters_opens_a_study() -> None:
    lines = [
        at(45, 100, "magister inżynier, Geodezja, Akademia Morska", BOLD), at(45, 112, "2006 — 2011"),
        at(45, 134, "technik, Geodezja, Technikum Geodezyjne", BOLD), at(45, 146, "2002 — 2006"),
    ]  # fmt: skip
    assert read(*lines) == [
        ("Akademia Morska", "magister inżynier", "Geodezja"),
        ("Technikum Geodezyjne", "technik", "Geodezja"),
    ]


def test_the_kind_of_school_behind_a_degree_is_no_school() -> None:
    lines = column(40, 100, "Diplom-Finanzwirtin (FH), Steuerrecht", "Fachhochschule Nordkirchen", "09/2008 - 08/2011")
    assert read(*lines) == [("Fachhochschule Nordkirchen", "Diplom-Finanzwirtin (FH)", "Steuerrecht")]


@pytest.mark.parametrize("line", ["B.Des, Craft", "M.Arch, Craft", "Diplom-Ökonomin, Craft", "A levels, Craft"])
def test_degrees_are_known_by_how_they_are_built(line: str) -> None:
    lines = column(40, 100, line, "Piter Jelles", "09/2008 - 08/2011")
    assert read(*lines) == [("Piter Jelles", line.partition(",")[0], "Craft")]


def test_an_unknown_award_in_a_field_is_a_degree() -> None:
    lines = column(40, 100, "N4 in Electrical Engineering", "Coastal TVET College", "January 2010 to December 2011")
    assert read(*lines) == [("Coastal TVET College", "N4", "Electrical Engineering")]


def test_a_certificate_before_a_colon_is_no_school_by_its_field() -> None:
    lines = [
        at(40, 100, "2013-09 - 2015-06", BOLD), at(160, 100, "Higher Certificate: Culinary Arts", BOLD),
        at(160, 114, "Cork Institute of Technology"),
        at(40, 136, "2011-09 - 2013-06", BOLD), at(160, 136, "Certificate: Hotel School Foundation", BOLD),
        at(160, 150, "Ter Duinen"),
    ]  # fmt: skip
    assert read(*lines)[1] == ("Ter Duinen", "Certificate", "Hotel School Foundation")


def test_events_of_a_school_year_are_no_degrees() -> None:
    lines = [
        at(57, 100, "2019年9月"), at(150, 100, "陕西师范大学"), at(300, 100, "入学"),
        at(57, 114, "2022年6月"), at(150, 114, "陕西师范大学"), at(300, 114, "毕业（硕士）"),
    ]  # fmt: skip
    assert [study[1] for study in read(*lines) if study[1]] == ["硕士"]


@pytest.mark.parametrize(("text", "name"), [
    ("University of St Andrews. First class", "University of St Andrews"),
    ("Logan Park High School (Excellence)", "Logan Park High School"),
    ("Univ. of Otago", "Univ. of Otago"),
    ("GCSEs (7 passes)", "GCSEs"),
])  # fmt: skip
def test_a_grade_behind_a_full_stop_is_no_part_of_the_name(text: str, name: str) -> None:
    assert without_grade(text) == name


def test_a_grade_on_the_line_below_is_not_taken_into_the_name() -> None:
    lines = [
        at(40, 40, "Ana Ruiz", LARGE), at(40, 80, "EDUCATION", HEADING),
        *column(40, 100, "2009 - 2010", "Universidad Politécnica de Madrid", "sobresaliente", style=PLAIN),
    ]  # fmt: skip
    profile = read_profile(page(*lines), as_of=AS_OF)
    assert [study.institution for study in profile.education] == ["Universidad Politécnica de Madrid"]


@pytest.mark.parametrize(("upper", "lower"), [
    ("MSc, Procurement and Supply Chain Management, Cranfield", "University."),
    ("Diplôme d’ingénieur, Contrôle de la navigation, École", "nationale de l’aviation civile."),
])  # fmt: skip
def test_a_school_broken_behind_its_degree_is_whole_again(upper: str, lower: str) -> None:
    lines = [at(60, 100, "09/2011–06/2013"), *column(160, 112, upper, lower)]
    school = f"{upper.rpartition(', ')[2]} {lower.rstrip('.')}"
    assert [study[0] for study in read(*lines)] == [school]


def test_a_range_of_dates_makes_no_header_too_long() -> None:
    lines = column(
        40, 100,
        "MBA • September 2015 – June 2017 • Cranfield University",
        "Merit",
        "BSc, Business and Aviation Management • September 2005 – June 2010 • University of the West of England",
        "2:1",
    )  # fmt: skip
    assert read(*lines) == [
        ("Cranfield University", "MBA", ""),
        ("University of the West of England", "BSc", "Business and Aviation Management"),
    ]


def test_undated_studies_at_schools_that_no_word_tells_are_two() -> None:
    lines = [
        at(480, 100, "MSc, Marine Technology"), at(546, 112, "NTNU"),
        at(450, 131, "Certificate, Product Management"), at(538, 143, "INSEAD"),
    ]  # fmt: skip
    assert [study[0] for study in read(*lines)] == ["NTNU", "INSEAD"]


def test_a_degree_in_brackets_behind_its_school() -> None:
    assert read(*column(40, 100, "University of Leeds (BSc Physics)", "2010 - 2014")) == [
        ("University of Leeds", "BSc", "Physics")
    ]


def test_a_town_behind_every_school_is_no_part_of_their_names() -> None:
    lines = column(40, 100, "2012 - 2014  Université de Nantes, Nantes", "2010 - 2012  Lycée Guist’hau, Lyon")
    assert [study[0] for study in read(*lines)] == ["Université de Nantes", "Lycée Guist’hau"]
    lines = column(40, 100, "2012 - 2014  University of Leeds", "2010 - 2012  University of Wisconsin, Milwaukee")
    assert [study[0] for study in read(*lines)] == ["University of Leeds", "University of Wisconsin, Milwaukee"]


def test_a_degree_in_commerce_is_no_address_of_the_web() -> None:
    assert read(*column(40, 100, "B.Com", "Xavier College", "2006 - 2009")) == [("Xavier College", "B.Com", "")]


def test_studies_begin_alike_wherever_their_dates_stand() -> None:
    lines = column(
        40, 100,
        "Ph.D. in Chemistry", "University of Oslo", "Thesis: Light and water", "2010 - 2014",
        "M.Sc. in Chemistry", "University of Bergen", "Thesis: Acids", "2007 - 2009",
    )  # fmt: skip
    assert read(*lines) == [
        ("University of Oslo", "Ph.D.", "Chemistry"),
        ("University of Bergen", "M.Sc.", "Chemistry"),
    ]
