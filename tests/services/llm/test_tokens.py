import threading
import time

import pytest
import tiktoken
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from core.settings import Settings
from services.llm.asking import fitted, json_schema
from services.llm.failures import ReplyUnusable, retry_after
from services.llm.model import Prompt
from services.llm.tokens import TokenCount, TokenCounter
from services.llm.wiring import language_model_from
from tests.processes import until

BYTES_AND_A_PAIR = {bytes([byte]): byte for byte in range(256)} | {b"th": 256}
TABLE = tiktoken.Encoding("tiny", pat_str=r"\S+|\s+", mergeable_ranks=BYTES_AND_A_PAIR, special_tokens={"<|end|>": 257})


def nothing(model: str) -> tiktoken.Encoding:
    raise OSError("no network")


@given(st.text())
def test_the_bound_is_never_under_the_count(text: str) -> None:
    exact = TokenCounter(lambda model: TABLE).count(text, "m")
    bound = TokenCounter(nothing).count(text, "m")
    assert exact.exact
    assert not bound.exact
    assert bound.n >= exact.n


def test_a_table_counts_exactly() -> None:
    counter = TokenCounter(lambda model: TABLE)
    assert counter.count("the path", "m") == TokenCount(6, exact=True)
    assert counter.count("<|end|>", "m").n == 7, "a special token in a text is only text"
    assert TokenCounter(nothing).count("é" + chr(0xD800), "m") == TokenCount(5, exact=False)


def test_a_slow_network_is_not_waited_for_twice() -> None:
    calls = []

    loaded = threading.Event()

    def slow(model: str) -> tiktoken.Encoding:
        calls.append(model)
        loaded.wait(30)
        return TABLE

    counter = TokenCounter(slow, wait=1.0)
    assert not counter.count("the", "m").exact
    begin = time.perf_counter()
    assert not counter.count("the", "m").exact
    assert time.perf_counter() - begin < 0.9
    loaded.set()
    until(lambda: counter.count("the", "m").exact, 5, "the table has come")
    assert calls == ["m"]


def test_a_prompt_is_cut_at_its_longest_text_only() -> None:
    prompt = Prompt("s", "i", {"long": "x" * 9000, "short": "y" * 50})
    cut = fitted(prompt, {}, "unknown-model", 2000)
    assert cut.data["short"] == prompt.data["short"]
    assert prompt.data["long"].startswith(cut.data["long"])
    assert len(cut.system_message + cut.user_message) <= 2000
    with pytest.raises(ReplyUnusable):
        fitted(Prompt("s" * 3000, "i", {"a": "b"}), {}, "unknown-model", 2000)


class Inner(BaseModel):
    name: str


class Outer(BaseModel):
    inner: list[Inner]
    note: str = "none"


def test_schemas_are_closed_all_the_way_down() -> None:
    schema = json_schema(Outer)
    assert schema["required"] == ["inner", "note"]
    assert schema["$defs"]["Inner"]["additionalProperties"] is False
    assert "default" not in schema["properties"]["note"]


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "3"}, 3.0),
        ({"retry-after-ms": "250", "retry-after": "3"}, 0.25),
        (
            {"retry-after": "Wed, 21 Oct 2026 07:28:30 GMT", "date": "Wed, 21 Oct 2026 07:28:00 GMT"},
            30.0,
        ),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "-1"}, None),
        ({"retry-after": "nan"}, None),
        ({}, None),
    ],
)
def test_when_to_come_back(headers: dict[str, str], seconds: float | None) -> None:
    assert retry_after(headers) == seconds


def test_settings_choose_the_model() -> None:
    assert language_model_from(Settings(llm_provider="local")) is None
    for provider in ("openai", "anthropic"):
        model = language_model_from(Settings(llm_provider=provider, llm_api_key="k", llm_model="m"))
        assert model is not None
        assert model.method == f"{provider}:m"
