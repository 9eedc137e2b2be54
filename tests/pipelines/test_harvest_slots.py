"""When boards are asked: once a slot whoever asks, not too soon, and never for a slot that has passed."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, text, update

from cli.demo_boards import serve_boards
from core.clock import utc_now
from core.db import transaction
from models.harvest import Harvest
from models.posting import Posting
from models.run import Run
from pipelines.harvest import plan
from pipelines.pipeline import Context
from scrapers.registry import SOURCES
from services.runs.accepting import NewRun, accept
from services.wiring import Services
from tests.pipelines.draining import drain
from tests.pipelines.test_harvest import _harvest, _pointed_at, board_that_answers
from workers.tasks import start_scheduled_harvest

pytestmark = pytest.mark.usefixtures("clean_db", "redis_url")


def keys(pipeline: str = "harvest") -> list[str | None]:
    with transaction() as session:
        return list(
            session.scalars(select(Run.idempotency_key).where(Run.pipeline == pipeline).order_by(Run.created_at))
        )


def test_two_beats_at_once_start_one_harvest() -> None:
    with ThreadPoolExecutor(8) as beats:
        started = set(beats.map(lambda _: start_scheduled_harvest(), range(24)))
    assert len(started) <= 2  # two only where a new slot began in between
    assert len(keys()) == len(started)
    assert len(set(keys())) == len(keys())


def test_slots_that_passed_while_nobody_was_there_are_not_made_up_for() -> None:
    start_scheduled_harvest()
    with transaction() as session:
        long_ago = "slot:" + (utc_now() - timedelta(hours=9)).replace(minute=0, second=0, microsecond=0).isoformat()
        session.execute(update(Run).values(idempotency_key=long_ago))
    again = {start_scheduled_harvest() for _ in range(5)}
    assert len(again) <= 2
    assert len(keys()) == 1 + len(again)
    slot = keys()[-1]
    assert slot is not None
    assert slot > long_ago


def test_a_slot_has_one_run_for_each_source_though_its_planning_dies_and_is_done_again(
    quick_services: Services,
) -> None:
    with serve_boards() as urls:
        pointed = _pointed_at(quick_services, **urls)
        start_scheduled_harvest()
        start_scheduled_harvest()
        drain(pointed)
    with transaction() as session:
        sources = session.scalars(select(Run.payload["source"].astext).where(Run.pipeline == "harvest_source")).all()
        assert set(session.scalars(select(Run.status))) == {"completed"}
    assert sorted(sources) == sorted(urls)
    assert len(set(keys("harvest_source"))) == len(urls)


def planned(services: Services, **payload: Any) -> list[str]:
    with transaction() as session:
        run_id = accept(session, NewRun("harvest", {"sources": [], **payload})).run_id
    done = plan(Context(run_id, None, 1, {"sources": [], **payload}, {}, services, lambda *_: None))
    return [child.payload["source"] for child in done.children]


def asked_before(source: str, ago: timedelta) -> None:
    with transaction() as session:
        run = Run(id=accept(session, NewRun("harvest_source", {"source": source})).run_id)
        session.add(Harvest(run_id=run.id, source=source, status="failed", created_at=utc_now() - ago))


def test_a_board_is_not_asked_again_before_its_time(quick_services: Services) -> None:
    least = SOURCES["remotive"].min_interval
    asked_before("remotive", least * 0.5)
    asked_before("remoteok", SOURCES["remoteok"].min_interval * 0.95)
    assert planned(quick_services, sources=["remotive", "remoteok", "arbeitnow"]) == ["remoteok", "arbeitnow"]


def test_a_board_of_the_operators_own_may_always_be_asked(quick_services: Services) -> None:
    asked_before("remoteok", timedelta(seconds=1))
    pointed = _pointed_at(quick_services, remoteok="http://127.0.0.1:9")
    assert planned(pointed, sources=["remoteok"]) == ["remoteok"]
    assert planned(pointed, sources=["remoteok"], live=True) == []


def test_one_opening_on_two_boards_becomes_one(quick_services: Services) -> None:
    with serve_boards() as urls:
        run = _harvest(_pointed_at(quick_services, **urls))
    assert run.result is not None
    assert run.result["duplicates"] > 0
    with transaction() as session:
        copies = session.scalars(select(Posting).where(Posting.duplicate_of.is_not(None))).all()
        heads = [session.get_one(Posting, one.duplicate_of) for one in copies]
    assert len(copies) == run.result["duplicates"]
    assert all(head.duplicate_of is None and head.source != one.source for head, one in zip(heads, copies, strict=True))
    assert all(head.title.split()[-1] == one.title.split()[-1] for head, one in zip(heads, copies, strict=True))


def test_a_page_that_is_gone_closes_its_posting_before_patience_ends(quick_services: Services) -> None:
    with serve_boards() as urls, board_that_answers(410, b"") as gone, board_that_answers(200, b"here") as alive:
        servers = {"remoteok": urls["remoteok"], "remotive": gone, "jobicy": alive}
        pointed = _pointed_at(quick_services, **servers)
        _harvest(pointed, sources=["remoteok"])
        with transaction() as session:
            for source_id, url in (("old-1", gone), ("old-2", alive)):
                copied = "insert into postings (source, source_id, url, title, description, content_hash)"
                session.execute(text(f"{copied} values ('remoteok', '{source_id}', '{url}/1', 'Old', '', 'h')"))
        _harvest(pointed, sources=["remoteok"])
    with transaction() as session:
        closed = dict(session.execute(select(Posting.source_id, Posting.closed_at).where(Posting.title == "Old")).all())
    assert closed["old-1"] is not None
    assert closed["old-2"] is None
