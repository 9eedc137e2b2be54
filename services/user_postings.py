"""Postings that people keep for themselves: pasted or typed, seen by their owner alone, matched whatever the score."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from core.errors import BadRequest, Unprocessable
from models.match import Match
from models.posting import JOB_TYPES, REMOTE_TYPES, Posting
from services.matches import Scored
from services.postings import facts
from services.postings.reading import get_own
from services.runs.accepting import NewRun, accept

SOURCE = "user_submitted"
_REMOTE = {"remote": "full", "fully remote": "full", "yes": "full", "office": "onsite", "no": "onsite"}
_JOB = {
    **dict.fromkeys(("full-time", "fulltime", "permanent position", "employee"), "permanent"),
    **dict.fromkeys(("parttime", "part time"), "part-time"),
    **dict.fromkeys(("contractor", "temporary", "internship", "fixed-term"), "contract"),
}
_NEVER_NULL = ("location", "tags", "url")
_TEXTS = ("title", "company", "description")


def create(session: Session, user_id: int, values: Mapping[str, Any]) -> Posting:
    """Keep a posting and start its matching.

    Raises:
        BadRequest: `DUPLICATE_JOB`, the person has one of this company and title.
        Unprocessable: the salary ends below its beginning.
    """
    posting = Posting(source=SOURCE, source_id=uuid4().hex, owner_user_id=user_id, url="", tags=[], location="")
    session.add(posting)
    _write(session, posting, values)
    _match(session, posting)
    return posting


def get(session: Session, user_id: int, posting_id: int) -> Posting:
    """Raises NotFound, for a foreign or public id too."""
    return get_own(session, posting_id, user_id=user_id)


def list_of(session: Session, user_id: int) -> Sequence[Posting]:
    """Newest first."""
    query = select(Posting).where(Posting.owner_user_id == user_id)
    return session.scalars(query.order_by(Posting.created_at.desc(), Posting.id.desc())).all()


def change(session: Session, user_id: int, posting_id: int, values: Mapping[str, Any]) -> Posting:
    """Write what `values` names and match again. Raises as `create` does, and NotFound."""
    posting = get_own(session, posting_id, user_id=user_id)
    _write(session, posting, values)
    _match(session, posting)
    return posting


def remove(session: Session, user_id: int, posting_id: int) -> None:
    """Its match and letters go with it. Raises NotFound."""
    get_own(session, posting_id, user_id=user_id)
    session.execute(delete(Posting).where(Posting.id == posting_id, Posting.owner_user_id == user_id))


def keep_match(session: Session, user_id: int, reading_id: int | None, scored: Scored, *, now: datetime) -> None:
    """Write the score, low as it may be; the match keeps its status. A posting that is gone by now has none."""
    if session.scalar(select(Posting.id).where(Posting.id == scored.posting_id).with_for_update(read=True)) is None:
        return
    renewed = {
        "reading_id": reading_id,
        "score": scored.score,
        "reasoning": dict(scored.reasoning),
        "analysis": scored.analysis,
        "updated_at": now,
    }
    session.execute(
        insert(Match)
        .values(user_id=user_id, posting_id=scored.posting_id, **renewed)
        .on_conflict_do_update(index_elements=["user_id", "posting_id"], set_=renewed)
    )


def _write(session: Session, posting: Posting, values: Mapping[str, Any]) -> None:
    for name, value in _ours(values).items():
        setattr(posting, name, value)
    low, high = posting.salary_min, posting.salary_max
    if low is not None and high is not None and high < low:
        raise Unprocessable("The highest salary is below the lowest one.", code="SALARY_RANGE")
    if any(name in values for name in _TEXTS):
        for name, value in facts.read(posting.title, posting.description).items():
            setattr(posting, name, value)
        posting.content_hash = facts.content_hash(posting.title, posting.company, posting.description)
    try:
        with session.begin_nested():
            session.flush()
    except IntegrityError as error:
        if "uq_postings_owner" not in str(error.orig):
            raise
        raise BadRequest("You already saved a job of this company and title.", code="DUPLICATE_JOB") from None
    session.refresh(posting)


def _ours(values: Mapping[str, Any]) -> dict[str, Any]:
    """What people write for the work's place and kind, in our words; what we have no word for is not kept."""
    ours = dict(values)
    for name, known, others in (("remote_type", REMOTE_TYPES, _REMOTE), ("job_type", JOB_TYPES, _JOB)):
        if name in ours:
            said = (ours[name] or "").strip().lower()
            ours[name] = said if said in known else others.get(said)
    for name in _NEVER_NULL:
        if name in ours and ours[name] is None:
            ours[name] = [] if name == "tags" else ""
    return ours


def _match(session: Session, posting: Posting) -> None:
    payload = {"posting_id": posting.id, "source": SOURCE}
    accept(session, NewRun("user_posting", payload, user_id=posting.owner_user_id))
