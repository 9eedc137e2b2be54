"""A server that answers `/v1/embeddings` as OpenAI does, or with a status it is told to."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.local_http import LocalHandler, LocalServer, running


class EmbeddingsServer(LocalServer):
    def __init__(self) -> None:
        super().__init__(Handler)
        self.requests: list[dict[str, Any]] = []
        self.status = 200
        self.headers: dict[str, str] = {}
        self.length = 1536

    @property
    def url(self) -> str:
        return f"{super().url}/v1"


class Handler(LocalHandler):
    server: EmbeddingsServer

    def do_POST(self) -> None:  # noqa: N802 — the base class's name
        body = json.loads(self.taken())
        self.server.requests.append(body)
        # In reverse, because the order of `data` is not promised: `index` is.
        data = [
            {"object": "embedding", "index": index, "embedding": [3.0 + len(text)] + [4.0] * (self.server.length - 1)}
            for index, text in reversed(list(enumerate(body["input"])))
        ]
        usage = {"prompt_tokens": 1, "total_tokens": 1}
        answer = {"object": "list", "model": body["model"], "data": data, "usage": usage}
        good = self.server.status == 200
        self.give(self.server.status, json.dumps(answer if good else {"error": {"message": "no"}}), self.server.headers)


@pytest.fixture
def server() -> Iterator[EmbeddingsServer]:
    with running(EmbeddingsServer()) as one:
        yield one
