"""PostgreSQL and Redis in one data folder, started as our children. The rest of the stack is in `cli/stack.py`."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cli.folder import DataFolder
from cli.servers.accounts import open_the_way, server_account, share
from cli.servers.postgres import Postgres, binaries
from cli.servers.redis import RedisServer
from cli.supervisor import Say, Supervisor


def _quiet(name: str, text: str) -> None:
    """For callers that print nothing."""


def start_postgres(folder: DataFolder, supervisor: Supervisor, *, durable: bool = True, say: Say = _quiet) -> Postgres:
    """Start the database and wait until it takes connections. The first start makes it."""
    account = server_account()
    installation = binaries().parent
    for changed in (*open_the_way(folder.postgres, account), *open_the_way(installation, account)):
        say("postgres", f"other accounts may now pass through {changed} (chmod o+x): PostgreSQL does not run as root")
    if share(installation, account):
        say("postgres", f"other accounts may now read {installation}: PostgreSQL does not run as root")
    postgres = Postgres(folder.postgres, folder.logs / "postgres.log", account, durable=durable)
    if postgres.prepare():
        say("postgres", f"made a new database in {folder.postgres}")
    child = supervisor.start(postgres.program())
    supervisor.wait_ready(child, lambda: postgres.ready(child.pid))
    return postgres


def start_redis(folder: DataFolder, supervisor: Supervisor) -> RedisServer:
    """Start Redis and wait until it answers."""
    redis = RedisServer(folder.redis, folder.logs / "redis.log")
    redis.prepare()
    supervisor.wait_ready(supervisor.start(redis.program()), redis.ready)
    return redis


@contextmanager
def throwaway_postgres(root: Path) -> Iterator[Postgres]:
    """A database for a test or a check: fast, careless, gone with its folder."""
    folder, supervisor = DataFolder(root), Supervisor()
    with folder.locked():
        try:
            yield start_postgres(folder, supervisor, durable=False)
        finally:
            supervisor.close()
