"""Boards in trouble: tried again, given up, left alone; and what an operator tells the sources."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from sqlalchemy import func, select, update

from cli.demo_boards import remoteok_answer
from core.clock import utc_now
from core.db import transaction
from core.queue import redis_client
from models.harvest import Harvest
from models.posting import Posting
from models.run import Run
from services.wiring import Services
from tests.pipelines.boards import Mirror, always, counted, harvest, last_harvest, pointed_at
from tests.scrapers.boards import Sent, example, pages

pytestmark = pytest.mark.usefixtures("clean_db", "redis_url")

BODY = remoteok_answer(utc_now())


@pytest.fixture(autouse=True)
def _nothing_is_held(redis_url: str) -> Iterator[None]:
    """One test's `Retry-After` is not the next one's."""
    yield
    client = redis_client(redis_url)
    for key in client.scan_iter("offerline:rate:*"):
        client.delete(key)


def children() -> list[Run]:
    with transaction() as session:
        return list(session.scalars(select(Run).where(Run.pipeline == "harvest_source").order_by(Run.created_at)))


def statuses() -> list[str]:
    with transaction() as session:
        return list(session.scalars(select(Harvest.status).order_by(Harvest.id)))


def told(services: Services, tmp_path: Path, text: str, **settings: Any) -> Services:
    """The operator wrote this into their file of sources."""
    file = tmp_path / "sources.toml"
    file.write_text(text, encoding="utf-8")
    changed = services.settings.model_copy(update={"harvest_file": file, **settings})
    return replace(services, settings=changed)


def test_a_board_that_stays_down_is_asked_three_times_and_its_failure_is_recorded(quick_services: Services) -> None:
    board = Mirror(always(b"", 503))
    with board.open() as url:
        run = harvest(pointed_at(quick_services, remoteok=url), tries=5)
    assert len(board.asked) == 3
    assert run.status == "completed"
    assert statuses() == ["failed"]
    assert "answered 503" in (last_harvest("remoteok").reason or "")
    assert run.result is not None
    assert run.result["failed_sources"] == 1


def test_after_three_failed_harvests_it_is_left_alone_and_then_tried_again(quick_services: Services) -> None:
    board = Mirror(always(b"", 503))
    with board.open() as url:
        pointed = pointed_at(quick_services, remoteok=url)
        for _ in range(3):
            harvest(pointed, tries=5)
        asked = len(board.asked)
        run = harvest(pointed, tries=5)
        assert (len(board.asked), run.status) == (asked, "completed")
        assert len(statuses()) == 3
        assert "rests until" in _messages(run)
        with transaction() as session:
            earlier = func.now() - timedelta(hours=1)
            session.execute(update(Harvest).values(finished_at=earlier, created_at=earlier))
        board.answer = always(BODY)
        harvest(pointed)
    assert statuses() == ["failed"] * 3 + ["completed"]


def _messages(run: Run) -> str:
    with transaction() as session:
        said = session.scalars(select(func.array_agg(func.coalesce(_events().c.message, "")))).one()
    return "; ".join(said)


def _events() -> Any:
    return Run.metadata.tables["run_events"]


def test_a_harvest_that_crashes_for_good_is_recorded_by_its_parent(quick_services: Services) -> None:
    """A worker that dies every time leaves no word; the breaker counts it all the same."""

    class Broken:
        def reserve(self, host: str, interval: float) -> float:
            raise MemoryError

        hold = reserve

    with Mirror(always(BODY)).open() as url:
        pointed = replace(pointed_at(quick_services, remoteok=url), rate_gate=Broken())  # type: ignore[arg-type]
        harvest(pointed, tries=5)
    (child,) = children()
    assert (child.status, child.error_code) == ("failed", "INTERNAL_ERROR")
    assert statuses() == ["failed"]
    assert last_harvest("remoteok").run_id == child.id
    assert "stopped unexpectedly" in (last_harvest("remoteok").reason or "")


def test_a_board_that_wants_a_day_of_rest_does_not_hold_the_others_up(quick_services: Services) -> None:
    busy, well = Mirror(always(b"", 429, {"Retry-After": "86400"})), Mirror(always(BODY))
    with busy.open() as down, well.open() as up:
        run = harvest(pointed_at(quick_services, remoteok=up, remotive=down))
    assert run.status == "completed"
    assert last_harvest("remotive").status == "failed"
    assert "answered 429" in (last_harvest("remotive").reason or "")
    assert last_harvest("remoteok").status == "completed"


def test_what_came_before_the_trouble_is_kept_and_closes_nothing(quick_services: Services) -> None:
    rows = json.loads(next(iter(example("himalayas")[0].values())))["jobs"]
    full = json.dumps({"jobs": [{**rows[0], "guid": f"https://h.example/companies/a/jobs/{n}"} for n in range(20)]})

    def second_page_is_down(request: Any) -> Sent:
        return Sent(full.encode()) if "offset=0" in request.path else Sent(b"", 500)

    with Mirror(second_page_is_down).open() as url:
        harvest(pointed_at(quick_services, himalayas=url), tries=5)
    told_row = last_harvest("himalayas")
    assert (told_row.status, told_row.found) == ("degraded", 20)
    assert "ended early" in (told_row.reason or "")
    assert counted(Posting.source == "himalayas") == 20


def test_companies_come_from_the_operators_file_and_a_wrong_one_is_named(
    quick_services: Services, tmp_path: Path
) -> None:
    lines = '[lever]\ncompanies = ["gone-inc", { slug = "acme", name = "Acme Boats" }]\n'
    board = Mirror(pages(example("lever")[0]))
    with board.open() as url:
        harvest(told(pointed_at(quick_services, lever=url), tmp_path, lines))
    row = last_harvest("lever")
    assert (row.status, row.found, row.failures) == ("completed", 2, 0), row.reason
    assert row.reason == "Not found: gone-inc."
    assert row.report["left"] == ["gone-inc"]
    with transaction() as session:
        assert set(session.scalars(select(Posting.company))) == {"Acme Boats"}


def test_a_company_in_trouble_is_named_and_nothing_is_closed(quick_services: Services, tmp_path: Path) -> None:
    answers = example("lever")[0]
    board = Mirror(pages(answers))
    with board.open() as url:
        services = told(pointed_at(quick_services, lever=url), tmp_path, '[lever]\ncompanies = ["acme", "busy"]\n')
        board.answer = pages({**answers, "/v0/postings/busy": b"<html>sorry</html>"})
        for _ in range(5):
            harvest(services)
    row = last_harvest("lever")
    assert (row.status, row.found, row.closed) == ("degraded", 2, 0)
    assert "busy: JSON was expected; an HTML page came" in (row.reason or "")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[lever", "is not TOML"),
        ("[moonboard]\npages = 1\n", "no source named moonboard; there are adzuna, arbeitnow"),
        ("[lever]\ncompanys = ['a']\n", "lever takes no option companys; it takes companies"),
        ("[lever]\ncompanies = 'a'\n", "companies of lever wants a list"),
        ("[lever]\ncompanies = ['../x']\n", "wants company names as addresses have them"),
        ("[himalayas]\npages = 0\n", "wants a number of pages"),
        ("lever = 3\n", "write [lever] on a line of its own"),
    ],
)
def test_a_file_that_cannot_be_followed_stops_the_harvest_and_says_where(
    quick_services: Services, tmp_path: Path, text: str, says: str
) -> None:
    run = harvest(told(pointed_at(quick_services, remoteok="http://127.0.0.1:9"), tmp_path, text))
    assert (run.status, run.error_code) == ("failed", "BAD_SOURCE_OPTIONS")
    assert says in (run.error_message or "")
    assert "sources.toml" in (run.error_message or "")
    assert statuses() == []


def test_boards_that_are_off_stay_off_until_the_operator_turns_them_on(quick_services: Services) -> None:
    services = pointed_at(quick_services)
    for name in ("linkedin", "adzuna", "usajobs"):
        run = harvest(services, sources=[name])
        assert (run.status, run.error_code) == ("failed", "SOURCE_NOT_CONFIGURED")
        assert f"{name} is off" in (run.error_message or "")
    assert children() == []


def test_a_board_that_is_off_does_not_hold_the_others_up(quick_services: Services) -> None:
    with Mirror(always(BODY)).open() as url:
        run = harvest(pointed_at(quick_services, remoteok=url), sources=["linkedin", "remoteok"])
    assert run.status == "completed"
    assert statuses() == ["completed"]
    assert "linkedin is off" in _messages(run)


def test_keys_come_from_the_environment_and_turn_a_board_on(quick_services: Services, tmp_path: Path) -> None:
    heard: list[tuple[str, str | None, str | None]] = []

    def answering(request: Any) -> Sent:
        heard.append((request.path, request.headers["Authorization-Key"], request.headers["User-Agent"]))
        return pages(example("usajobs")[0])(request)

    keys = {"usajobs_key": SecretStr("k-1"), "usajobs_email": "ops@offerline.example"}
    with Mirror(answering).open() as url:
        services = told(pointed_at(quick_services, usajobs=url), tmp_path, "[usajobs]\npages = 1\n", **keys)
        harvest(services, sources=["usajobs"])
    assert last_harvest("usajobs").found > 0, last_harvest("usajobs").reason
    assert {each[1:] for each in heard} == {("k-1", "ops@offerline.example")}


CRAWLERS = b"User-agent: *\nDisallow: /\n"


def test_a_documented_interface_is_asked_though_crawlers_are_kept_out(quick_services: Services) -> None:
    with Mirror(always(BODY)).open(robots=CRAWLERS) as url:
        harvest(pointed_at(quick_services, remoteok=url))
    assert last_harvest("remoteok").status == "completed"


def test_rules_that_name_us_are_obeyed_even_there(quick_services: Services) -> None:
    with Mirror(always(BODY)).open(robots=b"User-agent: Offerline\nDisallow: /\n") as url:
        harvest(pointed_at(quick_services, remoteok=url))
    assert last_harvest("remoteok").status == "failed"
    assert "ROBOTS_REFUSED" in (last_harvest("remoteok").reason or "")


def test_a_board_without_such_a_document_is_not_asked(quick_services: Services, tmp_path: Path) -> None:
    body = example("workingnomads")[0]
    with Mirror(pages(body)).open(robots=CRAWLERS) as url:
        services = pointed_at(quick_services, workingnomads=url)
        harvest(services)
        assert "ROBOTS_REFUSED" in (last_harvest("workingnomads").reason or "")
        allowed = '[workingnomads]\nrobots_permission = "by mail of their office, 2026-09-01"\n'
        harvest(told(services, tmp_path, allowed))
    assert last_harvest("workingnomads").found > 0, last_harvest("workingnomads").reason
