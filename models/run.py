"""Runs and their events: the queue, the progress and the history in one place."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Identity, Index, func, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Timestamped

STATUSES = ("queued", "running", "waiting", "completed", "failed", "cancelled")
TERMINAL = ("completed", "failed", "cancelled")


class Run(Timestamped, Base):
    """One launch of a pipeline.

    `stage` is the stage to execute now, null until the first one is claimed: who accepts a run knows its pipeline's
    name alone. `fence` rises with every claim and every cancellation, so a worker that lost its lease cannot
    write. `attempts` counts claims of the current stage. `state` carries small facts from stage to stage.
    """

    __tablename__ = "runs"
    __table_args__ = (
        CheckConstraint(f"status in {STATUSES}", name="status"),
        CheckConstraint("progress between 0 and 100", name="progress"),
        CheckConstraint("children_pending >= 0", name="children_pending"),
        CheckConstraint("(status = 'running') = (lease_until is not null)", name="lease_while_running"),
        CheckConstraint(f"(status in {TERMINAL}) = (finished_at is not null)", name="finished_when_terminal"),
        Index("ix_runs_due", "next_dispatch_at", postgresql_where=text("status = 'queued'")),
        Index("ix_runs_leases", "lease_until", postgresql_where=text("status = 'running'")),
        Index("ix_runs_of_user", "user_id", "created_at", "id"),
        Index("ix_runs_children", "parent_id", postgresql_where=text("parent_id is not null")),
        Index(
            "uq_runs_idempotency",
            "user_id",
            "pipeline",
            "idempotency_key",
            unique=True,
            postgresql_where=text("idempotency_key is not null"),
            postgresql_nulls_not_distinct=True,
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    user_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("users.id", ondelete="CASCADE"))
    pipeline: Mapped[str]
    status: Mapped[str] = mapped_column(server_default=text("'queued'"))
    stage: Mapped[str | None]
    progress: Mapped[int] = mapped_column(server_default=text("0"))
    message: Mapped[str] = mapped_column(server_default=text("''"))
    payload: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
    state: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
    result: Mapped[dict[str, Any] | None]
    error_code: Mapped[str | None]
    error_message: Mapped[str | None]

    attempts: Mapped[int] = mapped_column(server_default=text("0"))
    retries: Mapped[int] = mapped_column(server_default=text("0"))
    fence: Mapped[int] = mapped_column(BigInteger, server_default=text("0"))
    lease_until: Mapped[datetime | None]
    run_after: Mapped[datetime] = mapped_column(server_default=func.now())
    next_dispatch_at: Mapped[datetime] = mapped_column(server_default=func.now())
    dispatches: Mapped[int] = mapped_column(server_default=text("0"))

    idempotency_key: Mapped[str | None]
    request_hash: Mapped[str | None]
    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("runs.id", ondelete="CASCADE"))
    children_pending: Mapped[int] = mapped_column(server_default=text("0"))
    reservation_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("credit_reservations.id"))
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]


class RunEvent(Base):
    """What a client follows. Ids rise in commit order within one user, so "everything after N" misses nothing."""

    __tablename__ = "run_events"
    __table_args__ = (
        Index("ix_run_events_of_user", "user_id", "id"),
        Index("ix_run_events_of_run", "run_id", "id"),
        Index("ix_run_events_at", "at"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    run_id: Mapped[UUID] = mapped_column(ForeignKey("runs.id", ondelete="CASCADE"))
    user_id: Mapped[int | None] = mapped_column(BigInteger)
    pipeline: Mapped[str]
    status: Mapped[str]
    stage: Mapped[str | None]
    progress: Mapped[int]
    message: Mapped[str]
    at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())
