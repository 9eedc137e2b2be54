"""Clients that follow runs: a stream and a socket, read into lists of frames."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from websockets.sync.client import ClientConnection

from tests.api.conftest import Api
from tests.people import bearer_of, token_of

Frame = dict[str, Any]


@contextmanager
def stream(api: Api, user_id: int, run_id: UUID, after: int | None = None) -> Iterator[Iterator[Frame]]:
    """The frames of an SSE stream, each checked to carry its id where a browser looks for it."""
    headers = bearer_of(user_id) | ({} if after is None else {"Last-Event-ID": str(after)})
    with api.client.stream("GET", f"/api/v1/runs/{run_id}/events", headers=headers) as answer:
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("text/event-stream")
        yield _frames(answer.iter_lines())


def _frames(lines: Iterator[str]) -> Iterator[Frame]:
    event_id = ""
    for line in lines:
        name, _, value = line.partition(": ")
        if name == "id":
            event_id = value
        if name == "data":
            frame = json.loads(value)
            assert str(frame["id"]) == event_id
            yield frame


@contextmanager
def socket(api: Api, user_id: int, after: int = 0) -> Iterator[ClientConnection]:
    """A socket that is ready to tell."""
    with api.socket(f"?token={token_of(user_id)}&last_event_id={after}") as one:
        assert json.loads(one.recv(5)) == {"type": "ready", "last_event_id": after}
        yield one


def told(one: ClientConnection, seconds: float = 5) -> Frame:
    """The socket's next run frame, without its type: what the stream says too."""
    while True:
        frame: Frame = json.loads(one.recv(seconds))
        if frame.pop("type") == "run":
            return frame
