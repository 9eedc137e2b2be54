"""Conditional requests across harvests: what a board said last is remembered once it was believed.

An answer that was cut on its way came with a validator all the same; were it kept, the board would go on saying
"unchanged" to it. So nothing is kept before the harvest is judged, and what a bad harvest was read from is forgotten.
"""

import json
import zlib
from time import time

from scrapers.http.cache import Stored
from services.answer_store import RedisAnswerStore


class HarvestMemory:
    """A `ConditionalCache` of one harvest, before the store that all workers share."""

    def __init__(self, store: RedisAnswerStore) -> None:
        self._store = store
        self._used: set[str] = set()
        self._fresh: dict[str, bytes] = {}

    def get(self, key: str) -> Stored | None:
        self._used.add(key)
        kept = self._fresh.get(key) or self._store.get(key)
        return _unpacked(kept) if kept else None

    def put(self, key: str, stored: Stored) -> None:
        self._used.add(key)
        self._fresh[key] = _packed(stored)

    def settle(self, *, believed: bool) -> None:
        """Keep what came, or forget all that this harvest was read from. A kept answer that was used stays longer."""
        if not believed:
            self._store.forget(self._used)
            return
        for key in self._used:
            if kept := self._fresh.get(key) or self._store.get(key):
                self._store.put(key, kept, at=time())


def _packed(stored: Stored) -> bytes:
    head = {"etag": stored.etag, "modified": stored.last_modified, "type": stored.content_type}
    return json.dumps(head).encode() + b"\n" + zlib.compress(stored.body, 6)


def _unpacked(kept: bytes) -> Stored | None:
    head, _, body = kept.partition(b"\n")
    try:
        said = json.loads(head)
        return Stored(said["etag"], said["modified"], zlib.decompress(body), said["type"])
    except (ValueError, KeyError, TypeError, zlib.error):  # written by another version
        return None
