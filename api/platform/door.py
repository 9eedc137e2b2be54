"""Our own words for errors, and our routers."""

from typing import Any

from api.door import Door
from api.platform import credits, health, runs, sources
from api.sockets import runs as runs_socket
from core.errors import AppError


def render(error: AppError) -> dict[str, Any]:
    return {
        "error": error.error_code,
        "message": error.message,
        "detail": error.message,
        **({"context": error.context} if error.context else {}),
    }


PLATFORM = Door(
    name="platform",
    prefixes=("/api/v1/runs", "/api/v1/credits", "/api/v1/sources", "/api/v1/ws/runs"),
    render=render,
    routers=(runs.router, credits.router, sources.router, health.router, runs_socket.router),
    accepts_cookie=True,
)
