"""What boards answered last, kept for all workers in one place and never more than so many bytes of it.

It holds what may be lost: without it a board is asked for the whole answer again.
"""

from collections.abc import Iterable
from functools import cached_property

from redis import Redis
from redis.commands.core import Script
from redis.exceptions import RedisError

from core.log import get_logger

log = get_logger(__name__)

_PLACE = "offerline:answers"
_DAYS = 14
_MOST_BYTES = 64 * 1024 * 1024
_MOST_OF_ONE = 8 * 1024 * 1024

# KEYS: when each was last used, how large each is, how large they are together. The oldest go until the rest fits.
_PUT = """
local before = redis.call('HGET', KEYS[2], ARGV[2]) or 0
redis.call('SET', ARGV[1] .. ':' .. ARGV[2], ARGV[3], 'EX', ARGV[4])
redis.call('ZADD', KEYS[1], ARGV[6], ARGV[2])
redis.call('HSET', KEYS[2], ARGV[2], #ARGV[3])
local total = redis.call('INCRBY', KEYS[3], #ARGV[3] - before)
while total > tonumber(ARGV[5]) do
  local oldest = redis.call('ZPOPMIN', KEYS[1])[1]
  if not oldest then break end
  total = redis.call('DECRBY', KEYS[3], redis.call('HGET', KEYS[2], oldest) or 0)
  redis.call('HDEL', KEYS[2], oldest)
  redis.call('DEL', ARGV[1] .. ':' .. oldest)
end
return total
"""
_FORGET = """
for number = 2, #ARGV do
  redis.call('DECRBY', KEYS[3], redis.call('HGET', KEYS[2], ARGV[number]) or 0)
  redis.call('HDEL', KEYS[2], ARGV[number])
  redis.call('ZREM', KEYS[1], ARGV[number])
  redis.call('DEL', ARGV[1] .. ':' .. ARGV[number])
end
"""
_KEYS = [f"{_PLACE}:used", f"{_PLACE}:sizes", f"{_PLACE}:total"]
_AT_ONCE = 1000


class RedisAnswerStore:
    """Bytes by key. Every call is safe without Redis: nothing is found then, and nothing is kept."""

    def __init__(self, client: Redis, *, most_bytes: int = _MOST_BYTES, most_of_one: int = _MOST_OF_ONE) -> None:
        """`client` must not decode; `most_bytes` bounds all that is kept, `most_of_one` a single answer."""
        self._client = client
        self._most, self._most_of_one = most_bytes, most_of_one

    def get(self, key: str) -> bytes | None:
        try:
            found = self._client.get(f"{_PLACE}:{key}")
        except RedisError:
            log.warning("answer_store_unreachable")
            return None
        return found if isinstance(found, bytes) else None

    def put(self, key: str, value: bytes, *, at: float) -> None:
        """Keep it, as used at `at` seconds; what is larger than the bound of one is left out."""
        if len(value) > self._most_of_one:
            return
        try:
            self._put(keys=_KEYS, args=[_PLACE, key, value, _DAYS * 86400, self._most, at])
        except RedisError:
            log.warning("answer_store_unreachable")

    def forget(self, keys: Iterable[str]) -> None:
        gone = list(keys)
        try:
            for start in range(0, len(gone), _AT_ONCE):
                self._forget(keys=_KEYS, args=[_PLACE, *gone[start : start + _AT_ONCE]])
        except RedisError:
            log.warning("answer_store_unreachable")

    @cached_property
    def _put(self) -> Script:
        return self._client.register_script(_PUT)

    @cached_property
    def _forget(self) -> Script:
        return self._client.register_script(_FORGET)
