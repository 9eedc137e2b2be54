"""Liveness, readiness and metrics."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import anyio
import anyio.to_thread
from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy import text

from core.clock import utc_now
from core.db import transaction
from core.queue import redis_client
from core.settings import Settings

router = APIRouter(tags=["health"])

_PROBE_SECONDS = 2.0
# Threads of their own: a pool full of slow requests must not make a healthy process look dead.
_PROBES = anyio.CapacityLimiter(4)


@router.get("/livez")
async def live() -> dict[str, str]:
    return {"status": "alive"}


@router.get("/health")
async def ready(request: Request, response: Response) -> dict[str, Any]:
    """Both pings must pass. Redis being away does not stop the API from accepting work; it does stop the work."""
    settings: Settings = request.app.state.settings
    components = {"database": await _probe(_ping_database), "redis": await _probe(lambda: _ping_redis(settings))}
    healthy = all(one["status"] == "healthy" for one in components.values())
    response.status_code = 200 if healthy else 503
    started: datetime = request.app.state.started_at
    return {
        "status": settings.health_status_word if healthy else "unhealthy",
        "timestamp": utc_now().isoformat(),
        "service": "offerline",
        "environment": settings.env,
        "uptime_seconds": round((utc_now() - started).total_seconds(), 1),
        "components": components,
    }


@router.get("/health/db")
async def database_ready(response: Response) -> dict[str, str]:
    probe = await _probe(_ping_database)
    healthy = probe["status"] == "healthy"
    response.status_code = 200 if healthy else 503
    return {
        "status": probe["status"],
        "database": "connected" if healthy else "unreachable",
        "timestamp": utc_now().isoformat(),
    }


@router.get("/metrics")
def metrics() -> Response:
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)


async def _probe(ping: Callable[[], None]) -> dict[str, str]:
    try:
        with anyio.fail_after(_PROBE_SECONDS):
            await anyio.to_thread.run_sync(ping, abandon_on_cancel=True, limiter=_PROBES)
    except Exception as error:  # noqa: BLE001 — whatever went wrong, the answer is the same
        return {"status": "unhealthy", "reason": type(error).__name__}
    return {"status": "healthy"}


def _ping_database() -> None:
    with transaction() as session:
        session.execute(text("select 1"))


def _ping_redis(settings: Settings) -> None:
    client = redis_client(settings.redis_url, timeout=1.0)
    try:
        client.ping()
    finally:
        client.close()
