"""What runs of `resume_analysis` read: stored stage by stage, each write harmless when repeated."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

import numpy as np
from pgvector.sqlalchemy import HALFVEC
from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session, defer

from core.errors import NotFound
from models.resume import ResumeChunk, ResumeEmbedding, ResumeReading, ResumeUpload
from models.user import User, UserProfile


class NumberedChunk(Protocol):
    """A stretch of a résumé, within one section."""

    @property
    def number(self) -> int: ...
    @property
    def section(self) -> str: ...
    @property
    def text(self) -> str: ...


@dataclass(frozen=True)
class ChunkText:
    chunk_no: int
    text: str


def save_text(
    session: Session, *, run_id: UUID, user_id: int, upload_id: int, extracted: Mapping[str, Any], plain_text: str
) -> None:
    values = {"extracted": dict(extracted), "plain_text": plain_text, "profile": None, "completed_at": None}
    session.execute(
        insert(ResumeReading)
        .values(run_id=run_id, user_id=user_id, upload_id=upload_id, **values)
        .on_conflict_do_update(index_elements=["run_id"], set_=values)
    )


def extracted_of(session: Session, run_id: UUID) -> Mapping[str, Any]:
    """The checkpoint of `extracting_text`. Raises NotFound when its upload was deleted meanwhile."""
    found: Mapping[str, Any] | None = session.scalar(
        select(ResumeReading.extracted).where(ResumeReading.run_id == run_id)
    )
    if found is None:
        raise NotFound("The upload of this analysis was deleted.", title="Upload not found")
    return found


def save_chunks(session: Session, run_id: UUID, chunks: Sequence[NumberedChunk]) -> None:
    reading_id = _id_of(session, run_id)
    session.execute(delete(ResumeChunk).where(ResumeChunk.reading_id == reading_id))
    if chunks:
        rows = [
            {"reading_id": reading_id, "chunk_no": one.number, "section": one.section, "text": one.text}
            for one in chunks
        ]
        session.execute(insert(ResumeChunk), rows)


def chunks_of(session: Session, run_id: UUID) -> list[ChunkText]:
    rows = session.execute(
        select(ResumeChunk.chunk_no, ResumeChunk.text)
        .join(ResumeReading, ResumeReading.id == ResumeChunk.reading_id)
        .where(ResumeReading.run_id == run_id)
        .order_by(ResumeChunk.chunk_no)
    )
    return [ChunkText(*row) for row in rows]


def save_embeddings(
    session: Session, run_id: UUID, chunk_numbers: Sequence[int], vectors: np.ndarray, model: str
) -> None:
    """`vectors` has one row a chunk, shape (n, EMBEDDING_DIMENSIONS)."""
    reading_id = _id_of(session, run_id)
    session.execute(
        delete(ResumeEmbedding).where(ResumeEmbedding.reading_id == reading_id, ResumeEmbedding.model == model)
    )
    rows = [
        {"reading_id": reading_id, "chunk_no": number, "model": model, "embedding": vector}
        for number, vector in zip(chunk_numbers, vectors.tolist(), strict=True)
    ]
    if rows:
        session.execute(insert(ResumeEmbedding), rows)


def mean_embedding(session: Session, reading_id: int) -> tuple[str, list[float]] | None:
    """The model and the mean of a reading's chunk vectors; None before they are made."""
    row = session.execute(
        select(ResumeEmbedding.model, func.avg(ResumeEmbedding.embedding, type_=HALFVEC()))
        .where(ResumeEmbedding.reading_id == reading_id)
        .group_by(ResumeEmbedding.model)
        .limit(1)
    ).one_or_none()
    return (row[0], list(row[1])) if row else None


def complete(
    session: Session,
    run_id: UUID,
    *,
    profile: Mapping[str, Any],
    insights: Mapping[str, Any],
    method: str,
    now: datetime,
    opinion: Mapping[str, Any] | None = None,
    opinion_key: str | None = None,
) -> int:
    """Store the résumé profile and answer the reading's id. `opinion` is kept for `opinion_on` the same key; a key
    without one says that a model was asked in vain.
    """
    reading_id: int = session.execute(
        update(ResumeReading)
        .where(ResumeReading.run_id == run_id)
        .values(
            profile=dict(profile),
            insights=dict(insights),
            method=method,
            completed_at=now,
            opinion=dict(opinion) if opinion is not None else None,
            opinion_key=opinion_key,
        )
        .returning(ResumeReading.id)
    ).scalar_one()
    return reading_id


def opinion_on(session: Session, key: str) -> Mapping[str, Any] | None:
    """What a language model answered to the same question before, whoever's upload it was: the key is made of the
    whole text, so it tells nobody more than they hold.
    """
    found: Mapping[str, Any] | None = session.scalar(
        select(ResumeReading.opinion)
        .where(ResumeReading.opinion_key == key, ResumeReading.opinion.is_not(None))
        .limit(1)
    )
    return found


def opinions_since(session: Session, user_id: int, moment: datetime) -> int:
    """How many readings of a person a language model had a part in, in vain or not, since then."""
    asked = select(func.count()).where(
        ResumeReading.user_id == user_id,
        ResumeReading.completed_at >= moment,
        ResumeReading.opinion_key.is_not(None),
    )
    return session.scalar(asked) or 0


def fill_account(session: Session, user_id: int, *, profile: Mapping[str, Any], filename: str, now: datetime) -> None:
    """Give the account what it lacks: a name, years, skills. What the person wrote is never replaced."""
    account = session.get_one(UserProfile, user_id, with_for_update=True)
    known = {skill.casefold() for skill in account.skills}
    account.skills = [*account.skills, *(one for one in profile["skills"] if one.casefold() not in known)]
    if account.experience_years is None:
        account.experience_years = min(70, int(profile["years_of_experience"]))
    account.cv_filename = filename
    account.cv_uploaded_at = now
    user = session.get_one(User, user_id)
    user.display_name = user.display_name or profile["name"] or None


def tell_account_what_is_left(session: Session, user_id: int) -> None:
    """After a reading went: an account that names a CV names the newest that is left, or none."""
    account = session.get_one(UserProfile, user_id, with_for_update=True, populate_existing=True)
    if account.cv_filename is None:
        return
    left = session.execute(
        select(ResumeUpload.filename, ResumeReading.completed_at)
        .join(ResumeReading, ResumeReading.upload_id == ResumeUpload.id)
        .where(ResumeReading.user_id == user_id, ResumeReading.completed_at.is_not(None))
        .order_by(ResumeReading.completed_at.desc(), ResumeReading.id.desc())
        .limit(1)
    ).one_or_none()
    account.cv_filename, account.cv_uploaded_at = left or (None, None)
    session.flush()


def of_run(session: Session, run_id: UUID, *, user_id: int) -> ResumeReading | None:
    """Without the lines and their places, which only stages need."""
    return session.scalars(
        select(ResumeReading)
        .where(ResumeReading.run_id == run_id, ResumeReading.user_id == user_id)
        .options(defer(ResumeReading.extracted))
    ).one_or_none()


def latest(session: Session, user_id: int) -> ResumeReading | None:
    """The newest completed reading of a user: what they are matched with."""
    return session.scalars(
        select(ResumeReading)
        .where(ResumeReading.user_id == user_id, ResumeReading.completed_at.is_not(None))
        .order_by(ResumeReading.completed_at.desc(), ResumeReading.id.desc())
        .limit(1)
        .options(defer(ResumeReading.extracted))
    ).one_or_none()


def _id_of(session: Session, run_id: UUID) -> int:
    found = session.scalar(select(ResumeReading.id).where(ResumeReading.run_id == run_id))
    if found is None:
        raise NotFound("The upload of this analysis was deleted.", title="Upload not found")
    return found
