"""A real PostgreSQL and a real Redis for every test that asks for one.

The first process of the session owns one PostgreSQL; each xdist worker gets a database of its own, copied from one that
the migrations made, and a Redis of its own. Nothing starts before a test asks, except under xdist, where the workers
need the server before they can. The environment is set here, before anything reads the settings.
"""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from cli.embedded import start_redis, throwaway_postgres
from cli.folder import DataFolder
from cli.migrate import upgrade
from cli.supervisor import Supervisor
from core import db
from core.settings import get_settings

_SESSION_FOLDER = "OFFERLINE_TEST_FOLDER"  # names the owner's folder to its xdist workers
_TEMPLATE = "offerline_template"

_worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
_owner = _worker == "main"
_root = Path(tempfile.mkdtemp(prefix="offerline-test-") if _owner else os.environ[_SESSION_FOLDER])
_mine = _root / _worker
_mine.mkdir(exist_ok=True)
_redis_socket = _mine / "redis" / "redis.sock"
_closing = ExitStack()


def _url(database: str) -> str:
    return f"postgresql://postgres@/{database}?host={_root / 'postgres'}"


os.environ |= {
    _SESSION_FOLDER: str(_root),
    "ENV": "test",
    "DATA_DIR": str(_mine),
    "DATABASE_URL": _url(f"test_{_worker}"),
    "REDIS_URL": f"unix://{_redis_socket}",
    "TOKENIZERS_PARALLELISM": "false",
}
get_settings.cache_clear()


def _start_postgres() -> None:
    """Once, by the owner: the server, and the database that the others are copies of."""
    if (_root / "postgres").exists():
        return
    _closing.enter_context(throwaway_postgres(_root))
    _administer(f"create database {_TEMPLATE}")
    upgrade(_url(_TEMPLATE))
    db.dispose()


def _administer(statement: str) -> None:
    with psycopg.connect(_url("postgres"), autocommit=True) as connection:
        connection.execute(statement.encode())


def pytest_configure(config: pytest.Config) -> None:
    if _owner and config.getoption("numprocesses", None) and not config.getoption("collectonly"):
        _start_postgres()


def pytest_unconfigure(config: pytest.Config) -> None:
    db.dispose()
    _closing.close()
    if _owner:
        shutil.rmtree(_root, ignore_errors=True)


@pytest.fixture(scope="session")
def database() -> Iterator[str]:
    """The URL of this process's own database, with the schema of the migrations. Settings already point to it."""
    if _owner:
        _start_postgres()
    _administer(f"create database test_{_worker} template {_TEMPLATE}")
    yield _url(f"test_{_worker}")
    db.dispose()


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    """The URL of this process's own Redis. Settings already point to it."""
    supervisor = Supervisor()
    folder = DataFolder(_mine)
    with folder.locked():
        try:
            yield start_redis(folder, supervisor).url()
        finally:
            supervisor.close()


@pytest.fixture
def session(database: str) -> Iterator[Session]:
    """A session whose work is rolled back. Its own commits only end a savepoint.

    Code that opens `core.db.transaction()` itself is outside of it and commits: ask for `clean_db` there.
    """
    with db.engine().connect() as connection:
        outer = connection.begin()
        with Session(connection, expire_on_commit=False, join_transaction_mode="create_savepoint") as one:
            yield one
        outer.rollback()


@pytest.fixture
def clean_db(database: str) -> Iterator[str]:
    """The database for tests that commit: emptied afterwards, so that the next test finds nothing."""
    yield database
    try:
        _empty_tables(lock_seconds=20)
    except OperationalError:
        _end_who_holds_on()
        _empty_tables(lock_seconds=20)


def _empty_tables(*, lock_seconds: int) -> None:
    with db.engine().begin() as connection:
        connection.execute(text(f"set local lock_timeout = '{lock_seconds}s'"))
        connection.execute(text("set local session_replication_role = replica"))  # the ledger forbids truncating it
        tables = connection.scalars(
            text("select quote_ident(tablename) from pg_tables where schemaname = current_schema()")
        ).all()
        if emptied := set(tables) - {"alembic_version"}:
            connection.execute(text(f"truncate {', '.join(emptied)} restart identity cascade"))


def _end_who_holds_on() -> None:
    """A test left a transaction open: say which, and end it, rather than hang with it."""
    others = text(
        "select pid, state, query from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"
    )
    with db.engine().begin() as connection:
        for pid, state, query in connection.execute(others).all():
            print(f"still connected: {state}: {query}", file=sys.stderr)  # noqa: T201 — pytest shows it
            connection.execute(text("select pg_terminate_backend(:pid)"), {"pid": pid})
