"""`offerline postings …`: fill the catalogue from a file."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, BinaryIO

import typer
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn
from sqlalchemy.exc import DBAPIError

from cli import console
from cli.connected import connected
from cli.errors import BadInput
from core.clock import utc_now
from core.db import transaction
from pipelines.posting_import import LONGEST_LINE, BadLine, Imported, read_line, store
from services import popular_skills, postings
from services.runs.accepting import NewRun, accept

app = typer.Typer(help="Fill the catalogue from files.", add_completion=False, no_args_is_help=True)

_AT_ONCE = 5000
_SHOWN = 20


@dataclass
class Tally:
    """`bad` holds the first lines that were no posting, by number, and why."""

    new: int = 0
    seen_again: int = 0
    bad_lines: int = 0
    bad: list[tuple[int, str]] = field(default_factory=list)
    sources: set[str] = field(default_factory=set)

    def refuse(self, number: int, why: str) -> None:
        self.bad_lines += 1
        if len(self.bad) < _SHOWN:
            self.bad.append((number, why))

    def take(self, imported: Imported) -> None:
        self.new += imported.new
        self.seen_again += imported.seen_again


@app.callback()
def postings_() -> None:
    """Fill the catalogue from files."""


@app.command("import")
def import_postings(
    file: Annotated[Path, typer.Argument(help="JSON lines: one posting each.", exists=True, dir_okay=False)],
    source: Annotated[str | None, typer.Option(help="The source of lines that name none.", show_default=False)] = None,
    follow_up: Annotated[bool, typer.Option(help="Let the workers find reposts and make vectors afterwards.")] = True,
    data_dir: Annotated[Path | None, typer.Option("--data-dir", help="The data folder of the stack.")] = None,
) -> None:
    """Store the postings of a file, new or changed; the same file again changes nothing.

    A line that is no posting is counted and told, and stops none of the others.
    """
    with connected(data_dir):
        tally = import_file(file, source)
        with transaction() as session:
            popular_skills.recount(session)
            postings.refresh_statistics(session)
            for name in sorted(tally.sources) if follow_up else ():
                accept(session, NewRun("posting_import", {"source": name}))
    _report(file, tally)


def import_file(file: Path, source: str | None) -> Tally:
    """Read and write at once: the next batch is read while Postgres stores this one."""
    tally = Tally()
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with file.open("rb") as lines, ThreadPoolExecutor(1) as writer, Progress(*columns, console=console.out) as bar:
        task = bar.add_task("reading", total=file.stat().st_size)
        stored: Future[Imported] | None = None
        for batch in _batches(lines, source, tally):
            if stored is not None:
                tally.take(stored.result())
            stored = writer.submit(_store, batch)
            bar.update(task, completed=lines.tell(), description=f"{tally.new + tally.seen_again:,} postings")
        if stored is not None:
            tally.take(stored.result())
    return tally


def _store(batch: list[dict[str, Any]]) -> Imported:
    try:
        with transaction() as session:
            return store(session, batch, now=utc_now())
    except DBAPIError as error:
        said = str(error.orig).splitlines()[0]
        raise BadInput(f"the database refused a batch: {said}", "what came before it is stored") from error


def _batches(lines: BinaryIO, source: str | None, tally: Tally) -> Iterator[list[dict[str, Any]]]:
    batch: list[dict[str, Any]] = []
    for number, line in enumerate(_lines(lines), 1):
        if not line.strip():
            continue
        try:
            batch.append(read_line(line, source))
        except BadLine as error:
            tally.refuse(number, str(error))
            continue
        tally.sources.add(batch[-1]["source"])
        if len(batch) == _AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch


def _lines(lines: BinaryIO) -> Iterator[bytes]:
    """Each line, cut a little past the longest that is read: a file without line ends must not fill the memory."""
    while line := lines.readline(LONGEST_LINE + 2):
        yield line
        while line and not line.endswith(b"\n"):
            line = lines.readline(LONGEST_LINE)


def _report(file: Path, tally: Tally) -> None:
    console.good(file.name, f"{tally.new:,} new, {tally.seen_again:,} known, {tally.bad_lines:,} bad lines")
    for number, why in tally.bad:
        console.warn(f"line {number}", why)
    if tally.bad_lines > len(tally.bad):
        console.note("", f"and {tally.bad_lines - len(tally.bad):,} more")
    if tally.bad_lines and not tally.new + tally.seen_again:
        raise BadInput(f"no line of {file} is a posting", "one JSON object a line, with id, url and title at least")
