"""Reading JSON that nobody promised: typed getters that never trust a shape."""

from collections.abc import Iterable, Mapping
from typing import Any

from scrapers.errors import MalformedItem, UnreadableAnswer

_HUGE = 10**18  # an id beyond it is an overflow or an accident


def text(item: Mapping[str, Any], *names: str) -> str:
    """The first of the fields that holds text; "" if none does. A number is no name: it came from another field."""
    for name in names:
        value = item.get(name)
        if isinstance(value, str) and value.strip():
            return value
    return ""


def code(item: Mapping[str, Any], *names: str) -> str:
    """As `text`, for ids and flags, which some boards write as whole numbers and some as text."""
    for name in names:
        value = item.get(name)
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < _HUGE:
            return str(value)
        if isinstance(value, str) and value.strip():
            return value
    return ""


def need(item: Mapping[str, Any], *names: str) -> str:
    """As `text`, but raise `MalformedItem` naming the field when none is there."""
    return _needed(text(item, *names), names)


def need_code(item: Mapping[str, Any], *names: str) -> str:
    """As `code`, but raise `MalformedItem` naming the field when none is there."""
    return _needed(code(item, *names), names)


def _needed(found: str, names: tuple[str, ...]) -> str:
    if not found:
        raise MalformedItem(f"missing {' or '.join(names)}")
    return found


def number(item: Mapping[str, Any], name: str) -> float | None:
    """A number, or text that is one; None for anything else, and for 0, by which boards mean unknown."""
    value = item.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        found = float(value)
    except ValueError:
        return None
    return found if 0 < found < float("inf") else None


def inner(item: Any, *path: str) -> Mapping[str, Any]:
    """The object at a path, {} when any step is missing or is no object."""
    found: Any = item
    for name in path:
        found = found.get(name) if isinstance(found, Mapping) else None
    return found if isinstance(found, Mapping) else {}


def texts(value: object, name: str = "name") -> tuple[str, ...]:
    """A list of texts, or of objects with a `name`, or one text between commas."""
    if isinstance(value, str):
        return tuple(part.strip() for part in value.split(",") if part.strip())
    if not isinstance(value, Iterable) or isinstance(value, Mapping):
        return ()
    each = (text(part, name) if isinstance(part, Mapping) else part for part in value)
    return tuple(part.strip() for part in each if isinstance(part, str) and part.strip())


def listed(answer: Any, name: str) -> list[Mapping[str, Any]]:
    """The list of items that a whole answer holds under a name; raise `UnreadableAnswer` as `rows` does."""
    return rows(inner(answer).get(name), name)


def rows(value: object, what: str) -> list[Mapping[str, Any]]:
    """The list of items of a whole answer; raise `UnreadableAnswer` when `what` is not a list of objects.

    What stands in the list but is no object becomes {}, so that it is counted as a malformed item.
    """
    if not isinstance(value, list):
        context = {"reason": "shape", "expected": what}
        raise UnreadableAnswer(f"The answer has no list of postings where {what} was expected.", context=context)
    return [row if isinstance(row, Mapping) else {} for row in value]


def parts(value: object) -> list[Mapping[str, Any]]:
    """The objects of a list inside one item; [] for anything else: one odd item does not end a harvest."""
    return [part for part in value if isinstance(part, Mapping)] if isinstance(value, list) else []
