"""How often one host may be asked. Workers that share hosts share a gate; in one process memory will do."""

import threading
import time
from collections.abc import Callable
from typing import Protocol


class RateGate(Protocol):
    """Spaces requests to a host."""

    def reserve(self, host: str, interval: float) -> float:
        """Take the next free slot and answer the seconds until it comes; slots are `interval` seconds apart. Atomic."""

    def hold(self, host: str, seconds: float) -> None:
        """Let nothing through to the host for so long: it answered `Retry-After`."""


class MemoryRateGate:
    """The gate of one process."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._free_at: dict[str, float] = {}
        self._lock = threading.Lock()

    def reserve(self, host: str, interval: float) -> float:
        with self._lock:
            now = self._clock()
            slot = max(now, self._free_at.get(host, now))
            self._free_at[host] = slot + interval
            return slot - now

    def hold(self, host: str, seconds: float) -> None:
        with self._lock:
            self._free_at[host] = max(self._free_at.get(host, 0.0), self._clock() + seconds)
