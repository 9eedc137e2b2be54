"""Every source has an example answer and the postings that must come of it."""

import json
import os
from dataclasses import fields

import pytest

from scrapers.posting import Failure, Posting
from scrapers.registry import SOURCES, get
from tests.scrapers.boards import EXAMPLES, example, pages, polite, served

REWRITE = os.environ.get("OFFERLINE_REWRITE_EXAMPLES")  # writes what is read; read the difference before committing it
ISSUE_LIST = {
    "remoteok", "weworkremotely", "remotive", "arbeitnow", "landingjobs", "himalayas", "jobicy", "workingnomads",
    "hackernews", "themuse", "eures", "greenhouse", "lever", "ashby", "workable", "recruitee", "smartrecruiters",
    "personio", "teamtailor", "adzuna", "usajobs", "linkedin",
}  # fmt: skip


def test_all_boards_are_registered() -> None:
    assert set(SOURCES) == ISSUE_LIST


def test_boards_that_need_a_decision_are_off_and_say_why() -> None:
    off = {name for name, source in SOURCES.items() if not source.enabled}
    assert off == {"linkedin", "adzuna", "usajobs"}
    assert all(SOURCES[name].terms.startswith("Off") for name in off)


@pytest.mark.parametrize("name", sorted(SOURCES))
def test_example_gives_the_expected_postings(name: str) -> None:
    answers, options = example(name)
    failures: list[Failure] = []
    with served(pages(answers)) as base:
        found = list(get(name, base, **options).postings(polite(), failures.append))
        read = json.loads(json.dumps([posting.as_json() for posting in found]).replace(base, "https://board.example"))
    expected = EXAMPLES / name / "expected.json"
    told = {"postings": read, "failures": [failure.reason for failure in failures]}
    if REWRITE:
        expected.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    assert told == json.loads(expected.read_text(encoding="utf-8"))
    assert found, "an example must yield postings"


@pytest.mark.parametrize("name", sorted(SOURCES))
def test_promises_are_kept_by_the_example(name: str) -> None:
    answers, options = example(name)
    with served(pages(answers)) as base:
        found = list(get(name, base, **options).postings(polite()))
    assert SOURCES[name].promises <= {each.name for each in fields(Posting)}
    for promised in SOURCES[name].promises:
        assert sum(bool(getattr(posting, promised)) for posting in found) >= len(found) / 2, promised
