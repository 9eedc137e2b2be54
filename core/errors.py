"""The one exception family. A service raises it, a door renders it, a run ends with its code."""

from collections.abc import Mapping
from typing import Any, ClassVar


class AppError(Exception):
    """Something a person or an operator can act on.

    `code` is stable and for machines, `title` is short and for headings, `message` tells a person what to do next,
    `context` carries small JSON-safe facts (`upload_id`, `max_size_mb`, `errors`).
    """

    status: ClassVar[int] = 500
    code: ClassVar[str] = "INTERNAL_ERROR"
    title: ClassVar[str] = "Internal error"

    def __init__(
        self,
        message: str,
        *,
        code: str | None = None,
        title: str | None = None,
        context: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.error_code = code or self.code
        self.error_title = title or self.title
        self.context = dict(context or {})
        self.headers = dict(headers or {})


class BadRequest(AppError):
    status, code, title = 400, "BAD_REQUEST", "Bad request"


class Unauthenticated(AppError):
    status, code, title = 401, "UNAUTHENTICATED", "Not authenticated"


class PaymentRequired(AppError):
    status, code, title = 402, "PAYMENT_REQUIRED", "Not enough credits"


class Forbidden(AppError):
    status, code, title = 403, "FORBIDDEN", "Forbidden"


class NotFound(AppError):
    status, code, title = 404, "NOT_FOUND", "Not found"


class Conflict(AppError):
    status, code, title = 409, "CONFLICT", "Conflict"


class TooLarge(AppError):
    status, code, title = 413, "TOO_LARGE", "Too large"


class Unprocessable(AppError):
    status, code, title = 422, "VALIDATION_ERROR", "Validation failed"


class RateLimited(AppError):
    status, code, title = 429, "RATE_LIMITED", "Too many requests"


class Unavailable(AppError):
    status, code, title = 503, "UNAVAILABLE", "Service unavailable"


class Transient(AppError):
    """Worth another try: the runner retries with jitter, or after `retry_after` seconds when the other side said so."""

    status, code, title = 503, "TRY_AGAIN", "Try again"

    def __init__(self, message: str, *, retry_after: float | None = None, code: str | None = None) -> None:
        super().__init__(message, code=code)
        self.retry_after = retry_after
