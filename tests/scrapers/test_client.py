"""The polite client: manners, caps, caches and typed errors, against servers on this machine."""

import gzip
import itertools
import time
import tracemalloc
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler

import pytest

from core.errors import Transient
from scrapers.errors import (
    AnswerTooLarge,
    FetchTimeout,
    Gone,
    RobotsRefused,
    TooManyRedirects,
    UnexpectedStatus,
    UnreadableAnswer,
)
from scrapers.http import Limits, MemoryRateGate
from tests.scrapers.boards import CONTACT, Sent, pages, polite, served

MEGABYTE = b"x" * 2**20


def test_says_who_it_is() -> None:
    seen: list[str] = []

    def answering(request: BaseHTTPRequestHandler) -> Sent:
        seen.append(f"{request.path} {request.headers['User-Agent']}")
        return Sent(b"{}")

    with served(answering) as base:
        polite().get(base + "/api")
    assert seen == [f"/robots.txt Offerline/1.0 (+{CONTACT})", f"/api Offerline/1.0 (+{CONTACT})"]


@pytest.mark.parametrize(
    ("robots", "path", "allowed"),
    [
        (b"User-agent: *\nDisallow: /", "/api", False),
        (b"User-agent: *\nDisallow: /private\nAllow: /", "/api", True),
        (b"User-agent: *\nDisallow: /\n\nUser-agent: Offerline\nAllow: /", "/api", True),
        (b"User-agent: Offerline\nDisallow: /api", "/api", False),
        (b"User-agent: *\nDisallow: /*.rss$", "/feed.rss", False),
        (b"<html>not robots at all</html>", "/api", True),
        (b"", "/api", True),
    ],
)
def test_robots_are_obeyed(robots: bytes, path: str, allowed: bool) -> None:
    with served(pages({"/robots.txt": robots, path: b"{}"})) as base:
        if allowed:
            assert polite().get(base + path).status == 200
        else:
            with pytest.raises(RobotsRefused):
                polite().get(base + path)


def test_robots_absent_allow_and_broken_hold_back() -> None:
    with served(pages({"/api": b"{}"})) as base:
        assert polite().get(base + "/api").status == 200
    with served(pages({"/api": b"{}", "/robots.txt": Sent(b"", 503)})) as base, pytest.raises(Transient):
        polite().get(base + "/api")


def test_given_robots_replace_the_hosts() -> None:
    with served(pages({"/api": b"{}", "/robots.txt": b"User-agent: *\nDisallow: /"})) as base:
        assert polite(robots_given={base: ""}).get(base + "/api").status == 200


def test_requests_to_one_host_are_spaced_and_crawl_delay_counts() -> None:
    waits: list[float] = []
    clock = itertools.count(0.0, 0.0)
    with served(pages({"/a": b"1", "/robots.txt": b"User-agent: *\nCrawl-delay: 7"})) as base:
        client = polite(limits=Limits(interval=2.0), gate=MemoryRateGate(clock=lambda: next(clock)), sleep=waits.append)
        for _ in range(3):
            client.get(base + "/a")
    assert waits == [7.0, 14.0]


def test_a_host_asked_too_often_is_left_for_later() -> None:
    gate = MemoryRateGate()
    gate.hold("127.0.0.1", 500.0)
    with served(pages({"/a": b"1"})) as base, pytest.raises(Transient) as caught:
        polite(gate=gate).get(base + "/a")
    assert caught.value.retry_after == pytest.approx(500.0, abs=5)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("120", 120.0), ("in five minutes", 300.0), ("soon", None)],
)
def test_retry_after_is_carried_and_holds_the_host(header: str, seconds: float | None) -> None:
    gate = MemoryRateGate()
    if header == "in five minutes":
        header = format_datetime(datetime.now(UTC) + timedelta(minutes=5), usegmt=True)
    with served(pages({"/a": Sent(b"", 429, {"Retry-After": header})})) as base:
        with pytest.raises(Transient) as caught:
            polite(gate=gate).get(base + "/a")
        held = gate.reserve("127.0.0.1", 0.0)
    if seconds is None:
        assert caught.value.retry_after is None
        assert held == 0.0
    else:
        assert caught.value.retry_after == pytest.approx(seconds, abs=10)
        assert held == pytest.approx(seconds, abs=10)


@pytest.mark.parametrize(
    ("status", "error"),
    [(404, Gone), (410, Gone), (403, UnexpectedStatus), (401, UnexpectedStatus), (500, Transient), (503, Transient)],
)
def test_statuses_become_typed_errors(status: int, error: type[Exception]) -> None:
    with served(pages({"/a": Sent(b"no", status)})) as base, pytest.raises(error):
        polite().get(base + "/a")


def test_nobody_listening_is_transient() -> None:
    with served(pages({})) as base:
        pass
    with pytest.raises(Transient):
        polite(robots_given={base: ""}).get(base + "/a")


def test_unchanged_pages_are_not_sent_again_and_still_read() -> None:
    asked: list[str | None] = []

    def answering(request: BaseHTTPRequestHandler) -> Sent:
        if request.path == "/robots.txt":
            return Sent(b"", 404)
        asked.append(request.headers["If-None-Match"])
        if request.headers["If-None-Match"] == '"one"':
            return Sent(b"", 304)
        return Sent(b'[{"id": 1}]', headers={"ETag": '"one"', "Last-Modified": "Mon, 21 Sep 2026 09:00:00 GMT"})

    with served(answering) as base:
        client = polite()
        first, second = client.get(base + "/api"), client.get(base + "/api")
    assert asked == [None, '"one"']
    assert (first.from_cache, second.from_cache) == (False, True)
    assert first.json() == second.json() == [{"id": 1}]


def _endless() -> Iterator[bytes]:
    return itertools.repeat(MEGABYTE, 10 * 1024)


def _bomb() -> Iterator[bytes]:
    """10 GB of zeros as about 10 MB of gzip, made while it is sent."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    for _ in range(10 * 1024):
        yield packer.compress(bytes(2**20))
    yield packer.flush()


@pytest.mark.parametrize(("body", "headers"), [(_endless, {}), (_bomb, {"Content-Encoding": "gzip"})])
def test_ten_gigabytes_stop_at_the_cap_in_flat_memory(body: object, headers: dict[str, str]) -> None:
    def answering(request: BaseHTTPRequestHandler) -> Sent:
        if request.path == "/robots.txt":
            return Sent(b"", 404)
        return Sent(headers=headers, chunks=body())  # type: ignore[operator]

    cap = 4 * 2**20
    with served(answering) as base:
        client = polite(limits=Limits(interval=0.0, bytes=cap))
        tracemalloc.start()
        with pytest.raises(AnswerTooLarge):
            client.get(base + "/api")
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert peak < 6 * cap


def test_a_length_beyond_the_cap_is_refused_unread() -> None:
    sent = Sent(headers={"Content-Length": str(10 * 2**30)}, chunks=iter(()))
    with served(pages({"/api": sent})) as base, pytest.raises(AnswerTooLarge):
        polite().get(base + "/api")


def test_a_server_that_drips_meets_the_total_time() -> None:
    def drip() -> Iterator[bytes]:
        for _ in range(200):
            time.sleep(0.05)
            yield b"x"

    with served(pages({"/api": Sent(chunks=drip())})) as base:
        started = time.monotonic()
        with pytest.raises(FetchTimeout):
            polite(limits=Limits(interval=0.0, seconds=0.6)).get(base + "/api")
    assert time.monotonic() - started < 6.0, "all of it drips for ten seconds"


def test_headers_that_drip_meet_it_too() -> None:
    def answering(request: BaseHTTPRequestHandler) -> Sent:
        if request.path == "/api":
            for _ in range(60):
                time.sleep(0.05)
                request.wfile.write(b"H")
        return Sent(b"")

    with served(answering) as base:
        started = time.monotonic()
        with pytest.raises(Transient):
            polite(limits=Limits(interval=0.0, seconds=0.5)).get(base + "/api")
    assert time.monotonic() - started < 2.5


def test_gzip_is_read_and_broken_gzip_is_named() -> None:
    whole = gzip.compress(b'{"ok": true}')
    answers = {
        "/whole": Sent(whole, headers={"Content-Encoding": "gzip"}),
        "/cut": Sent(whole[:-6], headers={"Content-Encoding": "gzip"}),
        "/lie": Sent(b"plain", headers={"Content-Encoding": "gzip"}),
        "/odd": Sent(b"plain", headers={"Content-Encoding": "br"}),
    }
    with served(pages(answers)) as base:
        assert polite().get(base + "/whole").json() == {"ok": True}
        for path in ("/cut", "/lie", "/odd"):
            with pytest.raises(UnreadableAnswer):
                polite().get(base + path)


def test_redirects_are_followed_and_loops_end() -> None:
    answers = {
        "/a": Sent(b"", 301, {"Location": "/b"}),
        "/b": Sent(b"", 307, {"Location": "c?x=1"}),
        "/c": Sent(b"there"),
        "/loop": Sent(b"", 302, {"Location": "/loop"}),
        "/odd": Sent(b"", 302, {"Location": "http://board.example:port/"}),
    }
    with served(pages(answers)) as base:
        assert polite().get(base + "/a").text == "there"
        with pytest.raises(TooManyRedirects):
            polite().get(base + "/loop")
        with pytest.raises(Exception, match="redirect names no address"):
            polite().get(base + "/odd")


def test_keys_are_not_carried_to_another_host() -> None:
    heard: list[str | None] = []

    def other(request: BaseHTTPRequestHandler) -> Sent:
        if request.path != "/robots.txt":
            heard.append(request.headers["Authorization-Key"])
        return Sent(b"{}")

    with served(other) as elsewhere:
        away = Sent(b"", 302, {"Location": elsewhere.replace("127.0.0.1", "localhost") + "/x"})
        with served(pages({"/api": away})) as base:
            polite().get(base + "/api", headers={"Authorization-Key": "secret"})
    assert heard == [None]


@pytest.mark.parametrize("body", [b"<html>blocked</html>", b'{"jobs": [', b"", b"\xff\xfe\x00", b"[" * 100_000])
def test_what_is_no_json_is_unreadable(body: bytes) -> None:
    with served(pages({"/api": body})) as base, pytest.raises(UnreadableAnswer):
        polite().get(base + "/api").json()
