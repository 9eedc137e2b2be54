"""Local servers that answer as boards do, and a polite client that may reach them."""

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx

from scrapers.errors import UnreadableAnswer
from scrapers.http import Answer, Limits, PoliteClient
from scrapers.http.address import AddressGuard

EXAMPLES = Path(__file__).parents[2] / "scrapers" / "examples"
CONTACT = "tests@offerline.example"


@dataclass
class Sent:
    """What a handler sends back; `chunks` streams a body of any length."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    chunks: Iterator[bytes] | None = None


Answering = Callable[[BaseHTTPRequestHandler], Sent]


@contextmanager
def served(answering: Answering) -> Iterator[str]:
    """Serve on a free port of 127.0.0.1 and yield the base URL."""

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            sent = answering(self)
            self.send_response(sent.status)
            headers = dict(sent.headers)
            if sent.chunks is None:
                headers.setdefault("Content-Length", str(len(sent.body)))
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            try:
                for chunk in sent.chunks or (sent.body,):
                    self.wfile.write(chunk)
            except OSError:
                self.close_connection = True

        do_GET = do_POST = _answer  # noqa: N815 - the names that http.server calls

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as above
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def pages(answers: Mapping[str, bytes | Sent]) -> Answering:
    """Answer by path, or by "path?fragment" where the query holds the fragment; everything else is 404."""

    def answering(request: BaseHTTPRequestHandler) -> Sent:
        length = int(request.headers.get("Content-Length") or 0)
        request.rfile.read(length)
        path, _, query = request.path.partition("?")
        for key in sorted(answers, key=len, reverse=True):
            wanted, _, fragment = key.partition("?")
            if path == wanted and (not fragment or fragment in query):
                found = answers[key]
                return found if isinstance(found, Sent) else Sent(found)
        return Sent(b"not here", 404)

    return answering


def polite(**changes: Any) -> PoliteClient:
    """A client that may reach this machine and need not wait."""
    given: dict[str, Any] = {
        "contact": CONTACT,
        "guard": AddressGuard(allow_private=True),
        "limits": Limits(interval=0.0, seconds=20.0),
    }
    return PoliteClient(**(given | changes))


def example(name: str) -> tuple[dict[str, bytes], dict[str, Any]]:
    """A source's example: bodies by request, and the options that the source needs."""
    folder = EXAMPLES / name
    index = json.loads((folder / "index.json").read_text(encoding="utf-8"))
    return {path: (folder / file).read_bytes() for path, file in index["answers"].items()}, index.get("options", {})


class Canned:
    """An `Http` that gives one body to every request, then empty lists: for captures without their server."""

    def __init__(self, *bodies: bytes) -> None:
        self._bodies = list(bodies)

    def get(self, url: str, **asked: Any) -> Answer:
        if not self._bodies:
            raise UnreadableAnswer("nothing more was captured")
        return Answer(url, 200, httpx.Headers(), self._bodies.pop(0) if len(self._bodies) > 1 else self._bodies[0])

    def post(self, url: str, payload: Mapping[str, Any], **asked: Any) -> Answer:
        return self.get(url)
