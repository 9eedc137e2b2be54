"""robots.txt, by RFC 9309: absent means yes, unreachable means not now."""

import re
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
    `invited` says of an address that its owner's own document invites programs to it: what robots.txt asks of crawlers
    at large is then no answer to us. Rules that name our agent, and crawl delays, hold all the same.
    """

    agent: str
    given: dict[str, str] = field(default_factory=dict)
    invited: Callable[[httpx.URL], bool] = lambda url: False
    clock: Callable[[], float] = monotonic
    _held: dict[str, tuple[float, "_Rules"]] = field(default_factory=dict)

    def check(self, url: httpx.URL, fetch: FetchText) -> float:
        """Answer the crawl delay in seconds, 0 if none. Raise `RobotsRefused`, or `Transient` if rules are unknown."""
        rules = self._rules(url, fetch)
        if not rules.can_fetch(str(url)) and not (self.invited(url) and not rules.names_us):
            context = {"host": url.host, "reason": "robots"}
            raise RobotsRefused(f"robots.txt of {url.host} asks robots to stay away from {url.path}.", context=context)
        return rules.crawl_delay

    def _rules(self, url: httpx.URL, fetch: FetchText) -> "_Rules":
        origin = _origin(url)
        if origin in self.given:
            return _Rules(self.given[origin], self.agent)
        held = self._held.get(origin)
        if held is None or self.clock() - held[0] > _FRESH_SECONDS:
            held = (self.clock(), _Rules(_text(url, fetch), self.agent))
            self._held[origin] = held
        return held[1]


class _Rules:
    """One robots.txt, as it speaks to `agent`. `names_us` is true where a group is addressed to that very agent."""

    def __init__(self, text: str, agent: str) -> None:
        self._rules, self._agent = Protego.parse(text), agent
        self.names_us = bool(re.search(rf"^\s*user-agent:\s*{re.escape(agent)}\b", text, re.IGNORECASE | re.MULTILINE))

    def can_fetch(self, url: str) -> bool:
        return bool(self._rules.can_fetch(url, self._agent))

    @property
    def crawl_delay(self) -> float:
        """Seconds, 0 if none is asked for."""
        return float(self._rules.crawl_delay(self._agent) or 0)


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
