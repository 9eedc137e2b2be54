"""Boards for the harvest pipeline: servers of this machine, services pointed at them, and what the tables say then."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from http.server import BaseHTTPRequestHandler
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, update

from core.db import transaction
from models.harvest import Harvest
from models.posting import Posting
from models.run import TERMINAL, Run
from services.runs.accepting import NewRun, accept
from services.wiring import Services
from tests.pipelines.draining import drain
from tests.scrapers.boards import Sent, served


def pointed_at(services: Services, **urls: str) -> Services:
    """Services whose operator pointed these sources, and no others, at these servers."""
    settings = services.settings.model_copy(update={"harvest_base_urls": urls, "harvest_sources": tuple(urls)})
    return replace(services, settings=settings)


def harvest(services: Services, *, tries: int = 1, **payload: Any) -> Run:
    """Run a harvest to its rest; with more `tries`, bring forward what waits for another one, so many times."""
    with transaction() as session:
        run_id = accept(session, NewRun("harvest", {"sources": [], **payload})).run_id
    for _ in range(tries):
        drain(services)
        bring_forward()
    return run(run_id)


def bring_forward() -> None:
    """What waits for its next try need not wait any longer."""
    with transaction() as session:
        waiting = update(Run).where(Run.status.not_in(TERMINAL))
        session.execute(waiting.values(run_after=func.now(), next_dispatch_at=func.now() - timedelta(seconds=1)))


def run(run_id: UUID) -> Run:
    with transaction() as session:
        return session.get_one(Run, run_id)


def last_harvest(source: str) -> Harvest:
    with transaction() as session:
        newest = select(Harvest).where(Harvest.source == source).order_by(Harvest.id.desc()).limit(1)
        return session.scalars(newest).one()


def counted(*conditions: Any) -> int:
    with transaction() as session:
        return session.scalar(select(func.count()).select_from(Posting).where(*conditions)) or 0


def still_open() -> int:
    return counted(Posting.closed_at.is_(None))


@dataclass
class Mirror:
    """A board whose answer is swapped between harvests. `asked` are the paths and conditions it heard."""

    answer: Callable[[BaseHTTPRequestHandler], Sent]
    asked: list[tuple[str, str | None]] = field(default_factory=list)

    @contextmanager
    def open(self, robots: bytes | None = None) -> Iterator[str]:
        def answering(request: BaseHTTPRequestHandler) -> Sent:
            if request.path == "/robots.txt":
                return Sent(b"", 404) if robots is None else Sent(robots)
            self.asked.append((request.path, request.headers["If-None-Match"]))
            return self.answer(request)

        with served(answering) as base:
            yield base


def always(body: bytes, status: int = 200, headers: Mapping[str, str] | None = None) -> Callable[[Any], Sent]:
    return lambda request: Sent(body, status, headers or {})
