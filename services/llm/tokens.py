"""How many tokens a text is, and never too few.

With OpenAI's tables the count is exact. They are fetched from the network at first use (tiktoken does it, and keeps
them in TIKTOKEN_CACHE_DIR). Without them, and for models they do not cover, the count is the number of UTF-8 bytes:
byte-pair encodings start from single bytes and only ever merge them, so no text has more tokens than bytes. English
prose has about a quarter as many; the bound is dear, and safe.
"""

from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock, Thread
from typing import Protocol

import tiktoken


@dataclass(frozen=True, slots=True)
class TokenCount:
    """`exact` is False for the upper bound."""

    n: int
    exact: bool


class Encoding(Protocol):
    def encode_ordinary(self, text: str) -> list[int]: ...


class TokenCounter:
    """`load` gives the table of a model or raises; it may block, so it is waited for `wait` seconds once a model."""

    def __init__(self, load: Callable[[str], Encoding] = tiktoken.encoding_for_model, *, wait: float = 5.0) -> None:
        self._load = load
        self._wait = wait
        self._tables: dict[str, Encoding | None] = {}
        self._lock = Lock()

    def count(self, text: str, model: str) -> TokenCount:
        table = self._table(model)
        if table is None:
            return TokenCount(len(text.encode("utf-8", "surrogatepass")), exact=False)
        return TokenCount(len(table.encode_ordinary(text)), exact=True)

    def _table(self, model: str) -> Encoding | None:
        with self._lock:
            started = model in self._tables
            self._tables.setdefault(model, None)
        if not started:
            fetching = Thread(target=self._fetch, args=(model,), daemon=True)
            fetching.start()
            fetching.join(self._wait)
        return self._tables[model]

    def _fetch(self, model: str) -> None:
        """A table that comes late serves the counts after it; one that cannot be had is asked for once a process."""
        try:
            self._tables[model] = self._load(model)
        except Exception:  # noqa: BLE001 — no table, whatever the reason, means the bound
            self._tables[model] = None


_counter = TokenCounter()


def count(text: str, model: str) -> TokenCount:
    return _counter.count(text, model)
