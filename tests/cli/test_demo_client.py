"""The demo's client against a server that answers as the API does, dropped streams and refusals included."""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from websockets.sync.server import ServerConnection, serve

from cli.client import Client
from cli.errors import BadInput, StackError

RUN = "3f6b2c1e-0000-4000-8000-000000000001"
CHILD = "3f6b2c1e-0000-4000-8000-000000000002"


class _Api(BaseHTTPRequestHandler):
    refusal: tuple[int, dict[str, Any]]

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        status, body = self.refusal
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 — the base class names it
        """Tests read the client, not this log."""


@pytest.fixture
def api() -> Iterator[Any]:
    handler: Any = type("Api", (_Api,), {"refusal": (500, {})})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        handler.url = f"http://127.0.0.1:{server.server_port}"
        yield handler
        server.shutdown()
        thread.join()


class _Events:
    """Sends two events and hangs up; says the rest to whoever comes back with the last id."""

    def __init__(self) -> None:
        self.asked_from: list[int] = []

    def __call__(self, socket: ServerConnection) -> None:
        after = json.loads(socket.recv())["last_event_id"]
        self.asked_from.append(after)
        socket.send(json.dumps({"type": "ready", "last_event_id": after}))
        for number in range(after + 1, min(after + 2, 4) + 1):
            socket.send(json.dumps(_frame(number)))


def _frame(number: int) -> dict[str, Any]:
    """The second belongs to a child that ends; the fourth ends the run itself."""
    run_id, status = (CHILD, "completed") if number == 2 else (RUN, "completed" if number == 4 else "running")
    return {"type": "run", "id": number, "run_id": run_id, "status": status}


@pytest.fixture
def events() -> Iterator[Any]:
    handler: Any = _Events()
    with serve(handler, "127.0.0.1", 0) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        handler.url = f"http://127.0.0.1:{server.socket.getsockname()[1]}"
        yield handler
        server.shutdown()
        thread.join()


def test_a_dropped_socket_goes_on_after_the_last_event_seen(events: Any) -> None:
    with Client(events.url) as client:
        assert [frame["id"] for frame in client.follow(RUN)] == [1, 2, 3, 4]
    assert events.asked_from == [0, 2]


def test_following_stops_when_the_stack_has_given_up(events: Any) -> None:
    def check() -> None:
        raise StackError("worker-llm died 6 times")

    with Client(events.url, check) as client, pytest.raises(StackError, match="died 6 times"):
        list(client.follow(RUN))


@pytest.mark.parametrize(
    "body",
    [{"message": "It is encrypted", "error": "Bad file"}, {"detail": "It is encrypted"}, {"error": "It is encrypted"}],
)
def test_a_refused_resume_is_bad_input_in_the_words_of_either_door(
    api: Any, tmp_path: Path, body: dict[str, Any]
) -> None:
    api.refusal = (422, body)
    resume = tmp_path / "cv.pdf"
    resume.write_bytes(b"%PDF-")
    with Client(api.url) as client, pytest.raises(BadInput, match=r"cv\.pdf: It is encrypted") as raised:
        client.upload(resume)
    assert raised.value.exit_code == 2


def test_a_failing_api_is_not_the_resumes_fault(api: Any, tmp_path: Path) -> None:
    api.refusal = (503, {"message": "The database is away"})
    resume = tmp_path / "cv.pdf"
    resume.write_bytes(b"%PDF-")
    with Client(api.url) as client, pytest.raises(StackError, match="503: The database is away") as raised:
        client.upload(resume)
    assert raised.value.exit_code == 1


def test_an_api_that_is_away_is_a_sentence() -> None:
    with Client("http://127.0.0.1:9") as client, pytest.raises(StackError, match="does not answer"):
        client.register("a@example.com", "long enough", "A")
