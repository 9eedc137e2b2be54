"""The four published clients, as far as signing in goes: what they keep, send, read, and do when they are refused."""

import json
from collections.abc import Callable
from typing import Any, Self

import httpx

from tests.api.browser import Page, Profile


class LoggedOutError(Exception):
    """The client sent its person to the log-in page."""


class Client:
    """A client in a browser profile. `reloaded()` is the same page after F5: only storage and cookies are left."""

    def __init__(self, origin: str, api: str, profile: Profile | None = None) -> None:
        self.page = Page(origin, api, profile)

    def reloaded(self) -> Self:
        return type(self)(self.page.origin, self.page.api, self.page.profile)


class Tracker(Client):
    """Another origin, `credentials: include` on every call, a refresh on 401, and a log-out without proof."""

    def sign_up(self, email: str, password: str, name: str) -> dict[str, Any]:
        sent = {"email": email, "password": password, "name": name, "turnstile_token": "from-the-widget"}
        return self._read(self._fetch("POST", "/auth/cognito/signup", sent))

    def confirm(self, email: str, code: str) -> dict[str, Any]:
        return self._read(self._fetch("POST", "/auth/cognito/verification/confirm", {"email": email, "code": code}))

    def log_in(self, email: str, password: str) -> dict[str, Any]:
        body = self._read(self._fetch("POST", "/auth/cognito/login", {"email": email, "password": password}))
        if body["status"] == "OK":
            self.page.storage["tokens"] = json.dumps(body["tokens"])
        return body

    def call(self, method: str, path: str, body: Any = None) -> httpx.Response:
        """With the access token; refreshed once on a 401, else logged out."""
        answer = self._fetch(method, path, body, self._proof())
        if answer.status_code != 401:
            return answer
        self.refresh()
        return self._fetch(method, path, body, self._proof())

    def log_out(self) -> None:
        self._fetch("POST", "/auth/cognito/logout")
        self.page.storage.clear()

    def refresh(self, *, at: Callable[[], object] = lambda: None) -> None:
        """Whatever is not a full success logs out. `at` is waited for between reading the storage and asking."""
        tokens = json.loads(self.page.storage.get("tokens", "{}"))
        at()
        answer = self._fetch("POST", "/auth/cognito/refresh", {"refresh_token": tokens.get("refresh_token", "")})
        body = answer.json()
        if answer.status_code != 200 or body["status"] != "OK" or not body["tokens"]["access_token"]:
            self.page.storage.clear()
            raise LoggedOutError
        self.page.storage["tokens"] = json.dumps(tokens | body["tokens"])

    def _proof(self) -> dict[str, str]:
        token = json.loads(self.page.storage.get("tokens", "{}")).get("access_token")
        return {"Authorization": f"Bearer {token}"} if token else {}

    def _fetch(self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None) -> httpx.Response:
        return self.page.fetch(method, path, body, headers=headers, credentials="include")

    def _read(self, answer: httpx.Response) -> dict[str, Any]:
        """Its error text: `details` when that is a string, else `message`."""
        body: dict[str, Any] = answer.json()
        if not answer.is_success:
            raise AssertionError(body["message"])
        return body


class Agent(Client):
    """Another origin, no cookies; a 401 that speaks of the token or session clears it."""

    def register(self, email: str, password: str) -> None:
        self._keep(self._fetch("POST", "/auth/register", {"email": email, "password": password}))

    def log_in(self, email: str, password: str) -> str | None:
        """The text that its form shows when it is refused."""
        answer = self._fetch("POST", "/auth/login", {"email": email, "password": password})
        return self._keep(answer) if answer.is_success else self._text(answer)

    def call(self, method: str, path: str, body: Any = None) -> httpx.Response:
        token = self.page.storage.get("access_token")
        answer = self._fetch(method, path, body, {"Authorization": f"Bearer {token}"} if token else {})
        if answer.status_code == 401 and any(word in self._text(answer).lower() for word in ("token", "session")):
            self.page.storage.pop("access_token", None)
            raise LoggedOutError
        return answer

    def log_out(self) -> None:
        self.call("POST", "/auth/logout")
        self.page.storage.pop("access_token", None)

    def _keep(self, answer: httpx.Response) -> None:
        assert answer.is_success, answer.text
        self.page.storage["access_token"] = answer.json()["access_token"]

    def _text(self, answer: httpx.Response) -> str:
        detail = answer.json().get("detail")
        return str(detail[0]["msg"] if isinstance(detail, list) else detail or answer.json()["message"])

    def _fetch(self, method: str, path: str, body: Any, headers: dict[str, str] | None = None) -> httpx.Response:
        return self.page.fetch(method, path, body, headers=headers, credentials="omit")


class Analyzer(Client):
    """The API's own origin, by its proxy; the token is kept and sent at log-out only. The cookie does the rest."""

    def sign_up(self, name: str, email: str, password: str) -> dict[str, Any]:
        return self._keep(self._fetch("POST", "/api/auth/signup", {"name": name, "email": email, "password": password}))

    def log_in(self, email: str, password: str) -> dict[str, Any]:
        return self._keep(self._fetch("POST", "/api/auth/login", {"email": email, "password": password}))

    def uploads(self) -> httpx.Response:
        user = json.loads(self.page.storage.get("auth_user", "{}")).get("id", 1)
        return self._fetch("GET", f"/api/uploads?user_id={user}&limit=50&offset=0")

    def upload(self, data: bytes) -> httpx.Response:
        files = {"resume": ("cv.pdf", data), "user_id": (None, "1")}
        return self.page.fetch("POST", "/api/upload", files=files, headers=_EXTRA)

    def log_out(self) -> None:
        token = self.page.storage.get("auth_token", "")
        self._fetch("POST", "/api/auth/logout", headers={"Authorization": f"Bearer {token}"})
        self.page.storage.clear()

    def _keep(self, answer: httpx.Response) -> dict[str, Any]:
        body: dict[str, Any] = answer.json()
        if answer.is_success and body["success"] is True and body["user"] and body["token"]:
            self.page.storage.update(auth_token=body["token"], auth_user=json.dumps(body["user"]))
        return body

    def _fetch(self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None) -> httpx.Response:
        return self.page.fetch(method, path, body, headers=_EXTRA | (headers or {}))


_EXTRA = {"ngrok-skip-browser-warning": "true"}


class Copilot(Client):
    """The API's own origin; keeps the token under one name and reads it under another, so that none is ever sent."""

    GUARDED = ("/dashboard", "/jobs", "/settings", "/profile")

    def register(self, username: str, email: str, password: str) -> dict[str, Any]:
        sent = {"username": username, "email": email, "password": password}
        return self._keep(self._fetch("POST", "/api/v1/auth/register", sent))

    def log_in(self, identifier: str, password: str) -> dict[str, Any]:
        name = "email" if "@" in identifier else "username"
        return self._keep(self._fetch("POST", "/api/v1/auth/login", {name: identifier, "password": password}))

    def call(self, method: str, path: str, body: Any = None) -> httpx.Response:
        token = self.page.storage.get("auth_token")  # never written
        return self._fetch(method, path, body, {"Authorization": f"Bearer {token}"} if token else {})

    def poll_as_the_uploader_does(self, path: str) -> httpx.Response:
        return self._fetch("GET", path, headers={"Authorization": "Bearer null"})

    def lets_in(self) -> bool:
        """Its pages' own guard: a cookie of this name."""
        return "access_token" in self.page.profile.jar

    def log_out(self) -> None:
        self._fetch("POST", "/api/v1/auth/logout")
        self.page.storage.pop("access_token", None)

    def _keep(self, answer: httpx.Response) -> dict[str, Any]:
        body: dict[str, Any] = answer.json()
        if answer.is_success:
            self.page.storage["access_token"] = body["access_token"]
        return body

    def _fetch(self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None) -> httpx.Response:
        return self.page.fetch(method, path, body, headers=headers)
