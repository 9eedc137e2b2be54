"""What a board may answer instead of its postings: how the harvest's row ends, that nothing is closed, and that no
address inside is reached.
"""

import itertools
import json
import socket
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest

from cli.demo_boards import remoteok_answer
from core.clock import utc_now
from models.posting import Posting
from services.wiring import Services
from tests.pipelines.boards import Mirror, always, counted, harvest, last_harvest, pointed_at, still_open
from tests.pipelines.watching import connections
from tests.scrapers.boards import Sent, served

pytestmark = pytest.mark.usefixtures("clean_db", "redis_url")

ROWS: list[dict[str, Any]] = json.loads(remoteok_answer(utc_now()))
NOTICE, POSTINGS = ROWS[0], ROWS[1:]


def body(rows: list[Any]) -> bytes:
    return json.dumps([NOTICE, *rows]).encode()


def renamed(field: str) -> bytes:
    return body([{(f"{name}_v2" if name == field else name): value for name, value in row.items()} for row in POSTINGS])


def emptied(field: str, value: Any) -> bytes:
    return body([{**row, field: value} for row in POSTINGS])


def ten_gigabytes(request: BaseHTTPRequestHandler) -> Sent:
    return Sent(chunks=itertools.repeat(b'{"id": 1}, ' * 100_000, 10_000))


def announced(request: BaseHTTPRequestHandler) -> Sent:
    return Sent(headers={"Content-Length": str(10 * 2**30)}, chunks=iter(()))


MUTATIONS: dict[str, tuple[Callable[[BaseHTTPRequestHandler], Sent], str, str]] = {
    "renamed id": (always(renamed("position")), "degraded", "missing position"),
    "renamed list": (always(b'{"postings": []}'), "failed", "no list of postings"),
    "renamed company": (always(renamed("company")), "degraded", "company is filled in 0%"),
    "renamed dates": (always(renamed("date").replace(b'"epoch"', b'"at"')), "degraded", "posted_at is filled in 0%"),
    "null company": (always(emptied("company", None)), "degraded", "company is filled in 0%"),
    "wrong type": (always(emptied("url", {"href": "x"})), "degraded", "missing url"),
    "empty list": (always(b"[]"), "degraded", "It yielded no posting."),
    "notice alone": (always(body([])), "degraded", "It yielded no posting."),
    "html": (always(b"<!doctype html><h1>Just a moment...</h1>"), "failed", "an HTML page came"),
    "html with 503": (always(b"<h1>Down</h1>", 503), "failed", "answered 503"),
    "truncated": (always(body(POSTINGS)[: len(body(POSTINGS)) // 2]), "failed", "cut or broken JSON came"),
    "half the postings": (always(body(POSTINGS[: len(POSTINGS) // 5])), "degraded", "are usual"),
    "10 GB": (ten_gigabytes, "failed", "larger than"),
    "10 GB announced": (announced, "failed", "announces 10737418240 bytes"),
    "404": (always(b"", 404), "failed", "answered 404"),
    "403": (always(b"", 403), "failed", "answered 403"),
    "binary": (always(b"\x00\xff\xfe"), "failed", "cut or broken JSON came"),
    "brotli": (always(b"x", headers={"Content-Encoding": "br"}), "failed", "which was not asked for"),
    "redirect to a file": (always(b"", 302, {"Location": "file:///etc/passwd"}), "failed", "Only http and https"),
    "redirect to metadata": (always(b"", 302, {"Location": "http://169.254.169.254/"}), "failed", "link-local"),
    "redirect in circles": (always(b"", 302, {"Location": "/api"}), "failed", "redirects too often"),
}  # fmt: skip


@pytest.mark.parametrize("name", MUTATIONS)
def test_a_mutated_answer_is_named_and_closes_nothing(quick_services: Services, name: str) -> None:
    answer, status, reason = MUTATIONS[name]
    board = Mirror(always(body(POSTINGS)))
    with board.open() as url:
        pointed = pointed_at(quick_services, remoteok=url)
        harvest(pointed)
        before = still_open()
        board.answer = answer
        for _ in range(4):  # one more than what closes a posting that believed harvests do not bring
            harvest(pointed, tries=4)
    told = last_harvest("remoteok")
    assert before == len(POSTINGS)
    assert (told.status, reason in (told.reason or "")) == (status, True), told.reason
    assert still_open() == before
    assert counted(Posting.missed > 0) == 0


@pytest.fixture
def inside() -> Iterator[tuple[str, list[str]]]:
    """A server of this machine that no harvest may reach, and the paths that reached it."""
    heard: list[str] = []

    def answering(request: BaseHTTPRequestHandler) -> Sent:
        heard.append(request.path)
        return Sent(body(POSTINGS))

    with served(answering) as url:
        yield url, heard


@pytest.mark.parametrize(
    "to", ["{inside}/", "http://localhost:{port}/", "http://[::1]:{port}/", "http://2130706433:{port}/"]
)
def test_a_redirect_into_the_machine_is_refused(
    quick_services: Services, inside: tuple[str, list[str]], to: str
) -> None:
    """The board is the operator's own and may be reached; where it points to may not, be it the same address."""
    url, heard = inside
    location = to.format(inside=url, port=url.rpartition(":")[2])
    board = Mirror(always(b"", 302, {"Location": location}))
    with board.open() as base, connections() as tried:
        harvest(pointed_at(quick_services, remoteok=base))
        ours = int(base.rpartition(":")[2])
    told = last_harvest("remoteok")
    assert told.status == "failed"
    assert "ADDRESS_REFUSED" in (told.reason or "")
    assert heard == []
    assert {port for _, port in tried} == {ours}


@pytest.fixture
def rebinding(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The world's name service says something else each time; answers are taken from the list, the last for ever."""
    said: list[str] = []

    def resolve(host: str, port: int, *_: Any, **__: Any) -> list[Any]:
        address = said.pop(0) if len(said) > 1 else said[0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    return said


@pytest.mark.parametrize(
    ("answers", "status"),
    [(["127.0.0.1"], "failed"), (["10.0.0.8", "8.8.8.8"], "failed")],
)
def test_a_name_that_rebinds_reaches_nothing_inside(
    quick_services: Services, rebinding: list[str], answers: list[str], status: str
) -> None:
    """A real board's name, asked as it is when nothing is pointed anywhere: each connection is to a checked address."""
    rebinding.extend(answers)
    services = pointed_at(quick_services)
    with connections() as tried:
        harvest(services, sources=["remoteok"], tries=4)
    told = last_harvest("remoteok")
    assert told.status == status
    assert "ADDRESS_REFUSED" in (told.reason or "")
    assert "not public" in (told.reason or "")
    assert tried == []
