"""What a browser does for a page: storage, a cookie jar, credentials modes, preflights, and hiding what CORS hides."""

from dataclasses import dataclass, field
from typing import Any, Literal

import httpx

Credentials = Literal["omit", "same-origin", "include"]
_SAFELISTED = {"accept", "accept-language", "content-language"}
_READABLE = {"cache-control", "content-language", "content-length", "content-type", "expires", "last-modified"}


class NetworkError(Exception):
    """All that a page learns of an answer that CORS forbids."""


@dataclass
class Profile:
    """What survives a reload."""

    storage: dict[str, str] = field(default_factory=dict)
    jar: httpx.Cookies = field(default_factory=httpx.Cookies)


class Page:
    """A page at `origin` that talks to the API at `api`. Both are `http://host:port`."""

    def __init__(self, origin: str, api: str, profile: Profile | None = None) -> None:
        self.origin = origin
        self.api = api
        self.profile = profile or Profile()

    @property
    def storage(self) -> dict[str, str]:
        return self.profile.storage

    def fetch(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        headers: dict[str, str] | None = None,
        credentials: Credentials = "same-origin",
        files: Any = None,
    ) -> httpx.Response:
        """As `fetch()`. Raises NetworkError for what CORS does not allow."""
        sent = {name.lower(): value for name, value in (headers or {}).items()}
        if body is not None:
            sent["content-type"] = "application/json"
        crosses = self.origin != self.api
        if crosses:
            self._preflight(method, path, sent, credentials)
        return self._request(method, path, body, files, sent, credentials)

    def navigate(self, path: str) -> httpx.Response:
        """The whole page goes there, as by a link: Lax cookies travel, redirects are the caller's to follow."""
        request = httpx.Request("GET", self.api + path, headers={"accept": "text/html"})
        self.profile.jar.set_cookie_header(request)
        answer = _sent(request)
        self.profile.jar.extract_cookies(answer)
        return answer

    def _request(
        self, method: str, path: str, body: Any, files: Any, sent: dict[str, str], credentials: Credentials
    ) -> httpx.Response:
        crosses = self.origin != self.api
        with_cookies = credentials == "include" or (credentials == "same-origin" and not crosses)
        sent["sec-fetch-site"] = "same-site" if crosses else "same-origin"  # other ports of a host are the same site
        if crosses or method not in ("GET", "HEAD"):
            sent["origin"] = self.origin
        request = httpx.Request(method, self.api + path, json=body, files=files, headers=sent)
        if with_cookies:
            self.profile.jar.set_cookie_header(request)
        answer = _sent(request)
        assert not answer.is_redirect, "a redirected cross-origin call breaks a page"
        if with_cookies:
            self.profile.jar.extract_cookies(answer)
        if crosses:
            self._require_readable(answer, credentials)
            for name in set(answer.headers) - _READABLE - _listed(answer, "access-control-expose-headers"):
                del answer.headers[name]
        return answer

    def _preflight(self, method: str, path: str, sent: dict[str, str], credentials: Credentials) -> None:
        asked = sorted(set(sent) - _SAFELISTED)
        if method in ("GET", "HEAD", "POST") and not asked:
            return
        question = {"origin": self.origin, "access-control-request-method": method}
        if asked:
            question["access-control-request-headers"] = ",".join(asked)
        answer = _sent(httpx.Request("OPTIONS", self.api + path, headers=question))
        self._require_readable(answer, credentials)
        if not answer.is_success:
            raise NetworkError(f"preflight: {answer.status_code} {answer.text}")
        if method not in _listed(answer, "access-control-allow-methods", upper=True):
            raise NetworkError(f"{method} is not allowed")
        if forbidden := set(asked) - _listed(answer, "access-control-allow-headers"):
            raise NetworkError(f"headers are not allowed: {forbidden}")

    def _require_readable(self, answer: httpx.Response, credentials: Credentials) -> None:
        allowed = answer.headers.get("access-control-allow-origin")
        if allowed != self.origin and (allowed != "*" or credentials == "include"):
            raise NetworkError(f"{answer.request.url}: {self.origin} may not read this, {allowed} may")
        if credentials == "include" and answer.headers.get("access-control-allow-credentials") != "true":
            raise NetworkError("credentials are not allowed")


def _sent(request: httpx.Request) -> httpx.Response:
    with httpx.Client(timeout=20, trust_env=False, verify=False) as client:
        return client.send(request)


def _listed(answer: httpx.Response, header: str, *, upper: bool = False) -> set[str]:
    words = {word.strip() for word in answer.headers.get(header, "").split(",")}
    return {word.upper() if upper else word.lower() for word in words}
