"""Contact details at the foot of a page, links beside links, and places whose parts lost what stood between them."""

from datetime import date

import pytest

from services.resumes.profile import ResumeProfile
from services.resumes.text import Line
from services.resumes.understanding import read_profile
from tests.services.resumes.drawing import HEADING, LARGE, at, page

WORK = (at(40, 200, "Experience", HEADING), at(40, 220, "Baker, Quillmark, 2019 - 2021"))


def read(*lines: Line) -> ResumeProfile:
    return read_profile(page(*lines), as_of=date(2026, 11, 1))


def test_links_stand_beside_an_address_at_the_foot() -> None:
    foot = (at(40, 260, "jane@example.org"), at(40, 273, "Utrecht • roebakes.nl"))
    profile = read(at(40, 30, "Jane Roe", LARGE), *WORK, *foot)
    assert [link.url for link in profile.links] == ["https://roebakes.nl"]


def test_one_network_is_no_user_of_another() -> None:
    profile = read(at(40, 30, "Jane Roe", LARGE), at(40, 60, "jane@example.org | LinkedIn GitHub"), *WORK)
    assert [link.url for link in profile.links] == []


@pytest.mark.parametrize(
    ("shown", "place"),
    [("Salem, OR97301", "Salem, OR 97301"), ("Cambridge MA US", "Cambridge MA US"), ("Boston MA", "Boston MA")],
)
def test_a_place_whose_parts_are_run_together(shown: str, place: str) -> None:
    lines = (at(40, 30, "Jane Roe", LARGE), at(40, 60, "jane@example.org"), at(40, 74, shown))
    assert read(*lines, *WORK).location == place
