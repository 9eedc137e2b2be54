"""Commands that work on a database: the one of DATABASE_URL, else of the stack that runs in the data folder."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import typer

from cli import console
from cli.errors import StackError
from cli.folder import DataFolder
from core.db import dispose
from core.errors import AppError
from core.settings import get_settings


@contextmanager
def connected(data_dir: Path | None) -> Iterator[None]:
    """Point the settings at the stack; show what goes wrong in two lines, without a traceback. Raises StackError."""
    folder = DataFolder.at(data_dir)
    note = folder.read_note() if folder.in_use() else None
    if "DATABASE_URL" not in os.environ:
        if note is None:
            raise StackError(
                f"no DATABASE_URL, and no stack runs in {folder.root}",
                "start one with `offerline up`, or set DATABASE_URL and REDIS_URL",
            )
        os.environ["DATABASE_URL"] = note.database_url
        os.environ["REDIS_URL"] = note.redis_url
    get_settings.cache_clear()
    try:
        yield
    except AppError as error:
        console.show_error(StackError(error.message, ""))
        raise typer.Exit(1) from None
    finally:
        dispose()
