"""What other days' answers of the same boards hold: other currencies, periods, places, and texts that are not plain."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from scrapers.normalise.regions import eligible_regions
from scrapers.normalise.remote import remote_type
from scrapers.normalise.salary import salary_text
from scrapers.normalise.when import moment
from scrapers.posting import Failure, Posting
from scrapers.registry import get
from tests.scrapers.boards import Canned


def only(name: str, answer: Any, **options: Any) -> Posting:
    failures: list[Failure] = []
    found = list(get(name, **options).postings(Canned(json.dumps(answer).encode()), failures.append))
    assert not failures
    (posting,) = found
    return posting


@pytest.mark.parametrize(
    ("location", "remote", "regions"),
    [
        ("Remote (US only)", "full", ("US",)),
        ("Anywhere in the World", "full", ("worldwide",)),
        ("United States (Remote)", "full", ("US",)),
        ("Remote or New York, NY", "full", ("US",)),
        ("London (Hybrid)", "hybrid", ("GB",)),
        ("Berlin, Germany; Paris, France", None, ("DE", "FR")),
        ("Remote - Europe (CET ±2h)", "full", ("europe",)),
        ("In-Office", "onsite", ()),
        ("On-site: Tokyo", "onsite", ("JP",)),
        ("🇩🇪 Berlin", None, ("DE",)),
        ("🌍 Worldwide", "full", ("worldwide",)),
        ("Tbilisi, Georgia", None, ("GE",)),
        ("Georgia, USA", None, ("US",)),
        ("Perth, WA, Australia", None, ("AU",)),
        ("Vancouver, BC", None, ("CA",)),
        ("Remote (Poland, Czech Republic, Romania)", "full", ("PL", "CZ", "RO")),
        ("UK Only", None, ("GB",)),
        ("Dublin, Ireland / London, UK", None, ("IE", "GB")),
        ("NYC / SF / Remote", "full", ("US",)),
        ("Latin America Only", None, ("latam",)),
        ("Multiple Locations", None, ()),
        ("Not remote, Oslo", "onsite", ()),
        ("", None, ()),
    ],
)
def test_places(location: str, remote: str | None, regions: tuple[str, ...]) -> None:
    assert remote_type("", location, "") == remote
    if regions:
        assert eligible_regions((), location) == regions


@pytest.mark.parametrize(
    ("line", "low", "high", "currency"),
    [
        ("€45.000 - €60.000", 45000, 60000, "EUR"),
        ("45k–60k €", 45000, 60000, "EUR"),
        ("£400 - £500 per day", 104000, 130000, "GBP"),
        ("CHF 100'000 – 120'000", 100000, 120000, "CHF"),
        ("PLN 15 000 - 20 000 / month", 180000, 240000, "PLN"),
        ("₹12,00,000 - ₹18,00,000", 1200000, 1800000, "INR"),
        ("12-18 LPA", 1200000, 1800000, "INR"),
        ("600万円〜900万円", 6000000, 9000000, "JPY"),
        ("SEK 45 000/mån", 540000, 540000, "SEK"),
        ("USD 90K+", 90000, None, "USD"),
        ("up to $150k", None, 150000, "USD"),
        ("C$95,000 - C$115,000", 95000, 115000, "CAD"),
        ("Competitive", None, None, None),
        ("$1,500 per week", 78000, 78000, "USD"),
        ("€3.500 brutto/Monat", 42000, 42000, "EUR"),
        ("$0", None, None, None),
        ("1099 $45/hr", 93600, 93600, "USD"),
        ("€ 4.000 - 5.500 p.m.", 48000, 66000, "EUR"),
        ("€50.000,00", 50000, 50000, "EUR"),
        ("AUD $110,000 + super", 110000, None, "AUD"),
        ("HUF 900,000 / month", 10800000, 10800000, "HUF"),
        ("$100,000 - $120,000 + 0.1%", 100000, 120000, "USD"),
        ("401(k) match", None, None, None),
    ],
)
def test_pay(line: str, low: int | None, high: int | None, currency: str | None) -> None:
    found = salary_text(line)
    assert (found.low, found.high, found.currency) == (low, high, currency)


@pytest.mark.parametrize(
    "written",
    [
        "2026-09-01",
        "2026-09-01T00:00:00Z",
        "2026-09-01 00:00:00 UTC",
        "Tue, 01 Sep 2026 00:00:00 +0000",
        1788220800,
        1788220800000,
        "1788220800",
        "September 1, 2026",
        "1 Sep 2026",
        "2026-09-01T02:00:00+02:00",
    ],
)
def test_times(written: object) -> None:
    assert moment(written) == datetime(2026, 9, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    "written", ["2 days ago", "yesterday", "today", "just now", "", "null", "0000-00-00", None, 0, -5]
)
def test_a_time_that_names_no_day_is_unknown(written: object) -> None:
    assert moment(written) is None


REMOTIVE = {
    "id": 1,
    "url": "https://remotive.com/x-1",
    "title": "T",
    "company_name": "C",
    "job_type": "",
    "tags": [],
    "publication_date": "2026-09-01T00:00:00",
    "candidate_required_location": "",
    "salary": "",
    "category": "",
}


@pytest.mark.parametrize(
    ("field", "written", "read"),
    [
        ("title", "🚀 Senior Engineer &amp; Lead", "🚀 Senior Engineer & Lead"),
        ("title", "Engineer | Platform", "Engineer | Platform"),
        ("title", "  Caf&eacute;\n Manager ", "Café Manager"),
        ("title", "C++ / C# <Developer>", "C++ / C# <Developer>"),
        ("company_name", "Smith &amp;amp; Sons", "Smith & Sons"),
        ("company_name", "Foo | Bar", "Foo | Bar"),
        ("company_name", "KrakÃ³w Labs", "Kraków Labs"),
        ("company_name", "1KOMMA5°", "1KOMMA5°"),
        ("candidate_required_location", "São Paulo, Brazil", "São Paulo, Brazil"),
    ],
)
def test_texts_arrive_as_people_wrote_them(field: str, written: str, read: str) -> None:
    posting = only("remotive", {"jobs": [{**REMOTIVE, field: written}]})
    assert {"title": posting.title, "company_name": posting.company}.get(field, posting.location) == read


@pytest.mark.parametrize(
    ("tags", "form"),
    [
        (["full-time"], "permanent"),
        (["part time", "dev"], "part-time"),
        (["dev"], None),
        (["contract"], "contract"),
        (["full time", "part time", "contract"], None),
        (["full time", "full-time"], "permanent"),
        ([], None),
    ],
)
def test_a_form_counts_when_it_stands_alone(tags: list[str], form: str | None) -> None:
    row = {"id": "1", "url": "https://remoteok.com/1", "position": "T", "company": "C", "date": "2026-09-01T00:00:00Z"}
    assert only("remoteok", [{"legal": "x"}, {**row, "tags": tags}]).job_type == form


@pytest.mark.parametrize(
    ("location_map", "location", "regions"),
    [
        ({"IE": ["IE061"]}, "Dublin, Ireland", ("IE",)),
        ({"HU": {}}, "Hungary", ("HU",)),
        ({"AT": []}, "Austria", ("AT",)),
        ({"DE": ["DE212", "DE300"], "FR": ["FR101"]}, "Munich, Germany; Berlin, Germany; Paris, France", ("DE", "FR")),
        ({"EL": ["EL434"]}, "Crete, Greece", ("GR",)),
        ({"UK": ["UKI"]}, "United Kingdom", ("GB",)),
        ({}, "", ()),
        ({"DE": None}, "Germany", ("DE",)),
        ({"DE": "DEA23"}, "Cologne, Germany", ("DE",)),
        (None, "", ()),
        ({"ZZ": []}, "", ()),
    ],
)
def test_regions_of_eures(location_map: Any, location: str, regions: tuple[str, ...]) -> None:
    item = {"id": "MQ", "title": "T", "creationDate": 1788220800000, "locationMap": location_map, "employer": None}
    posting = only("eures", {"jvs": [item]})
    assert (posting.location, posting.eligible_regions, posting.company) == (location, regions, None)


def test_eures_titles_may_stand_in_a_translation_alone() -> None:
    item = {"id": "MQ", "title": None, "translations": {"hu": {"title": "Raktáros", "description": "<p>Munka</p>"}}}
    assert (only("eures", {"jvs": [item]}).title, only("eures", {"jvs": [item]}).description) == ("Raktáros", "Munka")


@pytest.mark.parametrize(
    ("pay", "low"),
    [
        ({"MinimumRange": "92166", "MaximumRange": "161600", "RateIntervalCode": "Per Year"}, 92166),
        ({"MinimumRange": "25.5", "MaximumRange": "30", "RateIntervalCode": "PH"}, 53040),
        ({"MinimumRange": "0.0", "MaximumRange": "0.0", "RateIntervalCode": "WC"}, None),
        ({"MinimumRange": 92166, "MaximumRange": None, "RateIntervalCode": "PA"}, 92166),
        (None, None),
    ],
)
def test_usajobs_pay_in_its_old_words_and_new(pay: Any, low: int | None) -> None:
    advert = {
        "PositionTitle": "Vet",
        "PositionURI": "https://www.usajobs.gov:443/job/1",
        "OrganizationName": "NPS",
        "PositionRemuneration": [pay] if pay else None,
        "PositionLocation": [{"CountryCode": "Germany"}],
        "PositionLocationDisplay": "Ramstein, Germany",
        "PublicationStartDate": "2026-09-01",
        "UserArea": {"Details": {"RemoteIndicator": "False", "MajorDuties": "Care"}},
    }
    item = {"MatchedObjectId": 1, "MatchedObjectDescriptor": advert}
    posting = only("usajobs", {"SearchResult": {"SearchResultItems": [item]}}, key="k", email="e", pages=1)
    assert (posting.salary_min, posting.remote_type, posting.eligible_regions) == (low, None, ("DE",))
    assert (posting.url, posting.description) == ("https://www.usajobs.gov/job/1", "Care")
