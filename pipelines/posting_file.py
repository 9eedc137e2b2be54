"""A file of postings read by several processes, its lines in order, with as much in memory for any length of file.

Reading a text costs more than storing it, and is pure: pieces of the file go to a pool, at most a few at once, and come
back in their order. The processes ignore Ctrl-C, which is for the one who asked, and end with it, however it dies.
"""

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import wait
from pathlib import Path
from threading import Thread
from typing import Any, BinaryIO, NamedTuple

from core.errors import AppError
from pipelines.posting_import import LONGEST_LINE, BadLine, read_line

_PIECE_BYTES = 512 * 1024
_WORTH_PROCESSES = 8 * _PIECE_BYTES  # a smaller file is read before they have started
_MOST_PROCESSES = 8
_AHEAD = 2  # pieces for each process: the one it reads, and the next


class Refused(NamedTuple):
    """A line of the file that is no posting: its number, counted from 1, and why."""

    line: int
    kind: str
    reason: str


@dataclass(frozen=True, slots=True)
class Piece:
    """Some lines in a row. `end` is the byte of the file after the last of them, `size` their length in bytes."""

    rows: list[dict[str, Any]]
    refused: list[Refused]
    end: int
    size: int


class _Raw(NamedTuple):
    first: int
    lines: list[bytes]
    end: int
    size: int


Ask = Callable[[_Raw], Future[Piece]]


class ReadersLost(AppError):
    """A process that read was killed, as by a machine short of memory."""

    status = 500
    code = "READERS_LOST"
    title = "Import stopped"


def read_file(file: Path, source: str | None, *, processes: int | None = None) -> Generator[Piece, None, None]:
    """The postings of a file of JSON lines; `source` stands in where a line names none.

    `processes` is how many read; None lets the size of the file and of the machine decide, 0 reads in this one. Raises
    `ReadersLost` when one of them was killed; what came before has been yielded.
    """
    if processes is None:
        small = file.stat().st_size < _WORTH_PROCESSES
        processes = 0 if small else min(_MOST_PROCESSES, os.cpu_count() or 1)
    with file.open("rb") as lines:
        if processes == 0:
            yield from map(partial(_read, source), _pieces(lines))
            return
        with _readers(processes, source) as ask:
            yield from _in_order(ask, _pieces(lines), processes * _AHEAD)


def _in_order(ask: Ask, pieces: Iterator[_Raw], ahead: int) -> Iterator[Piece]:
    asked: deque[Future[Piece]] = deque()
    try:
        for piece in pieces:
            asked.append(ask(piece))
            if len(asked) > ahead:
                yield asked.popleft().result()
        while asked:
            yield asked.popleft().result()
    except BrokenProcessPool as error:
        raise ReadersLost(
            "A process that reads lines was killed; import the file again to go on, with more memory to spare."
        ) from error


@contextmanager
def _readers(processes: int, source: str | None) -> Iterator[Ask]:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["__main__", __name__])
    pool = ProcessPoolExecutor(processes, mp_context=context, initializer=_start)
    try:
        yield partial(pool.submit, partial(_read, source))
    finally:
        pool.shutdown(cancel_futures=True)


def _start() -> None:
    """In each process of the pool."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)  # the pool's own thread waits for work that nobody can send any more


def _pieces(lines: BinaryIO) -> Iterator[_Raw]:
    first, held, size = 1, list[bytes](), 0
    for line in _lines(lines):
        held.append(line)
        size += len(line)
        if size >= _PIECE_BYTES:
            yield _Raw(first, held, lines.tell(), size)
            first, held, size = first + len(held), [], 0
    if held:
        yield _Raw(first, held, lines.tell(), size)


def _lines(lines: BinaryIO) -> Iterator[bytes]:
    """Each line, cut a little past the longest that is read: a file without line ends must not fill the memory."""
    while line := lines.readline(LONGEST_LINE + 2):
        yield line
        while line and not line.endswith(b"\n"):
            line = lines.readline(LONGEST_LINE)


def _read(source: str | None, raw: _Raw) -> Piece:
    rows: list[dict[str, Any]] = []
    refused: list[Refused] = []
    for number, line in enumerate(raw.lines, raw.first):
        if not line.strip():
            continue
        try:
            rows.append(read_line(line, source))
        except BadLine as error:
            refused.append(Refused(number, error.kind, str(error)))
    return Piece(rows, refused, raw.end, raw.size)
