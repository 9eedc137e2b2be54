"""Certificates, publications and unpaid posts, and the houses behind them: each on a small page of its own."""

from datetime import date

import pytest

from services.resumes.entries.extras import certifications, publications
from services.resumes.entries.givers import named_by, titled_by
from services.resumes.page.rows import body_style, rows
from services.resumes.profile import ResumeProfile
from services.resumes.text import Line
from services.resumes.understanding import read_profile
from tests.services.resumes.drawing import BOLD, HEADING, LARGE, at, column, page


@pytest.mark.parametrize(
    ("text", "name", "giver"),
    [
        ("Installation Safety Card, Harbour Council", "Installation Safety Card", "Harbour Council"),
        ("Lift Inspector (Rope Office)", "Lift Inspector", "Rope Office"),
        ("Lift Inspector (Rope Office of the North, ", "Lift Inspector", "Rope Office of the North"),
        ("First aid, issued by Red Lantern", "First aid", "Red Lantern"),
        ("Certified Rope and Lift Inspector (CRALI)", "Certified Rope and Lift Inspector (CRALI)", ""),
        ("English, Level 2", "English, Level 2", ""),
        ("Truck driver, licence 5511", "Truck driver, licence 5511", ""),
    ],
)
def test_a_certificate_is_named_before_who_gave_it(text: str, name: str, giver: str) -> None:
    assert named_by(text) == (name, giver)


@pytest.mark.parametrize(
    ("text", "title", "venue"),
    [
        ("“A ledger of small tides”, Harbour Review", "A ledger of small tides", "Harbour Review"),
        ("A ledger of small tides. Harbour Review, ", "A ledger of small tides", "Harbour Review"),
        ("A ledger of small tides, Harbour Press", "A ledger of small tides", "Harbour Press"),
        ("Orrin, P., & Lind, A. (2019). A ledger of tides. Harbour Press", "A ledger of tides", "Harbour Press"),
        ("[3] Who counts the tides? Harbour Press", "Who counts the tides?", "Harbour Press"),
        ("Tides, ropes and the men who count them", "Tides, ropes and the men who count them", ""),
    ],
)
def test_a_publication_is_its_title(text: str, title: str, venue: str) -> None:
    assert titled_by(text) == (title, venue)


def certified(*lines: Line) -> list[tuple[str, str, str]]:
    section = rows(lines)
    return [(item.name, item.issuer, item.date) for item, _ in certifications(section, body_style(section))]


def published(*lines: Line) -> list[tuple[str, str, str]]:
    section = rows(lines)
    return [(item.name, item.publisher, item.date) for item, _ in publications(section, body_style(section))]


def test_certificates_side_by_side_are_two() -> None:
    lines = [at(60, 100, "Rope Card — Harbour Council, 2016"), at(310, 100, "Lift Card — Harbour Council, 2019")]
    assert [name for name, _, _ in certified(*lines)] == ["Rope Card", "Lift Card"]


def test_a_lone_certificate_stands_above_its_giver_and_date() -> None:
    assert certified(*column(60, 100, "Crane Architect", "Orrinford, 2018-03")) == [
        ("Crane Architect", "Orrinford", "2018-03")
    ]


def test_the_level_behind_a_dash_belongs_to_the_certificate() -> None:
    lines = column(60, 100, "Harbour Systems Certified - Professional, 2021", "Rope Card - Orrinford, 2020", pitch=24)
    assert [name for name, _, _ in certified(*lines)] == ["Harbour Systems Certified - Professional", "Rope Card"]


def test_publications_beside_their_years_and_numbered_ones_over_two_lines() -> None:
    years = column(60, 100, "2020", "", "2023", pitch=14)
    texts = column(140, 100, "Nobody counts the tide", "Harbour Review", "Ropes and courtesy", "Dock Papers", pitch=14)
    lines = sorted((*years, *texts), key=lambda line: (line.box.top, line.box.x0))
    assert [name for name, _, _ in published(*lines)] == ["Nobody counts the tide", "Ropes and courtesy"]
    lines = column(
        60,
        100,
        "[1] Folding ropes in a crowded harbour. Journal of",
        "Docks, 2021.",
        "[2] On tides. Dock Papers, 2019.",
    )
    assert published(*lines) == [
        ("Folding ropes in a crowded harbour", "Journal of Docks", "2021"),
        ("On tides", "Dock Papers", "2019"),
    ]


def test_who_published_may_stand_above_the_title() -> None:
    lines = column(60, 100, "2022-08", "Published in Harbour Research", "Queues are a tidal problem")
    assert published(*lines) == [("Queues are a tidal problem", "Harbour Research", "2022-08")]


def profile(*unpaid: Line) -> ResumeProfile:
    """Two jobs, the employer in bold above the post, and an unpaid post below them."""
    return read_profile(
        page(
            at(60, 40, "Perpetua Lindholm", LARGE),
            at(60, 100, "Experience", HEADING),
            at(60, 120, "Orrinford Docks Ltd", BOLD), at(430, 120, "2019 – 2023"), at(60, 134, "Crane Operator"),
            at(60, 160, "Harbour Foods Ltd", BOLD), at(430, 160, "2015 – 2019"), at(60, 174, "Warehouse Assistant"),
            at(60, 220, "Volunteering", HEADING),
            *unpaid,
        ),
        as_of=date(2026, 11, 1),
    )  # fmt: skip


def test_an_unpaid_post_is_styled_like_the_paid_ones() -> None:
    found = profile(at(60, 240, "Orsund", BOLD), at(430, 240, "2018 – 2020"), at(60, 254, "Badevakt"))
    assert [(one.company, one.title) for one in found.volunteering] == [("Orsund", "Badevakt")]


@pytest.mark.parametrize("text", ["Site leader, Homes for Orsund", "Site leader at Homes for Orsund"])
def test_an_unpaid_post_on_one_line_is_cut_at_its_house(text: str) -> None:
    found = profile(at(60, 240, text), at(430, 240, "2018 – 2020"))
    assert [(one.company, one.title) for one in found.volunteering] == [("Homes for Orsund", "Site leader")]


def test_training_tells_of_certificates_beside_studies_and_of_studies_without_them() -> None:
    training = [at(60, 300, "Further training", HEADING), at(60, 320, "Rope Card, Harbour Council, 2019")]
    studies = [at(60, 100, "Education", HEADING), at(60, 120, "BA, History, Ashdown University, 2015")]
    found = read_profile(page(at(60, 40, "Perpetua Lindholm", LARGE), *studies, *training), as_of=date(2026, 11, 1))
    assert [one.name for one in found.certifications] == ["Rope Card"]
    assert [one.institution for one in found.education] == ["Ashdown University"]
