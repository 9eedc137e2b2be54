"""The processes of the platform, once: the embedded stack starts them, and docker-compose.yml is tested against them.

`python` stands for the interpreter and `{data}` for the data folder. What differs between the two forms (addresses,
secrets) travels in the environment, so the commands are the same.
"""

import signal
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cli.children import Program
from core.queue import DEFAULT, DOCUMENTS, EMBEDDINGS, LLM, QUEUES, SCRAPE

# Processes of a worker's pool. An embeddings process holds the model in memory, the waiting queues only wait.
CONCURRENCY = {DOCUMENTS: 2, EMBEDDINGS: 1, LLM: 2, SCRAPE: 2, DEFAULT: 2}
_SOFT_SHUTDOWN_SECONDS = 25.0
_CELERY = ("python", "-m", "celery", "-A", "workers.app")


@dataclass(frozen=True)
class Process:
    name: str
    command: tuple[str, ...]
    env: Mapping[str, str] = field(default_factory=dict)
    patience: float = 10.0
    last_signal: signal.Signals | None = None

    def program(self, data: Path, env: Mapping[str, str]) -> Program:
        argv = tuple(part.format(data=data) for part in self.command)
        return Program(
            name=self.name,
            argv=(sys.executable, *argv[1:]),
            env={**env, **self.env},
            log=data / "logs" / f"{self.name}.log",
            stop_signal=signal.SIGTERM,
            last_signal=self.last_signal,
            patience=self.patience,
        )


def worker(queue: str) -> Process:
    return Process(
        name=f"worker-{queue}",
        command=(
            *(*_CELERY, "worker", "-Q", queue, "-n", f"{queue}@%h"),
            *(f"--concurrency={CONCURRENCY[queue]}", "--without-gossip", "--without-mingle", "--loglevel=info"),
        ),
        env={"REMAP_SIGTERM": "SIGQUIT"},  # a stage in hand is finished, or given back, before the worker ends
        patience=_SOFT_SHUTDOWN_SECONDS + 5.0,
        # A soft shutdown talks to the broker, which dies in the same moment: Celery may wait for it for ever. What the
        # worker holds is found by its lease.
        last_signal=signal.SIGKILL,
    )


API = Process("api", ("python", "-m", "api"))
DISPATCHER = Process("dispatcher", ("python", "-m", "workers.dispatcher"))
WORKERS = tuple(worker(queue) for queue in QUEUES)
BEAT = Process("beat", (*_CELERY, "beat", "-s", "{data}/beat-schedule"), last_signal=signal.SIGKILL)
FLOWER = Process(
    "flower", (*_CELERY, "flower"), last_signal=signal.SIGKILL
)  # FLOWER_PORT, FLOWER_ADDRESS, FLOWER_BASIC_AUTH

PROCESSES = (API, DISPATCHER, *WORKERS, BEAT, FLOWER)
# An interpreter takes a core for two seconds to start. These wait for the API, so that the first visitor waits less.
LATER = frozenset({worker(LLM).name, worker(SCRAPE).name, BEAT.name, FLOWER.name})
MIGRATE = ("offerline", "migrate")
