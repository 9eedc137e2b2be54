"""Vectors of postings: which are missing or stale, and keeping them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from models.posting import Posting, PostingEmbedding

_BATCH = 500
_EMBEDDED_CHARACTERS = 1500


@dataclass(frozen=True)
class Unembedded:
    """A posting whose vector is missing or stale, with the text to embed."""

    posting_id: int
    content_hash: str
    text: str


def unembedded(session: Session, source: str, model: str, *, limit: int) -> list[Unembedded]:
    """Open postings of a source whose vector by `model` is missing, or older than their text."""
    fresh = (
        select(PostingEmbedding.posting_id)
        .where(
            PostingEmbedding.posting_id == Posting.id,
            PostingEmbedding.model == model,
            PostingEmbedding.content_hash == Posting.content_hash,
        )
        .exists()
    )
    text = func.concat_ws(
        ". ",
        Posting.title,
        Posting.company,
        func.array_to_string(Posting.tags, ", "),
        func.left(Posting.description, _EMBEDDED_CHARACTERS),
    )
    rows = session.execute(
        select(Posting.id, Posting.content_hash, text)
        .where(Posting.source == source, Posting.closed_at.is_(None), ~fresh)
        .order_by(Posting.id)
        .limit(limit)
    )
    return [Unembedded(*row) for row in rows]


def save_embeddings(session: Session, found: Sequence[Unembedded], vectors: np.ndarray, model: str) -> None:
    """`vectors` has one row a posting, shape (n, EMBEDDING_DIMENSIONS)."""
    for start in range(0, len(found), _BATCH):
        batch = zip(found[start : start + _BATCH], vectors[start : start + _BATCH].tolist(), strict=True)
        statement = insert(PostingEmbedding).values(
            [
                {"posting_id": one.posting_id, "content_hash": one.content_hash, "model": model, "embedding": vector}
                for one, vector in batch
            ]
        )
        session.execute(
            statement.on_conflict_do_update(
                index_elements=["posting_id"],
                set_={name: statement.excluded[name] for name in ("model", "content_hash", "embedding")},
            )
        )


def similarity(session: Session, posting_id: int, model: str, vector: Sequence[float]) -> float | None:
    """The cosine between a posting and a person's vector; None without the posting's vector by that model."""
    distance = PostingEmbedding.embedding.cosine_distance(vector)
    return session.scalar(
        select(1 - distance).where(PostingEmbedding.posting_id == posting_id, PostingEmbedding.model == model)
    )
