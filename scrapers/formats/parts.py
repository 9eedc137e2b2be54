"""Boards that come in parts: categories, pages, companies. One broken part does not take the others along."""

from collections.abc import Callable, Iterable, Iterator

from core.errors import Transient
from scrapers.board import Found
from scrapers.errors import Gone, HarvestError
from scrapers.posting import Failure


def each_part(
    parts: Iterable[str], items: Callable[[str], Iterable[Found]], *, may_leave: bool = False
) -> Iterator[Found]:
    """Yield the items of every part, a `Failure` for a part that did not answer; raise its error if none did.

    `may_leave` says that a part answering 404 is over, as a company that left its system is, and no sign of trouble.
    """
    broken: list[HarvestError | Transient] = []
    answered = False
    for part in parts:
        try:
            yield from items(part)
            answered = True
        except (HarvestError, Transient) as error:
            broken.append(error)
            left = may_leave and isinstance(error, Gone)
            yield Failure(part, f"{part}: {error.message}", part="left" if left else "broken")
    if broken and not answered:
        raise broken[-1]
