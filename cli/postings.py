"""`offerline postings …`: fill the catalogue from a file."""

import json
import signal
import zlib
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from itertools import takewhile
from pathlib import Path
from threading import Event
from typing import Annotated, Any

import typer
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn
from sqlalchemy.exc import DBAPIError

from cli import console
from cli.connected import connected
from cli.errors import BadInput
from core.clock import utc_now
from core.db import transaction
from pipelines.posting_file import Piece, Refused, read_file
from pipelines.posting_import import Imported, store
from services import popular_skills, postings
from services.runs.accepting import NewRun, accept

app = typer.Typer(help="Fill the catalogue from files.", add_completion=False, no_args_is_help=True)

_AT_ONCE = 5000  # postings in one transaction, or fewer that are longer
_BYTES_AT_ONCE = 64 * 1024 * 1024
_LANES = 2
_SHOWN = 20
_STOPPED = 130  # what a shell answers for Ctrl-C


@dataclass
class Tally:
    """`refused` holds the first lines that were no posting; `stopped`, that somebody wanted no more."""

    new: int = 0
    seen_again: int = 0
    bad_lines: int = 0
    refused: list[Refused] = field(default_factory=list)
    sources: set[str] = field(default_factory=set)
    stopped: bool = False

    def read(self, piece: Piece) -> None:
        self.sources.update(row["source"] for row in piece.rows)
        self.bad_lines += len(piece.refused)
        self.refused += piece.refused[: _SHOWN - len(self.refused)]

    def take(self, imported: Imported) -> None:
        self.new += imported.new
        self.seen_again += imported.seen_again


class _Lane:
    """Stores batches one after another in a thread of its own, while others are read and stored.

    A posting's key decides its lane, so that of two lines with one key the later counts.
    """

    def __init__(self, thread: ThreadPoolExecutor, tally: Tally) -> None:
        self._thread, self._tally = thread, tally
        self._batch: list[dict[str, Any]] = []
        self._size = 0
        self._storing: Future[Imported] | None = None

    def add(self, row: dict[str, Any], size: int) -> None:
        self._batch.append(row)
        self._size += size
        if len(self._batch) >= _AT_ONCE or self._size >= _BYTES_AT_ONCE:
            self.store()

    def store(self) -> None:
        """Begin with what was added, once what was begun before is done."""
        self.wait()
        if self._batch:
            self._storing = self._thread.submit(_store, self._batch)
            self._batch, self._size = [], 0

    def wait(self) -> None:
        if self._storing is not None:
            storing, self._storing = self._storing, None
            self._tally.take(storing.result())


@app.callback()
def postings_() -> None:
    """Fill the catalogue from files."""


@app.command("import")
def import_postings(
    file: Annotated[Path, typer.Argument(help="JSON lines: one posting each.", exists=True, dir_okay=False)],
    source: Annotated[str | None, typer.Option(help="The source of lines that name none.", show_default=False)] = None,
    follow_up: Annotated[bool, typer.Option(help="Let the workers find reposts and make vectors afterwards.")] = True,
    refused: Annotated[
        Path | None, typer.Option(help="Write every bad line's number, kind and reason here.", dir_okay=False)
    ] = None,
    data_dir: Annotated[Path | None, typer.Option("--data-dir", help="The data folder of the stack.")] = None,
) -> None:
    """Store the postings of a file, new or changed; the same file again changes nothing.

    A line that is no posting is counted and told, and stops none of the others. Ctrl-C leaves whole batches; the same
    file again goes on from there.
    """
    with connected(data_dir):
        tally = import_file(file, source, refused=refused)
        with transaction() as session:
            popular_skills.recount(session)
            postings.refresh_statistics(session)
            for name in sorted(tally.sources) if follow_up else ():
                accept(session, NewRun("posting_import", {"source": name}))
    _report(file, tally)


def import_file(file: Path, source: str | None, *, refused: Path | None = None) -> Tally:
    """Read and write at once. After Ctrl-C the batches that were begun are finished, and no other is."""
    tally = Tally()
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with ExitStack() as stack:
        note = stack.enter_context(_noting(refused))
        bar = stack.enter_context(Progress(*columns, console=console.out))
        task = bar.add_task("reading", total=file.stat().st_size)
        lanes = [_Lane(stack.enter_context(ThreadPoolExecutor(1)), tally) for _ in range(_LANES)]
        asked_to_stop = stack.enter_context(_ctrl_c())
        with closing(read_file(file, source)) as pieces:
            for piece in takewhile(lambda _: not asked_to_stop.is_set(), pieces):
                tally.read(piece)
                note(piece.refused)
                _share(piece, lanes)
                bar.update(task, completed=piece.end, description=f"{tally.new + tally.seen_again:,} postings")
        tally.stopped = asked_to_stop.is_set()
        if not tally.stopped:
            for lane in lanes:
                lane.store()
        for lane in lanes:
            lane.wait()
    return tally


@contextmanager
def _ctrl_c() -> Iterator[Event]:
    """Set by the first Ctrl-C; the second one ends the command at once, as ever.

    No KeyboardInterrupt: it may be raised where it is lost, or between a batch and its being counted.
    """
    asked = Event()

    def note_and_let_the_next_through(*_: object) -> None:
        asked.set()
        signal.signal(signal.SIGINT, signal.default_int_handler)

    before = signal.signal(signal.SIGINT, note_and_let_the_next_through)
    try:
        yield asked
    finally:
        signal.signal(signal.SIGINT, before)


def _share(piece: Piece, lanes: list[_Lane]) -> None:
    size = piece.size // max(1, len(piece.rows))
    for row in piece.rows:
        lanes[zlib.crc32(row["source_id"].encode()) % len(lanes)].add(row, size)


def _store(batch: list[dict[str, Any]]) -> Imported:
    try:
        with transaction() as session:
            return store(session, batch, now=utc_now())
    except DBAPIError as error:
        said = str(error.orig).splitlines()[0]
        raise BadInput(f"the database refused a batch: {said}", "what came before it is stored") from error


@contextmanager
def _noting(path: Path | None) -> Iterator[Any]:
    """What writes refused lines to a file of JSON lines, where one is wanted."""
    if path is None:
        yield lambda refused: None
        return
    with path.open("w", encoding="utf-8") as out:
        yield lambda refused: out.writelines(f"{json.dumps(one._asdict())}\n" for one in refused)


def _report(file: Path, tally: Tally) -> None:
    console.good(file.name, f"{tally.new:,} new, {tally.seen_again:,} known, {tally.bad_lines:,} bad lines")
    for one in tally.refused:
        console.warn(f"line {one.line}", f"{one.kind}: {one.reason}")
    if tally.bad_lines > len(tally.refused):
        console.note("", f"and {tally.bad_lines - len(tally.refused):,} more; --refused FILE keeps them all")
    if tally.stopped:
        console.warn("stopped", "whole batches are stored; import the file again to go on")
        raise typer.Exit(_STOPPED)
    if tally.bad_lines and not tally.new + tally.seen_again:
        raise BadInput(f"no line of {file} is a posting", "one JSON object a line, with id, url and title at least")
