"""The doorbell: tells the API's sockets to look again. It carries no data and may be missed: they look by clock too."""

import os
import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Protocol

from redis import Redis, RedisError

from core.log import get_logger

CHANNEL = "offerline:look"
_SILENCE_SECONDS = 5.0
_GATHER_SECONDS = 0.005

log = get_logger(__name__)


class Doorbell(Protocol):
    def look(self, user_id: int | None) -> None:
        """Say that this user's runs have news. Never raises and never waits for long."""


class RedisDoorbell:
    """Publishes the users' ids from a thread of its own, so that no stage waits for Redis, not even for one that hangs.

    Rings that follow each other within milliseconds are one. After a failure it stays silent for a few seconds.
    """

    def __init__(self, connect: Callable[[], Redis], *, silence: float = _SILENCE_SECONDS) -> None:
        self._connect = connect
        self._silence = silence
        self._news: deque[int] = deque()
        self._rung = threading.Event()
        self._ringer_of = 0  # the process that the thread lives in: it does not survive a fork
        self._starting = threading.Lock()

    def look(self, user_id: int | None) -> None:
        if user_id is None:
            return
        if self._ringer_of != os.getpid():
            self._start()
        self._news.append(user_id)
        self._rung.set()

    def _start(self) -> None:
        with self._starting:
            if self._ringer_of != os.getpid():
                self._ringer_of = os.getpid()
                self._news, self._rung = deque(), threading.Event()
                threading.Thread(target=self._ring_forever, name="doorbell", daemon=True).start()

    def _ring_forever(self) -> None:
        client: Redis | None = None
        while self._rung.wait():
            time.sleep(_GATHER_SECONDS)
            self._rung.clear()
            news = {self._news.popleft() for _ in range(len(self._news))}
            try:
                client = client or self._connect()
                with client.pipeline(transaction=False) as line:
                    for user_id in news:
                        line.publish(CHANNEL, str(user_id))
                    line.execute()
            except (RedisError, OSError) as error:
                log.warning("doorbell_failed", error=type(error).__name__)
                time.sleep(self._silence)


class SilentDoorbell:
    """For code that runs without Redis: the sockets' own clock does the telling."""

    def look(self, user_id: int | None) -> None:
        return
