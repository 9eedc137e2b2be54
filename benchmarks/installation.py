"""A throwaway installation: a durable PostgreSQL, a Redis, and the processes of both sides."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from cli.embedded import start_postgres, start_redis
from cli.folder import DataFolder
from cli.migrate import upgrade
from cli.supervisor import Supervisor
from core.settings import get_settings

_START_SECONDS = 60.0


def wait(ready: Callable[[], bool], seconds: float = _START_SECONDS, pause: float = 0.02) -> None:
    deadline = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > deadline:
            raise TimeoutError
        time.sleep(pause)


@contextmanager
def servers() -> Iterator[None]:
    """PostgreSQL and Redis as `offerline up` starts them, in a folder that goes away; settings point to them."""
    root = Path(tempfile.mkdtemp(prefix="bench-"))
    folder, supervisor = DataFolder(root), Supervisor()
    try:
        with folder.locked():
            database_url = start_postgres(folder, supervisor, durable=True).url()
            upgrade(database_url)
            os.environ |= {
                "DATABASE_URL": database_url,
                "REDIS_URL": start_redis(folder, supervisor).url(),
                "DATA_DIR": str(root),
                "LOG_LEVEL": "WARNING",
                "ENV": "test",
            }
            get_settings.cache_clear()
            yield
    finally:
        supervisor.close()
        shutil.rmtree(root, ignore_errors=True)


@contextmanager
def process(*arguments: str, **env: str) -> Iterator[subprocess.Popen[bytes]]:
    """A Python program in a process group of its own, killed at the end."""
    started = subprocess.Popen(
        (sys.executable, *arguments),
        env={**os.environ, **env},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=None,
        start_new_session=True,
    )
    try:
        yield started
    finally:
        with suppress(ProcessLookupError):
            os.killpg(started.pid, signal.SIGKILL)
        started.wait()


@contextmanager
def api() -> Iterator[int]:
    """The API with both endpoints; yields its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    with process("-m", "benchmarks.serve", API_PORT=str(port)):
        wait(lambda: _listens(port))
        yield port


def _listens(port: int) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


@contextmanager
def dispatcher_and_worker(concurrency: int) -> Iterator[None]:
    """One dispatcher and one worker over every queue: the worker serves both sides."""
    with ExitStack() as stack:
        stack.enter_context(process("-m", "benchmarks.plain"))
        stack.enter_context(
            process(
                *("-m", "celery", "-A", "benchmarks.plain", "worker", "--loglevel=error"),
                *("--queues=default,documents", f"--concurrency={concurrency}", "--without-gossip", "--without-mingle"),
            )
        )
        yield
