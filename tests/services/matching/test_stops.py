from dataclasses import replace

import pytest

from services.matching.facts import Person, PostingFacts
from services.matching.score import hard_stops, score
from services.matching.stops import company_key

from .people import ANNA, POSTING, TODAY


@pytest.mark.parametrize(
    ("person", "posting", "words"),
    [
        (replace(ANNA, companies_avoided=frozenset({"ACME"})), POSTING, "Acme GmbH"),
        (replace(ANNA, needs_visa=True), replace(POSTING, location="Austin, TX", visa_sponsorship=False), "visa"),
        (replace(ANNA, countries_wanted=frozenset({"FR"})), replace(POSTING, location="Austin, TX"), "United States"),
        (ANNA, replace(POSTING, remote_type="full", regions=("US only",)), "leaves your countries out"),
        (replace(ANNA, only_remote=True), POSTING, "remote work only"),
        (ANNA, replace(POSTING, salary_min=50_000, salary_max=69_999), "below your minimum"),
        (ANNA, replace(POSTING, salary_min=None, salary_max=60_000, currency="USD"), "below your minimum"),
    ],
)
def test_stops(person: Person, posting: PostingFacts, words: str) -> None:
    (reason,) = hard_stops(person, posting)
    assert words in reason
    made = score(person, [posting], as_of=TODAY)[0]
    assert made.total == 0 == sum(part.points for part in made.parts)
    assert all(reason in part.reason for part in made.parts)


@pytest.mark.parametrize(
    ("person", "posting"),
    [
        (ANNA, POSTING),
        (replace(ANNA, companies_avoided=frozenset({"Acm", "Acme Labs"})), POSTING),
        (replace(ANNA, needs_visa=True), replace(POSTING, visa_sponsorship=None)),
        (replace(ANNA, needs_visa=True), replace(POSTING, visa_sponsorship=False)),
        (replace(ANNA, countries_wanted=frozenset({"FR"})), POSTING),
        (replace(ANNA, countries_wanted=frozenset({"FR"})), replace(POSTING, location="Atlantis")),
        (ANNA, replace(POSTING, remote_type="full", regions=("Mars",))),
        (ANNA, replace(POSTING, remote_type="full", regions=("US", "Europe"))),
        (replace(ANNA, only_remote=True), replace(POSTING, remote_type=None)),
        (ANNA, replace(POSTING, salary_min=None, salary_max=None)),
        (ANNA, replace(POSTING, salary_min=1, salary_max=1, currency="XXX")),
        (ANNA, replace(POSTING, salary_min=60_000, salary_max=70_000)),
        (Person(), PostingFacts(id=1, title="x")),
    ],
)
def test_what_is_unknown_or_fits_stops_nothing(person: Person, posting: PostingFacts) -> None:
    assert hard_stops(person, posting) == ()


def test_legal_forms_are_one_company() -> None:
    assert company_key("ACME, Inc.") == company_key("Acme") == company_key("acme GmbH & Co KG".replace(" & Co KG", ""))
    assert company_key("Acme Robotics") != company_key("Acme")
    assert company_key("Group") == "group"
