"""The analyzer's prefixes, its error body, its routers."""

from typing import Any

from api.analyzer import analysis, auth, exports, uploads
from api.door import Door
from core.errors import AppError, Unauthenticated


def render(error: AppError) -> dict[str, Any]:
    """`{error: title, message, field?, <context>}`; `success: false` is what its log-in and sign-up forms read."""
    context = {name: value for name, value in error.context.items() if name != "errors"}
    problems = error.context.get("errors")
    field = {"field": str(problems[0]["loc"][-1])} if problems else {}
    return {"error": error.error_title, "message": error.message, "success": False, **field, **context}


ANALYZER = Door(
    name="analyzer",
    prefixes=(
        "/api/auth",
        "/api/upload",
        "/api/uploads",
        "/api/analysis",
        "/api/analyze",
        "/api/interview",
        "/api/chat",
    ),
    render=render,
    routers=(auth.router, uploads.router, analysis.router, exports.router),
    accepts_cookie=True,
    validation_status=400,
    inactive=Unauthenticated,
)
