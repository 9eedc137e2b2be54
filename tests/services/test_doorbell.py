"""The doorbell: heard when Redis is there, never waited for, whatever Redis does."""

import time

import pytest
from redis import Redis

from core.queue import redis_client
from services.doorbell import CHANNEL, RedisDoorbell, SilentDoorbell
from tests.processes import until


class Ear:
    """Listens on the channel and keeps what it hears."""

    def __init__(self, url: str) -> None:
        self._client = redis_client(url)
        self._channel = self._client.pubsub(ignore_subscribe_messages=True)
        self._channel.subscribe(CHANNEL)
        self._channel.get_message(timeout=1)
        self.heard: list[str] = []

    def listen(self) -> list[str]:
        while (message := self._channel.get_message(timeout=0.05)) is not None:
            self.heard.append(message["data"])
        return self.heard

    def close(self) -> None:
        self._channel.close()
        self._client.close()


def test_a_ring_is_heard_and_rings_that_follow_each_other_are_one(redis_url: str) -> None:
    ear = Ear(redis_url)
    bell = RedisDoorbell(lambda: redis_client(redis_url))
    for _ in range(50):
        bell.look(7)
        bell.look(8)
    bell.look(None)
    until(lambda: {"7", "8"} <= set(ear.listen()), 5, "both users were named")
    assert len(ear.listen()) < 20
    bell.look(9)
    until(lambda: "9" in ear.listen(), 5, "a later ring is heard too")
    ear.close()


def test_nobody_waits_for_a_redis_that_hangs(redis_url: str) -> None:
    def hang() -> Redis:
        time.sleep(10)
        return redis_client(redis_url)

    bell = RedisDoorbell(hang)
    started = time.monotonic()
    for user_id in range(1000):
        bell.look(user_id)
    assert time.monotonic() - started < 5


def test_it_rings_again_once_redis_is_back(redis_url: str) -> None:
    attempts: list[int] = []

    def connect() -> Redis:
        attempts.append(1)
        if len(attempts) == 1:
            raise ConnectionRefusedError
        return redis_client(redis_url)

    ear = Ear(redis_url)
    bell = RedisDoorbell(connect, silence=0.1)
    bell.look(1)
    until(lambda: len(attempts) == 1, 5, "the first try failed")
    time.sleep(0.05)
    bell.look(2)
    until(lambda: "2" in ear.listen(), 5, "it is heard again")
    ear.close()


@pytest.mark.parametrize("user_id", [None, 7])
def test_a_silent_bell_is_silent(user_id: int | None) -> None:
    SilentDoorbell().look(user_id)
