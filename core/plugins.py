"""Providers by name: `module:attribute`, imported when wired and not before.

Torch takes seconds and half a gigabyte to import. Only the embeddings worker should pay for it, so the provider that
needs it is named in a string and resolved here; no other code imports inside a function.
"""

from importlib import import_module
from typing import Any


def load(path: str) -> Any:
    """Resolve `package.module:attribute`."""
    module, _, attribute = path.partition(":")
    return getattr(import_module(module), attribute)
