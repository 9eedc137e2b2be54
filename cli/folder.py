"""The one data folder of a stack: its parts, its lock, its secrets, and the note that says what is running.

The lock is the kernel's (flock), so a killed start leaves none behind.
"""

import fcntl
import json
import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from cli.errors import StackError

_LOCK = "offerline.lock"
_NOTE = "stack.json"
_PRIVATE_MODE = 0o700  # résumés lie below
_ROOT_MODE = 0o711  # as root, PostgreSQL runs under another account and must pass through


@dataclass(frozen=True)
class Running:
    """A process by its pid and its birth: a pid alone may belong to a stranger after a restart."""

    name: str
    pid: int
    born: float


@dataclass(frozen=True)
class StackNote:
    """What `stack.json` tells the other commands about the stack that runs here."""

    pid: int
    database_url: str = ""
    redis_url: str = ""
    api_url: str = ""
    flower_url: str = ""
    processes: list[Running] = field(default_factory=list)

    @classmethod
    def from_json(cls, raw: dict[str, Any]) -> "StackNote":
        return cls(**{**raw, "processes": [Running(**one) for one in raw.get("processes", [])]})


@dataclass(frozen=True)
class DataFolder:
    root: Path

    @classmethod
    def at(cls, path: Path | None) -> "DataFolder":
        """The folder named, else DATA_DIR, else `var` here."""
        return cls((path or Path(os.environ.get("DATA_DIR") or "var")).expanduser().absolute())

    @property
    def postgres(self) -> Path:
        return self.root / "postgres"

    @property
    def redis(self) -> Path:
        return self.root / "redis"

    @property
    def logs(self) -> Path:
        return self.root / "logs"

    def make(self) -> None:
        """Raises OSError."""
        self.root.mkdir(mode=_ROOT_MODE if os.geteuid() == 0 else _PRIVATE_MODE, parents=True, exist_ok=True)
        self.logs.mkdir(mode=_PRIVATE_MODE, exist_ok=True)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Make the folder, prove that it can be written, and hold it against a second stack."""
        with self._open_lock() as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise self._in_use() from None
            yield

    @contextmanager
    def _open_lock(self) -> Iterator[int]:
        try:
            self.make()
            lock = os.open(self.root / _LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise StackError(
                f"the data folder {self.root} cannot be written: {error.strerror}",
                "choose another with --data-dir or DATA_DIR, or make this one writable for you",
            ) from error
        try:
            yield lock
        finally:
            os.close(lock)

    def _in_use(self) -> StackError:
        note = self.read_note()
        who = f" (pid {note.pid})" if note is not None else ""
        return StackError(
            f"a stack is already running in {self.root}{who}",
            "see it with `offerline status`, stop it with Ctrl-C, or choose another folder with --data-dir",
        )

    def in_use(self) -> bool:
        """Whether some process holds the lock now."""
        try:
            lock = os.open(self.root / _LOCK, os.O_RDWR | os.O_CLOEXEC)
        except OSError:
            return False
        try:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        finally:
            os.close(lock)
        return False

    def read_note(self) -> StackNote | None:
        """None when there is none, or when a killed start left half of one."""
        try:
            return StackNote.from_json(json.loads((self.root / _NOTE).read_text("utf-8")))
        except (OSError, ValueError, TypeError):
            return None

    def write_note(self, note: StackNote) -> None:
        self._write_private(self.root / _NOTE, json.dumps(asdict(note), indent=1))

    def remove_note(self) -> None:
        (self.root / _NOTE).unlink(missing_ok=True)

    def secret(self, name: str) -> str:
        """A random text made at the first call and kept, readable by its owner alone."""
        path = self.root / "secrets" / name
        if path.exists() and (kept := path.read_text("utf-8").strip()):
            return kept
        path.parent.mkdir(mode=_PRIVATE_MODE, exist_ok=True)
        made = secrets.token_urlsafe(32)
        self._write_private(path, made)
        return made

    @staticmethod
    def _write_private(path: Path, text: str) -> None:
        """Whole or not at all, mode 0600."""
        handle, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        Path(draft).replace(path)
