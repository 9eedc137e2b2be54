"""Embeddings from OpenAI, or any server that speaks its `/embeddings`."""

from collections.abc import Sequence
from json import JSONDecodeError

import numpy as np
import openai

from services.embeddings.embedder import Vectors, unit_rows
from services.llm.failures import ProviderMisconfigured, RequestRejected, from_status, unreachable

DEFAULT_MODEL = "text-embedding-3-small"
DIMENSIONS = {"text-embedding-3-small": 1536, "text-embedding-3-large": 3072, "text-embedding-ada-002": 1536}
BATCH = 64


class OpenAIEmbedder:
    """`dimensions` must be given for a model OpenAI does not publish. The SDK does not retry, the runner retries.

    `embed` raises Transient, ProviderMisconfigured or RequestRejected.
    """

    def __init__(
        self, model: str = "", *, api_key: str, base_url: str = "", timeout: float = 60.0, dimensions: int = 0
    ) -> None:
        self.model = model or DEFAULT_MODEL
        self.dimensions = dimensions or DIMENSIONS.get(self.model, 0)
        if not self.dimensions:
            raise ProviderMisconfigured(f"EMBEDDINGS_MODEL={self.model}: the length of its vectors is not known")
        self._client = openai.OpenAI(
            api_key=api_key or "none", base_url=base_url or None, timeout=timeout, max_retries=0
        )

    def embed(self, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        batches = [self._batch(texts[start : start + BATCH]) for start in range(0, len(texts), BATCH)]
        return unit_rows(np.concatenate(batches))

    def _batch(self, texts: Sequence[str]) -> Vectors:
        # An empty text is an error to OpenAI; a blank is not.
        inputs = [text or " " for text in texts]
        try:
            answer = self._client.embeddings.create(model=self.model, input=inputs, encoding_format="float")
        except openai.APIStatusError as error:
            raise from_status(error, "openai", setting="EMBEDDINGS") from error
        except (openai.APIConnectionError, JSONDecodeError) as error:
            raise unreachable("openai") from error
        rows = [item.embedding for item in sorted(answer.data, key=lambda item: item.index)]
        if [len(row) for row in rows] != [self.dimensions] * len(texts):
            raise RequestRejected(f"{self.model} answered with vectors of another shape than {self.dimensions}")
        return np.asarray(rows, dtype=np.float32)
