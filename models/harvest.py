"""Harvests, and who asked for them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Key, Timestamped


class Harvest(Timestamped, Base):
    """One fetch of one source, with what it brought. `closed` counts the postings that it found gone."""

    __tablename__ = "harvests"
    __table_args__ = (
        CheckConstraint("status in ('running', 'completed', 'degraded', 'failed')", name="status"),
        Index("ix_harvests_of_source", "source", "created_at"),
    )

    id: Mapped[Key]
    run_id: Mapped[UUID] = mapped_column(ForeignKey("runs.id", ondelete="CASCADE"), unique=True)
    source: Mapped[str]
    status: Mapped[str] = mapped_column(server_default=text("'running'"))
    found: Mapped[int] = mapped_column(server_default=text("0"))
    new: Mapped[int] = mapped_column(server_default=text("0"))
    duplicates: Mapped[int] = mapped_column(server_default=text("0"))
    closed: Mapped[int] = mapped_column(server_default=text("0"))
    failures: Mapped[int] = mapped_column(server_default=text("0"))
    report: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
    reason: Mapped[str | None]
    finished_at: Mapped[datetime | None]


class HarvestRequest(Timestamped, Base):
    """A person asked for a harvest: the number that the doors give them, and the run behind it."""

    __tablename__ = "harvest_requests"

    id: Mapped[Key]
    run_id: Mapped[UUID] = mapped_column(ForeignKey("runs.id", ondelete="CASCADE"), index=True)
    user_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("users.id", ondelete="CASCADE"), index=True)
    sources: Mapped[list[str]]
