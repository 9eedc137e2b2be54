"""Harvests against boards that answer as the originals do, and as they should not."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
from sqlalchemy import func, select

from cli.demo_boards import serve_boards
from core.db import transaction
from models.harvest import Harvest
from models.posting import Posting, PostingEmbedding
from models.run import Run
from services.runs.accepting import NewRun, accept
from services.wiring import Services
from tests.pipelines.draining import drain

pytestmark = pytest.mark.usefixtures("clean_db", "redis_url")


@contextmanager
def board_that_answers(status: int, body: bytes, **headers: str) -> Iterator[str]:
    """A server that lets robots in and says the same to everything they ask."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/robots.txt":
                self.send_error(404)
                return
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name.replace("_", "-"), value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 — the base class names it so
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()


def _pointed_at(services: Services, **urls: str) -> Services:
    settings = services.settings.model_copy(update={"harvest_base_urls": urls, "harvest_sources": tuple(urls)})
    return replace(services, settings=settings)


def _harvest(services: Services, **payload: Any) -> Run:
    with transaction() as session:
        run_id = accept(session, NewRun("harvest", {"sources": [], **payload})).run_id
    drain(services)
    with transaction() as session:
        return session.get_one(Run, run_id)


def _count(table: type[Any]) -> int:
    with transaction() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def _only_harvest() -> Harvest:
    with transaction() as session:
        return session.scalars(select(Harvest)).one()


def test_two_boards_fill_the_catalogue_once_however_often_they_are_asked(quick_services: Services) -> None:
    with serve_boards() as urls:
        pointed = _pointed_at(quick_services, **urls)
        first = _harvest(pointed)
        stored = _count(Posting)
        again = _harvest(pointed)
    assert first.status == again.status == "completed"
    assert first.result is not None
    assert again.result is not None
    assert first.result["new"] == first.result["found"] == stored > 50
    assert set(first.result["sources"]) == {"remoteok", "weworkremotely"}
    assert (again.result["new"], again.result["found"]) == (0, stored)
    assert _count(Posting) == _count(PostingEmbedding) == stored


def test_what_a_posting_asks_for_is_read_when_it_comes(quick_services: Services) -> None:
    with serve_boards() as urls:
        _harvest(_pointed_at(quick_services, remoteok=urls["remoteok"]))
    with transaction() as session:
        found = session.scalars(select(Posting)).all()
    assert sum(bool(one.skills) for one in found) > len(found) * 0.8
    assert all(one.requirements["required"] or one.requirements["preferred"] for one in found if one.skills[2:])
    assert all("<" not in one.description for one in found)


def test_an_unknown_source_ends_the_run_before_any_is_asked(quick_services: Services) -> None:
    run = _harvest(quick_services, sources=["remoteok", "moonboard"])
    assert (run.status, run.error_code) == ("failed", "NOT_FOUND")
    assert _count(Harvest) == 0


@pytest.mark.parametrize(
    ("status", "body", "headers"),
    [
        (200, b"<html><body>Be right back</body></html>", {}),
        (200, b'[{"legal": "x"}, {"id": "1", "posit', {}),
        (200, b"[]", {}),
        (404, b"", {}),
        (302, b"", {"Location": "ftp://example.org/"}),
    ],
    ids=["html", "truncated", "empty", "missing", "elsewhere"],
)
def test_a_board_that_answers_nonsense_closes_nothing(
    quick_services: Services, status: int, body: bytes, headers: dict[str, str]
) -> None:
    with serve_boards() as urls:
        _harvest(_pointed_at(quick_services, remoteok=urls["remoteok"]))
    before = _count(Posting)
    with transaction() as session:
        session.execute(Harvest.__table__.delete())
    with board_that_answers(status, body, **headers) as url:
        run = _harvest(_pointed_at(quick_services, remoteok=url))
    harvest = _only_harvest()
    assert run.status == "completed"
    assert harvest.status in {"degraded", "failed"}
    assert harvest.reason
    with transaction() as session:
        still_open = session.scalar(select(func.count()).select_from(Posting).where(Posting.closed_at.is_(None)))
    assert still_open == before


def test_an_address_inside_is_not_reached_unless_the_operator_pointed_there(quick_services: Services) -> None:
    """The board redirects to a host the operator did not name: refused like any private address."""
    with board_that_answers(200, b"[]") as inside, board_that_answers(302, b"", Location=inside) as url:
        elsewhere = replace(
            quick_services, settings=quick_services.settings.model_copy(update={"harvest_sources": ("remoteok",)})
        )
        pointed = _pointed_at(elsewhere, weworkremotely=url)
        run = _harvest(pointed, sources=["weworkremotely"])
    assert run.status == "completed"
    assert _only_harvest().status in {"degraded", "failed"}


def test_a_board_in_trouble_is_asked_again_later(quick_services: Services) -> None:
    with board_that_answers(503, b"", Retry_After="7") as url:
        pointed = _pointed_at(quick_services, remoteok=url)
        with transaction() as session:
            accept(session, NewRun("harvest", {"sources": []}))
        drain(pointed)
    with transaction() as session:
        child = session.scalars(select(Run).where(Run.pipeline == "harvest_source")).one()
    assert (child.status, child.attempts) == ("queued", 1)
    assert 5 < (child.run_after - child.updated_at).total_seconds() <= 8
