"""Times of boards, as aware datetimes."""

from contextlib import suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_MILLISECONDS_FROM = 100_000_000_000  # as seconds this would be the year 5138
_EARLIEST = datetime(1995, 1, 1, tzinfo=UTC)
_LATEST = datetime(2100, 1, 1, tzinfo=UTC)


def moment(value: object) -> datetime | None:
    """Epoch seconds or milliseconds, ISO 8601, RFC 822, or "September 1, 2026"; naive times are UTC.

    None for absent and impossible ones, and for those that name no day, as "2 days ago" does not.
    """
    if isinstance(value, bool) or value is None or value == "":
        return None
    try:
        found = _of_number(float(value)) if isinstance(value, int | float) else _of_text(str(value).strip())
    except (ValueError, OverflowError, OSError, TypeError):
        return None
    found = found if found.tzinfo else found.replace(tzinfo=UTC)
    return found if _EARLIEST <= found <= _LATEST else None


def _of_number(number: float) -> datetime:
    return datetime.fromtimestamp(number / 1000 if number >= _MILLISECONDS_FROM else number, UTC)


def _of_text(text: str) -> datetime:
    if text.isdigit() and len(text) >= len("1000000000"):
        return _of_number(float(text))
    try:
        return datetime.fromisoformat(text.removesuffix(" UTC"))
    except ValueError:
        return _spelt_out(text) or parsedate_to_datetime(text)


def _spelt_out(text: str) -> datetime | None:
    for form in ("%B %d, %Y", "%b %d, %Y", "%d %B %Y", "%d %b %Y"):
        with suppress(ValueError):
            return datetime.strptime(text, form).replace(tzinfo=UTC)
    return None
