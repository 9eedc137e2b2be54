"""Scores of one user against one posting, and the texts written for the pair."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Key, Timestamped

MATCH_STATUSES = ("matched", "interested", "applied", "rejected", "hidden")
CONTENT_KINDS = ("cover_letter", "cv_highlights")


class Match(Timestamped, Base):
    """`score` is 0 to 100 and re-adds from `reasoning.parts`; `reading_id` says which résumé was scored."""

    __tablename__ = "matches"
    __table_args__ = (
        UniqueConstraint("user_id", "posting_id"),
        CheckConstraint("score between 0 and 100", name="score"),
        CheckConstraint(f"status in {MATCH_STATUSES}", name="status"),
        Index("ix_matches_of_user", "user_id", "score", "id"),
        Index("ix_matches_posting_id", "posting_id"),
    )

    id: Mapped[Key]
    user_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("users.id", ondelete="CASCADE"))
    posting_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("postings.id", ondelete="CASCADE"))
    reading_id: Mapped[int | None] = mapped_column(
        BigInteger, ForeignKey("resume_readings.id", ondelete="SET NULL"), index=True
    )
    score: Mapped[float]
    status: Mapped[str] = mapped_column(server_default=sql("'matched'"))
    reasoning: Mapped[dict[str, Any]]
    analysis: Mapped[str]
    applied_at: Mapped[datetime | None]


class GeneratedContent(Timestamped, Base):
    """A text written for a user about a posting. `input_hash` covers résumé, posting, tone and method."""

    __tablename__ = "generated_contents"
    __table_args__ = (
        UniqueConstraint("user_id", "posting_id", "kind", "input_hash"),
        CheckConstraint(f"kind in {CONTENT_KINDS}", name="kind"),
    )

    id: Mapped[Key]
    user_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("users.id", ondelete="CASCADE"))
    posting_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("postings.id", ondelete="CASCADE"), index=True)
    run_id: Mapped[UUID | None] = mapped_column(ForeignKey("runs.id", ondelete="SET NULL"), index=True)
    kind: Mapped[str]
    input_hash: Mapped[str]
    tone: Mapped[str]
    text: Mapped[str]
    method: Mapped[str]
    dropped_claims: Mapped[list[str]] = mapped_column(server_default=sql("'{}'"))
