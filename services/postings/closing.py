"""Which postings are over: missed by several harvests, past their date, or gone from where they were."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.orm import Session

from models.match import Match
from models.posting import Posting
from services.postings import groups


def close_unseen(session: Session, source: str, seen: Collection[str], *, patience: int, now: datetime) -> int:
    """After a believed harvest: close what this one and those before, `patience` in a row, did not bring.

    `seen` are the source ids that it brought. What is past its date is closed at once. Answers how many closed.
    """
    mine = (Posting.source == source) & Posting.closed_at.is_(None) & Posting.owner_user_id.is_(None)
    missing = mine & Posting.source_id.not_in(seen)
    session.execute(update(Posting).where(missing).values(missed=Posting.missed + 1, updated_at=Posting.updated_at))
    return _close(session, mine & ((Posting.missed >= patience) | (Posting.expires_at < now)), now)


def missing(session: Session, source: str, *, limit: int) -> Sequence[tuple[str, str]]:
    """(source id, url) of open postings that the latest harvest did not bring, the longest missed first."""
    query = (
        select(Posting.source_id, Posting.url)
        .where(Posting.source == source, Posting.missed > 0, Posting.closed_at.is_(None))
        .order_by(Posting.missed.desc(), Posting.id)
        .limit(limit)
    )
    return [(row.source_id, row.url) for row in session.execute(query)]


def close_gone(session: Session, source: str, source_ids: Sequence[str], *, now: datetime) -> int:
    """Close a source's postings whose own pages answered 404 or 410; answers how many."""
    return _close(session, (Posting.source == source) & Posting.source_id.in_(source_ids), now)


def close_expired(session: Session, *, now: datetime) -> int:
    """Close every board's postings that are past their date, harvested lately or not; answers how many."""
    return _close(session, (Posting.expires_at < now) & Posting.owner_user_id.is_(None), now)


def _close(session: Session, over: ColumnElement[bool], now: datetime) -> int:
    """What nobody has acted on leaves the matches; what somebody is pursuing stays with them."""
    closed = session.scalars(
        update(Posting).where(over, Posting.closed_at.is_(None)).values(closed_at=now).returning(Posting.id)
    ).all()
    if closed:
        session.execute(delete(Match).where(Match.posting_id.in_(closed), Match.status == "matched"))
        groups.promote(session)
    return len(closed)
