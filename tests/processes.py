"""Real processes for tests, ended by their own ids, whatever a test did to them."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

import psutil

ROOT = Path(__file__).parent.parent
_GROUP_END_SECONDS = 10.0
_PATIENCE = 3


def until(ready: Callable[[], bool], seconds: float, what: str) -> float:
    """Wait for `ready`, and answer how long it took.

    Raises AssertionError after `_PATIENCE` times `seconds`, which are what an idle machine may take.
    """
    started = time.monotonic()
    while not ready():
        assert time.monotonic() - started < seconds * _PATIENCE, f"not within {seconds:g} s: {what}"
        time.sleep(0.02)
    return time.monotonic() - started


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


class Running:
    """A started program and the processes below it, which are one process group."""

    def __init__(self, arguments: Sequence[str], *, env: Mapping[str, str], log: Path) -> None:
        self.log = log
        with log.open("ab") as sink:
            self._process = subprocess.Popen(
                arguments, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, stdout=sink, stderr=sink, start_new_session=True
            )
        self.pid = self._process.pid

    def alive(self) -> bool:
        return self._process.poll() is None

    def children(self) -> list[psutil.Process]:
        with suppress(psutil.NoSuchProcess):
            return psutil.Process(self.pid).children(recursive=True)
        return []

    def send(self, number: signal.Signals) -> None:
        """To every process of the group."""
        with suppress(ProcessLookupError):
            os.killpg(self.pid, number)

    def kill(self) -> None:
        """As `kill -9` of all of it: the machine is gone."""
        self.send(signal.SIGKILL)
        self._process.wait(_GROUP_END_SECONDS)

    def end(self) -> None:
        """Ask it to end, and kill what is left."""
        if self.alive():
            self._process.send_signal(signal.SIGCONT)
            self._process.send_signal(signal.SIGTERM)
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(_GROUP_END_SECONDS)
        self.kill()

    def resident_bytes(self) -> int:
        return int(psutil.Process(self.pid).memory_info().rss)

    def said(self) -> str:
        return self.log.read_text("utf-8", errors="replace")


class Processes:
    """Starts programs with one environment and ends them all, however the test ends."""

    def __init__(self, folder: Path, env: Mapping[str, str] | None = None) -> None:
        self._folder = folder
        self.env = {**os.environ, "PYTHONPATH": str(ROOT), **(env or {})}
        self.started: list[Running] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for one in self.started:
            one.send(signal.SIGCONT)
        for one in reversed(self.started):
            one.kill()

    def start(self, name: str, *arguments: str, env: Mapping[str, str] | None = None) -> Running:
        log = self._folder / f"{name}-{len(self.started)}.log"
        running = Running(arguments, env={**self.env, **(env or {})}, log=log)
        self.started.append(running)
        return running

    def python(self, name: str, *arguments: str, env: Mapping[str, str] | None = None) -> Running:
        return self.start(name, sys.executable, *arguments, env=env)

    def api(self, port: int, env: Mapping[str, str] | None = None) -> Running:
        """A server that answers on `port`."""
        running = self.python("api", "-m", "api", env={"API_PORT": str(port), **(env or {})})

        def answers() -> bool:
            assert running.alive(), running.said()
            with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                return True
            return False

        until(answers, 30, f"the API listens\n{running.said()}")
        return running
