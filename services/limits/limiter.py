"""Fixed windows in Redis. A subject is one hash, so that a hit is one atomic script and a reset one deletion.

Fields: `route:{name}:window:{seconds}` holds `start:count`, `override:global` holds `limit:seconds:expires_at`. All
times are Redis's own: processes need not agree on the clock.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from typing import cast

from redis import Redis, RedisError
from redis.commands.core import Script

from core.errors import RateLimited, Unavailable
from core.log import get_logger
from services.limits.rules import Rule

log = get_logger(__name__)

OVERRIDE = "override:global"
_UNCOUNTED_SECONDS = 5.0

_HIT = """
local now = tonumber(redis.call('TIME')[1])
local limit, window, keep = tonumber(ARGV[2]), tonumber(ARGV[3]), 0
local override = redis.call('HGET', KEYS[1], 'override:global')
if override then
  local l, w, e = string.match(override, '^(%d+):(%d+):(%d+)$')
  if tonumber(e) > now then limit, window, keep = tonumber(l), tonumber(w), tonumber(e) - now
  else redis.call('HDEL', KEYS[1], 'override:global') end
end
local field = 'route:' .. ARGV[1] .. ':window:' .. window
local start = now - now % window
local s, count = string.match(redis.call('HGET', KEYS[1], field) or '', '^(%d+):(%d+)$')
count = (tonumber(s) == start) and tonumber(count) or 0
local wait = start + window - now
if count >= limit then return {0, limit, 0, wait} end
redis.call('HSET', KEYS[1], field, start .. ':' .. (count + 1))
redis.call('EXPIRE', KEYS[1], math.max(redis.call('TTL', KEYS[1]), wait, keep))
return {1, limit, limit - count - 1, wait}
"""
_OVERRIDE = """
local expires = tonumber(redis.call('TIME')[1]) + ARGV[3]
redis.call('HSET', KEYS[1], 'override:global', ARGV[1] .. ':' .. ARGV[2] .. ':' .. expires)
redis.call('EXPIRE', KEYS[1], math.max(redis.call('TTL', KEYS[1]), tonumber(ARGV[3])))
return expires
"""
_RESET = """
local fields = redis.call('HLEN', KEYS[1])
redis.call('DEL', KEYS[1])
return fields
"""


@dataclass(frozen=True)
class Record:
    """One counter or override, as an administrator sees it. `expires_at` is seconds since 1970."""

    limiter_key: str
    window_seconds: int
    limit: int
    count: int
    remaining: int
    expires_at: int
    record_type: str


class Limiter:
    """`subject` is `user:{id}` or `ip:{address}`."""

    def __init__(
        self, client: Redis, *, prefix: str = "offerline:limits:", clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._client = client
        self._prefix = prefix
        self._clock = clock
        self._uncounted_until = 0.0

    def hit(self, subject: str, rule: Rule) -> None:
        """Count one. Raises RateLimited; without Redis Unavailable where the rule fails closed, else nothing.

        A Redis that does not answer holds up one request; for a few seconds after it, open rules do not ask.
        """
        if not rule.fails_closed and self._clock() < self._uncounted_until:
            return
        try:
            answer = self._hit(keys=[self._key(subject)], args=[rule.name, rule.limit, rule.seconds])
        except RedisError as error:
            log.warning("limiter_unreachable", rule=rule.name, error=type(error).__name__)
            self._uncounted_until = self._clock() + _UNCOUNTED_SECONDS
            if not rule.fails_closed:
                return
            raise _away() from error
        allowed, limit, remaining, wait = cast("Sequence[int]", answer)
        if not allowed:
            seconds = max(1, wait)
            raise RateLimited(
                f"Too many requests. Try again in {seconds} seconds.",
                context={"retry_after_seconds": seconds, "limit": limit, "remaining": remaining},
                headers={"Retry-After": str(seconds)},
            )

    @contextmanager
    def paused(self, subject: str, seconds: int) -> Iterator[None]:
        """Once in so many seconds. What fails inside may be tried again at once. Raises RateLimited, Unavailable."""
        key = f"{self._prefix}pause:{{{subject}}}"
        try:
            if seconds and not self._client.set(key, 1, nx=True, ex=seconds):
                raise too_soon(max(1, self._client.ttl(key)))
        except RedisError as error:
            raise _away() from error
        try:
            yield
        except Unavailable:
            with suppress(RedisError):
                self._client.delete(key)
            raise

    def records(self, subject: str, rule_of: Callable[[str], Rule]) -> list[Record]:
        """What counts now; what has run out is left away. Raises Unavailable."""
        try:
            now = self._client.time()[0]
            fields = cast("dict[str, str]", self._client.hgetall(self._key(subject)))
        except RedisError as error:
            raise _away() from error
        override = _override(fields.get(OVERRIDE, ""), now)
        counters = (_counter(field, value, rule_of, override, now) for field, value in sorted(fields.items()))
        return [one for one in (override, *counters) if one]

    def reset(self, subject: str) -> int:
        """Forget counters and override; answers how many there were. Raises Unavailable."""
        try:
            return cast("int", self._reset(keys=[self._key(subject)]))
        except RedisError as error:
            raise _away() from error

    def override(self, subject: str, *, limit: int, window: int, ttl: int) -> int:
        """Replace limit and window of every rule for this subject; answers when that ends. Raises Unavailable."""
        try:
            return cast("int", self._set_override(keys=[self._key(subject)], args=[limit, window, ttl]))
        except RedisError as error:
            raise _away() from error

    @cached_property
    def _hit(self) -> Script:
        return self._client.register_script(_HIT)

    @cached_property
    def _reset(self) -> Script:
        return self._client.register_script(_RESET)

    @cached_property
    def _set_override(self) -> Script:
        return self._client.register_script(_OVERRIDE)

    def _key(self, subject: str) -> str:
        return f"{self._prefix}{{{subject}}}"


def _override(stored: str, now: int) -> Record | None:
    limit, window, expires_at = (int(part) for part in stored.split(":")) if stored else (0, 0, 0)
    return Record(OVERRIDE, window, limit, 0, limit, expires_at, "override") if expires_at > now else None


def _counter(
    field: str, value: str, rule_of: Callable[[str], Rule], override: Record | None, now: int
) -> Record | None:
    if field == OVERRIDE:
        return None
    _, name, _, window = field.split(":")
    start, count = (int(part) for part in value.split(":"))
    if start + int(window) <= now:
        return None
    limit = override.limit if override and override.window_seconds == int(window) else rule_of(name).limit
    return Record(field, int(window), limit, count, max(0, limit - count), start + int(window), "counter")


def too_soon(seconds: int) -> RateLimited:
    return RateLimited(
        f"This was asked for a moment ago. Ask again in {seconds} seconds.",
        context={"retry_after_seconds": seconds},
        headers={"Retry-After": str(seconds)},
    )


def _away() -> Unavailable:
    return Unavailable("This cannot be served right now. Try again shortly.", headers={"Retry-After": "5"})
