"""Stand-ins that keep the promises of what they stand for, and cost nothing."""

from collections.abc import Sequence

import numpy as np

from models.resume import EMBEDDING_DIMENSIONS
from services.embeddings.embedder import Vectors, unit_rows
from services.skills.tokens import tokenise


class WordEmbedder:
    """A vector is the sum of its words' own random directions: texts that share words are near each other."""

    model = "words"
    dimensions = EMBEDDING_DIMENSIONS

    def embed(self, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        return unit_rows(np.stack([self._vector(text) for text in texts]))

    def _vector(self, text: str) -> Vectors:
        total = np.zeros(self.dimensions, dtype=np.float32)
        for word in {word for word in tokenise(text).words if word}:
            seed = int.from_bytes(word.encode()[:8].ljust(8, b"\0"), "big")
            total += np.random.default_rng(seed).standard_normal(self.dimensions, dtype=np.float32)
        return total
