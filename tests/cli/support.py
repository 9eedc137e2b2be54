"""A stack as a person starts it: the command in a process of its own, and its output."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self

import psutil

from cli.folder import DataFolder, StackNote
from cli.ports import any_free

STOP_SECONDS = 150  # every program may take all of its patience on a machine that is busy with other work
_OURS = ("DATABASE_URL", "REDIS_URL", "DATA_DIR", "ENV")


def environment(**extra: str) -> dict[str, str]:
    """The test session's own servers must not be found."""
    return {name: value for name, value in os.environ.items() if name not in _OURS} | {"COLUMNS": "200"} | extra


def offerline(*arguments: str, timeout: float = 60, **extra: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "cli.app", *arguments],
        env=environment(**extra),
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )


def eventually(true: Callable[[], Any], seconds: float = 90.0) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, f"not within {seconds} s"
        time.sleep(0.1)


class Up:
    """`offerline up` in `data`, on free ports, until it is stopped."""

    def __init__(self, data: Path, **extra: str) -> None:
        self.folder = DataFolder(data)
        self.api_port, self.flower_port = any_free(), any_free()
        self.output = data.parent / f"{data.name}.output"
        ports = ["--api-port", str(self.api_port), "--flower-port", str(self.flower_port)]
        with self.output.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "cli.app", "up", "--data-dir", str(data), *ports],
                env=environment(**extra),
                stdout=output,
                stderr=output,
                start_new_session=True,
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.stop()

    def said(self) -> str:
        return self.output.read_text("utf-8")

    def wait_until_up(self) -> None:
        eventually(lambda: "Ctrl-C stops everything" in self.said() or self.process.poll() is not None, 180)
        assert self.process.poll() is None, self.said()

    def note(self) -> StackNote:
        note = self.folder.read_note()
        assert note is not None
        return note

    def pid_of(self, name: str) -> int:
        return next(one.pid for one in self.note().processes if one.name == name)

    def stop(self, number: int = signal.SIGINT) -> int:
        if self.process.poll() is None:
            self.process.send_signal(number)
        return self.process.wait(STOP_SECONDS)


def gone(pids: list[int]) -> bool:
    """None of them lives; a zombie waits only for its parent."""
    return not any(_lives(pid) for pid in pids)


def _lives(pid: int) -> bool:
    try:
        return bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False
