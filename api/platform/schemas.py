"""What our own endpoints say."""

from datetime import datetime
from typing import Any, Self
from uuid import UUID

from pydantic import BaseModel, Field

from models.credit import CreditEntry
from models.run import Run


class RunView(BaseModel):
    """`last_event_id` is where a stream goes on from what this answer shows."""

    id: UUID
    pipeline: str
    status: str
    stage: str | None
    progress: int
    message: str
    result: dict[str, Any] | None
    error_code: str | None
    error_message: str | None
    attempts: int
    parent_id: UUID | None
    last_event_id: int
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None

    @classmethod
    def of(cls, run: Run, last_event_id: int) -> Self:
        return cls.model_validate(
            {name: getattr(run, name) for name in cls.model_fields if name != "last_event_id"}
            | {"last_event_id": last_event_id}
        )


class RunAccepted(BaseModel):
    run_id: UUID
    status: str = "queued"
    replayed: bool = False


class SelfcheckRequest(BaseModel):
    """`cost` credits are reserved and charged, to prove the ledger too."""

    cost: int = Field(0, ge=0, le=100)


class HarvestRequest(BaseModel):
    """No sources means all that are switched on."""

    sources: list[str] = Field(default_factory=list, max_length=50)


class LedgerEntry(BaseModel):
    id: int
    kind: str
    available_delta: int
    reserved_delta: int
    reservation_id: int | None
    note: str
    at: datetime

    @classmethod
    def of(cls, entry: CreditEntry) -> Self:
        return cls.model_validate({name: getattr(entry, name) for name in cls.model_fields})


class Ledger(BaseModel):
    available: int
    reserved: int
    entries: list[LedgerEntry]
