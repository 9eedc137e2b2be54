"""Contact details in grids and in torn lines: which label names which value, and where a value ends."""

from datetime import date

import pytest

from services.resumes.profile import ResumeProfile
from services.resumes.text import Line
from services.resumes.understanding import read_profile
from tests.services.resumes.drawing import HEADING, LARGE, PLAIN, at, column, page

AS_OF = date(2026, 11, 1)
WORK = [at(40, 400, "Experience", HEADING), at(40, 420, "Baker, Quillmark, 2019 - 2021")]


def read(*lines: Line) -> ResumeProfile:
    return read_profile(page(*lines, *WORK), as_of=AS_OF)


def head(*rows: str) -> ResumeProfile:
    return read(at(40, 30, "Jane Roe", LARGE), *column(40, 70, *rows))


def urls(profile: ResumeProfile) -> list[str]:
    return [link.url for link in profile.links]


def test_labels_above_their_values_in_a_grid_name_them() -> None:
    names = [at(40, 90, "Web"), at(200, 90, "GitHub"), at(360, 90, "LinkedIn")]
    values = [at(40, 101, "meadowbakes.dev"), at(200, 101, "jmeadow"), at(360, 101, "jane-m")]
    profile = read(at(40, 30, "Jane Meadowlark", LARGE), at(40, 70, "jane@example.org"), *names, *values)
    assert set(urls(profile)) == {
        "https://meadowbakes.dev",
        "https://github.com/jmeadow",
        "https://linkedin.com/in/jane-m",
    }


def test_a_label_beside_a_network_is_no_user_name() -> None:
    row = [at(40, 90, "LinkedIn"), at(140, 90, "GitHub"), at(240, 90, "Portfolio")]
    assert urls(read(at(40, 30, "Jane Roe", LARGE), at(40, 70, "jane@example.org"), *row)) == []


def test_the_domain_of_an_address_and_the_writers_own_computer_are_no_links() -> None:
    rows = [
        at(40, 70, "jane @ roebakes.com"),
        at(40, 90, "Portfolio", PLAIN, "http://localhost:3000/roe"),
        at(40, 104, "Facebook", PLAIN, "https://facebook/roebakes"),
    ]
    assert urls(read(at(40, 30, "Jane Roe", LARGE), *rows)) == ["https://facebook.com/roebakes"]


def test_when_a_page_was_printed_is_no_place() -> None:
    lines = [at(40, 10, "11/21/26, 6:51 PM"), at(40, 30, "Jane Roe", LARGE), at(40, 60, "jane@example.org, Leeds")]
    assert read(*lines).location == "Leeds"


def test_a_city_torn_at_the_end_of_a_line_is_whole() -> None:
    rows = column(40, 70, "Rua das Flores, 455, 31110-220 Belo", "Horizonte", "jane@example.org")
    assert read(at(40, 30, "Jane Roe", LARGE), *rows).location == "Rua das Flores, 455, 31110-220 Belo Horizonte"


@pytest.mark.parametrize(
    ("row", "phone"),
    [
        ("jane@example.org +33 2 98 55 01 47 23 rue de Kerlan", "+33298550147"),
        ("taro@example.jp | 090-0155-0162", "090-0155-0162"),
        ("Boise, ID – 208-555-0156 – jane@example.org", "+12085550156"),
    ],
)
def test_a_house_number_is_no_part_of_a_phone_and_a_phone_no_postcode(row: str, phone: str) -> None:
    assert head(row).phone == phone
