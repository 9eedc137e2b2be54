"""Postgres restarted, and killed, under load: each promise made is kept once."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import psycopg
import pytest

from cli.children import Child
from cli.embedded import start_postgres
from cli.folder import DataFolder
from cli.migrate import upgrade
from cli.servers.postgres import Postgres
from cli.supervisor import Supervisor
from tests.faults.checker import findings
from tests.faults.machines import Installation
from tests.people import bearer_of
from tests.processes import until

ADMIN = 1
GRANT = 100_000


@contextmanager
def _own_postgres(folder: Path) -> Iterator[tuple[Postgres, Child]]:
    """Durable, because it is going to be killed."""
    data, supervisor = DataFolder(folder), Supervisor()
    with data.locked():
        try:
            postgres = start_postgres(data, supervisor, durable=True)
            yield postgres, supervisor.children()[0]
        finally:
            supervisor.close()


def _prepare(url: str) -> None:
    upgrade(url)
    with psycopg.connect(url) as connection:
        connection.execute("insert into users (email, username, is_admin) values ('a@example.org', 'a', true)")
        connection.execute("insert into credit_accounts (user_id, available) values (1, %s)", [GRANT])
        connection.execute(
            "insert into credit_ledger (user_id, kind, available_delta, reserved_delta, source_ref) "
            "values (1, 'grant', %s, 0, 'test')",
            [GRANT],
        )


class Load(threading.Thread):
    """Asks for runs, one after the other, each again under its key until a 202 answers it."""

    def __init__(self, port: int, name: str) -> None:
        super().__init__(name=name, daemon=True)
        self._address = f"http://127.0.0.1:{port}/api/v1/runs/selfcheck"
        self.over = threading.Event()
        self.promised: list[str] = []
        self.refused: list[int] = []

    def run(self) -> None:
        with httpx.Client(headers=bearer_of(ADMIN), timeout=30, trust_env=False) as client:
            number = 0
            while not self.over.is_set():
                number += 1
                self._ask_until_accepted(client, f"{self.name} {number}")
                time.sleep(0.01)

    def _ask_until_accepted(self, client: httpx.Client, key: str) -> None:
        for _ in range(300):
            answer = client.post(self._address, json={"cost": 2}, headers={"Idempotency-Key": key})
            if answer.status_code == 202:
                self.promised.append(answer.json()["run_id"])
                return
            self.refused.append(answer.status_code)
            time.sleep(0.1)
        raise AssertionError(f"never accepted: {self.refused[-3:]}")


@pytest.mark.parametrize("how", ["restarted", "killed"])
def test_postgres_under_load_comes_back_and_every_promise_is_kept_once(clean_db: str, folder: Path, how: str) -> None:
    with _own_postgres(folder / "own") as (postgres, child):
        url = postgres.url()
        _prepare(url)
        with Installation(folder, url) as installation:
            installation.api()
            everything = [installation.dispatcher(), installation.worker()]
            loads = [Load(installation.api_port, f"client {n}") for n in range(3)]
            for load in loads:
                load.start()
            time.sleep(2.5)
            if how == "restarted":
                child.ask_to_stop()
                assert child.wait(20)
            else:
                child.kill()
            time.sleep(1)
            child.start()
            until(lambda: postgres.ready(child.pid), 30, "Postgres is back")
            time.sleep(2)
            for load in loads:
                load.over.set()
            for load in loads:
                load.join(40)
            promised = [run_id for load in loads for run_id in load.promised]
            assert len(promised) > 20
            assert any(load.refused for load in loads), "the load met the database's absence"
            assert {status for load in loads for status in load.refused} <= {500, 503}
            until(lambda: _left(url) == 0, 60, f"all runs ended\n{installation.said()}")
            assert all(one.alive() for one in everything), installation.said()
            assert findings(url, promised) == []


def _left(url: str) -> int:
    with psycopg.connect(url) as connection:
        row = connection.execute(
            "select count(*) from runs where status not in ('completed', 'failed', 'cancelled')"
        ).fetchone()
        assert row is not None
        return int(row[0])
