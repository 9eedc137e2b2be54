"""The copilot's prefixes, its error body, its routers."""

from typing import Any

from api.copilot import auth, ingestion, jobs, linkedin, market, oauth, resume, users
from api.door import Door
from core.errors import AppError, BadRequest


def render(error: AppError) -> dict[str, Any]:
    """`{detail}`: a list of problems for malformed requests, else text, which its client shows as it is."""
    return {"detail": error.context.get("errors", error.message)}


COPILOT = Door(
    name="copilot",
    prefixes=("/api/v1", "/ws/notifications"),
    render=render,
    routers=(
        auth.router,
        oauth.router,
        ingestion.router,
        jobs.router,
        linkedin.router,
        market.router,
        resume.router,
        users.router,
    ),
    accepts_cookie=True,
    large_upload=BadRequest,
)
