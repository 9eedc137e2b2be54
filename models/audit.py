"""Who did what to whom: append-only, by trigger."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Index, func, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Key


class AuditEntry(Base):
    """`actor_id` did `action` to `subject_id`. Plain numbers without foreign keys: history outlives its people.

    `address` is the client's IP address; `facts` are small and hold no personal text.
    """

    __tablename__ = "audit_log"
    __table_args__ = (
        Index("ix_audit_log_of_subject", "subject_id", "id"),
        Index("ix_audit_log_of_actor", "actor_id", "id"),
    )

    id: Mapped[Key]
    at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())
    actor_id: Mapped[int | None] = mapped_column(BigInteger)
    subject_id: Mapped[int | None] = mapped_column(BigInteger)
    action: Mapped[str]
    door: Mapped[str | None]
    address: Mapped[str | None]
    facts: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
