"""A person's way from a résumé to a cover letter: HTTP in, real workers, everything seen on a socket."""

import json
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
import pytest
from websockets.sync.client import connect

from cli.demo_boards import serve_boards
from core.queue import QUEUES
from tests.faults.machines import Installation
from tests.processes import until

RESUME = Path(__file__).parents[2] / "cli" / "sample_resume.pdf"
TERMINAL = {"completed", "failed", "cancelled"}
SETTINGS = {
    "CREDITS_ENFORCED": "true",
    "SIGNUP_CREDITS": "100",
    "LOCAL_CREDITS_PER_1K_OUTPUT": "10",
    "LEASE_SECONDS": "15",
    "HEARTBEAT_SECONDS": "4",
}


class Person:
    """A client with an account and an open socket that remembers all it was told."""

    def __init__(self, port: int) -> None:
        self.http = httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=120, trust_env=False)
        body = self.post("/auth/register", 201, json={"email": "ada@example.org", "password": "correct horse"})
        self.http.headers["Authorization"] = f"Bearer {body['access_token']}"
        self.told: list[dict[str, Any]] = []
        self._address = f"ws://127.0.0.1:{port}/api/v1/ws/runs?token={body['access_token']}"
        self._leaving = threading.Event()
        self._listener = threading.Thread(target=self._listen)
        self._listener.start()

    def _listen(self) -> None:
        with connect(self._address, proxy=None) as socket:
            while not self._leaving.is_set():
                with suppress(TimeoutError):
                    event = json.loads(socket.recv(0.2))
                    if event["type"] == "run":
                        self.told.append(event)

    def close(self) -> None:
        self._leaving.set()
        self._listener.join(10)
        self.http.close()

    def get(self, path: str, **query: Any) -> Any:
        answer = self.http.get(path, params=query)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def post(self, path: str, status: int, **options: Any) -> Any:
        answer = self.http.post(path, **options)
        assert answer.status_code == status, answer.text
        return answer.json()

    def told_of(self, run_id: str) -> list[dict[str, Any]]:
        return [event for event in self.told if event["run_id"] == run_id]

    def wait(self, run_id: str, seconds: float = 90) -> dict[str, Any]:
        """Until the socket says that the run has ended; answers the run as polling shows it."""
        until(lambda: any(e["status"] in TERMINAL for e in self.told_of(run_id)), seconds, f"the end of {run_id}")
        run: dict[str, Any] = self.get(f"/api/v1/runs/{run_id}")
        assert run["status"] == "completed", run
        assert run["last_event_id"] == self.told_of(run_id)[-1]["id"]
        return run


@pytest.fixture
def person(clean_db: str, tmp_path: Path) -> Iterator[Person]:
    with serve_boards() as boards:
        settings = SETTINGS | {"HARVEST_BASE_URLS": json.dumps(boards), "DATA_DIR": str(tmp_path / "data")}
        with Installation(tmp_path, clean_db, settings, app="workers.app", dispatcher="workers.dispatcher") as stack:
            stack.api()
            stack.dispatcher()
            stack.worker(queues=",".join(QUEUES))
            one = Person(stack.api_port)
            yield one
            one.close()


def test_from_resume_to_letter(person: Person) -> None:
    harvest = person.wait(person.post("/api/v1/runs/harvest", 202, json={"sources": []})["run_id"])
    assert harvest["result"]["new"] > 50

    upload = person.post("/api/upload", 201, files={"file": ("cv.pdf", RESUME.read_bytes())})
    job_id = person.post("/api/analysis/start", 202, params={"upload_id": upload["id"]})["job_id"]
    person.wait(job_id)
    assert [e["stage"] for e in person.told_of(job_id) if e["status"] == "running"] == [
        "extracting_text",
        "chunking",
        "generating_embeddings",
        "analyzing",
    ]
    assert person.get("/api/analysis/result", job_id=job_id)["email"]

    person.wait(person.post("/api/v1/runs/matching", 202)["run_id"])
    matches = person.get("/api/matches", min_score=0, limit=10)["matches"]
    assert len(matches) == 10
    assert [one["score"] for one in matches] == sorted((one["score"] for one in matches), reverse=True)

    letter = person.post(f"/api/matches/{matches[0]['id']}/generate-cover-letter", 200)
    assert (letter["cached"], letter["model"]) == (False, "local")
    assert matches[0]["job_company"] in letter["cover_letter"]
    assert person.post(f"/api/matches/{matches[0]['id']}/generate-cover-letter", 200)["cached"]

    ledger = person.get("/api/v1/credits/ledger")
    assert [entry["kind"] for entry in reversed(ledger["entries"])] == ["grant", "reserve", "charge", "release"]
    assert sum(entry["available_delta"] for entry in ledger["entries"]) == ledger["available"]
    assert ledger["reserved"] == 0

    ids = [event["id"] for event in person.told]
    assert ids == sorted(set(ids))
