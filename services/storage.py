"""Where uploaded bytes live. The embedded form is a folder; names are content hashes, so writing twice is harmless."""

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from core.errors import Unavailable


class Storage(Protocol):
    def put(self, key: str, data: bytes) -> None:
        """Keep `data` under `key`, durably, before returning. Raises Unavailable."""

    def get(self, key: str) -> bytes:
        """Raises Unavailable when the bytes are not there: a row promised them."""

    def delete(self, key: str) -> None:
        """Forget `key`; nothing happens when it is not there."""

    def keys_before(self, moment: float) -> Iterator[str]:
        """Keys last written before `moment` (seconds since 1970)."""


class FolderStorage:
    """Files under `root/ab/abcdef…`, written to a temporary name and renamed, so that no reader sees half a file."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def put(self, key: str, data: bytes) -> None:
        target = self._path(key)
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            handle, draft = tempfile.mkstemp(dir=target.parent, prefix=".draft-")
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(data)
                    file.flush()
                    os.fsync(file.fileno())
                Path(draft).replace(target)
            except BaseException:
                Path(draft).unlink(missing_ok=True)
                raise
        except OSError as error:
            raise Unavailable("The file store cannot be written to right now. Try again shortly.") from error

    def get(self, key: str) -> bytes:
        try:
            return self._path(key).read_bytes()
        except OSError as error:
            raise Unavailable(f"The stored file {key[:12]} cannot be read right now.") from error

    def delete(self, key: str) -> None:
        with contextlib.suppress(FileNotFoundError):
            self._path(key).unlink()

    def keys_before(self, moment: float) -> Iterator[str]:
        for path in self._root.glob("??/*"):
            with contextlib.suppress(FileNotFoundError):
                if path.stat().st_mtime < moment:
                    yield path.name

    def _path(self, key: str) -> Path:
        return self._root / key[:2] / key
