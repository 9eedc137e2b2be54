"""Finds and ends what a killed stack left running: only processes whose pid *and* birth we wrote down."""

from collections.abc import Callable, Iterable

import psutil

from cli.folder import Running

_PATIENCE = 10.0


def remember(name: str, pid: int) -> Running | None:
    """None when it is already gone."""
    try:
        return Running(name, pid, psutil.Process(pid).create_time())
    except psutil.NoSuchProcess:
        return None


def find(one: Running) -> psutil.Process | None:
    """The process if it still lives and is the same one."""
    try:
        process = psutil.Process(one.pid)
        same = abs(process.create_time() - one.born) < 1.0 and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return None
    return process if same else None


def stop(recorded: Iterable[Running]) -> list[str]:
    """Ask each to end, wait, then kill it with its pool children. Returns the names of those that were running."""
    alive = {one.name: process for one in recorded if (process := find(one)) is not None}
    family = [child for process in alive.values() for child in _descendants(process)]
    for process in alive.values():
        _signal(process.terminate)
    _, stubborn = psutil.wait_procs([*alive.values(), *family], timeout=_PATIENCE)
    for process in stubborn:
        _signal(process.kill)
    psutil.wait_procs(stubborn, timeout=_PATIENCE)
    return list(alive)


def _descendants(process: psutil.Process) -> list[psutil.Process]:
    try:
        return list(process.children(recursive=True))
    except psutil.NoSuchProcess:
        return []


def _signal(send: Callable[[], None]) -> None:
    try:
        send()
    except psutil.NoSuchProcess:
        return
