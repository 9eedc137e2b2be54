"""One thread a process that keeps the leases of the stages at work in it. A stage that ends soon costs it nothing."""

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import lru_cache

from core.db import transaction
from core.log import get_logger
from core.settings import get_settings
from services.runs import leases
from services.runs.leases import Claim

log = get_logger(__name__)


class Heart:
    """Extends each lease once a heartbeat. A lost lease is noticed at the stage's next write."""

    def __init__(self, every: float, lease: timedelta) -> None:
        self._every = every
        self._lease = lease
        self._next_beats: dict[int, tuple[Claim, float]] = {}
        self._lock = threading.Lock()
        threading.Thread(target=self._beat_forever, name="heartbeat", daemon=True).start()

    @contextmanager
    def keeping(self, mine: Claim) -> Iterator[None]:
        """Keep this lease for as long as the block runs."""
        with self._lock:
            self._next_beats[id(mine)] = (mine, time.monotonic() + self._every)
        try:
            yield
        finally:
            with self._lock:
                self._next_beats.pop(id(mine), None)

    def _beat_forever(self) -> None:
        while True:
            time.sleep(self._every / 8)
            with self._lock:
                waiting = list(self._next_beats.items())
            for key, (mine, due) in waiting:
                if time.monotonic() >= due:
                    self._beat(key, mine)

    def _beat(self, key: int, mine: Claim) -> None:
        held = True
        try:
            with transaction() as session:
                held = leases.heartbeat(session, mine, self._lease)
        except Exception as error:  # noqa: BLE001 — a database that is away for a moment must not end the thread
            log.warning("heartbeat_failed", run_id=str(mine.run_id), error=type(error).__name__)
        with self._lock:
            if held and key in self._next_beats:  # or it ended meanwhile
                self._next_beats[key] = (mine, time.monotonic() + self._every)
            else:
                self._next_beats.pop(key, None)


def heart() -> Heart:
    """This process's own: a thread does not survive a fork."""
    return _heart_of(os.getpid())


@lru_cache(maxsize=1)
def _heart_of(pid: int) -> Heart:
    settings = get_settings()
    return Heart(settings.heartbeat_seconds, timedelta(seconds=settings.lease_seconds))
