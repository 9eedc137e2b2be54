"""How far a command is, for who watches: on a terminal only, and on stderr, so that what is piped on stays clean."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from cli.console import err


def each(files: Sequence[Path], doing: str) -> Iterator[Path]:
    """The files, one by one, with a line that says which of how many."""
    if len(files) == 1 or not err.is_terminal:
        yield from files
        return
    with err.status(doing) as status:
        for number, file in enumerate(files, 1):
            status.update(f"{doing} {number} of {len(files)}: {file.name}")
            yield file
