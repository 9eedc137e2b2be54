"""Uploads and what was read from them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from pgvector.sqlalchemy import HALFVEC
from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Key, Timestamped

EMBEDDING_DIMENSIONS = 384


class Blob(Timestamped, Base):
    """Stored bytes, named by their hash: the same file uploaded twice is kept once."""

    __tablename__ = "blobs"
    __table_args__ = (
        CheckConstraint("size > 0", name="size"),
        CheckConstraint("scan_status in ('clean', 'infected', 'pending')", name="scan_status"),
    )

    id: Mapped[Key]
    sha256: Mapped[str] = mapped_column(unique=True)
    size: Mapped[int] = mapped_column(BigInteger)
    content_type: Mapped[str]
    scan_status: Mapped[str]


class ResumeUpload(Timestamped, Base):
    __tablename__ = "resume_uploads"
    __table_args__ = (
        CheckConstraint("door in ('tracker', 'copilot', 'agent', 'analyzer')", name="door"),
        Index("ix_resume_uploads_of_user", "user_id", "created_at", "id"),
    )

    id: Mapped[Key]
    user_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("users.id", ondelete="CASCADE"))
    blob_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("blobs.id", ondelete="RESTRICT"), index=True)
    filename: Mapped[str]
    linkedin_url: Mapped[str | None]
    door: Mapped[str]


class ResumeReading(Timestamped, Base):
    """What one run of `resume_analysis` read: the lines with their places, then the résumé profile.

    `opinion` is a language model's answer about the text, `opinion_key` names text, model and prompt: a cache whose
    entries go when the person deletes the upload.
    """

    __tablename__ = "resume_readings"
    __table_args__ = (
        Index("ix_resume_readings_of_user", "user_id", "completed_at"),
        Index("ix_resume_readings_by_opinion", "opinion_key", postgresql_where=text("opinion_key is not null")),
    )

    id: Mapped[Key]
    run_id: Mapped[UUID] = mapped_column(ForeignKey("runs.id", ondelete="CASCADE"), unique=True)
    user_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("users.id", ondelete="CASCADE"))
    upload_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("resume_uploads.id", ondelete="CASCADE"), index=True)
    extracted: Mapped[dict[str, Any]]
    plain_text: Mapped[str]
    profile: Mapped[dict[str, Any] | None]
    insights: Mapped[dict[str, Any] | None]
    method: Mapped[str | None]
    opinion: Mapped[dict[str, Any] | None]
    opinion_key: Mapped[str | None]
    completed_at: Mapped[datetime | None]


class ResumeChunk(Base):
    __tablename__ = "resume_chunks"
    __table_args__ = (UniqueConstraint("reading_id", "chunk_no"),)

    id: Mapped[Key]
    reading_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("resume_readings.id", ondelete="CASCADE"))
    chunk_no: Mapped[int]
    section: Mapped[str]
    text: Mapped[str]


class ResumeEmbedding(Base):
    __tablename__ = "resume_embeddings"
    __table_args__ = (UniqueConstraint("reading_id", "chunk_no", "model"),)

    id: Mapped[Key]
    reading_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("resume_readings.id", ondelete="CASCADE"))
    chunk_no: Mapped[int]
    model: Mapped[str]
    embedding: Mapped[list[float]] = mapped_column(HALFVEC(EMBEDDING_DIMENSIONS))
