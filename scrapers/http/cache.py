"""Conditional requests: what a URL answered last, so that it may say "unchanged" instead of sending it again."""

import hashlib
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Stored:
    """Validators and the body they stand for: an unchanged board still has all its postings, which are read again."""

    etag: str | None
    last_modified: str | None
    body: bytes
    content_type: str = ""

    def headers(self) -> dict[str, str]:
        asked = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in asked.items() if value}


def cache_key(url: str) -> str:
    """A digest, because an address may carry an operator's key and a store may be read by others."""
    return hashlib.sha256(url.encode()).hexdigest()


class ConditionalCache(Protocol):
    """Keyed by `cache_key`. Losing an entry costs one full answer and nothing else."""

    def get(self, key: str) -> Stored | None: ...
    def put(self, key: str, stored: Stored) -> None: ...


class MemoryCache:
    """The cache of one process, the oldest entries dropped past `entries`."""

    def __init__(self, entries: int = 256) -> None:
        self._entries = entries
        self._held: dict[str, Stored] = {}

    def get(self, key: str) -> Stored | None:
        return self._held.get(key)

    def put(self, key: str, stored: Stored) -> None:
        self._held.pop(key, None)
        self._held[key] = stored
        while len(self._held) > self._entries:
            self._held.pop(next(iter(self._held)))
