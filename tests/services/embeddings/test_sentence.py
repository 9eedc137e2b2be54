import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from core.settings import Settings
from services.embeddings.sentence import SentenceEmbedder
from services.embeddings.wiring import embedder_from
from services.llm.failures import ProviderMisconfigured


@pytest.fixture(scope="module")
def embedder() -> SentenceEmbedder:
    return SentenceEmbedder()


def test_unit_vectors_that_know_what_is_near(embedder: SentenceEmbedder) -> None:
    vectors = embedder.embed(["registered nurse", "hospital nursing staff", "forklift driver", ""])
    assert vectors.shape == (4, embedder.dimensions) == (4, 384)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2] + 0.2


def test_the_batch_a_text_is_in_does_not_matter(embedder: SentenceEmbedder) -> None:
    texts = [f"posting number {number} " * (number % 40 + 1) for number in range(80)]
    together = embedder.embed(texts)
    alone = np.concatenate([embedder.embed([text]) for text in texts[::13]])
    assert np.abs(together[::13] - alone).max() < 1e-4


def test_threads_may_share_it(embedder: SentenceEmbedder) -> None:
    texts = [f"text {number}" for number in range(24)]
    with ThreadPoolExecutor(6) as pool:
        results = list(pool.map(lambda text: embedder.embed([text]), texts))
    assert np.abs(np.concatenate(results) - embedder.embed(texts)).max() < 1e-4


def test_no_text_needs_no_model() -> None:
    fresh = SentenceEmbedder()
    assert fresh.embed([]).shape == (0, 384)
    assert fresh._loaded is None


def test_wiring_imports_nothing_heavy() -> None:
    code = (
        "import sys; from core.settings import Settings; from services.embeddings.wiring import embedder_from; "
        "print(embedder_from(Settings()).model, sorted({'torch', 'transformers', 'openai'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=dict(os.environ)
    )
    assert done.stdout.strip() == "all-MiniLM-L6-v2 []"


def test_settings_choose() -> None:
    assert isinstance(embedder_from(Settings(embeddings_model="")), SentenceEmbedder)
    assert not SentenceEmbedder("intfloat/e5-small").packaged
    remote = embedder_from(Settings(embeddings_provider="openai", llm_api_key="k"))
    assert (remote.model, remote.dimensions) == ("text-embedding-3-small", 1536)
    with pytest.raises(ProviderMisconfigured, match="LLM_API_KEY"):
        embedder_from(Settings(embeddings_provider="openai", llm_provider="anthropic", llm_api_key="k"))
