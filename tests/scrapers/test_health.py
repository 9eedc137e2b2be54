"""When a harvest is believed."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from scrapers.health import HarvestReport, Tally, assess
from scrapers.http import Breaker
from scrapers.posting import Failure, Posting

FULL = HarvestReport(100, {"company": 1.0, "posted_at": 1.0, "salary_min": 0.3, "location": 0.95})
NOW = datetime(2026, 9, 21, tzinfo=UTC)


def test_a_usual_harvest_is_ok() -> None:
    assert assess(FULL, [FULL] * 5, {"company"}).state == "ok"
    assert assess(FULL, []).state == "ok"


@pytest.mark.parametrize(
    ("changed", "word"),
    [
        ({"count": 0, "fill": {}}, "no posting"),
        ({"error": "UNREADABLE_ANSWER: cut"}, "ended early"),
        ({"failures": 60, "failure_reasons": (("missing title", 60),)}, "missing title"),
        ({"count": 20}, "100 are usual"),
        ({"fill": {**FULL.fill, "company": 0.4}}, "company"),
        ({"fill": {**FULL.fill, "location": 0.5}}, "location"),
        ({"fill": {**FULL.fill, "salary_min": 0.0}}, "salary_min"),
    ],
)
def test_degraded(changed: dict[str, object], word: str) -> None:
    verdict = assess(replace(FULL, **changed), [FULL] * 5)  # type: ignore[arg-type]
    assert verdict.degraded
    assert any(word in reason for reason in verdict.reasons)


@pytest.mark.parametrize("share", [0.2, 0.25, 0.4])
def test_an_ordinary_swing_is_ok(share: float) -> None:
    swung = replace(FULL, fill={**FULL.fill, "salary_min": share})
    assert not assess(swung, [FULL] * 5).degraded


def test_few_postings_swing_more() -> None:
    few = HarvestReport(4, {"company": 1.0, "posted_at": 1.0, "salary_min": 0.0, "location": 1.0})
    usual = replace(few, fill={**few.fill, "salary_min": 0.3})
    assert not assess(few, [usual] * 5).degraded


def test_promises_judge_a_first_harvest() -> None:
    without = HarvestReport(50, {"company": 0.0})
    assert assess(without, [], {"company"}).degraded
    assert not assess(without, []).degraded


def test_degraded_history_is_the_callers_to_leave_out_and_one_empty_report_does_no_harm() -> None:
    assert not assess(FULL, [HarvestReport(0), FULL, FULL]).degraded


def test_tally_counts_and_round_trips() -> None:
    tally = Tally()
    tally.add(Posting(source="x", source_id="1", url="https://x.example", title="T", company="A", posted_at=NOW))
    tally.add(Posting(source="x", source_id="2", url="https://x.example", title="T", visa_sponsorship=False))
    tally.fail(Failure("3", "missing title"))
    report = tally.report()
    assert (report.count, report.failures) == (2, 1)
    assert (report.fill["company"], report.fill["tags"]) == (0.5, 0.0)
    assert HarvestReport.from_json(report.as_json()) == report


def test_breaker_opens_rests_longer_and_closes() -> None:
    breaker = Breaker(threshold=2, rest=timedelta(minutes=10))
    breaker = breaker.after_failure(NOW)
    assert breaker.allows(NOW)
    breaker = breaker.after_failure(NOW)
    assert not breaker.allows(NOW + timedelta(minutes=9))
    assert breaker.allows(NOW + timedelta(minutes=10))
    trial = breaker.after_failure(NOW + timedelta(minutes=10))
    assert trial.open_until() == NOW + timedelta(minutes=30)
    for _ in range(100):
        trial = trial.after_failure(NOW)
    assert trial.open_until() == NOW + timedelta(hours=24)
    assert trial.after_success().allows(NOW)
