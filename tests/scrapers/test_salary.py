"""Salaries: a table of how postings write them, and what must hold for any text and number."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from scrapers.normalise.money import PER_YEAR
from scrapers.normalise.salary import Salary, labelled, salary, salary_text

WRITTEN = [
    ("$175k - $225k", 175_000, 225_000, "USD"),
    ("$18 - $22/hr", 37_440, 45_760, "USD"),
    ("€60.000 – €75.000", 60_000, 75_000, "EUR"),
    ("50 000 - 60 000 EUR", 50_000, 60_000, "EUR"),
    ("₹12,00,000 - 18,00,000 per annum", 1_200_000, 1_800_000, "INR"),
    ("12-18 LPA", 1_200_000, 1_800_000, "INR"),
    ("£450/day", 117_000, 117_000, "GBP"),
    ("USD 100K-120K", 100_000, 120_000, "USD"),
    ("CHF 120'000", 120_000, 120_000, "CHF"),
    ("Up to $135/hr", None, 280_800, "USD"),
    ("ab 3.500 € monatlich", 42_000, None, "EUR"),
    ("$120,000+", 120_000, None, "USD"),
    ("120k-150k SEK/month", 1_440_000, 1_800_000, "SEK"),
    ("R$ 8.000 por mês", 96_000, 96_000, "BRL"),
    ("¥5,000,000", 5_000_000, 5_000_000, "JPY"),
    ("mindestens 90.000€", 90_000, None, "EUR"),
    ("$211.4K – $290.6K • Offers Equity", 211_400, 290_600, "USD"),
    ("$11.7K per month", 140_400, 140_400, "USD"),
    ("$20 an hour", 41_600, 41_600, "USD"),
    ("40 hours per week, $25/hr", 52_000, 52_000, "USD"),
    ("£30,000 to £35,000 per annum", 30_000, 35_000, "GBP"),
    ("45-55k €", 45_000, 55_000, "EUR"),
    ("€45k", 45_000, 45_000, "EUR"),
    ("500€ - 700€ pro Tag", 130_000, 182_000, "EUR"),
    ("$4,000 - $6,000", 48_000, 72_000, "USD"),
    ("55.000,00 EUR", 55_000, 55_000, "EUR"),
    ("80-100 k€", 80_000, 100_000, "EUR"),
    ("from 60k EUR", 60_000, None, "EUR"),
    ("25 €/h", 52_000, 52_000, "EUR"),
    ("Salary: 50.000 bis 65.000 EUR brutto/Jahr", 50_000, 65_000, "EUR"),
    ("$15/hour - $20/hour", 31_200, 41_600, "USD"),
    ("3.200 - 3.800 € / Monat", 38_400, 45_600, "EUR"),
    ("Kč 50 000 - 70 000 měsíčně", 600_000, 840_000, "CZK"),
    ("$140,000 - $180,000 USD + 0.1% equity", 140_000, 180_000, "USD"),
    ("zł 15 000 – 20 000 / mies", 180_000, 240_000, "PLN"),
    ("$120-$130k CAD", 120_000, 130_000, "CAD"),
    ("A$95,000 p.a.", 95_000, 95_000, "AUD"),
    ("45 à 55 k€ brut annuel", 45_000, 55_000, "EUR"),
    ("2.500 € al mes", 30_000, 30_000, "EUR"),
    ("70 - 90K", 70_000, 90_000, None),
    ("1.2M - 1.5M INR", 1_200_000, 1_500_000, "INR"),
    ("$25.50/hr", 53_040, 53_040, "USD"),
    ("Competitive", None, None, None),
    ("", None, None, None),
    ("10% bonus, 401k", None, None, None),
    ("2026", None, None, None),
    ("$300M raised", None, None, None),
    ("0", None, None, None),
    ("$0", None, None, None),
    ("120000", None, None, None),
]


@pytest.mark.parametrize(("text", "low", "high", "currency"), WRITTEN)
def test_written(text: str, low: int | None, high: int | None, currency: str | None) -> None:
    assert salary_text(text) == Salary(low, high, currency)


@pytest.mark.parametrize(
    ("low", "high", "currency", "period", "expected"),
    [
        (90_000, 120_000, "USD", "", Salary(90_000, 120_000, "USD")),
        (0, 0, "USD", "", Salary()),
        (21, 24, "USD", "", Salary(43_680, 49_920, "USD")),
        (80, 135, "USD", "hourly", Salary(166_400, 280_800, "USD")),
        (5000, 7000, "EUR", "month", Salary(60_000, 84_000, "EUR")),
        (11_700, 11_700, "usd", "1 MONTH", Salary(140_400, 140_400, "USD")),
        (66_000, 94_000, "GBP", "per-year-salary", Salary(66_000, 94_000, "GBP")),
        (None, 50_000, "€", "year", Salary(None, 50_000, "EUR")),
        (60_000, None, "EUR", "ANNUAL", Salary(60_000, None, "EUR")),
        (-5, -1, "USD", "", Salary()),
        (9, 3, "USD", "hour", Salary(6_240, 18_720, "USD")),
        (1e15, 1e16, "USD", "", Salary()),
        (75, 95, "USD", "year", Salary(75_000, 95_000, "USD")),
        (35, 50, "USD", "per-hour-wage", Salary(72_800, 104_000, "USD")),
    ],
)
def test_numbers(low: float | None, high: float | None, currency: str, period: str, expected: Salary) -> None:
    assert salary("", low, high, currency, period) == expected


def test_numbers_win_over_text_and_text_stands_in_for_zeros() -> None:
    assert salary("$10/hr", 50_000, 60_000, "EUR", "year") == Salary(50_000, 60_000, "EUR")
    assert salary("€45k", 0, 0, None, "") == Salary(45_000, 45_000, "EUR")


def test_a_labelled_line_is_found() -> None:
    assert labelled("Join us.\n- Salary range: $90k to $110k\nGood luck") == "$90k to $110k"
    assert labelled("We pay a good salary and more.") == ""


def _holds(found: Salary) -> None:
    ends = [end for end in (found.low, found.high) if end is not None]
    assert all(500 <= end <= 2_000_000_000 for end in ends)
    assert ends == sorted(ends)
    assert ends or found.currency is None


@given(st.text(max_size=300))
@example("€" * 100 + "1" * 200)
@example("1,1,1,1,1,1,1" * 20 + " USD")
@example("$1-" * 80)
def test_any_text_is_read_without_harm(text: str) -> None:
    _holds(salary_text(text))


@given(st.floats(allow_nan=True), st.floats(), st.text(max_size=5), st.sampled_from(["", *PER_YEAR]))
def test_any_numbers_are_read_without_harm(low: float, high: float, currency: str, period: str) -> None:
    _holds(salary("", low, high, currency, period))


@given(
    st.integers(20_000, 400_000),
    st.integers(0, 100_000),
    st.sampled_from(["USD", "EUR", "GBP", "CHF", "CAD"]),
    st.sampled_from(
        ["{0:,} - {1:,} {2}", "{2} {0:,} – {2} {1:,} per year", "{0} to {1} {2} p.a.", "{2}{0:,}-{1:,}/yr"]
    ),
)
def test_what_is_written_is_read_back(low: int, more: int, currency: str, form: str) -> None:
    assert salary_text(form.format(low, low + more, currency)) == Salary(low, low + more, currency)


@given(st.integers(10, 300), st.integers(0, 100), st.sampled_from(["hour", "day", "week", "month"]))
def test_periods_multiply(low: int, more: int, period: str) -> None:
    low, high = low * 10, (low + more) * 10
    found = salary_text(f"${low} - ${high} per {period}")
    expected = [low * PER_YEAR[period], high * PER_YEAR[period]]
    assert [found.low, found.high] == [end if 500 <= end <= 5_000_000 else None for end in expected]
