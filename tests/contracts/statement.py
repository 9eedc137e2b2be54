"""The four contracts as this repository states them: one file a system in `statement/`."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from tests.contracts.grammar import Shape, Vocabulary, read

SYSTEMS = ("tracker", "copilot", "agent", "analyzer")
_FOLDER = Path(__file__).parent / "statement"


@dataclass(frozen=True)
class Entry:
    """One promise. `does` are its operations (`GET /health`), `answers` the statuses of success.

    `who` may ask: nobody (no guard), anybody (a token is read and not needed), bearer, admin, secret, ws.
    """

    system: str
    name: str
    does: Sequence[str]
    who: str
    answers: Sequence[int]
    query: Sequence[str] = ()
    sends: Sequence[str] = ()
    body: str | None = None
    refuses: Sequence[int] = ()
    mounted: bool = True

    def shape(self) -> Shape | None:
        return read(self.body) if self.body else None


def as_written(system: str) -> dict[str, Any]:
    document: dict[str, Any] = yaml.safe_load((_FOLDER / f"{system}.yaml").read_text("utf-8"))
    return document


@lru_cache(maxsize=1)
def entries() -> Mapping[str, Entry]:
    return {entry.name: entry for system in SYSTEMS for entry in _entries(system)}


@lru_cache(maxsize=4)
def vocabulary(system: str) -> Vocabulary:
    document = as_written(system)
    return Vocabulary({name: read(text) for name, text in document["schemas"].items()}, document["enums"])


def _entries(system: str) -> Iterator[Entry]:
    for name, facts in as_written(system)["entries"].items():
        yield Entry(system, name, **facts)
