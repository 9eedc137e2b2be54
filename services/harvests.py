"""Harvests: one row per fetch of a source, and what its history says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import cast, func, literal, select, update
from sqlalchemy.dialects.postgresql import JSONB, insert
from sqlalchemy.orm import Session

from core.errors import Unprocessable
from core.settings import Settings
from models.harvest import Harvest, HarvestRequest
from models.run import TERMINAL, Run
from services.runs.accepting import NewRun, accept

_ONE_REQUEST_LOCK = 7316004
SOURCES = (
    "adzuna", "arbeitnow", "ashby", "eures", "greenhouse", "hackernews", "himalayas", "jobicy", "landingjobs", "lever",
    "linkedin", "personio", "recruitee", "remoteok", "remotive", "smartrecruiters", "teamtailor", "themuse", "usajobs",
    "weworkremotely", "workable", "workingnomads",
)  # fmt: skip
"""The boards that `scrapers` reads, for doors, which may not look there; a test compares the two."""


def record(
    session: Session,
    *,
    run_id: UUID,
    source: str,
    status: str,
    reason: str | None,
    counts: Mapping[str, int],
    report: Mapping[str, Any],
    now: datetime,
) -> None:
    """Write the harvest of a run, once; `counts` are found, new, closed, failures, `report` what it was judged by."""
    values = {
        "source": source,
        "status": status,
        "reason": reason,
        "report": dict(report),
        "finished_at": now,
        **counts,
    }
    session.execute(
        insert(Harvest).values(run_id=run_id, **values).on_conflict_do_update(index_elements=["run_id"], set_=values)
    )


def record_lost(session: Session, parent_id: UUID) -> int:
    """A failed harvest for each child of a `harvest` run that ended as failed before it could record one.

    A child that was never let near its board (`SOURCE_RESTING`) has not failed it. Answers how many were recorded.
    """
    lost = (
        select(Run.id, Run.payload["source"].astext, literal("failed"), Run.error_message, Run.finished_at)
        .outerjoin(Harvest, Harvest.run_id == Run.id)
        .where(
            Run.parent_id == parent_id,
            Run.status == "failed",
            Run.error_code.is_distinct_from("SOURCE_RESTING"),
            Harvest.id.is_(None),
        )
    )
    columns = ["run_id", "source", "status", "reason", "finished_at"]
    return len(session.scalars(insert(Harvest).from_select(columns, lost).returning(Harvest.id)).all())


@dataclass(frozen=True)
class Requested:
    """`joined` is true when such a harvest was under way already and the person was given that one."""

    id: int
    run_id: UUID
    sources: Sequence[str]
    joined: bool


def request(session: Session, settings: Settings, *, user_id: int, sources: Sequence[str] = ()) -> Requested:
    """Start a harvest for a person, or join the one of the same sources that is under way. No sources means all.

    Raises Unprocessable for a source that is none of ours.
    """
    if unknown := sorted(set(sources) - set(SOURCES)):
        raise Unprocessable(f"There is no source named {', '.join(unknown)}.", context={"sources": list(SOURCES)})
    session.execute(select(func.pg_advisory_xact_lock(_ONE_REQUEST_LOCK)))
    named = list(dict.fromkeys(sources))
    under_way = session.scalar(
        select(Run.id)
        .where(Run.pipeline == "harvest", Run.status.not_in(TERMINAL), Run.payload["sources"] == cast(named, JSONB))
        .order_by(Run.created_at.desc())
        .limit(1)
    )
    run_id = under_way or accept(session, NewRun("harvest", {"sources": named})).run_id
    known = named or list(settings.harvest_sources)
    asked = HarvestRequest(run_id=run_id, user_id=user_id, sources=known)
    session.add(asked)
    session.flush()
    return Requested(asked.id, run_id, known, joined=under_way is not None)


def note_duplicates(session: Session, run_id: UUID, duplicates: int) -> None:
    """How many of a harvest's postings were advertised before. A run without a harvest has nowhere to note it."""
    session.execute(update(Harvest).where(Harvest.run_id == run_id).values(duplicates=duplicates))


def last_asked(session: Session, sources: Sequence[str]) -> Mapping[str, datetime]:
    """When each of these was last harvested, well or badly; a source that never was is missing."""
    newest = func.max(Harvest.created_at)
    rows = session.execute(select(Harvest.source, newest).where(Harvest.source.in_(sources)).group_by(Harvest.source))
    return {row.source: row[1] for row in rows}


def history(session: Session, source: str, *, limit: int = 20) -> Sequence[Harvest]:
    """A source's harvests, newest first."""
    return session.scalars(
        select(Harvest).where(Harvest.source == source).order_by(Harvest.created_at.desc()).limit(limit)
    ).all()


def of_parent(session: Session, run_id: UUID) -> Sequence[Harvest]:
    """The harvests of a `harvest` run's children."""
    return session.scalars(
        select(Harvest).join(Run, Run.id == Harvest.run_id).where(Run.parent_id == run_id).order_by(Harvest.source)
    ).all()


def totals(session: Session, run_id: UUID) -> dict[str, Any]:
    """What a `harvest` run brought, over its children."""
    harvests = of_parent(session, run_id)
    return {
        "found": sum(one.found for one in harvests),
        "new": sum(one.new for one in harvests),
        "duplicates": sum(one.duplicates for one in harvests),
        "closed": sum(one.closed for one in harvests),
        "sources": {one.source: {"status": one.status, "found": one.found, "new": one.new} for one in harvests},
        "failed_sources": sum(one.status == "failed" for one in harvests),
    }
