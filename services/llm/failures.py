"""How a provider fails, in our words.

What may pass with time is `Transient`; what an operator must fix is `ProviderMisconfigured` and names the setting; what
the model itself did wrong (refused, was cut short, answered in another shape) has its own type. No message repeats the
prompt or the reply: both hold personal data.
"""

from collections.abc import Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Protocol

from core.errors import AppError, Transient


class ProviderMisconfigured(AppError):
    status, code, title = 503, "PROVIDER_MISCONFIGURED", "The provider is not set up"


class RequestRejected(AppError):
    status, code, title = 502, "PROVIDER_REJECTED", "The provider rejected the request"


class Refused(AppError):
    status, code, title = 422, "PROVIDER_REFUSED", "The model declined to answer"


class Truncated(AppError):
    status, code, title = 502, "REPLY_TRUNCATED", "The model's answer was cut short"


class ReplyUnusable(AppError):
    status, code, title = 502, "REPLY_UNUSABLE", "The model's answer could not be used"


class _Response(Protocol):
    @property
    def headers(self) -> Mapping[str, str]: ...


class StatusError(Protocol):
    """What the OpenAI and Anthropic SDKs raise for an answer that is not a success."""

    @property
    def status_code(self) -> int: ...
    @property
    def response(self) -> _Response: ...


KEY_REFUSED = frozenset({401, 402, 403})
UNKNOWN_MODEL = 404
TRY_AGAIN = frozenset({408, 409, 425, 429})
SERVER_ERRORS = 500


def from_status(error: StatusError, provider: str, *, setting: str) -> AppError:
    """`setting` is the prefix of the settings concerned: `LLM` or `EMBEDDINGS`."""
    status = error.status_code
    context = {"provider": provider, "status": status}
    if status in KEY_REFUSED:
        return ProviderMisconfigured(
            f"{provider} refused the key (HTTP {status}): check LLM_API_KEY, and that it may use {setting}_MODEL",
            context=context,
        )
    if status == UNKNOWN_MODEL:
        return ProviderMisconfigured(
            f"{provider} knows no such model or address (HTTP 404): check {setting}_MODEL and LLM_BASE_URL",
            context=context,
        )
    if status in TRY_AGAIN or status >= SERVER_ERRORS:
        return Transient(
            f"{provider} answered HTTP {status}", retry_after=retry_after(error.response.headers), code="PROVIDER_BUSY"
        )
    return RequestRejected(f"{provider} rejected the request (HTTP {status})", context=context)


def unreachable(provider: str) -> Transient:
    """No answer, or the beginning of one."""
    return Transient(f"{provider} gave no whole answer in time", code="PROVIDER_UNREACHABLE")


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds from `retry-after-ms` or `retry-after` (seconds or an HTTP date, read against the `date` header)."""
    for name, scale in (("retry-after-ms", 1000.0), ("retry-after", 1.0)):
        seconds = _number(headers.get(name, ""))
        if seconds is not None:
            return seconds / scale
    until, now = _moment(headers.get("retry-after", "")), _moment(headers.get("date", ""))
    return max(0.0, (until - now).total_seconds()) if until and now else None


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if 0 <= value < float("inf") else None


def _moment(text: str) -> datetime | None:
    try:
        return parsedate_to_datetime(text)
    except ValueError:
        return None
