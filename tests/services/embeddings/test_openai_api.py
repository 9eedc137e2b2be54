from typing import Any

import numpy as np
import pytest

from core.errors import Transient
from services.embeddings.openai_api import OpenAIEmbedder
from services.llm.failures import ProviderMisconfigured, RequestRejected


def test_vectors_come_back_in_order_and_of_length_one(server: Any) -> None:
    embedder = OpenAIEmbedder(api_key="k", base_url=server.url)
    texts = [""] + ["x" * number for number in range(2, 71)]
    vectors = embedder.embed(texts)
    assert vectors.shape == (70, 1536)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1.0)
    assert (np.diff(vectors[:, 0]) > 0).all(), "longer texts have a larger first number, so the order is the texts'"
    assert [len(request["input"]) for request in server.requests] == [64, 6]
    assert server.requests[0]["input"][0] == " ", "an empty text is an error to OpenAI"
    assert server.requests[0]["model"] == "text-embedding-3-small"


def test_nothing_asks_nothing(server: Any) -> None:
    assert OpenAIEmbedder(api_key="k", base_url=server.url).embed([]).shape == (0, 1536)
    assert server.requests == []


def test_a_busy_server_is_worth_another_try_at_its_own_time(server: Any) -> None:
    server.status, server.headers = 429, {"Retry-After": "7"}
    with pytest.raises(Transient) as caught:
        OpenAIEmbedder(api_key="k", base_url=server.url).embed(["a"])
    assert caught.value.retry_after == 7.0
    assert len(server.requests) == 1, "the SDK must not retry by itself"


@pytest.mark.parametrize(("status", "setting"), [(401, "LLM_API_KEY"), (403, "LLM_API_KEY"), (404, "EMBEDDINGS_MODEL")])
def test_the_operator_learns_which_setting_is_wrong(server: Any, status: int, setting: str) -> None:
    server.status = status
    with pytest.raises(ProviderMisconfigured, match=setting):
        OpenAIEmbedder(api_key="k", base_url=server.url).embed(["a"])


def test_vectors_of_another_length_are_refused(server: Any) -> None:
    server.length = 8
    with pytest.raises(RequestRejected):
        OpenAIEmbedder(api_key="k", base_url=server.url).embed(["a"])
    with pytest.raises(ProviderMisconfigured):
        OpenAIEmbedder("home-grown", api_key="k", base_url=server.url)
    assert OpenAIEmbedder("home-grown", api_key="k", base_url=server.url, dimensions=8).embed(["a"]).shape == (1, 8)


def test_nobody_there_is_transient(server: Any) -> None:
    with pytest.raises(Transient):
        OpenAIEmbedder(api_key="k", base_url="http://127.0.0.1:1/v1", timeout=2).embed(["a"])
