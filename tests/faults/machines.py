"""A broker that can be stopped, frozen, killed and wiped, and the processes of one installation around it."""

import signal
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from redis import Redis, RedisError

from cli.servers.redis import binary
from core.queue import DEFAULT, DOCUMENTS, QUEUES, redis_client
from tests.processes import Processes, Running, free_port, until

Answer = TypeVar("Answer")

# Short times where the promise is not about the defaults.
HASTY = {
    "LEASE_SECONDS": "3",
    "HEARTBEAT_SECONDS": "0.9",
    "SWEEP_SECONDS": "0.5",
    "REDISPATCH_SECONDS": "2",
    "DISPATCH_POLL_SECONDS": "0.2",
    "LOG_LEVEL": "WARNING",
}


class Broker:
    """A Redis without a memory on disk, on a unix socket."""

    def __init__(self, processes: Processes, folder: Path) -> None:
        self._processes = processes
        self._socket = folder / "r.sock"
        self.url = f"unix://{self._socket}"
        self.start()

    def start(self) -> None:
        self._socket.unlink(missing_ok=True)
        self.running = self._processes.start(
            "redis", binary(), "--port", "0", "--unixsocket", str(self._socket), "--save", "", "--appendonly", "no"
        )
        until(self._answers, 10, "Redis answers")

    def _answers(self) -> bool:
        with suppress(RedisError, OSError):
            return self._ask(lambda client: bool(client.ping()))
        return False

    def wipe(self) -> None:
        self._ask(lambda client: client.flushall())

    def waiting(self) -> int:
        """How many messages wait in the queues."""
        return self._ask(lambda client: sum(int(client.llen(queue)) for queue in QUEUES))

    def lose_messages(self) -> None:
        """Only the queues: what else lives in its memory stays."""
        self._ask(lambda client: client.delete(*QUEUES))

    def _ask(self, question: Callable[[Redis], Answer]) -> Answer:
        client = redis_client(self.url)
        try:
            return question(client)
        finally:
            client.close()

    def kill(self) -> None:
        self.running.kill()

    def freeze(self) -> None:
        self.running.send(signal.SIGSTOP)

    def thaw(self) -> None:
        self.running.send(signal.SIGCONT)


class Installation:
    """API, dispatchers and workers over one database and one broker of their own."""

    def __init__(
        self,
        folder: Path,
        database_url: str,
        settings: Mapping[str, str] | None = None,
        *,
        app: str = "tests.faults.apps",
        dispatcher: str = "tests.faults.apps",
    ) -> None:
        self.folder = folder
        self._app = app
        self._dispatcher = dispatcher
        self.processes = Processes(folder, {**HASTY, "DATABASE_URL": database_url, **(settings or {})})
        self.broker = Broker(self.processes, folder)
        self.processes.env["REDIS_URL"] = self.broker.url
        self.api_port = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.processes.__exit__(kind, error, trace)

    def dispatcher(self) -> Running:
        return self.processes.python("dispatcher", "-m", self._dispatcher)

    def worker(self, *, concurrency: int = 2, queues: str = f"{DEFAULT},{DOCUMENTS}") -> Running:
        return self.processes.python(
            "worker",
            *("-m", "celery", "-A", self._app, "worker", f"--queues={queues}"),
            *(f"--concurrency={concurrency}", "--without-gossip", "--without-mingle", "--loglevel=warning"),
            *("--hostname", f"worker{len(self.processes.started)}@test"),
        )

    def api(self) -> Running:
        self.api_port = free_port()
        return self.processes.api(self.api_port)

    def said(self) -> str:
        """The last words of everything, for a failed assertion."""
        return "\n".join(
            f"--- {one.log.name}\n" + "\n".join(one.said().splitlines()[-15:]) for one in self.processes.started
        )
