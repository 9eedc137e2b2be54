"""robots.txt, by RFC 9309: absent means yes, unreachable means not now."""

from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic

import httpx
from protego import Protego

from core.errors import AppError, Transient
from scrapers.errors import AddressRefused, AnswerTooLarge, Gone, RobotsRefused, UnexpectedStatus

MOST_BYTES = 512 * 1024  # RFC 9309 asks for at least 500 KiB
_FRESH_SECONDS = 24 * 3600.0

FetchText = Callable[[httpx.URL], str]


@dataclass
class Robots:
    """Rules by origin, kept for a day.

    `agent` is our product token. `given` maps an origin ("http://127.0.0.1:8080") to a robots.txt to use instead of the
    host's: for tests, for the demo board, and for an operator who holds a board's permission ("" allows everything).
    """

    agent: str
    given: dict[str, str] = field(default_factory=dict)
    clock: Callable[[], float] = monotonic
    _held: dict[str, tuple[float, Protego]] = field(default_factory=dict)

    def check(self, url: httpx.URL, fetch: FetchText) -> float:
        """Answer the crawl delay in seconds, 0 if none. Raise `RobotsRefused`, or `Transient` if rules are unknown."""
        rules = self._rules(url, fetch)
        if not rules.can_fetch(str(url), self.agent):
            context = {"host": url.host, "reason": "robots"}
            raise RobotsRefused(f"robots.txt of {url.host} asks robots to stay away from {url.path}.", context=context)
        return float(rules.crawl_delay(self.agent) or 0)

    def _rules(self, url: httpx.URL, fetch: FetchText) -> Protego:
        origin = _origin(url)
        if origin in self.given:
            return Protego.parse(self.given[origin])
        held = self._held.get(origin)
        if held is None or self.clock() - held[0] > _FRESH_SECONDS:
            held = (self.clock(), Protego.parse(_text(url, fetch)))
            self._held[origin] = held
        return held[1]


def _text(url: httpx.URL, fetch: FetchText) -> str:
    try:
        return fetch(url.copy_with(path="/robots.txt", query=None, fragment=None))
    except (Gone, UnexpectedStatus, AnswerTooLarge):
        return ""
    except (Transient, AddressRefused):
        raise
    except AppError as error:
        raise Transient(f"robots.txt of {url.host} could not be read: {error.message}") from error


def _origin(url: httpx.URL) -> str:
    port = f":{url.port}" if url.port else ""
    return f"{url.scheme}://{url.host}{port}"
