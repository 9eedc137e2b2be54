"""Matches in Postgres: which postings are worth scoring for a person, and the scores that came of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, delete, func, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from core.errors import NotFound
from models.match import Match
from models.posting import Posting

NEAREST = 400
OVERLAPPING = 400
WORDED = 200
_BATCH = 500
_SCORED_WITH_NOTHING = "The résumé that this was scored with was deleted."


@dataclass(frozen=True)
class Candidate:
    """A posting worth scoring. `similarity` is the cosine to the person's vector, None without vectors."""

    posting: Posting
    similarity: float | None


@dataclass(frozen=True)
class Scored:
    posting_id: int
    score: float
    reasoning: Mapping[str, Any]
    analysis: str


@dataclass(frozen=True)
class MatchFilter:
    min_score: float = 50.0
    max_score: float | None = None
    status: str | None = None


_CANDIDATES = text(
    """
    with nearest as (
        select e.posting_id as id
        from posting_embeddings e
        where e.model = :model
        order by e.embedding <=> cast(:vector as halfvec)
        limit :nearest
    ), overlapping as (
        select p.id
        from postings p
        where p.skills && cast(:skills as text[]) and p.closed_at is null
        order by cardinality(array(select unnest(p.skills) intersect select unnest(cast(:skills as text[])))) desc, p.id
        limit :overlapping
    ), worded as (
        select p.id
        from postings p, to_tsquery('english', :words) as query
        where p.search @@ query and p.closed_at is null
        order by ts_rank(p.search, query) desc, p.id
        limit :worded
    ), candidate as (
        select id from nearest union select id from overlapping union select id from worded
    )
    select p.id, 1 - (e.embedding <=> cast(:vector as halfvec)) as similarity
    from candidate c
    join postings p on p.id = c.id
    left join posting_embeddings e on e.posting_id = p.id and e.model = :model
    where p.closed_at is null and p.duplicate_of is null and (p.owner_user_id is null or p.owner_user_id = :user_id)
    """
)


def candidates(
    session: Session,
    *,
    user_id: int,
    vector: Sequence[float] | None,
    model: str,
    skills: Sequence[str],
    titles: Sequence[str],
) -> list[Candidate]:
    """Open postings near the person's vector, sharing a skill, or worded like their titles; each once, by id."""
    if vector is not None:
        # The index walks on until enough rows pass the model's filter, and looks wide enough to fill the limit.
        session.execute(text(f"set local hnsw.ef_search = {NEAREST}"))
        session.execute(text("set local hnsw.iterative_scan = relaxed_order"))
    rows = session.execute(
        _CANDIDATES,
        {
            "user_id": user_id,
            "vector": str(list(vector)) if vector is not None else None,
            "model": model,
            "skills": list(skills),
            "words": any_word(titles),
            "nearest": NEAREST if vector is not None else 0,
            "overlapping": OVERLAPPING,
            "worded": WORDED,
        },
    )
    similarity: dict[int, float | None] = {row.id: row.similarity for row in rows}
    postings = session.scalars(select(Posting).where(Posting.id.in_(similarity)).order_by(Posting.id))
    return [Candidate(posting, similarity[posting.id]) for posting in postings]


_NO_LONGER_FOUND = text(
    """
    delete from matches m using postings p
    where m.user_id = :user and m.status = 'matched' and m.updated_at < :now
      and p.id = m.posting_id and p.owner_user_id is null
    """
)


def store(
    session: Session, user_id: int, reading_id: int | None, scored: Sequence[Scored], *, now: datetime
) -> tuple[int, int]:
    """Write scores, keep each match's status, and drop untouched matches that this scoring no longer found,
    except with postings that the person keeps.

    Answers how many matches were created and how many updated.
    """
    _lock(session, Match.user_id == user_id)
    created = updated = 0
    for start in range(0, len(scored), _BATCH):
        statement = insert(Match).values(
            [
                {
                    "user_id": user_id,
                    "posting_id": one.posting_id,
                    "reading_id": reading_id,
                    "score": one.score,
                    "reasoning": dict(one.reasoning),
                    "analysis": one.analysis,
                    "updated_at": now,
                }
                for one in scored[start : start + _BATCH]
            ]
        )
        renewed = ("reading_id", "score", "reasoning", "analysis", "updated_at")
        written = session.execute(
            statement.on_conflict_do_update(
                index_elements=["user_id", "posting_id"], set_={name: statement.excluded[name] for name in renewed}
            ).returning(text("xmax = 0"))
        )
        fresh = [inserted for (inserted,) in written]
        created += sum(fresh)
        updated += len(fresh) - sum(fresh)
    session.execute(_NO_LONGER_FOUND, {"user": user_id, "now": now})
    return created, updated


def forget_scored_with(session: Session, reading_ids: Sequence[int]) -> None:
    """Before readings go: matches that nobody touched go with them. Those that a person judged, and those with postings
    of their own, keep status and score, and nothing that the résumé said.
    """
    theirs = Match.reading_id.in_(reading_ids)
    _lock(session, theirs)
    of_the_catalogue = select(Posting.id).where(Posting.owner_user_id.is_(None))
    untouched = (Match.status == "matched") & Match.posting_id.in_(of_the_catalogue)
    session.execute(delete(Match).where(theirs, untouched))
    silent: dict[str, Any] = {"matching_skills": [], "missing_skills": [], "parts": []}
    session.execute(
        update(Match).where(theirs).values(reasoning=Match.reasoning.op("||")(silent), analysis=_SCORED_WITH_NOTHING)
    )


def _lock(session: Session, which: ColumnElement[bool]) -> None:
    """In the order of their ids, so that a scoring and a deletion that meet wait for each other and never deadlock."""
    session.scalars(select(Match.id).where(which).order_by(Match.id).with_for_update()).all()


def list_of_user(
    session: Session, user_id: int, wanted: MatchFilter, *, limit: int, offset: int
) -> tuple[Sequence[Row[Match, Posting]], int]:
    """Best first, with the number of all that fit. Without a status, hidden and rejected ones stay away."""
    query = select(Match, Posting).join(Posting, Posting.id == Match.posting_id).where(Match.user_id == user_id)
    query = query.where(Match.score >= wanted.min_score)
    if wanted.max_score is not None:
        query = query.where(Match.score <= wanted.max_score)
    if wanted.status is not None:
        query = query.where(Match.status == wanted.status)
    else:
        query = query.where(Match.status.not_in(("hidden", "rejected")))
    total = session.scalar(select(func.count()).select_from(query.with_only_columns(Match.id).subquery())) or 0
    page = query.order_by(Match.score.desc(), Match.id).limit(limit).offset(offset)
    return session.execute(page).all(), total


def get(session: Session, match_id: int, *, user_id: int) -> Match:
    """Raises NotFound, for a foreign id too."""
    match = session.scalars(select(Match).where(Match.id == match_id, Match.user_id == user_id)).one_or_none()
    if match is None:
        raise NotFound("There is no such match.", title="Match not found")
    return match


def with_posting(session: Session, match_id: int, *, user_id: int) -> tuple[Match, Posting]:
    """Raises as `get` does."""
    match = get(session, match_id, user_id=user_id)
    return match, session.get_one(Posting, match.posting_id)


def set_status(session: Session, match_id: int, status: str, *, user_id: int, now: datetime) -> Match:
    """`applied` also stamps `applied_at`, once. Raises as `get` does."""
    match = get(session, match_id, user_id=user_id)
    values: dict[str, Any] = {"status": status, "updated_at": now}
    if status == "applied" and match.applied_at is None:
        values["applied_at"] = now
    session.execute(update(Match).where(Match.id == match_id).values(**values))
    session.refresh(match)
    return match


def any_word(phrases: Sequence[str]) -> str:
    """`["Senior Data Engineer"]` → `senior | data | engineer`, safe for to_tsquery; empty finds nothing."""
    words = "".join(char if char.isalnum() else " " for char in " ".join(phrases).casefold()).split()
    return " | ".join(dict.fromkeys(words))
