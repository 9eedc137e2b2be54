"""`/api/admin/cache`: how often finished work was found again, and starting to count anew."""

from typing import Literal, Self

from fastapi import APIRouter
from pydantic import BaseModel

from api.agent.schemas import MessageResponse
from api.auth import CurrentAdmin
from api.deps import Tx, Wired
from services import audit, cache_metrics
from services.cache_metrics import Counted

router = APIRouter(prefix="/api/admin/cache", tags=["agent: admin"])


class CacheStat(BaseModel):
    hits: int
    misses: int
    total_requests: int
    hit_rate_percent: float
    cost_per_miss_usd: float
    savings_usd: float

    @classmethod
    def of(cls, one: Counted) -> Self:
        return cls(
            hits=one.hits,
            misses=one.misses,
            total_requests=one.requests,
            hit_rate_percent=one.hit_rate,
            cost_per_miss_usd=one.cost_per_miss,
            savings_usd=one.savings,
        )


class Summary(BaseModel):
    total_hits: int
    total_misses: int
    total_requests: int
    hit_rate_percent: float
    total_savings_usd: float


class StoredKeys(BaseModel):
    memory_used: str
    key_counts: dict[str, int]
    total_keys: int


class CacheStats(BaseModel):
    available: Literal[True] = True
    summary: Summary
    breakdown: dict[str, CacheStat]
    storage: StoredKeys


@router.get("/stats")
def read_stats(session: Tx, admin: CurrentAdmin, services: Wired) -> CacheStats:
    counted, kept = services.cache_metrics.read(), cache_metrics.kept(session)
    memory = services.cache_metrics.memory_used()
    return CacheStats(
        summary=_summary(list(counted.values())),
        breakdown={name: CacheStat.of(one) for name, one in counted.items()},
        storage=StoredKeys(memory_used=memory, key_counts=kept, total_keys=sum(kept.values())),
    )


@router.post("/reset-metrics")
def reset_metrics(session: Tx, admin: CurrentAdmin, services: Wired) -> MessageResponse:
    services.cache_metrics.reset()
    audit.record(session, admin.visitor, "admin.cache_metrics_reset", actor=admin.id)
    return MessageResponse(message="The counters start at nought. What is kept stays.")


def _summary(counted: list[Counted]) -> Summary:
    hits, misses = sum(one.hits for one in counted), sum(one.misses for one in counted)
    return Summary(
        total_hits=hits,
        total_misses=misses,
        total_requests=hits + misses,
        hit_rate_percent=Counted(hits, misses, 0).hit_rate,
        total_savings_usd=round(sum(one.savings for one in counted), 2),
    )
