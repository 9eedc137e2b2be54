"""A web server on this machine that answers as a provider does."""

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

Answer = tuple[int, Any]


@contextmanager
def serving(routes: Mapping[str, Callable[[Any, Mapping[str, str]], Answer]]) -> Iterator[str]:
    """Serve `routes` (path to a function of body and headers) and yield the base URL. Forms arrive as flat dicts."""

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            raw = self.rfile.read(int(self.headers.get("content-length") or 0)).decode()
            status, body = routes[self.path.partition("?")[0]](_parsed(raw), dict(self.headers))
            data = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_POST = _answer  # noqa: N815 — the base class's names

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 — the base class's name
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _parsed(raw: str) -> Any:
    if raw.startswith("{"):
        return json.loads(raw)
    return {name: values[0] for name, values in parse_qs(raw).items()}
