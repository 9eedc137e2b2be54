"""Time as a dependency: code that decides by the clock takes `now`, and its edges call these."""

from datetime import UTC, datetime


def utc_now() -> datetime:
    return datetime.now(UTC)
