"""The agent's prefixes, its error body, its routers."""

from typing import Any

from api.agent import admin, auth, caches, insights, jobs, matches, profile, profile_account, skills, user_jobs
from api.door import Door
from core.errors import AppError


def render(error: AppError) -> dict[str, Any]:
    """`{detail}`: a list of problems for malformed requests, else text. Its client shows it as it is."""
    return {"detail": error.context.get("errors", error.message), **_facts(error)}


def _facts(error: AppError) -> dict[str, Any]:
    return {} if "errors" in error.context else {"code": error.error_code}


AGENT = Door(
    name="agent",
    prefixes=(
        "/auth/register",
        "/auth/login",
        "/auth/logout",
        "/auth/me",
        "/api/profile",
        "/api/jobs",
        "/api/user-jobs",
        "/api/matches",
        "/api/insights",
        "/api/skills",
        "/api/admin",
        "/health/db",
    ),
    render=render,
    routers=(
        auth.router,
        admin.router,
        caches.router,
        profile_account.router,
        profile.router,
        jobs.router,
        user_jobs.router,
        skills.router,
        matches.router,
        insights.router,
    ),
)
