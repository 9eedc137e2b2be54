"""`/admin/rate-limits`: what counts for a user now, forgetting it, and a limit of their own for a while."""

from dataclasses import asdict
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from api.auth import CurrentAdmin
from api.deps import Config, Tx, Wired
from services import audit
from services.limits.rules import rule

router = APIRouter(prefix="/admin/rate-limits", tags=["tracker: admin"])

_A_BIGINT = 2**63 - 1
_A_YEAR = 366 * 24 * 3600
UserId = Annotated[int, Field(gt=0, le=_A_BIGINT)]


class RecordView(BaseModel):
    limiter_key: str
    window_seconds: int
    limit: int
    count: int
    remaining: int
    expires_at: int
    record_type: str


class StatusView(BaseModel):
    user_id: int
    records: list[RecordView]


class ResetRequest(BaseModel):
    user_id: UserId


class ResetView(BaseModel):
    user_id: int
    deleted: int


class OverrideRequest(BaseModel):
    user_id: UserId
    limit: int = Field(gt=0, le=1_000_000_000)
    window_seconds: int = Field(gt=0, le=_A_YEAR)
    ttl_seconds: int = Field(gt=0, le=_A_YEAR)


class OverrideView(BaseModel):
    user_id: int
    limit: int
    window_seconds: int
    expires_at: int


@router.get("/status")
def read_status(
    admin: CurrentAdmin,
    services: Wired,
    settings: Config,
    user_id: Annotated[int, Query(gt=0, le=_A_BIGINT)],
) -> StatusView:
    records = services.limiter.records(f"user:{user_id}", partial(rule, settings))
    return StatusView(user_id=user_id, records=[RecordView(**asdict(one)) for one in records])


@router.post("/reset")
def reset(session: Tx, admin: CurrentAdmin, services: Wired, body: ResetRequest) -> ResetView:
    deleted = services.limiter.reset(f"user:{body.user_id}")
    audit.record(session, admin.visitor, "limits.reset", actor=admin.id, subject=body.user_id, deleted=deleted)
    return ResetView(user_id=body.user_id, deleted=deleted)


@router.post("/override")
def override(session: Tx, admin: CurrentAdmin, services: Wired, body: OverrideRequest) -> OverrideView:
    numbers = {"limit": body.limit, "window": body.window_seconds, "ttl": body.ttl_seconds}
    ends = services.limiter.override(f"user:{body.user_id}", **numbers)
    audit.record(session, admin.visitor, "limits.override", actor=admin.id, subject=body.user_id, **numbers)
    return OverrideView(user_id=body.user_id, limit=body.limit, window_seconds=body.window_seconds, expires_at=ends)
