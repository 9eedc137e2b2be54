"""A local server that speaks OpenAI's chat completions and Anthropic's messages, and misbehaves on demand."""

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.local_http import LocalHandler, LocalServer, running


@dataclass
class Answer:
    """One scripted answer. `raw` replaces the whole body; `delay` is seconds of silence first."""

    text: str = '{"title": "Nurse", "years": 3}'
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    stop: str = "stop"
    refusal: str | None = None
    raw: str | None = None
    delay: float = 0.0
    used: tuple[int, int] = (100, 20)


class ModelServer(LocalServer):
    def __init__(self) -> None:
        super().__init__(Handler)
        self.script: list[Answer] = []
        self.seen: list[dict[str, Any]] = []


STOPS = {"stop": "end_turn", "length": "max_tokens", "content_filter": "refusal"}


def openai_body(answer: Answer, model: str) -> dict[str, Any]:
    message = {"role": "assistant", "content": answer.text, "refusal": answer.refusal}
    return {
        "id": "c1",
        "object": "chat.completion",
        "created": 1,
        "model": f"{model}-dated",
        "choices": [{"index": 0, "message": message, "finish_reason": answer.stop, "logprobs": None}],
        "usage": {
            "prompt_tokens": answer.used[0],
            "completion_tokens": answer.used[1],
            "total_tokens": sum(answer.used),
        },
    }


def anthropic_body(answer: Answer, model: str) -> dict[str, Any]:
    return {
        "id": "m1",
        "type": "message",
        "role": "assistant",
        "model": f"{model}-dated",
        "content": [{"type": "text", "text": answer.text}],
        "stop_reason": "refusal" if answer.refusal else STOPS[answer.stop],
        "stop_sequence": None,
        "usage": {"input_tokens": answer.used[0], "output_tokens": answer.used[1]},
    }


class Handler(LocalHandler):
    server: ModelServer

    def do_POST(self) -> None:  # noqa: N802 — the base class's name
        body = json.loads(self.taken())
        self.server.seen.append({"path": self.path, "headers": dict(self.headers), **body})
        answer = self.server.script.pop(0) if self.server.script else Answer()
        time.sleep(answer.delay)
        make = anthropic_body if self.path.endswith("/messages") else openai_body
        payload = json.dumps(
            {"error": {"message": "no", "type": "x"}} if answer.status != 200 else make(answer, body["model"])
        )
        self.give(answer.status, payload if answer.raw is None else answer.raw, answer.headers)


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with running(ModelServer()) as one:
        yield one
