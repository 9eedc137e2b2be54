"""The whole platform on one machine: servers, migrations, and every process of `cli/processes.py`, under one lock."""

import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import ValidationError

from cli import console, leftovers, ports
from cli.children import Child
from cli.embedded import start_postgres, start_redis
from cli.errors import StackError
from cli.folder import DataFolder, StackNote
from cli.migrate import upgrade
from cli.processes import API, FLOWER, LATER, PROCESSES
from cli.servers.external import check_database, check_redis
from cli.supervisor import Supervisor
from core.settings import Settings, get_settings

FLOWER_USER = "offerline"
_LOCAL = "127.0.0.1"
_EVERYWHERE = {"0.0.0.0": _LOCAL, "::": "::1"}  # noqa: S104 — compared with, never listened on


@dataclass(frozen=True)
class Options:
    """`extra` is environment for every process; `database_url` and `redis_url` name servers that are already there."""

    folder: DataFolder
    api_host: str = _LOCAL
    api_port: int = 8000
    flower_port: int = 5555
    database_url: str = ""
    redis_url: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Stack:
    """A running stack. `check` raises StackError once the stack has given up on one of its processes."""

    api_url: str
    flower_url: str
    flower_password: str
    database_url: str
    redis_url: str
    check: Callable[[], None]


class _Startup:
    """The steps of one start, in order. Each says its line when it is done."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.folder = options.folder
        self.supervisor = Supervisor(say=console.warn, on_change=self.write_note)
        self.database_url = options.database_url
        self.redis_url = options.redis_url

    @property
    def api_url(self) -> str:
        return f"http://{self._api_address}:{self.options.api_port}"

    @property
    def flower_url(self) -> str:
        return f"http://{_LOCAL}:{self.options.flower_port}"

    @property
    def _api_address(self) -> str:
        return _EVERYWHERE.get(self.options.api_host, self.options.api_host)

    def write_note(self) -> None:
        pids = [(child.program.name, child.pid) for child in self.supervisor.children() if child.running()]
        recorded = [one for name, pid in pids if pid is not None and (one := leftovers.remember(name, pid)) is not None]
        note = StackNote(os.getpid(), self.database_url, self.redis_url, self.api_url, self.flower_url, recorded)
        self.folder.write_note(note)

    def stop_leftovers(self) -> None:
        """A killed stack may have left programs running. PostgreSQL settles its own when it starts."""
        note = self.folder.read_note()
        if note is None:
            return
        for name in leftovers.stop(one for one in note.processes if one.name != "postgres"):
            console.warn(name, "was left running by a killed stack, and has been stopped")

    def check_ports(self) -> None:
        ports.check_free(self.options.api_host, self.options.api_port, "API_PORT")
        ports.check_free(_LOCAL, self.options.flower_port, "FLOWER_PORT")

    def open_database(self) -> None:
        began = time.monotonic()
        if self.database_url:
            console.good("postgres", f"{check_database(self.database_url)}, yours by DATABASE_URL")
            return
        postgres = start_postgres(self.folder, self.supervisor, say=console.note)
        self.database_url = postgres.url()
        console.good("postgres", f"ready in {shown(self.folder.postgres)} {_took(began)}")

    def open_broker(self) -> None:
        began = time.monotonic()
        if self.redis_url:
            console.good("redis", f"{check_redis(self.redis_url)}, yours by REDIS_URL")
            return
        self.redis_url = start_redis(self.folder, self.supervisor).url()
        console.good("redis", f"ready in {shown(self.folder.redis)} {_took(began)}")

    def migrate(self) -> None:
        began = time.monotonic()
        console.good("migrations", f"at {upgrade(self.database_url)} {_took(began)}")

    def environment(self) -> dict[str, str]:
        """What every process gets: ours, then what this start decided, then what its caller asked for."""
        given = dict(os.environ)
        return {
            "PUBLIC_URL": self.api_url,
            "SECRET_KEY": given.get("SECRET_KEY") or self.folder.secret("secret-key"),
            **given,
            "DATABASE_URL": self.database_url,
            "REDIS_URL": self.redis_url,
            "DATA_DIR": str(self.folder.root),
            "API_HOST": self.options.api_host,
            "API_PORT": str(self.options.api_port),
            "FLOWER_ADDRESS": _LOCAL,
            "FLOWER_PORT": str(self.options.flower_port),
            "FLOWER_BASIC_AUTH": f"{FLOWER_USER}:{self.folder.secret('flower-password')}",
            "PYTHONUNBUFFERED": "1",
            **self.options.extra,
        }

    def start_processes(self) -> None:
        began, env = time.monotonic(), self.environment()
        programs = {one.name: one.program(self.folder.root, env) for one in PROCESSES}
        started = {name: self.supervisor.start(one) for name, one in programs.items() if name not in LATER}
        self._wait_for_api(started[API.name])
        console.good("api", f"answers on {self.api_url} {_took(began)}")
        started |= {name: self.supervisor.start(one) for name, one in programs.items() if name in LATER}
        for name, child in started.items():
            if name not in {API.name, FLOWER.name}:
                console.good(name, f"started, pid {child.pid}")
        self._wait_for_flower(started[FLOWER.name])
        console.good("flower", f"answers on {self.flower_url}")

    def _wait_for_api(self, child: Child) -> None:
        self.supervisor.wait_ready(
            child, lambda: ports.answers_ok(self._api_address, self.options.api_port, "/livez"), seconds=90
        )

    def _wait_for_flower(self, child: Child) -> None:
        self.supervisor.wait_ready(child, lambda: ports.listens(_LOCAL, self.options.flower_port), seconds=90)

    def stack(self, check: Callable[[], None]) -> Stack:
        return Stack(
            api_url=self.api_url,
            flower_url=self.flower_url,
            flower_password=self.folder.secret("flower-password"),
            database_url=self.database_url,
            redis_url=self.redis_url,
            check=check,
        )


@contextmanager
def running_stack(options: Options) -> Iterator[Stack]:
    """Start everything, yield once the API answers, and stop everything in order at the end, whatever happens."""
    with options.folder.locked():
        startup = _Startup(options)
        try:
            startup.stop_leftovers()
            startup.check_ports()
            startup.open_database()
            startup.open_broker()
            startup.migrate()
            startup.start_processes()
            with startup.supervisor.watching() as check:
                try:
                    yield startup.stack(check)
                except KeyboardInterrupt:
                    console.note("stack", "stopping; Ctrl-C again to hurry")
                    raise
        finally:
            startup.supervisor.close()
            options.folder.remove_note()


def options_from_environment(folder: DataFolder) -> Options:
    """What the environment asks for, by the names `core.settings` reads, and FLOWER_PORT."""
    settings = _settings()
    try:
        flower_port = int(os.environ.get("FLOWER_PORT") or Options.flower_port)
    except ValueError:
        raise StackError("FLOWER_PORT is not a number", "set it to a port above 1023") from None
    return Options(
        folder=folder,
        api_host=settings.api_host,
        api_port=settings.api_port,
        flower_port=flower_port,
        database_url=os.environ.get("DATABASE_URL", ""),
        redis_url=os.environ.get("REDIS_URL", ""),
    )


def _settings() -> Settings:
    """Ten processes would each fail with the same message: fail once, before they start."""
    try:
        return get_settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = "_".join(str(part) for part in first["loc"]).upper()
        raise StackError(f"the settings are refused: {name} {first['msg']}", "correct the environment") from error


def shown(path: Path) -> str:
    """Relative to here when it is below here."""
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)


def _took(began: float) -> str:
    return f"({time.monotonic() - began:.1f} s)"
