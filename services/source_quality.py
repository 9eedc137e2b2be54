"""How good each source is: what the catalogue holds of it, what its last harvest brought, and whether to believe it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session

from models.harvest import Harvest
from models.posting import Posting
from models.run import TERMINAL, Run


@dataclass(frozen=True)
class SourceQuality:
    """`open`, `duplicates` and `new_today` are of the catalogue, the rest of the last harvest, None before the first.

    `fill` is the share, 0 to 1, of its postings that have a field. `believed_at` is the last harvest that was complete.
    """

    source: str
    open: int
    closed: int
    duplicates: int
    new_today: int
    newest_at: datetime | None
    verdict: str | None
    reason: str | None
    harvested_at: datetime | None
    believed_at: datetime | None
    found: int
    new: int
    failures: int
    fill: Mapping[str, float]


@dataclass(frozen=True)
class Activity:
    """Harvests that wait and that work, now; postings that came in since yesterday; how the newest harvest went."""

    waiting: int
    working: int
    new_today: int
    last_at: datetime | None
    last_status: str | None


def report(session: Session, known: Sequence[str], *, now: datetime) -> list[SourceQuality]:
    """Every source that was harvested or has postings, and those `known`, by name. Reads the whole catalogue."""
    held = {row.source: row for row in _held(session, now)}
    newest = session.scalars(
        select(Harvest)
        .ext(distinct_on(Harvest.source))
        .order_by(Harvest.source, Harvest.created_at.desc(), Harvest.id.desc())
    )
    last = {one.source: one for one in newest}
    believed = dict(
        session.execute(
            select(Harvest.source, func.max(Harvest.finished_at))
            .where(Harvest.status == "completed")
            .group_by(Harvest.source)
        ).all()
    )
    names = sorted({*known, *held, *last})
    return [_quality(name, held.get(name), last.get(name), believed.get(name)) for name in names]


def activity(session: Session, *, now: datetime) -> Activity:
    queued = Run.status == "queued"
    rows = select(func.count().filter(queued), func.count().filter(~queued))
    harvesting = Run.pipeline.in_(("harvest", "harvest_source", "board_search", "board_search_source"))
    waiting, working = session.execute(rows.where(harvesting, Run.status.not_in(TERMINAL))).one()
    last = session.scalars(
        select(Harvest).order_by(Harvest.created_at.desc(), Harvest.id.desc()).limit(1)
    ).one_or_none()
    new = select(func.count()).where(Posting.owner_user_id.is_(None), Posting.scraped_at >= now - timedelta(days=1))
    return Activity(
        waiting,
        working,
        session.scalar(new) or 0,
        last.finished_at if last else None,
        last.status if last else None,
    )


def _held(session: Session, now: datetime) -> Sequence[Any]:
    is_open = Posting.closed_at.is_(None)
    return session.execute(
        select(
            Posting.source,
            func.count().filter(is_open).label("open"),
            func.count().filter(~is_open).label("closed"),
            func.count().filter(is_open, Posting.duplicate_of.is_not(None)).label("duplicates"),
            func.count().filter(Posting.scraped_at >= now - timedelta(days=1)).label("new_today"),
            func.max(Posting.posted_at).label("newest_at"),
        )
        .where(Posting.owner_user_id.is_(None))
        .group_by(Posting.source)
    ).all()


def _quality(source: str, held: Any, last: Harvest | None, believed_at: datetime | None) -> SourceQuality:
    return SourceQuality(
        source=source,
        open=held.open if held else 0,
        closed=held.closed if held else 0,
        duplicates=held.duplicates if held else 0,
        new_today=held.new_today if held else 0,
        newest_at=held.newest_at if held else None,
        verdict=last.status if last else None,
        reason=last.reason if last else None,
        harvested_at=last.finished_at if last else None,
        believed_at=believed_at,
        found=last.found if last else 0,
        new=last.new if last else 0,
        failures=last.failures if last else 0,
        fill=last.report.get("fill", {}) if last else {},
    )
