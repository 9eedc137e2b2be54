"""Brings a database's schema up to date, from any working directory: the scripts are found in the installed package."""

import io
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError
from sqlalchemy.exc import OperationalError

from cli.errors import StackError
from core.settings import get_settings


def _config() -> Config:
    spec = find_spec("migrations")
    place = next(iter(spec.submodule_search_locations or ()), None) if spec is not None else None
    if place is None:
        raise StackError("the migrations are not installed", "install the project again")
    config = Config(stdout=io.StringIO())  # its commands print for people at a terminal
    config.set_main_option("script_location", place.replace("%", "%%"))
    return config


@contextmanager
def _database(url: str) -> Iterator[None]:
    """The migrations read the settings: let them name `url` meanwhile."""
    before = os.environ.get("DATABASE_URL")
    os.environ["DATABASE_URL"] = url
    get_settings.cache_clear()
    logging.getLogger("alembic").setLevel(logging.WARNING)
    try:
        yield
    finally:
        if before is None:
            del os.environ["DATABASE_URL"]
        else:
            os.environ["DATABASE_URL"] = before
        get_settings.cache_clear()


def head() -> str:
    return ScriptDirectory.from_config(_config()).get_current_head() or "nothing"


def upgrade(url: str) -> str:
    """Migrate to the newest version and answer its name."""
    with _database(url):
        try:
            command.upgrade(_config(), "head")
        except OperationalError as error:
            raise StackError(
                f"the database cannot be migrated: {str(error.orig).strip().splitlines()[0]}",
                "check DATABASE_URL; if another program holds a lock, try again when it is done",
            ) from error
        except CommandError as error:
            raise StackError(
                f"the database cannot be migrated: {error}",
                "it was made by a newer version of Offerline: update this one",
            ) from error
    return head()


def check(url: str) -> None:
    """Raise StackError when the models differ from what the migrations make."""
    with _database(url):
        try:
            command.check(_config())
        except CommandError as error:
            raise StackError(f"the models and the migrations differ: {error}", "write a migration") from error
