"""Foreign bytes are parsed elsewhere: in a process without secrets, with little memory, little time and no next day.

`Jail` owns one fork server (`server`). It is safe to use from several threads, from a Celery child (which may not
use multiprocessing) and after a fork: a process that finds itself forked starts its own server.
"""

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from core.errors import Transient
from services.resumes.errors import ReadingError, Reason
from services.resumes.jail.protocol import EXTRACT, READY, REQUEST, TESSERACT

ROOT = Path(__file__).resolve().parents[3]
START_SECONDS = 20.0
GRACE_SECONDS = 2.0
PIECE = 1 << 16


class Jail:
    """`memory_bytes` bounds the address space of each child."""

    def __init__(self, *, memory_bytes: int) -> None:
        self.memory_bytes = memory_bytes
        self._lock = threading.Lock()
        self._server: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._owner = 0

    def ask(self, data: bytes, *, seconds: float, work: int = EXTRACT) -> Mapping[str, Any]:
        """The answer as JSON to `work` (of `protocol`) on `data`, within `seconds` on the clock.

        Raises `ReadingError` also for a child that was stopped, and Transient when the server went down with it, twice:
        that may not be the file's fault.
        """
        answer = self._ask(data, seconds, work)
        if answer is None and (answer := self._ask(data, seconds, work)) is None:
            raise Transient("The program that reads résumés was interrupted", code="READER_LOST")
        return answer

    def _ask(self, data: bytes, seconds: float, work: int) -> Mapping[str, Any] | None:
        """None when the server ended before it could say how the child did."""
        ours, theirs = socket.socketpair()
        status, status_out = os.pipe()
        try:
            try:
                self._hand_over(theirs.fileno(), status_out, REQUEST.pack(work, self.memory_bytes, seconds))
            finally:
                theirs.close()
                os.close(status_out)
            deadline = time.monotonic() + seconds + GRACE_SECONDS
            answer = _converse(ours, data, deadline)
            return _understood(answer, status)
        finally:
            ours.close()
            os.close(status)

    def close(self) -> None:
        """End the server; the next `ask` starts another."""
        with self._lock:
            self._stop()

    def _hand_over(self, conversation: int, status: int, message: bytes) -> None:
        with self._lock:
            for attempt in (1, 2):
                try:
                    socket.send_fds(self._running(), [message], [conversation, status])
                except OSError:
                    self._stop()
                    if attempt == 2:  # noqa: PLR2004 — a fresh server that also fails is a broken installation
                        raise
                else:
                    return

    def _running(self) -> socket.socket:
        alive = self._server is not None and self._owner == os.getpid() and self._server.poll() is None
        if not alive or self._control is None:
            self._stop()
            self._control = self._start()
        return self._control

    def _start(self) -> socket.socket:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        command = [sys.executable, "-m", "services.resumes.jail.server", str(theirs.fileno()), str(os.getpid())]
        with theirs:
            self._server = subprocess.Popen(
                command,
                env=_environment(),
                cwd=ROOT,
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        self._owner = os.getpid()
        ours.settimeout(START_SECONDS)
        if ours.recv(len(READY)) != READY:
            raise OSError("the reading process did not start: is the installation complete?")
        return ours

    def _stop(self) -> None:
        if self._control is not None:
            self._control.close()
        if self._server is not None and self._owner == os.getpid():
            with contextlib.suppress(OSError):
                self._server.kill()
            self._server.wait()
        elif self._server is not None:
            self._server.returncode = 0  # another process's child: not ours to wait for
        self._server = self._control = None


def _environment() -> dict[str, str]:
    """A clean one: nothing of the worker's settings or secrets crosses over, of its PATH one program's place."""
    clean = {
        "PATH": "/usr/bin:/bin",
        "PYTHONPATH": str(ROOT),
        "LANG": "C.UTF-8",
        "PYTHONDONTWRITEBYTECODE": "1",
        "HOME": "/nonexistent",
    }
    program = shutil.which("tesseract")
    return clean | ({TESSERACT: str(Path(program).resolve())} if program else {})


def _converse(ours: socket.socket, data: bytes, deadline: float) -> bytes:
    """Send the file, read the answer to its end. An answer cut short is for `_understood` to judge."""
    pieces: list[bytes] = []
    try:
        ours.settimeout(deadline - time.monotonic())
        ours.sendall(data)
        ours.shutdown(socket.SHUT_WR)
        while piece := ours.recv(PIECE):
            pieces.append(piece)
    except TimeoutError as error:
        raise ReadingError(Reason.TIMEOUT) from error
    except OSError:
        pass  # the child died in mid-sentence
    return b"".join(pieces)


def _understood(answer: bytes, status: int) -> Mapping[str, Any] | None:
    try:
        found: Mapping[str, Any] = json.loads(answer)
    except ValueError:
        words = os.read(status, PIECE)
        if not words:
            return None
        raise _epitaph(words) from None
    if "error" in found:
        raise ReadingError(found["error"], found.get("detail", ""))
    if "crash" in found:
        raise RuntimeError(f"the rules stopped: {found['crash']}")
    return found


def _epitaph(words: bytes) -> ReadingError:
    """Why a child ended without an answer, from what the server wrote about it."""
    ending = json.loads(words)
    code = os.waitstatus_to_exitcode(ending["status"])
    if ending["late"] or -code in {signal.SIGALRM, signal.SIGXCPU}:
        return ReadingError(Reason.TIMEOUT)
    # pdfium aborts when it is refused memory.
    if -code in {signal.SIGKILL, signal.SIGXFSZ, signal.SIGABRT}:
        return ReadingError(Reason.TOO_LARGE, "stopped for its memory")
    return ReadingError(Reason.CORRUPT, f"the reader ended with {code}")
