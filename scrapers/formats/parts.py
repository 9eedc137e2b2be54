"""Boards that come in parts: categories, pages, companies. One broken part does not take the others along."""

from collections.abc import Callable, Iterable, Iterator

from core.errors import Transient
from scrapers.board import Found
from scrapers.errors import HarvestError
from scrapers.posting import Failure


def each_part(parts: Iterable[str], items: Callable[[str], Iterable[Found]]) -> Iterator[Found]:
    """Yield the items of every part, a `Failure` for a part that did not answer; raise its error if none did."""
    broken: list[HarvestError | Transient] = []
    answered = False
    for part in parts:
        try:
            yield from items(part)
            answered = True
        except (HarvestError, Transient) as error:
            broken.append(error)
            yield Failure(part, f"{part}: {error.message}")
    if broken and not answered:
        raise broken[-1]
