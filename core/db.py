"""The engine, the session and the one unit of work.

`transaction()` is the only place in the platform that commits, apart from the API's `Tx` dependency, which calls it.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, create_engine
from sqlalchemy.orm import Session

from core.settings import get_settings

_engines: dict[int, Engine] = {}


def sqlalchemy_url(url: str) -> str:
    """Name the driver: operators write `postgresql://`, SQLAlchemy must be told that it is psycopg 3."""
    for scheme in ("postgresql://", "postgres://"):
        if url.startswith(scheme):
            return "postgresql+psycopg://" + url.removeprefix(scheme)
    return url


def libpq_url(url: str) -> str:
    """The reverse, for psycopg itself (LISTEN, COPY)."""
    return url.replace("postgresql+psycopg://", "postgresql://", 1)


def engine() -> Engine:
    """This process's engine. Keyed by process id, because a pool inherited over a fork shares its sockets."""
    pid = os.getpid()
    if pid not in _engines:
        settings = get_settings()
        _engines.clear()
        _engines[pid] = create_engine(
            sqlalchemy_url(settings.database_url),
            pool_size=settings.api_threads,
            max_overflow=4,
            pool_pre_ping=True,
            pool_timeout=10,
            hide_parameters=True,  # an error message goes to the log, and parameters are people's texts
            connect_args={
                "connect_timeout": 5,
                "application_name": "offerline",
                "options": "-c idle_in_transaction_session_timeout=60000 -c timezone=UTC",
            },
        )
    return _engines[pid]


def dispose() -> None:
    """Close every pooled connection, at process shutdown and between tests."""
    for one in _engines.values():
        one.dispose()
    _engines.clear()


@contextmanager
def transaction() -> Iterator[Session]:
    """One unit of work: commit on success, roll back on any exception."""
    with Session(engine(), expire_on_commit=False) as session, session.begin():
        yield session
