"""The storm: runs by the hundred while a worker is killed every second and the broker is wiped twice."""

import contextlib
import itertools
import random
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import psutil
import psycopg
import pytest

from tests.faults.checker import findings
from tests.faults.machines import Installation
from tests.people import bearer_of, person
from tests.processes import Running

COST = 3
CLIENTS = 4
WORKERS = 3
CONCURRENCY = 3
WHOLE_EVERY = 5


class Storm:
    """Kills a worker every second: a pool process with whatever stage it holds, and every fifth time the whole worker
    with all of its processes, which another replaces, as a supervisor would.
    """

    def __init__(self, installation: Installation) -> None:
        self._installation = installation
        self._workers: list[Running] = [installation.worker(concurrency=CONCURRENCY) for _ in range(WORKERS)]
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._rage, daemon=True)
        self._chance = random.Random(7)
        self.killed = 0

    def _rage(self) -> None:
        for number in itertools.count(1):
            if self._over.wait(1.0):
                return
            place = number % WORKERS
            if number % WHOLE_EVERY == 0:
                self._workers[place].kill()
                self._workers[place] = self._installation.worker(concurrency=CONCURRENCY)
            elif pool := self._workers[place].children():
                with contextlib.suppress(psutil.NoSuchProcess):
                    self._chance.choice(pool).kill()
            self.killed += 1

    @contextmanager
    def raging(self) -> Iterator[None]:
        self._thread.start()
        try:
            yield
        finally:
            self._over.set()
            self._thread.join(30)


class Client(threading.Thread):
    """Asks for its share of the runs, and keeps what each 202 promised."""

    def __init__(self, port: int, user_id: int, runs: int) -> None:
        super().__init__(daemon=True)
        self._port = port
        self._headers = bearer_of(user_id)
        self._runs = runs
        self.promised: list[str] = []
        self.slowest = 0.0

    def run(self) -> None:
        address = f"http://127.0.0.1:{self._port}/api/v1/runs/selfcheck"
        with httpx.Client(headers=self._headers, timeout=30, trust_env=False) as client:
            for _ in range(self._runs):
                started = time.monotonic()
                answer = client.post(address, json={"cost": COST})
                self.slowest = max(self.slowest, time.monotonic() - started)
                assert answer.status_code == 202, answer.text
                self.promised.append(answer.json()["run_id"])


def _ended(url: str) -> int:
    with psycopg.connect(url) as connection:
        row = connection.execute(
            "select count(*) from runs where status in ('completed', 'failed', 'cancelled')"
        ).fetchone()
        assert row is not None
        return int(row[0])


def _weather(installation: Installation, url: str, runs: int, seconds: float) -> None:
    """Wipe the broker after a third and after two thirds of the runs; return when all have ended."""
    deadline = time.monotonic() + seconds
    wipes = [runs // 3, 2 * runs // 3]
    while (ended := _ended(url)) < runs:
        assert time.monotonic() < deadline, f"{ended} of {runs} ended within {seconds:g} s\n{installation.said()}"
        if wipes and ended >= wipes[0]:
            installation.broker.wipe()
            wipes.pop(0)
        time.sleep(0.05)
    assert not wipes


def _storm(url: str, folder: Path, *, runs: int, seconds: float) -> None:
    users = [person(grant=runs * COST, admin=True) for _ in range(CLIENTS)]
    with Installation(folder, url, app="workers.app", dispatcher="workers.dispatcher") as installation:
        installation.api()
        installation.dispatcher()
        storm = Storm(installation)
        clients = [Client(installation.api_port, user_id, runs // CLIENTS) for user_id in users]
        started = time.monotonic()
        with storm.raging():
            for client in clients:
                client.start()
            _weather(installation, url, runs, seconds)
            for client in clients:
                client.join(30)
        took = time.monotonic() - started
    promised = [run_id for client in clients for run_id in client.promised]
    assert len(promised) == runs
    assert findings(url, promised) == []
    assert storm.killed >= took / 3, "it was a storm"
    print(_report(url, runs, took, storm, clients))  # noqa: T201 — shown by `pytest -s` and when it fails


def _report(url: str, runs: int, took: float, storm: Storm, clients: list[Client]) -> str:
    with psycopg.connect(url) as connection:
        states = Counter(dict(connection.execute("select status, count(*) from runs group by status").fetchall()))
        retried = connection.execute("select count(*) from run_events where message like 'The worker stopped%'")
        row = retried.fetchone()
    slowest = max(client.slowest for client in clients)
    return (
        f"{runs} runs in {took:.0f} s, {storm.killed} workers killed, 2 wipes: {dict(states)}; "
        f"{row[0] if row else 0} stages taken over; slowest 202 {slowest * 1000:.0f} ms; all is well"
    )


def test_a_short_storm_loses_nothing_and_doubles_nothing(clean_db: str, folder: Path) -> None:
    _storm(clean_db, folder, runs=120, seconds=240)


@pytest.mark.storm
@pytest.mark.timeout(1200)
def test_two_thousand_runs_come_through_a_storm(clean_db: str, folder: Path) -> None:
    _storm(clean_db, folder, runs=2000, seconds=1100)
