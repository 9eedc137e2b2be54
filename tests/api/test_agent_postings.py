"""The agent's user jobs, skills and refresh, as its client uses them."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import func, select

from core.db import transaction
from models.match import Match
from models.posting import Posting
from models.run import Run
from services import popular_skills, postings
from services.postings import groups
from services.wiring import Services
from tests.api.test_agent_door import client, register
from tests.pipelines.conftest import quick_services, services, worker_services
from tests.pipelines.draining import drain
from tests.services.test_postings import row

__all__ = ["client", "quick_services", "services", "worker_services"]

NOW = datetime(2026, 5, 1, tzinfo=UTC)
JOB = {
    "title": "Python Developer",
    "company": "Acme",
    "description": "We write Python and PostgreSQL, three years of experience needed.",
    "location": "Berlin",
    "remote_type": "hybrid",
    "job_type": "permanent",
    "salary_min": 60_000,
    "tags": ["python"],
}
KEYS = {
    *("id", "user_id", "title", "company", "description", "url", "source", "tags", "salary_min", "salary_max"),
    *("salary_currency", "location", "remote_type", "job_type", "created_at", "updated_at"),
}


@pytest.fixture
def ada(client: TestClient) -> dict[str, str]:
    return register(client)


def keep(client: TestClient, proof: dict[str, str], **changes: Any) -> dict[str, Any]:
    answer = client.post("/api/user-jobs", headers=proof, json=JOB | changes)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


class TestUserJobs:
    def test_one_is_kept_listed_changed_and_deleted(self, client: TestClient, ada: dict[str, str]) -> None:
        made = keep(client, ada)
        assert set(made) == KEYS
        assert made | JOB == made
        assert (made["source"], made["salary_currency"], made["url"]) == ("user_submitted", "USD", None)
        assert client.get(f"/api/user-jobs/{made['id']}", headers=ada).json() == made
        second = keep(client, ada, title="Go Developer")
        listed = client.get("/api/user-jobs", headers=ada).json()
        assert ([one["id"] for one in listed["jobs"]], listed["total"]) == ([second["id"], made["id"]], 2)
        changed = client.put(f"/api/user-jobs/{made['id']}", headers=ada, json={"location": None, "tags": ["go"]})
        assert changed.status_code == 200
        assert (changed.json()["location"], changed.json()["tags"], changed.json()["title"]) == (
            None,
            ["go"],
            "Python Developer",
        )
        gone = client.delete(f"/api/user-jobs/{made['id']}", headers=ada)
        assert (gone.status_code, gone.content) == (204, b"")
        assert client.get(f"/api/user-jobs/{made['id']}", headers=ada).status_code == 404

    def test_the_same_company_and_title_twice_is_a_400(self, client: TestClient, ada: dict[str, str]) -> None:
        keep(client, ada)
        other = keep(client, ada, title="Go Developer")
        again = client.post("/api/user-jobs", headers=ada, json=JOB | {"title": "PYTHON developer", "company": "acme"})
        assert again.status_code == 400
        assert "already" in again.json()["detail"]
        renamed = client.put(f"/api/user-jobs/{other['id']}", headers=ada, json={"title": "python developer"})
        assert renamed.status_code == 400
        keep(client, register(client, "grace@example.org"))

    @pytest.mark.parametrize(
        "body",
        [
            {"title": ""},
            {"title": "   "},
            {"title": None},
            {"description": ""},
            {"salary_min": -1},
            {"salary_min": 2, "salary_max": 1},
            {"url": "x" * 501},
            {"title": "x" * 256},
        ],
    )
    def test_what_cannot_be_kept_is_a_422(self, client: TestClient, ada: dict[str, str], body: dict[str, Any]) -> None:
        assert client.post("/api/user-jobs", headers=ada, json=JOB | body).status_code == 422
        made = keep(client, ada)
        answer = client.put(f"/api/user-jobs/{made['id']}", headers=ada, json=body)
        assert answer.status_code == 422, answer.text

    def test_words_of_other_clients_are_understood(self, client: TestClient, ada: dict[str, str]) -> None:
        made = keep(client, ada, remote_type="Remote", job_type="full-time", company="", url="")
        assert (made["remote_type"], made["job_type"], made["company"], made["url"]) == (
            "full",
            "permanent",
            None,
            None,
        )

    def test_nobody_else_sees_it(self, client: TestClient, ada: dict[str, str]) -> None:
        made = keep(client, ada)
        grace = register(client, "grace@example.org")
        path = f"/api/user-jobs/{made['id']}"
        missing = client.get("/api/user-jobs/999999", headers=grace)
        for answer in (
            client.get(path, headers=grace),
            client.put(path, headers=grace, json={"title": "Mine"}),
            client.delete(path, headers=grace),
        ):
            assert (answer.status_code, answer.json()) == (404, missing.json())
        assert client.get("/api/user-jobs", headers=grace).json() == {"jobs": [], "total": 0}
        assert client.get("/api/jobs").json()["total"] == 0
        assert client.get(f"/api/jobs/{made['id']}").status_code == 404
        with transaction() as session:
            popular_skills.recount(session)
        assert client.get("/api/skills/popular").json()["skills"] == []

    def test_a_public_posting_is_nobodys_to_change(self, client: TestClient, ada: dict[str, str]) -> None:
        with transaction() as session:
            (public,) = postings.upsert(session, [row(1)], now=NOW).new
        assert client.put(f"/api/user-jobs/{public}", headers=ada, json={"title": "Mine"}).status_code == 404
        assert client.delete(f"/api/user-jobs/{public}", headers=ada).status_code == 404

    def test_it_is_matched_however_low_it_scores(
        self, client: TestClient, ada: dict[str, str], quick_services: Services
    ) -> None:
        made = keep(client, ada)
        drain(quick_services)
        (match,) = client.get("/api/matches", headers=ada, params={"min_score": 0}).json()["matches"]
        assert (match["job_id"], match["status"]) == (made["id"], "matched")
        client.put(f"/api/matches/{match['id']}/status", headers=ada, json={"status": "interested"})
        client.put(f"/api/user-jobs/{made['id']}", headers=ada, json={"description": "Nursing and care."})
        drain(quick_services)
        (again,) = client.get("/api/matches", headers=ada, params={"min_score": 0}).json()["matches"]
        assert (again["id"], again["status"]) == (match["id"], "interested")

    def test_deleted_before_it_was_matched(
        self, client: TestClient, ada: dict[str, str], quick_services: Services
    ) -> None:
        made = keep(client, ada)
        client.delete(f"/api/user-jobs/{made['id']}", headers=ada)
        drain(quick_services)
        with transaction() as session:
            assert session.scalar(select(func.count()).select_from(Match)) == 0
            assert session.scalars(select(Run.status)).all() == ["failed"]

    def test_pasted_text_is_read_and_not_kept(self, client: TestClient, ada: dict[str, str]) -> None:
        text = "Data Engineer at Globex\nParis, France\nRemote, full-time, 60k-70k EUR. You know Spark and Airflow."
        answer = client.post("/api/user-jobs/parse", headers=ada, json={"job_text": text})
        assert answer.status_code == 200
        body = answer.json()
        assert (body["title"], body["company"], body["salary_min"]) == ("Data Engineer", "Globex", 60_000)
        assert set(body) == KEYS - {"id", "user_id", "source", "created_at", "updated_at"}
        assert client.get("/api/user-jobs", headers=ada).json()["total"] == 0
        assert client.post("/api/user-jobs", headers=ada, json=body).status_code == 201

    def test_too_little_text_is_a_400(self, client: TestClient, ada: dict[str, str]) -> None:
        answer = client.post("/api/user-jobs/parse", headers=ada, json={"job_text": "Engineer"})
        assert answer.status_code == 400
        assert isinstance(answer.json()["detail"], str)

    @pytest.mark.parametrize(("method", "path"), [("GET", ""), ("POST", ""), ("POST", "/parse"), ("DELETE", "/1")])
    def test_nobody_keeps_nothing(self, client: TestClient, method: str, path: str) -> None:
        answer = client.request(method, f"/api/user-jobs{path}", json=JOB)
        assert (answer.status_code, answer.json()["detail"]) == (401, "Not authenticated")


class TestSkills:
    def test_the_most_used_come_first_whatever_their_capitals(self, client: TestClient, ada: dict[str, str]) -> None:
        rows = [row(number, skills=["Python"], tags=["python", "sql"] if number < 3 else []) for number in range(5)]
        with transaction() as session:
            postings.upsert(session, [*rows, row(9, skills=["Rust"], tags=["AWS"])], now=NOW)
            popular_skills.recount(session)
        for _ in range(3):
            client.post("/api/skills/custom", headers=ada, json={"skill": "Sql"})
        body = client.get("/api/skills/popular").json()
        assert body == {
            "skills": ["Python", "Sql", "AWS", "Rust"],
            "source": "job_tags_and_custom_skills",
            "total": 4,
        }
        assert client.get("/api/skills/popular", params={"search": "yTh"}).json()["skills"] == ["Python"]
        assert client.get("/api/skills/popular", params={"search": "%"}).json()["skills"] == []

    @pytest.mark.parametrize("query", [{"limit": 9}, {"limit": 501}, {"search": ""}, {"search": "x" * 101}])
    def test_a_bad_question_is_a_422(self, client: TestClient, query: dict[str, Any]) -> None:
        assert client.get("/api/skills/popular", params=query).status_code == 422

    def test_a_skill_is_made_once_and_counted_after_that(self, client: TestClient, ada: dict[str, str]) -> None:
        first = client.post("/api/skills/custom", headers=ada, json={"skill": " Prompt Crafting "})
        assert first.status_code == 201
        assert (first.json()["skill"], first.json()["usage_count"], first.json()["created"]) == (
            "Prompt Crafting",
            1,
            True,
        )
        again = client.post("/api/skills/custom", headers=ada, json={"skill": "prompt crafting"}).json()
        assert (again["id"], again["usage_count"], again["created"]) == (first.json()["id"], 2, False)
        assert client.get("/auth/me", headers=ada).json()["skills"] == ["Prompt Crafting"]

    @pytest.mark.parametrize("skill", ["", "   ", "x" * 101, "<script>", "a;b", None])
    def test_a_name_that_is_none(self, client: TestClient, ada: dict[str, str], skill: str | None) -> None:
        assert client.post("/api/skills/custom", headers=ada, json={"skill": skill}).status_code == 422

    @pytest.mark.parametrize("skill", ["C++", "C#", ".NET", "CI/CD", "Node.js", "Objective-C (iOS)"])
    def test_names_with_signs(self, client: TestClient, ada: dict[str, str], skill: str) -> None:
        assert client.post("/api/skills/custom", headers=ada, json={"skill": skill}).json()["skill"] == skill

    def test_without_an_account_the_text_logs_nobody_out(self, client: TestClient) -> None:
        answer = client.post("/api/skills/custom", json={"skill": "Python"})
        assert (answer.status_code, answer.json()["detail"]) == (401, "Not authenticated")


class TestRefresh:
    def test_a_harvest_is_started_once_and_joined_after_that(self, client: TestClient, ada: dict[str, str]) -> None:
        first = client.post("/api/jobs/refresh", headers=ada)
        assert first.status_code == 202
        body = first.json()
        assert set(body) == {"message", "sources", "scrape_log_id", "status"}
        assert (body["sources"], body["status"]) == (["remoteok", "weworkremotely"], "queued")
        again = client.post("/api/jobs/refresh", headers=ada).json()
        assert again["scrape_log_id"] != body["scrape_log_id"]
        with transaction() as session:
            assert session.scalars(select(Run.pipeline)).all() == ["harvest"]

    def test_nobody_refreshes_nothing(self, client: TestClient) -> None:
        assert client.post("/api/jobs/refresh").status_code == 401


def test_a_job_names_every_board_that_carries_it(client: TestClient) -> None:
    with transaction() as session:
        first, second = postings.upsert(session, [row(1), row(2, source="other")], now=NOW).new
        adverts = groups.uncompared(session, "other", limit=5)
        groups.join(session, [(second, first)], adverts)
    assert [one["id"] for one in client.get("/api/jobs").json()["jobs"]] == [first]
    assert [one["source"] for one in client.get(f"/api/jobs/{first}").json()["sources"]] == ["board", "other"]
    assert [one["source"] for one in client.get(f"/api/jobs/{second}").json()["sources"]] == ["other", "board"]
    with transaction() as session:
        assert session.get_one(Posting, second).duplicate_of == first


@pytest.mark.parametrize(
    ("path", "query", "status"),
    [
        ("/api/jobs", {"min_salary": 10**30}, 422),
        ("/api/jobs", {"offset": 10**30}, 422),
        ("/api/jobs", {"page": 10**17, "per_page": 100}, 422),
        (f"/api/jobs/{10**30}", {}, 422),
        ("/api/jobs", {"source": "a\x00b", "skills": "\x00,%,_,\\", "search": "a\x00b ²³ & | ! '"}, 200),
        ("/api/jobs", {"max_salary": -5}, 200),
        ("/api/skills/popular", {"search": "a\x00"}, 200),
    ],
)
def test_what_postgres_cannot_hold_is_no_crash(
    client: TestClient, path: str, query: dict[str, Any], status: int
) -> None:
    assert client.get(path, params=query).status_code == status


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"description": "half a character \ud800"}, 422),
        ({"salary_max": 10**12}, 422),
        ({"title": "a\x00b", "tags": ["\x00go"], "salary_currency": "\x00"}, 201),
    ],
)
def test_what_a_job_cannot_hold_is_no_crash(
    client: TestClient, ada: dict[str, str], changes: dict[str, Any], status: int
) -> None:
    body = json.dumps(JOB | changes)
    answer = client.post("/api/user-jobs", headers=ada | {"Content-Type": "application/json"}, content=body)
    assert answer.status_code == status, answer.text
