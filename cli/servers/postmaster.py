"""Reads `postmaster.pid` and settles what a killed PostgreSQL left behind."""

import signal
from contextlib import suppress
from pathlib import Path

import psutil

from cli.errors import StackError

_LOCKS = ("postmaster.pid", ".s.PGSQL.5432.lock")
_STATUS_LINE = 7
_ORPHANS_SECONDS = 10.0


def is_ready(data: Path, pid: int | None) -> bool:
    """The server writes `ready` on the eighth line once it takes connections."""
    try:
        lines = (data / "postmaster.pid").read_text("utf-8").splitlines()
    except OSError:
        return False
    return len(lines) > _STATUS_LINE and lines[0].strip() == str(pid) and lines[_STATUS_LINE].strip() == "ready"


def clear_leftovers(data: Path, sockets: Path) -> None:
    """Make way for a start. The caller holds the data folder's lock, so a server that is still there is a leftover.

    The server itself steps over a pid file whose process is gone. It refuses to start when the pid belongs to another
    process by now, which is usual in containers: that file is removed here, and only after no server is left.
    """
    for server in _servers_in(data):
        _stop(server)
    for lock in (data / _LOCKS[0], sockets / _LOCKS[1]):
        pid = _pid_in(lock)
        if lock.exists() and (pid is None or psutil.pid_exists(pid)):
            lock.unlink(missing_ok=True)


def _servers_in(data: Path) -> list[psutil.Process]:
    """PostgreSQL's processes have their data folder as working directory, the ones orphaned by a crash too."""
    found = []
    for process in psutil.process_iter(["name"]):
        with suppress(psutil.Error):
            if process.info["name"] == "postgres" and Path(process.cwd()) == data.resolve():
                found.append(process)
    return found


def _stop(server: psutil.Process) -> None:
    """Fast shutdown. Backends whose parent was killed end by themselves; they only need the time."""
    with suppress(psutil.NoSuchProcess):
        if _is_postmaster(server):
            server.send_signal(signal.SIGINT)
        try:
            server.wait(_ORPHANS_SECONDS)
        except psutil.TimeoutExpired:
            raise StackError(
                f"a PostgreSQL left by an earlier start (pid {server.pid}) does not end",
                f"look at what it does, then end it with `kill -QUIT {server.pid}`",
            ) from None


def _is_postmaster(server: psutil.Process) -> bool:
    return "-D" in server.cmdline()


def _pid_in(lock: Path) -> int | None:
    try:
        return int(lock.read_text("utf-8").split(maxsplit=1)[0])
    except (OSError, ValueError, IndexError):
        return None
