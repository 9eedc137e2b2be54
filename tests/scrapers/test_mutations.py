"""A board that changes shape, breaks or turns hostile: degraded or refused with a reason, never silently thinner."""

import json
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler

import pytest

from core.errors import AppError
from scrapers.health import HarvestReport, Tally, Verdict, assess
from scrapers.http import PoliteClient
from scrapers.registry import SOURCES, get
from tests.scrapers.boards import Answering, Sent, example, pages, polite, served

Harvest = Callable[..., tuple[HarvestReport, Verdict]]


@pytest.fixture(scope="module")
def harvest() -> Iterator[Harvest]:
    """What a harvest run does: count, catch what ends it, and judge. One server answers for all, as each test says."""
    now: list[Answering] = []

    def answering(request: BaseHTTPRequestHandler) -> Sent:
        return now[-1](request)

    with served(answering) as base:

        def run(
            name: str, answering: Answering, history: tuple[HarvestReport, ...] = ()
        ) -> tuple[HarvestReport, Verdict]:
            now.append(answering)
            return _harvested(name, base, history)

        yield run


def _harvested(name: str, base: str, history: tuple[HarvestReport, ...]) -> tuple[HarvestReport, Verdict]:
    tally, error = Tally(), None
    try:
        for posting in get(name, base, **example(name)[1]).postings(_client(base), tally.fail):
            tally.add(posting)
    except AppError as caught:
        error = f"{caught.error_code}: {caught.message}"
    report = tally.report(error)
    return report, assess(report, history, SOURCES[name].promises)


def _client(base: str) -> PoliteClient:
    return polite(robots_given={base: ""})


@pytest.mark.parametrize("name", sorted(SOURCES))
def test_an_untouched_answer_is_believed(harvest: Harvest, name: str) -> None:
    report, verdict = harvest(name, pages(example(name)[0]))
    assert report.count
    if not report.failures:  # some examples carry a malformed item on purpose, which is much among three
        assert not verdict.degraded, verdict.reasons


@pytest.mark.parametrize("name", sorted(SOURCES))
@pytest.mark.parametrize(
    "body",
    [b"<!doctype html><html><body>Just a moment...</body></html>", b'{"jobs": [{"id": 1, "title": "Eng', b"", b"null",
     b"[]", b"{}", b'"text"', b"[[]]", b"\x00\xff"],
    ids=["html", "cut", "empty", "null", "list", "object", "text", "nested", "binary"],
)  # fmt: skip
def test_no_postings_is_degraded_with_a_reason(harvest: Harvest, name: str, body: bytes) -> None:
    def answering(request: BaseHTTPRequestHandler) -> Sent:
        request.rfile.read(int(request.headers.get("Content-Length") or 0))
        return Sent(body)

    report, verdict = harvest(name, answering)
    assert report.count == 0
    assert verdict.degraded
    assert all(reason.endswith(".") for reason in verdict.reasons)


@pytest.mark.parametrize("status", [403, 404, 429, 500])
@pytest.mark.parametrize("name", sorted(SOURCES))
def test_refusing_boards_are_degraded(harvest: Harvest, name: str, status: int) -> None:
    report, verdict = harvest(name, lambda request: Sent(b"no", status))
    assert report.error
    assert verdict.degraded


def renamed(name: str, old: str) -> Answering:
    """The example with one field renamed in every answer."""
    answers = {
        path: body.replace(f'"{old}"'.encode(), f'"{old}_v2"'.encode()).replace(
            f"<{old}>".encode(), f"<{old}_v2>".encode()
        ).replace(f"</{old}>".encode(), f"</{old}_v2>".encode())
        for path, body in example(name)[0].items()
    }  # fmt: skip
    return pages(answers)


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("remoteok", "position"), ("remoteok", "company"), ("remoteok", "url"),
        ("weworkremotely", "title"), ("weworkremotely", "pubDate"), ("remotive", "company_name"), ("remotive", "jobs"),
        ("remotive", "publication_date"), ("arbeitnow", "data"), ("arbeitnow", "title"), ("himalayas", "companyName"),
        ("himalayas", "pubDate"), ("jobicy", "jobTitle"), ("jobicy", "companyName"), ("greenhouse", "jobs"),
        ("greenhouse", "absolute_url"), ("greenhouse", "location"), ("lever", "hostedUrl"), ("lever", "createdAt"),
        ("ashby", "publishedAt"), ("ashby", "jobUrl"), ("workable", "shortcode"),
        ("recruitee", "offers"), ("smartrecruiters", "content"), ("personio", "name"), ("personio", "position"),
        ("teamtailor", "items"), ("themuse", "results"), ("adzuna", "redirect_url"), ("usajobs", "SearchResultItems"),
        ("eures", "jvs"), ("landingjobs", "url"), ("workingnomads", "company_name"), ("hackernews", "hits"),
    ],
)  # fmt: skip
def test_a_renamed_field_is_degraded_even_in_a_first_harvest(harvest: Harvest, name: str, field: str) -> None:
    assert harvest(name, renamed(name, field))[1].degraded


@pytest.mark.parametrize(
    ("name", "field"), [("remoteok", "location"), ("remotive", "candidate_required_location"), ("lever", "salaryRange")]
)
def test_a_field_that_thins_out_is_degraded_against_its_history(harvest: Harvest, name: str, field: str) -> None:
    before, _ = harvest(name, pages(example(name)[0]))
    full = HarvestReport(before.count, before.fill, 0)
    _, verdict = harvest(name, renamed(name, field), (full,) * 3)
    assert verdict.degraded
    assert any("usual" in reason for reason in verdict.reasons)


def test_one_bad_item_does_not_take_the_others_along(harvest: Harvest) -> None:
    answers, _ = example("remoteok")
    rows = json.loads(answers["/api"])[:4]
    bad = [
        None,
        7,
        "text",
        [],
        {},
        {"id": 1},
        {"id": "x", "position": {"a": 1}, "url": []},
        {"id": 3, "position": "T", "url": "javascript:alert(1)"},
    ]
    rows[2:2] = bad
    report, _ = harvest("remoteok", pages({"/api": json.dumps(rows).encode()}))
    assert report.count == 3
    assert report.failures == len(bad)


def test_one_company_that_left_does_not_take_the_others_along() -> None:
    answers, _ = example("lever")
    with served(pages(answers)) as base:
        tally = Tally()
        source = get("lever", base, companies=["gone", ("acme", "Acme")])
        for posting in source.postings(_client(base), tally.fail):
            tally.add(posting)
    report = tally.report()
    assert report.count == 2
    assert (report.left, report.broken, report.failures) == (("gone",), (), 0)
    assert report.note == "Not found: gone."
    assert not assess(report, [], SOURCES["lever"].promises).degraded


def test_one_company_in_trouble_makes_the_harvest_degraded_and_is_named() -> None:
    answers, _ = example("lever")
    with served(pages({**answers, "/v0/postings/busy": Sent(b"", 500)})) as base:
        tally = Tally()
        for posting in get("lever", base, companies=["busy", ("acme", "Acme")]).postings(_client(base), tally.fail):
            tally.add(posting)
    verdict = assess(tally.report(), [], SOURCES["lever"].promises)
    assert tally.report().count == 2
    assert verdict.reasons == ("Parts did not answer: busy: The board answered 500.",)


def test_pages_end_although_a_board_repeats_them_for_ever() -> None:
    full = json.dumps([{"id": n, "title": "T", "url": f"https://landing.example/at/a/{n}"} for n in range(50)]).encode()
    asked: list[str] = []

    def answering(request: BaseHTTPRequestHandler) -> Sent:
        asked.append(request.path)
        return Sent(full)

    with served(answering) as base:
        assert len(list(get("landingjobs", base).postings(_client(base)))) == 50
    assert len(asked) == 2


def test_entities_in_xml_are_refused(harvest: Harvest) -> None:
    bomb = b"""<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
    <rss><channel><item><title>&b;: x</title><link>https://x.example</link></item></channel></rss>"""
    outside = b"""<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>
    <rss><channel><item><title>A: &x;</title><link>https://x.example</link></item></channel></rss>"""
    for body in (bomb, outside):
        report, verdict = harvest("weworkremotely", lambda request, body=body: Sent(body))  # type: ignore[misc]
        assert report.count == 0
        assert verdict.degraded


def test_a_hostile_redirect_reaches_nothing_and_is_named() -> None:
    def chunks() -> Iterator[bytes]:
        yield b""

    with served(pages({"/api": Sent(b"", 302, {"Location": "file:///etc/passwd"}, chunks())})) as base:
        tally = Tally()
        with pytest.raises(AppError) as caught:
            list(get("remoteok", base).postings(_client(base), tally.fail))
    assert caught.value.error_code == "ADDRESS_REFUSED"
