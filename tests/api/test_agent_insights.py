"""The agent's refresh of matches, one match, and what the market asks for beside one's skills."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import func, select, update

from core.clock import utc_now
from core.db import transaction
from models.match import Match
from models.run import Run
from models.user import UserProfile
from services import popular_skills, postings
from services.wiring import Services
from tests.api.test_agent_door import client
from tests.api.test_agent_postings import JOB
from tests.people import bearer_of, person
from tests.pipelines.conftest import quick_services, services, worker_services
from tests.pipelines.draining import drain
from tests.services.test_postings import row

__all__ = ["client", "quick_services", "services", "worker_services"]

NOW = datetime(2026, 5, 1, tzinfo=UTC)


def skilled(*skills: str) -> dict[str, str]:
    user_id = person()
    with transaction() as session:
        session.get_one(UserProfile, user_id).skills = list(skills)
    return bearer_of(user_id)


def status_of(client: TestClient, proof: dict[str, str]) -> dict[str, Any]:
    answer = client.get("/api/matches/refresh/status", headers=proof)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


class TestRefresh:
    def test_it_is_followed_to_its_end(self, client: TestClient, quick_services: Services) -> None:
        boss = bearer_of(person(admin=True))
        assert status_of(client, boss) == {"status": "none", "message": "Nothing was matched lately."}
        started = client.post("/api/matches/refresh", headers=boss)
        assert (started.status_code, started.json()["status"]) == (200, "processing")
        assert status_of(client, boss)["status"] == "pending"
        assert client.post("/api/matches/refresh", headers=boss).json()["status"] == "already_processing"
        drain(quick_services)
        ended = status_of(client, boss)
        assert (ended["status"], "result" in ended) == ("failed", False)
        assert "résumé" in ended["message"]
        with transaction() as session:
            assert session.scalar(select(func.count()).select_from(Run)) == 1

    def test_a_result_is_there_when_it_completed_and_for_an_hour(self, client: TestClient) -> None:
        boss_id = person(admin=True)
        client.post("/api/matches/refresh", headers=bearer_of(boss_id))
        result = {"matches_created": 3, "matches_updated": 1, "total_jobs_processed": 40}
        done = {"status": "completed", "result": result, "message": "3 matches", "finished_at": utc_now()}
        with transaction() as session:
            session.execute(update(Run).values(**done))
        assert status_of(client, bearer_of(boss_id))["result"] == result
        assert client.post("/api/matches/refresh", headers=bearer_of(boss_id)).json()["status"] == "processing"
        with transaction() as session:
            session.execute(update(Run).values(**done | {"finished_at": utc_now() - timedelta(hours=1, seconds=1)}))
        assert status_of(client, bearer_of(boss_id))["status"] == "none"

    def test_it_is_for_administrators_and_ones_own(self, client: TestClient) -> None:
        boss = bearer_of(person(admin=True))
        answer = client.post("/api/matches/refresh", headers=bearer_of(person()))
        assert (answer.status_code, answer.json()["detail"]) == (403, "Admin access required")
        client.post("/api/matches/refresh", headers=boss)
        assert status_of(client, bearer_of(person()))["status"] == "none"


def test_one_match_with_its_job(client: TestClient, quick_services: Services) -> None:
    ada, grace = bearer_of(person()), bearer_of(person())
    client.post("/api/user-jobs", headers=ada, json=JOB)
    drain(quick_services)
    (listed,) = client.get("/api/matches?min_score=0", headers=ada).json()["matches"]
    shown = client.get(f"/api/matches/{listed['id']}", headers=ada).json()
    assert shown["match"] == listed
    assert shown["job"]["description"] == JOB["description"]
    foreign = client.get(f"/api/matches/{listed['id']}", headers=grace)
    missing = client.get("/api/matches/987654", headers=grace)
    assert (foreign.status_code, foreign.json()) == (404, missing.json())
    with transaction() as session:
        assert session.scalar(select(func.count()).select_from(Match)) == 1


class TestSkills:
    @pytest.fixture(autouse=True)
    def _market(self, client: TestClient) -> None:
        paid = {"salary_min": 100_000, "salary_max": 100_000, "salary_currency": "USD"}
        poor = {"salary_min": 50_000, "salary_max": 50_000, "salary_currency": "USD"}
        rows = [
            *(row(number, skills=["Python", "PostgreSQL", "teamwork"], **poor) for number in range(6)),
            *(row(number, skills=["Python", "Rust"], **paid) for number in range(6, 12)),
            row(12, skills=["Python", "COBOL"]),
            *(row(number, skills=["Java"]) for number in range(13, 20)),
        ]
        with transaction() as session:
            new = postings.upsert(session, rows, now=NOW).new
            postings.close_gone(session, "board", ["12"], now=NOW)
            assert len(new) == 20

    def test_gaps_are_what_postings_near_ones_skills_ask_for_beside(self, client: TestClient) -> None:
        body = client.get("/api/insights/skills", headers=skilled("python", "Postgres")).json()
        assert (body["jobs_analyzed"], body["requires_setup"]) == (12, None)
        assert body["user_skills"] == ["python", "Postgres"]
        assert body["skill_gaps"] == ["Rust"]
        assert body["market_skills"]["Python"] == {
            "count": 12,
            "frequency": 1.0,
            "avg_salary": 75_000,
            "jobs_with_salary": 12,
        }
        (advice,) = body["recommendations"]
        assert (advice["skill"], advice["priority"], advice["frequency"]) == ("Rust", "high", 6)
        assert (advice["salary_impact"], advice["learning_effort"]) == (25_000, "medium")
        assert (body["detected_category"], body["category_label"]) == ("software", "Software development")

    def test_what_one_skill_implies_is_no_gap(self, client: TestClient) -> None:
        body = client.get("/api/insights/skills?refresh=true", headers=skilled("Django", "Rust")).json()
        assert body["skill_gaps"] == []
        assert "Python" in body["market_skills"]

    def test_without_skills_it_asks_for_them(self, client: TestClient) -> None:
        body = client.get("/api/insights/skills", headers=skilled()).json()
        assert (body["requires_setup"], body["jobs_analyzed"]) == ("skills", 0)
        assert (body["skill_gaps"], body["market_skills"], body["recommendations"]) == ([], {}, [])

    def test_nothing_near_is_said(self, client: TestClient) -> None:
        body = client.post("/api/insights/skills/refresh", headers=skilled("Underwater basketry")).json()
        assert (body["jobs_analyzed"], body["requires_setup"], body["detected_category"]) == (0, None, None)
        assert "No open posting" in body["note"]

    def test_from_jobs_counts_open_postings(self, client: TestClient) -> None:
        with transaction() as session:
            popular_skills.recount(session)
        found = client.get("/api/skills/from-jobs").json()["skills"]
        assert found[0] == {"skill": "python", "count": 19}  # a tag of all that are open, and a skill of 12
        assert client.get("/api/skills/from-jobs?search=RUS").json() == {"skills": [{"skill": "Rust", "count": 6}]}
        assert len(client.get("/api/skills/from-jobs?limit=10").json()["skills"]) <= 10
        assert client.get("/api/skills/from-jobs?limit=9").status_code == 422
