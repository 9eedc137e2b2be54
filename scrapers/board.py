"""`Board`: the one implementation of `Source`. A source file says where a board is and how to read one item of it."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any, NamedTuple

import httpx

from scrapers.draft import Draft
from scrapers.errors import MalformedItem, NotConfigured
from scrapers.normalise.steps import normalised
from scrapers.posting import Failure, Http, OnFailure, Posting, unheard

Item = Mapping[str, Any]
Found = Item | Failure


class Invitation(NamedTuple):
    """A vendor's document that offers an interface to programs, and the path that the interface lies under."""

    document: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """`fetch(board, http)` yields raw items page by page, and a `Failure` for a part that would not answer.

    `read(item)` makes a `Draft`, or None for what is no advert. `options` are what an operator passes in (see
    `options.py`), `needs` names those without which there is nothing to ask. `base_url` may be turned to a server of
    the operator's. `invitation` stands where a robots.txt written for crawlers may forbid what the vendor offers to
    programs.
    """

    name: str
    homepage: str
    base_url: str
    terms: str
    fetch: Callable[["Board", Http], Iterable[Found]]
    read: Callable[[Item], Draft | None]
    min_interval: timedelta = timedelta(hours=1)
    enabled: bool = True
    promises: frozenset[str] = frozenset({"company", "posted_at"})
    invitation: Invitation | None = None
    needs: tuple[str, ...] = ()
    options: Mapping[str, Any] = field(default_factory=dict)

    def at(self, base_url: str | None = None, **options: Any) -> "Board":
        """The same board with another address or with options set."""
        return replace(self, base_url=(base_url or self.base_url).rstrip("/"), options={**self.options, **options})

    def invites(self, url: httpx.URL) -> bool:
        """Whether the vendor's document covers this address, whichever the company in its host."""
        if self.invitation is None:
            return False
        before, _, after = (self.base_url + self.invitation.path).partition("{company}")
        covered = re.escape(before) + (f"[^./]+{re.escape(after)}" if after else "")
        return re.match(covered, str(url)) is not None

    def required(self, name: str) -> str:
        """An option that the board cannot do without; raise `NotConfigured`."""
        if found := str(self.options.get(name) or ""):
            return found
        raise NotConfigured(f"{self.name} needs the option {name}.", context={"reason": "option", "option": name})

    def postings(self, http: Http, on_failure: OnFailure = unheard) -> Iterator[Posting]:
        """Yield each posting once by its id. A malformed item is told to `on_failure` and never stops the others."""
        seen: set[str] = set()
        for item in self.fetch(self, http):
            if isinstance(item, Failure):
                on_failure(item)
                continue
            posting = self._posting(item, on_failure)
            if posting is not None and posting.source_id not in seen:
                seen.add(posting.source_id)
                yield posting

    def _posting(self, item: Item, on_failure: OnFailure) -> Posting | None:
        try:
            draft = self.read(item)
            return normalised(draft, self.name) if draft else None
        except MalformedItem as error:
            on_failure(Failure(_id(item), str(error)))
        except (AttributeError, IndexError, KeyError, TypeError, ValueError, RecursionError) as error:
            # Boards change shape without notice; whatever one item does to its reader, the next one is read.
            on_failure(Failure(_id(item), f"{type(error).__name__}: {error}"[:200]))
        return None


def _id(item: object) -> str | None:
    found = item.get("id") or item.get("guid") or item.get("slug") if isinstance(item, Mapping) else None
    return str(found)[:200] if found else None
