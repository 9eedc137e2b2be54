"""How good the boards are, to administrators, metrics and the copilot's ingestion page."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from fastapi.testclient import TestClient
from rich.console import Console
from typer.testing import CliRunner

from api.app import create_app
from cli import console
from cli.harvest import app
from core.clock import utc_now
from core.db import transaction
from models.run import Run
from scrapers.registry import SOURCES
from services import harvests, postings
from tests.people import bearer_of, person
from tests.services.test_postings import row


@pytest.fixture
def client(clean_db: str, redis_url: str) -> Iterator[TestClient]:
    with TestClient(create_app(), raise_server_exceptions=False) as one:
        yield one


def harvested(source: str, status: str, **counts: int) -> UUID:
    run_id = uuid4()
    with transaction() as session:
        session.add(Run(id=run_id, pipeline="harvest_source", payload={}))
        session.flush()
        harvests.record(
            session,
            run_id=run_id,
            source=source,
            status=status,
            reason="It yielded no posting." if status != "completed" else None,
            counts={"found": 0, "new": 0, "failures": 0} | counts,
            report={"count": counts.get("found", 0), "fill": {"company": 1.0, "location": 0.25}},
            now=utc_now(),
        )
    return run_id


@pytest.fixture
def _market(clean_db: str) -> None:
    rows = [row(number, source="remoteok") for number in range(3)]
    with transaction() as session:
        postings.upsert(session, rows, now=utc_now() - timedelta(hours=1))
        postings.upsert(session, [row(9, source="remoteok")], now=utc_now() - timedelta(days=2))
        postings.close_gone(session, "remoteok", ["0"], now=utc_now())
    harvested("remoteok", "completed", found=40, new=3)
    harvested("remoteok", "degraded", failures=2)


@pytest.mark.usefixtures("_market")
class TestQuality:
    def test_each_source_with_what_it_holds_and_how_it_went(self, client: TestClient) -> None:
        answer = client.get("/api/v1/sources", headers=bearer_of(person(admin=True)))
        assert answer.status_code == 200
        by_name = {one["source"]: one for one in answer.json()}
        board = by_name["remoteok"]
        assert (board["open"], board["closed"], board["new_today"], board["duplicates"]) == (3, 1, 3, 0)
        assert (board["verdict"], board["reason"], board["failures"]) == ("degraded", "It yielded no posting.", 2)
        assert board["fill"] == {"company": 1.0, "location": 0.25}
        assert board["believed_at"] < board["harvested_at"]
        never = by_name["weworkremotely"]
        assert (never["verdict"], never["open"], never["harvested_at"]) == (None, 0, None)

    def test_only_administrators_are_told(self, client: TestClient) -> None:
        assert client.get("/api/v1/sources", headers=bearer_of(person())).status_code == 403
        anonymous = client.get("/api/v1/sources")
        assert anonymous.status_code == 401
        assert anonymous.json()["error"] == "UNAUTHENTICATED"

    def test_metrics_say_the_same(self, client: TestClient) -> None:
        lines = client.get("/metrics").text.splitlines()
        assert 'offerline_source_open{source="remoteok"} 3.0' in lines
        assert 'offerline_source_failures{source="remoteok"} 2.0' in lines
        assert 'offerline_source_fill_ratio{field="location",source="remoteok"} 0.25' in lines
        assert 'offerline_source_verdict{source="remoteok",verdict="degraded"} 1.0' in lines

    def test_the_operator_sees_it_as_a_table(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(console, "out", Console(width=220))  # as wide as an operator's terminal
        result = CliRunner().invoke(app, ["report"])
        assert result.exit_code == 0, result.output
        assert "remoteok" in result.output
        assert "degraded" in result.output
        assert "25%" in result.output


@pytest.mark.usefixtures("_market")
class TestIngestion:
    def test_the_status_of_all_and_of_each(self, client: TestClient) -> None:
        body = client.get("/api/v1/job-ingestion/status", headers=bearer_of(person())).json()
        assert (body["queue_depth"], body["active_tasks"]) == (2, 0)
        assert (body["last_status"], body["jobs_ingested_24h"]) == ("degraded", 3)
        board = next(one for one in body["sources"] if one["source"] == "remoteok")
        assert set(board) == {"source", "last_run_at", "last_status", "jobs_found", "jobs_new", "error"}
        assert (board["last_status"], board["error"]) == ("degraded", "It yielded no posting.")

    def test_a_run_is_accepted_and_the_same_again_is_the_same_run(self, client: TestClient) -> None:
        user_id = person()
        asked = {"sources": ["remoteok", "lever"], "max_jobs": 20}
        answer = client.post("/api/v1/job-ingestion/run", headers=bearer_of(user_id), json=asked)
        body = answer.json()
        assert answer.status_code == 202
        assert (body["status"], body["max_jobs"], body["user_id"]) == ("queued", 20, user_id)
        assert body["sources"] == ["remoteok", "lever"]
        again = client.post("/api/v1/job-ingestion/run", headers=bearer_of(user_id), json=asked).json()
        assert again["task_id"] == body["task_id"]
        other = client.post("/api/v1/job-ingestion/run", headers=bearer_of(user_id), json={}).json()
        assert other["task_id"] != body["task_id"]
        assert (other["max_jobs"], other["sources"]) == (50, ["remoteok", "weworkremotely"])
        shown = client.get(f"/api/v1/runs/{body['task_id']}", headers=bearer_of(user_id))
        assert shown.json()["pipeline"] == "board_search"
        assert client.get(f"/api/v1/runs/{body['task_id']}", headers=bearer_of(person())).status_code == 404

    def test_what_narrows_is_what_the_worker_is_told(self, client: TestClient) -> None:
        asked = {"sources": ["lever", "lever"], "max_jobs": 7, "keywords": [" go "], "location": " Berlin "}
        body = client.post("/api/v1/job-ingestion/run", headers=bearer_of(person()), json=asked).json()
        with transaction() as session:
            payload = session.get_one(Run, UUID(body["task_id"])).payload
        assert payload == {"sources": ["lever"], "keywords": ["go"], "location": "Berlin", "most": 7}

    def test_a_search_is_what_happened_last_to_a_source(self, client: TestClient) -> None:
        user_id = person()
        asked = {"sources": ["remoteok"]}
        task = client.post("/api/v1/job-ingestion/run", headers=bearer_of(user_id), json=asked).json()["task_id"]
        path = "/api/v1/job-ingestion/status"
        before = client.get(path, headers=bearer_of(user_id)).json()
        assert before["queue_depth"] == 3
        with transaction() as session:
            run = Run(id=uuid4(), pipeline="board_search_source", payload={"source": "remoteok"}, parent_id=UUID(task))
            run.status, run.finished_at, run.result = "completed", utc_now(), {"found": 9, "new": 4}
            session.add(run)
        after = client.get(path, headers=bearer_of(user_id)).json()
        board = next(one for one in after["sources"] if one["source"] == "remoteok")
        assert (board["last_status"], board["jobs_found"], board["jobs_new"], board["error"]) == (
            "completed",
            9,
            4,
            None,
        )
        assert (after["last_status"], after["last_run_at"]) == ("completed", board["last_run_at"])

    @pytest.mark.parametrize(
        ("body", "payload"),
        [
            (
                {"skills": ["Go"], "locations": ["Berlin", "Paris"], "max_jobs": 5},
                {"keywords": ["Go"], "location": "Berlin", "most": 5},
            ),
            ({"remote": True}, {"keywords": [], "location": "remote", "most": 50}),
        ],
    )
    def test_a_scrape_that_says_what_it_wants_is_narrowed(
        self, client: TestClient, body: dict[str, object], payload: dict[str, object]
    ) -> None:
        task = client.post("/api/v1/jobs/scrape", headers=bearer_of(person()), json=body).json()["task_id"]
        with transaction() as session:
            assert session.get_one(Run, UUID(task)).payload.items() >= payload.items()

    @pytest.mark.parametrize(
        "body", [{"sources": ["moonboard"]}, {"sources": ["linkedin"]}, {"max_jobs": 0}, {"sources": "remoteok"}]
    )
    def test_what_cannot_be_run_is_a_422(self, client: TestClient, body: dict[str, object]) -> None:
        answer = client.post("/api/v1/job-ingestion/run", headers=bearer_of(person()), json=body)
        assert answer.status_code == 422
        assert "detail" in answer.json()

    def test_the_button_of_the_jobs_page_sends_nothing(self, client: TestClient) -> None:
        answer = client.post("/api/v1/jobs/scrape", headers=bearer_of(person()))
        assert answer.status_code == 202
        assert answer.json()["jobs_found"] == 3
        assert {"message", "task_id", "status"} <= set(answer.json())

    @pytest.mark.parametrize(
        ("method", "path"),
        [
            ("GET", "/api/v1/job-ingestion/status"),
            ("POST", "/api/v1/job-ingestion/run"),
            ("POST", "/api/v1/jobs/scrape"),
        ],
    )
    def test_nobody_is_told_nor_obeyed(self, client: TestClient, method: str, path: str) -> None:
        assert client.request(method, path, json={}).status_code == 401


def test_the_doors_know_the_boards_there_are() -> None:
    assert set(harvests.SOURCES) == set(SOURCES)
