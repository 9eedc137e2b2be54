"""Every board by name. A new one is a file in `sources/` with `SOURCE` in it, and its example; no list is kept."""

import pkgutil
from importlib import import_module
from typing import Any

from core.errors import NotFound
from scrapers import sources
from scrapers.board import Board


def _discover() -> dict[str, Board]:
    modules = sorted(found.name for found in pkgutil.iter_modules(sources.__path__))
    boards = [import_module(f"{sources.__name__}.{module}").SOURCE for module in modules]
    return {board.name: board for board in boards}


SOURCES: dict[str, Board] = _discover()


def get(name: str, base_url: str | None = None, **options: Any) -> Board:
    """One board, its address turned to `base_url` if given, with an operator's options. Raise `NotFound`."""
    if name not in SOURCES:
        raise NotFound(f"There is no source named {name}.", context={"sources": sorted(SOURCES)})
    return SOURCES[name].at(base_url, **options)
