"""The circuit breaker of one source, as a value: its keeper stores it and passes the time."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Breaker:
    """Opens after `threshold` failures in a row, and doubles its rest each time the trial after a rest fails too."""

    failures: int = 0
    opened_at: datetime | None = None
    threshold: int = 3
    rest: timedelta = timedelta(minutes=15)
    longest_rest: timedelta = timedelta(hours=24)

    def open_until(self) -> datetime | None:
        """When the next attempt may be made; None while attempts are free."""
        if self.opened_at is None:
            return None
        doublings = min(max(self.failures - self.threshold, 0), 16)
        return self.opened_at + min(self.rest * (1 << doublings), self.longest_rest)

    def allows(self, now: datetime) -> bool:
        until = self.open_until()
        return until is None or now >= until

    def rests_until(self, now: datetime) -> datetime | None:
        """When the rest that `now` falls into ends; None when an attempt may be made."""
        until = self.open_until()
        return until if until is not None and now < until else None

    def after_success(self) -> "Breaker":
        return replace(self, failures=0, opened_at=None)

    def after_failure(self, now: datetime) -> "Breaker":
        failures = self.failures + 1
        return replace(self, failures=failures, opened_at=now if failures >= self.threshold else None)
