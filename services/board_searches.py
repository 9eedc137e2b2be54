"""Searches of boards that people ask for: narrowed, bounded, and unlike harvests no word on what is gone."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import cast, func, select
from sqlalchemy.dialects.postgresql import JSONB, distinct_on
from sqlalchemy.orm import Session

from core.errors import Unprocessable
from core.settings import Settings
from models.harvest import HarvestRequest
from models.posting import Posting
from models.run import TERMINAL, Run
from models.user import User
from services import linkedin
from services.harvests import SOURCES
from services.runs.accepting import NewRun, accept

PIPELINE, OF_SOURCE = "board_search", "board_search_source"
_REMEMBERED = timedelta(days=7)


@dataclass(frozen=True)
class Wanted:
    """What to bring: postings that name any of `keywords`, at `location`, `most` of them over all `sources`.

    No keywords and an empty location ask for everything.
    """

    sources: tuple[str, ...]
    keywords: tuple[str, ...] = ()
    location: str = ""
    most: int = 50

    def payload(self) -> dict[str, Any]:
        return {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(self).items()}


@dataclass(frozen=True)
class Requested:
    """`joined` is true when the person's same search was under way already."""

    run_id: UUID
    sources: Sequence[str]
    joined: bool


@dataclass(frozen=True)
class Searched:
    """How a source was last searched, and when that ended; None while it has not."""

    source: str
    at: datetime | None
    status: str
    found: int
    new: int
    error: str | None


def request(session: Session, settings: Settings, wanted: Wanted, *, user_id: int) -> Requested:
    """Start a search for a person, or join their same one. Raises Unprocessable for an unknown source or one off."""
    if unknown := sorted(set(wanted.sources) - set(SOURCES)):
        raise Unprocessable(f"There is no source named {', '.join(unknown)}.", context={"sources": list(SOURCES)})
    if linkedin.SOURCE in wanted.sources and not linkedin.is_on(settings):
        raise Unprocessable(linkedin.WHY_OFF, code="SOURCE_OFF")
    session.execute(select(User.id).where(User.id == user_id).with_for_update(key_share=True))  # one asker at a time
    same = (
        select(Run.id)
        .where(Run.user_id == user_id, Run.pipeline == PIPELINE, Run.status.not_in(TERMINAL))
        .where(Run.payload == cast(wanted.payload(), JSONB))
    )
    under_way = session.scalar(same.limit(1))
    run_id = under_way or accept(session, NewRun(PIPELINE, wanted.payload(), user_id=user_id)).run_id
    if under_way is None:
        session.add(HarvestRequest(run_id=run_id, user_id=user_id, sources=list(wanted.sources)))
    return Requested(run_id, wanted.sources, joined=under_way is not None)


def last_asked(session: Session, source: str, question: Mapping[str, Any] | None = None) -> datetime | None:
    """When anybody's search last asked this board; with a `question`, when it was asked just that."""
    query = _children().where(Run.payload["source"].astext == source).with_only_columns(func.max(Run.created_at))
    if question is not None:
        query = query.where(Run.payload.contains(dict(question)))
    found: datetime | None = session.scalar(query)
    return found


def first_seen_at(session: Session, source: str, at: datetime) -> int:
    """How many postings a fetch that began then was the first to bring."""
    return session.scalar(select(func.count()).where(Posting.source == source, Posting.scraped_at == at)) or 0


def latest(session: Session) -> list[Searched]:
    """For each source that was searched within a week, how that went."""
    name = Run.payload["source"].astext
    rows = session.scalars(_children().ext(distinct_on(name)).order_by(name, Run.created_at.desc()))
    return [_searched(run) for run in rows]


def totals(session: Session, run_id: UUID) -> dict[str, Any]:
    """What a search brought, over its children."""
    of_source = [_searched(run) for run in session.scalars(select(Run).where(Run.parent_id == run_id))]
    return {
        "found": sum(one.found for one in of_source),
        "new": sum(one.new for one in of_source),
        "sources": {one.source: {"status": one.status, "found": one.found, "new": one.new} for one in of_source},
        "failed_sources": sum(one.status == "failed" for one in of_source),
    }


def _children() -> Any:
    """Runs of one source each. Requests are few and runs are many, so it goes by the requests."""
    return (
        select(Run)
        .join(HarvestRequest, HarvestRequest.run_id == Run.parent_id)
        .where(Run.pipeline == OF_SOURCE, HarvestRequest.created_at > func.now() - _REMEMBERED)
    )


def _searched(run: Run) -> Searched:
    result = run.result or {}
    status = run.status if run.status in TERMINAL else "running"
    return Searched(
        run.payload["source"],
        run.finished_at,
        status,
        result.get("found", 0),
        result.get("new", 0),
        run.error_message or result.get("reason"),
    )
