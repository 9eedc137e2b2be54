import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.matching import money, places
from services.matching.requirements import read
from services.matching.titles import level_of, likeness
from tests.clocks import cpu_seconds

ADVERT = """About us
We are an insurance company that loves Haskell.

What you will do
- Build services in Go and run them on Kubernetes

Requirements
- 5+ years of experience with Python, at least 2 years of SQL
- German and English

Nice to have
* Terraform
* 10 years of leadership experience

Benefits
Dance lessons and SEO courses. We have been in business for 40 years.
We are unable to provide visa sponsorship.
"""


def test_sections_sort_the_skills() -> None:
    found = read(ADVERT, "Senior Engineer")
    assert found.required == {"Python", "SQL", "German", "English"}
    assert found.preferred == {"Go", "Kubernetes", "Terraform", "leadership"}
    assert (found.years_min, found.years_max) == (5.0, None)
    assert found.years_span is not None
    assert ADVERT[found.years_span.start : found.years_span.end] == found.years_span.text == "5+ years"
    assert found.seniority == "senior"
    assert found.visa_sponsorship is False


def test_a_plain_text_needs_all_but_its_wishes() -> None:
    found = read("We look for Python and Rust. Kafka is a plus. Ideally you know Terraform.")
    assert found.required == {"Python", "Rust"}
    assert found.preferred == {"Apache Kafka", "Terraform"}


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("3-5 years of experience in sales", 3, 5),
        ("between 3 and 5 years' experience", 5, None),
        ("Minimum of three (3) years of professional experience", 3, None),
        ("at least 7 yrs experience", 7, None),
        ("Mindestens 4 Jahre Berufserfahrung", 4, None),
        ("5 ans d'expérience", 5, None),
        ("You must be 18 years old", None, None),
        ("We have grown for 20 years", None, None),
        ("Founded 12 years ago by experienced people", None, None),
        ("99 years of experience", None, None),
        ("no number at all", None, None),
    ],
)
def test_years(text: str, low: float | None, high: float | None) -> None:
    found = read(text)
    assert (found.years_min, found.years_max) == (low, high)


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("Visa sponsorship available", True),
        ("We cannot sponsor visas at this time", False),
        ("You must be authorized to work in the US", False),
        ("Pay by Visa card", None),
    ],
)
def test_visa(text: str, offered: bool | None) -> None:
    assert read(text).visa_sponsorship is offered


@given(st.text(max_size=500))
def test_any_text_is_read(text: str) -> None:
    found = read(text, text[:50])
    assert not found.required & found.preferred
    for mention in found.mentions:
        assert text[mention.start : mention.end] == mention.surface


@pytest.mark.parametrize("text", ["- " * 50_000, "no " * 33_000, "5 years " * 12_000, "\n" * 100_000, "a" * 100_000])
def test_hostile_text_is_read_in_time(text: str) -> None:
    assert cpu_seconds(lambda: read(text, text[:200])) < 4.0


@pytest.mark.parametrize(
    ("one", "other", "least", "most"),
    [
        ("Senior Software Engineer", "SWE II", 1.0, 1.0),
        ("Frontend Developer", "Front-End Engineer", 1.0, 1.0),
        ("Softwareentwickler (m/w/d)", "Software Engineer", 1.0, 1.0),
        ("Backend Engineer", "Software Engineer", 0.6, 0.9),
        ("Registered Nurse", "Nurse", 0.7, 1.0),
        ("Product Manager", "Project Manager", 0.1, 0.5),
        ("Nurse", "Software Engineer", 0.0, 0.1),
        ("Engineering Manager", "Store Manager", 0.0, 0.45),
        ("", "Nurse", 0.0, 0.0),
    ],
)
def test_titles(one: str, other: str, least: float, most: float) -> None:
    assert least <= likeness(one, other) <= most
    assert likeness(one, other) == likeness(other, one)


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_titles_compare(one: str, other: str) -> None:
    assert 0.0 <= likeness(one, other) <= 1.0
    assert likeness(one, other) == likeness(other, one)


@pytest.mark.parametrize(
    ("title", "level"),
    [
        ("Sr. Nurse", "senior"),
        ("Head of Data", "director"),
        ("Staff Software Engineer", "principal"),
        ("Staff Nurse", None),
        ("Junior Cook", "junior"),
        ("CTO", "executive"),
        ("Head Chef", None),
        ("Werkstudent Marketing", "intern"),
        ("Engineer", None),
    ],
)
def test_levels(title: str, level: str | None) -> None:
    assert level_of(title) == level


@pytest.mark.parametrize(
    ("place", "country"),
    [
        ("Berlin, Germany", "DE"),
        ("München", "DE"),
        ("Austin, TX", "US"),
        ("San Francisco, CA 94110", "US"),
        ("de", "DE"),
        ("Remote (US)", "US"),
        ("Munich / Paris", None),
        ("Remote", None),
        ("", None),
    ],
)
def test_countries(place: str, country: str | None) -> None:
    assert places.country_of(place) == country


def test_regions() -> None:
    assert places.regions_cover(("Europe",), "DE") is True
    assert places.regions_cover(("USA", "Canada"), "DE") is False
    assert places.regions_cover(("Mars",), "DE") is None
    assert places.regions_cover((), "DE") is None
    assert places.regions_cover(("Anywhere in the World",), "ZW") is True


def test_money() -> None:
    assert money.code(" eur ") == "EUR"
    assert money.code("€") == "EUR"
    assert money.code("doubloons") is None
    assert money.convert(100, "EUR", "EUR") == 100
    assert 100 < money.convert(100, "EUR", "USD") < 140
    assert money.written(1000, 2000, "EUR") == "1,000–2,000 EUR"
    assert money.written(None, 2000, None) == "up to 2,000"
    assert money.written(None, None, "EUR") == ""
