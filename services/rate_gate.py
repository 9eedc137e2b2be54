"""One pace per host for all scrape workers: slots are handed out by Redis, whose clock they share."""

from functools import cached_property
from typing import cast

from redis import Redis
from redis.commands.core import Script

_RESERVE = """
local now = redis.call('TIME')
local at = now[1] * 1000 + math.floor(now[2] / 1000)
local free = tonumber(redis.call('GET', KEYS[1]) or '0')
local slot = math.max(at, free)
redis.call('SET', KEYS[1], slot + ARGV[1], 'PX', (slot - at) + ARGV[1] + 60000)
return slot - at
"""
_HOLD = """
local now = redis.call('TIME')
local at = now[1] * 1000 + math.floor(now[2] / 1000)
local until_ms = math.max(at + ARGV[1], tonumber(redis.call('GET', KEYS[1]) or '0'))
redis.call('SET', KEYS[1], until_ms, 'PX', (until_ms - at) + 60000)
"""


class RedisRateGate:
    """Spaces requests to a host across processes: a reservation is one atomic script, so workers never share a slot."""

    def __init__(self, client: Redis) -> None:
        self._client = client

    def reserve(self, host: str, interval: float) -> float:
        """Take the next free slot and answer the seconds until it comes. Raises RedisError."""
        return cast("int", self._reserve(keys=[_key(host)], args=[_milliseconds(interval)])) / 1000

    def hold(self, host: str, seconds: float) -> None:
        """Let nothing through to the host for so long. Raises RedisError."""
        self._hold(keys=[_key(host)], args=[_milliseconds(seconds)])

    @cached_property
    def _reserve(self) -> Script:
        return self._client.register_script(_RESERVE)

    @cached_property
    def _hold(self) -> Script:
        return self._client.register_script(_HOLD)


def _key(host: str) -> str:
    return f"offerline:rate:{host.lower()}"


def _milliseconds(seconds: float) -> int:
    return max(0, round(seconds * 1000))
