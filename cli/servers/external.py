"""Servers of the operator's, named by DATABASE_URL and REDIS_URL. Can they do the work? Asked before a start."""

import psycopg
from redis import Redis
from redis.exceptions import RedisError

from cli.errors import StackError
from core.db import libpq_url

_OLDEST = 16
_WAIT_SECONDS = 5


def check_database(url: str) -> str:
    """Answer the server's version, or say what it lacks."""
    try:
        with psycopg.connect(libpq_url(url), connect_timeout=_WAIT_SECONDS) as connection:
            major = connection.info.server_version // 10000
            found = connection.execute("select 1 from pg_available_extensions where name = 'vector'").fetchone()
    except psycopg.Error as error:
        raise StackError(
            f"the database of DATABASE_URL does not answer: {_first_line(error)}",
            "check the address and the account, or unset DATABASE_URL to use the embedded one",
        ) from error
    if major < _OLDEST:
        raise StackError(f"the database of DATABASE_URL is PostgreSQL {major}", f"version {_OLDEST} or newer is needed")
    if found is None:
        raise StackError(
            "the database of DATABASE_URL has no pgvector", "install the extension `vector` on that server"
        )
    return str(major)


def check_redis(url: str) -> str:
    """Answer the server's version, or say why there is none."""
    try:
        with Redis.from_url(url, socket_connect_timeout=_WAIT_SECONDS, socket_timeout=_WAIT_SECONDS) as client:
            return str(client.info("server")["redis_version"])
    except (RedisError, ValueError) as error:
        raise StackError(
            f"the Redis of REDIS_URL does not answer: {_first_line(error)}",
            "check the address, or unset REDIS_URL to use the embedded one",
        ) from error


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
