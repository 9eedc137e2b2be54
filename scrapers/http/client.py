"""The polite client: what every source fetches through."""

import json
import ssl
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

import httpcore
import httpx

from core.clock import utc_now
from core.errors import Transient
from scrapers.errors import AddressRefused, AnswerTooLarge, FetchTimeout, TooManyRedirects
from scrapers.http.address import AddressGuard
from scrapers.http.answer import Answer, raise_for_status, retry_after
from scrapers.http.body import ACCEPT_ENCODING, read_capped
from scrapers.http.cache import ConditionalCache, MemoryCache, Stored, cache_key
from scrapers.http.rate import MemoryRateGate, RateGate
from scrapers.http.robots import MOST_BYTES, Robots
from scrapers.http.transport import Deadline, PinnedTransport

AGENT = "Offerline"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_NOT_MODIFIED = 304


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes are decoded bytes; `seconds` is a whole fetch with redirects, `patience` the longest wait for a slot."""

    bytes: int = 32 * 1024 * 1024
    seconds: float = 60.0
    read_seconds: float = 20.0
    redirects: int = 5
    interval: float = 1.0
    patience: float = 120.0


@dataclass
class PoliteClient:
    """Implements `Http`. One per harvest is enough; the gate and the cache may be shared between processes.

    `contact` is how a board reaches the operator: a page or a mail address, sent with every request. `robots_given` and
    `invited` are explained at `Robots`.
    """

    contact: str
    gate: RateGate = field(default_factory=MemoryRateGate)
    cache: ConditionalCache = field(default_factory=MemoryCache)
    limits: Limits = field(default_factory=Limits)
    guard: AddressGuard = field(default_factory=AddressGuard)
    robots_given: Mapping[str, str] = field(default_factory=dict)
    invited: Callable[[httpx.URL], bool] = lambda url: False
    tls: ssl.SSLContext = field(default_factory=httpx.create_ssl_context)
    sleep: Callable[[float], None] = time.sleep

    def __post_init__(self) -> None:
        self._robots = Robots(AGENT, dict(self.robots_given), self.invited)

    def get(
        self, url: str, *, params: Mapping[str, str | int] | None = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Fetch one URL, following redirects by hand; each hop passes guard, robots and rate anew.

        Raise `Transient` (with `retry_after` if told) for network trouble, 429 and 5xx; otherwise a `HarvestError`.
        """
        target = _parsed(url)
        if params:
            target = target.copy_merge_params(dict(params))
        deadline = Deadline(self.limits.seconds)
        for _ in range(self.limits.redirects + 1):
            self.guard.check_url(target)
            deadline.extend(self._wait(target, self._robots.check(target, self._robots_text)))
            answer = self._once(target, dict(headers or {}), deadline, self.limits.bytes)
            if answer.status not in _REDIRECTS or "location" not in answer.headers:
                return raise_for_status(answer)
            onward = _parsed(str(_join(target, answer.headers["location"])))
            # A key meant for one board is not handed to wherever it redirects.
            headers = headers if _origin(onward) == _origin(target) else None
            target = onward
        raise TooManyRedirects(f"{target.host} redirects too often.", context={"reason": "redirects"})

    def post(self, url: str, payload: Mapping[str, Any], *, headers: Mapping[str, str] | None = None) -> Answer:
        """Send JSON, for search interfaces that take nothing else. Not cached, and a redirect is an error."""
        target = _parsed(url)
        self.guard.check_url(target)
        self._wait(target, self._robots.check(target, self._robots_text))
        asked = self._headers() | {"Content-Type": "application/json"} | dict(headers or {})
        body = json.dumps(payload).encode()
        return raise_for_status(self._sent(target, asked, Deadline(self.limits.seconds), self.limits.bytes, body))

    def _robots_text(self, url: httpx.URL) -> str:
        """Robots.txt is fetched under the same guard, cap and deadline, and may redirect as other pages do."""
        deadline = Deadline(self.limits.read_seconds)
        for _ in range(self.limits.redirects + 1):
            self.guard.check_url(url)
            answer = self._once(url, {}, deadline, MOST_BYTES)
            if answer.status not in _REDIRECTS or "location" not in answer.headers:
                return raise_for_status(answer).text
            url = _parsed(str(_join(url, answer.headers["location"])))
        return ""

    def _wait(self, url: httpx.URL, crawl_delay: float) -> float:
        """Seconds waited for this host's next slot."""
        wait = self.gate.reserve(url.host, max(self.limits.interval, crawl_delay))
        if wait > self.limits.patience:
            raise Transient(f"{url.host} is asked as often as it may be.", retry_after=wait, code="RATE_HELD")
        if wait > 0:
            self.sleep(wait)
        return wait

    def _once(self, url: httpx.URL, headers: dict[str, str], deadline: Deadline, cap: int) -> Answer:
        stored = self.cache.get(cache_key(str(url)))
        asked = self._headers() | (stored.headers() if stored else {}) | headers
        answer = self._sent(url, asked, deadline, cap)
        if answer.status == _NOT_MODIFIED and stored is not None:
            return Answer(str(url), 200, answer.headers, stored.body, from_cache=True)
        self._remember(answer)
        return answer

    def _sent(
        self, url: httpx.URL, headers: dict[str, str], deadline: Deadline, cap: int, payload: bytes | None = None
    ) -> Answer:
        try:
            answer = self._exchange(url, headers, deadline, cap, payload)
        except httpcore.TimeoutException as error:
            raise FetchTimeout(f"{url.host} did not answer in time.") from error
        except (httpcore.NetworkError, httpcore.ProtocolError, OSError) as error:
            raise Transient(f"{url.host} could not be reached: {type(error).__name__}.", code="UNREACHABLE") from error
        if (wait := retry_after(answer.headers, utc_now())) is not None:
            self.gate.hold(url.host, min(wait, 24 * 3600.0))
        return answer

    def _exchange(
        self, url: httpx.URL, headers: dict[str, str], deadline: Deadline, cap: int, payload: bytes | None
    ) -> Answer:
        """Straight over the transport: httpx's client would follow its own ideas of redirects, cookies and proxies."""
        timeout = httpx.Timeout(self.limits.read_seconds).as_dict()
        method = "GET" if payload is None else "POST"
        request = httpx.Request(method, url, headers=headers, content=payload, extensions={"timeout": timeout})
        with (
            PinnedTransport(self.tls, self.guard, deadline) as transport,
            closing(transport.handle_request(request)) as response,
        ):
            declared = response.headers.get("content-length", "")
            if declared.isdigit() and int(declared) > cap:
                raise AnswerTooLarge(f"{url.host} announces {declared} bytes.", context={"reason": "bytes", "cap": cap})
            body = read_capped(response.iter_raw(), response.headers.get("content-encoding", ""), cap)
            return Answer(str(url), response.status_code, response.headers, body)

    def _headers(self) -> dict[str, str]:
        return {"User-Agent": f"{AGENT}/1.0 (+{self.contact})", "Accept-Encoding": ACCEPT_ENCODING}

    def _remember(self, answer: Answer) -> None:
        etag, modified = answer.headers.get("etag"), answer.headers.get("last-modified")
        if answer.status == httpx.codes.OK and (etag or modified):
            self.cache.put(
                cache_key(answer.url), Stored(etag, modified, answer.content, answer.headers.get("content-type", ""))
            )


def _origin(url: httpx.URL) -> tuple[str, str, int | None]:
    return url.scheme, url.host, url.port


def _parsed(url: str) -> httpx.URL:
    try:
        return httpx.URL(url)
    except (httpx.InvalidURL, ValueError) as error:
        raise AddressRefused("This is not an address.", context={"reason": "url"}) from error


def _join(base: httpx.URL, location: str) -> httpx.URL:
    try:
        return base.join(location)
    except (httpx.InvalidURL, ValueError) as error:
        raise AddressRefused("The redirect names no address.", context={"reason": "url"}) from error
