"""The tracker's prefixes, its error body, its routers."""

from typing import Any

from api.door import Door
from api.tracker import admin, auth, mfa, users
from core.errors import AppError, Unauthenticated

_CODES = {
    400: "VALIDATION_ERROR",
    401: "UNAUTHORIZED",
    402: "PAYMENT_REQUIRED",
    403: "FORBIDDEN",
    404: "NOT_FOUND",
    409: "CONFLICT",
    413: "PAYLOAD_TOO_LARGE",
    422: "VALIDATION_ERROR",
    429: "RATE_LIMITED",
    500: "INTERNAL_ERROR",
}
_OWN_CODES = ("EMAIL_NOT_VERIFIED",)
_BEFORE_VERIFICATION = "/users/me"


def render(error: AppError) -> dict[str, Any]:
    """`{error: CODE, message, details?}`; the code follows the status, except where the contract names its own."""
    own = error.error_code in _OWN_CODES
    code = error.error_code if own else _CODES.get(error.status, "HTTP_ERROR")
    return {"error": code, "message": error.message, **({"details": error.context} if error.context else {})}


def _needs_verified_email(method: str, path: str) -> bool:
    """Looking at oneself is how a page finds out that there is something to verify."""
    own_account = path == _BEFORE_VERIFICATION or path.startswith(_BEFORE_VERIFICATION + "/")
    return not path.startswith("/auth/cognito") and not (method == "GET" and own_account)


TRACKER = Door(
    name="tracker",
    prefixes=("/auth/cognito", "/users", "/billing", "/ai", "/jobs", "/saved-views", "/admin", "/internal"),
    render=render,
    routers=(auth.router, admin.router, mfa.router, users.router),
    inactive=Unauthenticated,
    needs_verified_email=_needs_verified_email,
)
