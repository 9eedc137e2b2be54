"""One program that we started: its log, its pid, its end. Nothing that we did not start is ever signalled from here."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from cli.errors import StackError

_PR_SET_PDEATHSIG = 1
_ROTATE_BYTES = 10 * 1024 * 1024
_TAIL_BYTES = 16 * 1024

SERVERS = 0  # tiers: the higher ones stop first
APPS = 1


@dataclass(frozen=True)
class Program:
    """How to start something and how long it may take to end.

    `stop_signal` asks it to finish; `patience` seconds later its whole process group is killed. `before_start` clears
    what a killed predecessor left behind, `last_signal` is what it gets when we are killed (`stop_signal` by default),
    `clean_up` follows the last stop. `hint` is told when it fails.
    """

    name: str
    argv: tuple[str, ...]
    log: Path
    env: Mapping[str, str] | None = None
    cwd: Path | None = None
    uid: int | None = None
    gid: int | None = None
    stop_signal: signal.Signals = signal.SIGTERM
    patience: float = 10.0
    tier: int = APPS
    last_signal: signal.Signals | None = None
    before_start: Callable[[], None] | None = None
    clean_up: Callable[[], None] | None = None
    hint: str = ""


def _die_with_parent(wanted: signal.Signals) -> Callable[[], None] | None:
    """Ask Linux to signal the child when the thread that started it ends, so `kill -9` of us leaves nothing behind.

    Elsewhere the next start finds the leftovers by their recorded pids.
    """
    if sys.platform != "linux":
        return None
    prctl = ctypes.CDLL(None).prctl

    def arm() -> None:
        prctl(_PR_SET_PDEATHSIG, int(wanted))

    return arm


class Child:
    def __init__(self, program: Program) -> None:
        self.program = program
        self.started_at = 0.0
        self._log_from = 0
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process is not None else None

    def start(self) -> None:
        """Start, appending to the log."""
        program = self.program
        if program.before_start is not None:
            program.before_start()
        _rotate(program.log)
        try:
            self._process = self._spawn(program)
        except OSError as error:
            raise StackError(f"{program.name} cannot be started: {error}") from error
        self.started_at = time.monotonic()

    def _spawn(self, program: Program) -> subprocess.Popen[bytes]:
        with program.log.open("ab") as log:
            self._log_from = log.tell()
            return subprocess.Popen(
                program.argv,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env=program.env,
                cwd=program.cwd,
                user=program.uid,
                group=program.gid,
                extra_groups=[] if program.uid is not None else None,
                umask=0o077,
                start_new_session=True,  # Ctrl-C in the terminal reaches us alone; we stop the others in order
                preexec_fn=_die_with_parent(program.last_signal or program.stop_signal),  # noqa: PLW1509 — one prctl, no lock
            )

    def running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def how_it_ended(self) -> str:
        code = self._process.returncode if self._process is not None else None
        if code is None:
            return "still running"
        if code < 0:
            return f"killed by {signal.Signals(-code).name}"
        return f"exit code {code}"

    def ask_to_stop(self) -> None:
        if self._process is not None and self.running():
            self._process.send_signal(self.program.stop_signal)

    def wait(self, seconds: float) -> bool:
        """True when it has ended within `seconds`."""
        if self._process is None:
            return True
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(max(seconds, 0.0))
        return not self.running()

    def kill(self) -> None:
        """End it and everything in its process group: the pool children of a worker outlive a killed parent."""
        if self._process is None:
            return
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def last_lines(self, count: int = 12) -> list[str]:
        """What it said since its last start."""
        with suppress(OSError), self.program.log.open("rb") as log:
            log.seek(0, os.SEEK_END)
            log.seek(max(self._log_from, log.tell() - _TAIL_BYTES))
            return [line for line in log.read().decode("utf-8", "replace").splitlines() if line.strip()][-count:]
        return []


def _rotate(log: Path) -> None:
    """Keep one older log. Only at a start, because a running program holds its file open."""
    if log.exists() and log.stat().st_size > _ROTATE_BYTES:
        log.replace(log.with_suffix(".log.1"))
