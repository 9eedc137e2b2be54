"""One API process for the tests of this folder, over the database and the Redis of this test process."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from websockets.sync.client import ClientConnection, connect

from tests.people import bearer_of
from tests.processes import Processes, Running, free_port

SOCKETS_PER_USER = 3


@dataclass
class Api:
    """`client` speaks to it, `socket` opens a websocket."""

    process: Running
    port: int
    client: httpx.Client

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def socket(self, query: str = "", **options: Any) -> ClientConnection:
        return connect(f"ws://127.0.0.1:{self.port}/api/v1/ws/runs{query}", proxy=None, **options)

    def get(self, path: str, user_id: int) -> httpx.Response:
        return self.client.get(path, headers=bearer_of(user_id))

    def post(self, path: str, user_id: int, body: Any = None, **headers: str) -> httpx.Response:
        return self.client.post(path, json=body, headers=bearer_of(user_id) | headers)


@pytest.fixture(scope="session")
def api_process(database: str, redis_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    port = free_port()
    with (
        Processes(tmp_path_factory.mktemp("api"), {"SOCKETS_PER_USER": str(SOCKETS_PER_USER)}) as processes,
        httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=20, trust_env=False) as client,
    ):
        yield Api(processes.api(port), port, client)


@pytest.fixture
def api(api_process: Api, clean_db: str) -> Api:
    return api_process
