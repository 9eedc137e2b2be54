"""Conditional requests across harvests and workers: an unchanged board is asked, says so, and keeps its postings."""

import json
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest
from redis import Redis
from sqlalchemy import select, update

from cli.demo_boards import remoteok_answer
from core.clock import utc_now
from core.db import transaction
from core.queue import redis_client
from models.posting import Posting
from pipelines.harvest_memory import HarvestMemory
from scrapers.http.cache import Stored
from services.answer_store import RedisAnswerStore
from services.wiring import Services
from tests.pipelines.boards import Mirror, always, counted, harvest, last_harvest, pointed_at, still_open
from tests.scrapers.boards import Sent

pytestmark = pytest.mark.usefixtures("clean_db")

BODY = remoteok_answer(utc_now())


@pytest.fixture
def redis(redis_url: str) -> Redis:
    client = redis_client(redis_url, decode=False)
    for key in client.scan_iter("offerline:answers:*"):
        client.delete(key)
    return client


def unchanged(body: bytes, tag: str = '"one"') -> Any:
    """A board that answers 304 to whoever has its answer."""

    def answering(request: BaseHTTPRequestHandler) -> Sent:
        if request.headers["If-None-Match"] == tag:
            return Sent(b"", 304, {"ETag": tag})
        return Sent(body, 200, {"ETag": tag})

    return answering


@pytest.mark.usefixtures("redis")
def test_an_unchanged_board_sends_nothing_and_loses_no_posting(quick_services: Services) -> None:
    board = Mirror(unchanged(BODY))
    with board.open() as url:
        pointed = pointed_at(quick_services, remoteok=url)
        found = harvest(pointed).result
        for _ in range(4):  # one more than what would close what was not seen
            again = harvest(pointed).result
    assert found is not None
    assert again is not None
    assert [condition for _, condition in board.asked] == [None, '"one"', '"one"', '"one"', '"one"']
    assert (again["found"], again["new"], again["closed"]) == (found["found"], 0, 0)
    assert last_harvest("remoteok").status == "completed"
    assert still_open() == found["found"]
    assert counted(Posting.missed > 0) == 0


@pytest.mark.usefixtures("redis")
def test_seen_again_by_a_304_is_seen_again(quick_services: Services) -> None:
    """What was missed before, or was last seen long ago, is fresh once the unchanged answer has it."""
    board = Mirror(unchanged(BODY))
    with board.open() as url:
        pointed = pointed_at(quick_services, remoteok=url)
        harvest(pointed)
        with transaction() as session:
            one = session.scalars(select(Posting.id).limit(1)).one()
            session.execute(update(Posting).where(Posting.id == one).values(missed=2, closed_at=utc_now()))
        harvest(pointed)
    assert counted(Posting.missed > 0) == counted(Posting.closed_at.is_not(None)) == 0


@pytest.mark.usefixtures("redis")
def test_what_another_worker_was_told_is_known_to_this_one(quick_services: Services) -> None:
    """A harvest elsewhere, with its own services, leaves its validators to everybody."""
    board = Mirror(unchanged(BODY))
    with board.open() as url:
        for _ in range(2):
            harvest(pointed_at(Services.from_settings(quick_services.settings), remoteok=url), sources=["remoteok"])
    assert [condition for _, condition in board.asked] == [None, '"one"']


@pytest.mark.usefixtures("redis")
def test_an_answer_that_was_cut_is_not_remembered(quick_services: Services) -> None:
    """It came with the validator of the whole; kept, it would be confirmed for ever."""
    board = Mirror(always(BODY[: len(BODY) // 2], headers={"ETag": '"one"'}))
    with board.open() as url:
        pointed = pointed_at(quick_services, remoteok=url)
        harvest(pointed)
        assert last_harvest("remoteok").status == "failed"
        board.answer = unchanged(BODY)
        run = harvest(pointed)
    assert [condition for _, condition in board.asked] == [None, None]
    assert last_harvest("remoteok").status == "completed"
    assert run.result is not None
    assert run.result["new"] > 0


@pytest.mark.usefixtures("redis")
def test_what_a_bad_harvest_was_read_from_is_forgotten(quick_services: Services) -> None:
    board = Mirror(unchanged(BODY))
    few = json.dumps(json.loads(BODY)[:3]).encode()
    with board.open() as url:
        pointed = pointed_at(quick_services, remoteok=url)
        harvest(pointed)
        board.answer = always(few, headers={"ETag": '"two"'})
        harvest(pointed)
        assert last_harvest("remoteok").status == "degraded"
        harvest(pointed)
    assert [condition for _, condition in board.asked] == [None, '"one"', None]


def test_the_store_keeps_to_its_bounds_and_the_oldest_go_first(redis: Redis) -> None:
    store = RedisAnswerStore(redis, most_bytes=1000, most_of_one=400)
    for number in range(5):
        store.put(f"k{number}", bytes(300), at=number)
    store.put("large", bytes(401), at=9)
    assert [store.get(f"k{number}") is not None for number in range(5)] == [False, False, True, True, True]
    assert store.get("large") is None
    store.put("k2", bytes(300), at=10)  # used again
    store.put("k5", bytes(300), at=11)
    assert [store.get(f"k{number}") is not None for number in range(2, 6)] == [True, False, True, True]
    store.forget(["k2", "k5", "never"])
    assert store.get("k2") is store.get("k5") is None
    store.put("k4", bytes(300), at=12)
    assert int(redis.get("offerline:answers:total") or 0) == 300
    assert 0 < redis.ttl("offerline:answers:k4") <= 14 * 86400


def test_without_redis_nothing_is_known_and_nothing_breaks() -> None:
    store = RedisAnswerStore(redis_client("redis://127.0.0.1:1/0", decode=False))
    memory = HarvestMemory(store)
    memory.put("k", Stored('"1"', None, b"body", "text/plain"))
    assert memory.get("k") == Stored('"1"', None, b"body", "text/plain")
    assert memory.get("other") is None
    memory.settle(believed=True)
    memory.settle(believed=False)


def test_what_another_version_wrote_is_not_understood_and_does_no_harm(redis: Redis) -> None:
    store = RedisAnswerStore(redis)
    for number, odd in enumerate((b"", b"x", b"{}\nx", b'{"etag": 1}\n', b"\xff\xfe")):
        store.put(f"odd{number}", odd, at=1)
        assert HarvestMemory(store).get(f"odd{number}") is None
