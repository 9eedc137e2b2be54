"""A web server on this machine that answers as a provider does."""

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, TypeVar
from urllib.parse import parse_qs

Answer = tuple[int, Any]


class LocalServer(ThreadingHTTPServer):
    """On a free port. That a client has gone is what some tests want, and no news."""

    daemon_threads = True

    def __init__(self, handler: type[BaseHTTPRequestHandler]) -> None:
        super().__init__(("127.0.0.1", 0), handler)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        return


class LocalHandler(BaseHTTPRequestHandler):
    """Takes a body and gives one back, silently."""

    def taken(self) -> str:
        return self.rfile.read(int(self.headers.get("content-length") or 0)).decode()

    def give(self, status: int, body: str, headers: Mapping[str, str] | None = None) -> None:
        data = body.encode()
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", **(headers or {})}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 — the base class's name
        return


Server = TypeVar("Server", bound=LocalServer)


@contextmanager
def running(server: Server) -> Iterator[Server]:
    """Serve until the block ends."""
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def serving(routes: Mapping[str, Callable[[Any, Mapping[str, str]], Answer]]) -> Iterator[str]:
    """Serve `routes` (path to a function of body and headers) and yield the base URL. Forms arrive as flat dicts."""

    class Handler(LocalHandler):
        def _answer(self) -> None:
            status, body = routes[self.path.partition("?")[0]](_parsed(self.taken()), dict(self.headers))
            self.give(status, json.dumps(body))

        do_GET = do_POST = _answer  # noqa: N815 — the base class's names

    with running(LocalServer(Handler)) as server:
        yield server.url


def _parsed(raw: str) -> Any:
    if raw.startswith("{"):
        return json.loads(raw)
    return {name: values[0] for name, values in parse_qs(raw).items()}
