"""The platform's API as the demo uses it: over HTTP, like any other client."""

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import httpx
from websockets.exceptions import WebSocketException
from websockets.sync.client import connect

from cli.errors import BadInput, StackError

TERMINAL = frozenset({"completed", "failed", "cancelled"})
_ANSWER_SECONDS = 60.0
_RUN_SECONDS = 600.0
_UNREADABLE = frozenset({400, 413, 415, 422})

Frame = dict[str, Any]


class Client:
    """`check` is asked between events: it raises when the stack behind the API has given up."""

    def __init__(self, url: str, check: Callable[[], None] = lambda: None) -> None:
        self._http = httpx.Client(base_url=url, timeout=_ANSWER_SECONDS, trust_env=False)
        self._check = check
        self._token = ""
        self._seen = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._http.close()

    def register(self, email: str, password: str, full_name: str) -> None:
        """Make an account and act as it from here on."""
        body = {"email": email, "password": password, "full_name": full_name}
        self._token = str(self._json("POST", "/auth/register", json=body)["access_token"])
        self._http.headers["Authorization"] = f"Bearer {self._token}"

    def start_run(self, pipeline: str, body: dict[str, Any] | None = None) -> str:
        return str(self._json("POST", f"/api/v1/runs/{pipeline}", json=body)["run_id"])

    def upload(self, resume: Path) -> int:
        """Store a résumé. BadInput carries the API's own words when it refuses the file."""
        return int(self._send_file("/api/upload", resume)["id"])

    def upload_cv(self, resume: Path) -> None:
        """Store a résumé and wait until it is read."""
        self._send_file("/api/profile/cv", resume)

    def start_analysis(self, upload_id: int) -> str:
        return str(self._json("POST", "/api/analysis/start", params={"upload_id": upload_id})["job_id"])

    def analysis(self, job_id: str) -> dict[str, Any]:
        return dict(self._json("GET", "/api/analysis/result", params={"job_id": job_id}))

    def newest_run(self, pipeline: str) -> str | None:
        found = self._json("GET", "/api/v1/runs", params={"pipeline": pipeline, "limit": 1})
        return str(found[0]["id"]) if found else None

    def run(self, run_id: str) -> dict[str, Any]:
        return dict(self._json("GET", f"/api/v1/runs/{run_id}"))

    def matches(self, limit: int) -> list[dict[str, Any]]:
        return list(self._json("GET", "/api/matches", params={"min_score": 0, "limit": limit})["matches"])

    def cover_letter(self, match_id: int) -> dict[str, Any]:
        """The letter. A slow one is answered with its run first, which is followed to its end."""
        path = f"/api/matches/{match_id}/generate-cover-letter"
        answer = self._json("POST", path)
        if "run_id" in answer:
            for _ in self.follow(answer["run_id"]):
                pass
            answer = self._json("POST", path)
        return dict(answer)

    def ledger(self) -> dict[str, Any]:
        return dict(self._json("GET", "/api/v1/credits/ledger"))

    def follow(self, run_id: str) -> Iterator[Frame]:
        """Every event of this account, once and in order, until the run has ended: its children's events come along.

        A dropped socket goes on after the last event seen.
        """
        deadline = time.monotonic() + _RUN_SECONDS
        while time.monotonic() < deadline:
            try:
                for frame in self._socket_frames():
                    self._check()
                    if time.monotonic() > deadline:
                        break
                    if frame["type"] != "run":
                        continue
                    self._seen = frame["id"]
                    yield frame
                    if frame["run_id"] == run_id and frame["status"] in TERMINAL:
                        return
            except (OSError, WebSocketException):
                time.sleep(0.2)
            self._check()
        raise StackError(f"run {run_id} did not end within {_RUN_SECONDS:.0f} s", "the logs of the workers say more")

    def _socket_frames(self) -> Iterator[Frame]:
        """One connection's worth of frames; a quiet second is a frame too, so that the stack can be looked at."""
        address = str(self._http.base_url.copy_with(scheme="ws", path="/api/v1/ws/runs"))
        with connect(address, proxy=None, open_timeout=5) as socket:
            socket.send(json.dumps({"type": "auth", "token": self._token, "last_event_id": self._seen}))
            while True:
                try:
                    frame = json.loads(socket.recv(timeout=1.0))
                except TimeoutError:
                    frame = {"type": "quiet"}
                if frame["type"] == "error":
                    raise StackError(f"the socket was refused: {frame['message']}")
                yield frame

    def _send_file(self, path: str, resume: Path) -> dict[str, Any]:
        with resume.open("rb") as file:
            answer = self._http.post(path, files={"file": (resume.name, file)})
        if answer.status_code in _UNREADABLE:
            raise BadInput(f"{resume.name}: {_words(answer)}")
        if answer.is_error:
            raise _refused(answer)
        return dict(answer.json())

    def _json(self, method: str, path: str, **request: Any) -> Any:
        try:
            answer = self._http.request(method, path, **request)
        except httpx.TransportError as error:
            self._check()
            raise StackError(f"{method} {path}: the API does not answer ({error})", "its log says more") from error
        if answer.is_error:
            raise _refused(answer)
        return answer.json()


def _refused(answer: httpx.Response) -> StackError:
    request = answer.request
    return StackError(f"{request.method} {request.url.path} answered {answer.status_code}: {_words(answer)}")


def _words(answer: httpx.Response) -> str:
    """The text for people in any door's error body."""
    try:
        body = answer.json()
    except ValueError:
        return answer.text[:200]
    for name in ("message", "detail", "error"):
        if isinstance(body, dict) and isinstance(body.get(name), str):
            return str(body[name])
    return str(body)[:200]
