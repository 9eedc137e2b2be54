"""The copilot's own jobs, its search and its figures, as its client uses them."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from api.app import create_app
from core.clock import utc_now
from core.db import transaction
from models.run import Run
from models.tracked_job import STAGES, TrackedJob
from models.user import UserProfile
from services import postings
from tests.people import bearer_of, person
from tests.services.test_postings import row

JOB = {
    "company": "Acme",
    "title": "Python Developer",
    "location": "Berlin",
    "description": "We write Python.",
    "requirements": "Three years",
    "salary_min": 60_000,
    "salary_max": 80_000,
    "currency": "EUR",
    "job_type": "full-time",
    "remote_option": "remote",
    "tech_stack": ["Python", "SQL"],
    "application_url": "https://acme.example/1",
    "notes": "Ask Grace",
}
KEYS = {
    *("id", "user_id", "company", "title", "location", "description", "requirements", "responsibilities"),
    *("salary_min", "salary_max", "currency", "salary_range", "job_type", "remote_option", "remote", "tech_stack"),
    *("documents_required", "application_url", "url", "source", "status", "date_applied", "notes"),
    *("created_at", "updated_at"),
}


@pytest.fixture
def client(clean_db: str, redis_url: str) -> Iterator[TestClient]:
    with TestClient(create_app(), raise_server_exceptions=False) as one:
        yield one


@pytest.fixture
def ada(client: TestClient) -> dict[str, str]:
    return bearer_of(person())


def made(client: TestClient, proof: dict[str, str], **changes: Any) -> dict[str, Any]:
    answer = client.post("/api/v1/jobs", headers=proof, json=JOB | changes)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def public(*rows: dict[str, Any]) -> tuple[int, ...]:
    with transaction() as session:
        return postings.upsert(session, rows, now=utc_now()).new


def searched(client: TestClient, proof: dict[str, str], **query: Any) -> list[str]:
    answer = client.get("/api/v1/jobs/search", headers=proof, params=query)
    assert answer.status_code == 200, answer.text
    return [one["title"] for one in answer.json()]


class TestOwnJobs:
    def test_one_is_made_listed_shown_changed_and_deleted(self, client: TestClient, ada: dict[str, str]) -> None:
        job = made(client, ada)
        assert set(job) == KEYS
        assert job | JOB == job
        assert (job["status"], job["source"], job["remote"], job["url"]) == (
            "not_applied",
            "manual",
            True,
            JOB["application_url"],
        )
        second = made(client, ada, title="Go Developer")
        listed = client.get("/api/v1/jobs", headers=ada)
        assert [one["id"] for one in listed.json()] == [second["id"], job["id"]]
        assert listed.headers["X-Total-Count"] == "2"
        assert [one["id"] for one in client.get("/api/v1/jobs?skip=1&limit=1", headers=ada).json()] == [job["id"]]
        path = f"/api/v1/jobs/{job['id']}"
        assert client.get(path, headers=ada).json() == job
        changed = client.patch(path, headers=ada, json={"status": "applied", "notes": None}).json()
        assert (changed["status"], changed["notes"], changed["title"]) == ("applied", None, job["title"])
        assert changed["date_applied"] is not None
        gone = client.delete(path, headers=ada)
        assert (gone.status_code, gone.content) == (204, b"")
        assert client.get(path, headers=ada).status_code == 404
        assert client.delete(path, headers=ada).status_code == 404

    def test_an_undo_sends_the_whole_job_back(self, client: TestClient, ada: dict[str, str]) -> None:
        job = made(client, ada)
        path = f"/api/v1/jobs/{job['id']}"
        client.put(path, headers=ada, json={"status": "rejected", "tech_stack": [], "url": "https://b.example"})
        undone = client.put(path, headers=ada, json=job).json()
        assert {**undone, "updated_at": ""} == {**job, "updated_at": ""}

    def test_a_form_that_spreads_a_job_changes_the_name_it_knows(self, client: TestClient, ada: dict[str, str]) -> None:
        job = made(client, ada)
        path = f"/api/v1/jobs/{job['id']}"
        moved = client.put(path, headers=ada, json={**job, "url": "https://new.example", "remote": False}).json()
        assert (moved["application_url"], moved["url"]) == ("https://new.example", "https://new.example")
        assert (moved["remote"], moved["remote_option"]) == (False, "no")
        other = client.put(path, headers=ada, json={**moved, "application_url": "https://third.example"}).json()
        assert other["url"] == "https://third.example"

    def test_the_first_day_of_applying_stays(self, client: TestClient, ada: dict[str, str]) -> None:
        path = f"/api/v1/jobs/{made(client, ada)['id']}"
        first = client.patch(path, headers=ada, json={"status": "applied"}).json()["date_applied"]
        client.patch(path, headers=ada, json={"status": "interviewing"})
        again = client.patch(path, headers=ada, json={"status": "applied"}).json()
        assert again["date_applied"] == first
        own = client.patch(path, headers=ada, json={"date_applied": "2026-01-02T03:04:05Z"}).json()
        assert own["date_applied"].startswith("2026-01-02T03:04:05")

    @pytest.mark.parametrize(
        ("sent", "kept"),
        [
            ({"requirements": {"years": 3}}, {"requirements": '{"years": 3}'}),
            ({"remote_option": True}, {"remote_option": "yes", "remote": True}),
            ({"remote_option": None, "remote": False}, {"remote_option": "no", "remote": False}),
            ({"source": "moonboard"}, {"source": "manual"}),
            ({"source": "indeed"}, {"source": "indeed"}),
            ({"application_url": None, "url": "https://x.example"}, {"application_url": "https://x.example"}),
            ({"tech_stack": None}, {"tech_stack": []}),
            ({"title": " a\x00b "}, {"title": "ab"}),
        ],
    )
    def test_words_of_both_clients_are_understood(
        self, client: TestClient, ada: dict[str, str], sent: dict[str, Any], kept: dict[str, Any]
    ) -> None:
        assert made(client, ada, **sent).items() >= kept.items()

    @pytest.mark.parametrize(
        "body",
        [
            {"title": ""},
            {"company": None},
            {"salary_min": -1},
            {"salary_min": 2, "salary_max": 1},
            {"salary_max": 10**12},
            {"tech_stack": "python"},
        ],
    )
    def test_what_cannot_be_kept_is_a_422(self, client: TestClient, ada: dict[str, str], body: dict[str, Any]) -> None:
        assert client.post("/api/v1/jobs", headers=ada, json=JOB | body).status_code == 422
        answer = client.patch(f"/api/v1/jobs/{made(client, ada)['id']}", headers=ada, json=body)
        assert answer.status_code == 422, answer.text
        assert "detail" in answer.json()

    @pytest.mark.parametrize("body", [{"status": "hired"}, {"source": "moonboard"}, {"status": None}])
    def test_a_bad_status_or_source_is_a_422(
        self, client: TestClient, ada: dict[str, str], body: dict[str, Any]
    ) -> None:
        path = f"/api/v1/jobs/{made(client, ada)['id']}"
        assert client.patch(path, headers=ada, json=body).status_code == 422
        assert client.post("/api/v1/jobs", headers=ada, json={"title": "x"}).status_code == 422

    @pytest.mark.parametrize("query", ["skip=-1", "limit=0", "limit=1001", f"skip={10**30}"])
    def test_a_window_that_is_none_is_a_400(self, client: TestClient, ada: dict[str, str], query: str) -> None:
        for path in ("/api/v1/jobs", "/api/v1/jobs/search"):
            answer = client.get(f"{path}?{query}", headers=ada)
            assert (answer.status_code, type(answer.json()["detail"])) == (400, str)

    def test_every_stage_has_a_word_here(self, client: TestClient) -> None:
        user_id = person()
        with transaction() as session:
            session.add_all(TrackedJob(user_id=user_id, title=stage, stage=stage) for stage in STAGES)
        shown = client.get("/api/v1/jobs", headers=bearer_of(user_id)).json()
        words = {one["title"]: one["status"] for one in shown}
        assert {words[stage] for stage in STAGES} == {
            *("not_applied", "saved", "interested", "applied", "interviewing", "offer", "rejected"),
        }
        assert (words["onsite"], words["accepted"], words["withdrawn"]) == ("interviewing", "offer", "rejected")

    def test_what_a_machine_found_is_matched_only_where_there_is_a_resume(
        self, client: TestClient, ada: dict[str, str]
    ) -> None:
        made(client, ada, source="scraped")
        with transaction() as session:
            assert session.scalars(select(Run)).all() == []


class TestCatalogue:
    def test_a_posting_is_found_shown_and_kept_by_changing_it(self, client: TestClient, ada: dict[str, str]) -> None:
        (posting,) = public(row(1, title="Rust Developer", source="weworkremotely"))
        (found,) = client.get("/api/v1/jobs/search?query=rust", headers=ada).json()
        assert set(found) == KEYS
        assert (found["id"], found["status"], found["source"], found["remote"]) == (
            posting,
            "not_applied",
            "scraped",
            True,
        )
        assert client.get(f"/api/v1/jobs/{posting}", headers=ada).json() == found
        assert client.get("/api/v1/jobs", headers=ada).json() == []
        kept = client.patch(f"/api/v1/jobs/{posting}", headers=ada, json={"status": "saved"}).json()
        assert (kept["status"], kept["title"]) == ("saved", "Rust Developer")
        again = client.put(f"/api/v1/jobs/{posting}", headers=ada, json={"notes": "Nice"}).json()
        assert (again["id"], again["status"]) == (kept["id"], "saved")
        assert [one["id"] for one in client.get("/api/v1/jobs", headers=ada).json()] == [kept["id"]]
        assert [one["id"] for one in client.get("/api/v1/jobs/search?query=rust", headers=ada).json()] == [kept["id"]]
        grace = bearer_of(person())
        assert client.get(f"/api/v1/jobs/{kept['id']}", headers=grace).status_code == 404
        assert client.get(f"/api/v1/jobs/{posting}", headers=grace).json()["status"] == "not_applied"
        assert client.delete(f"/api/v1/jobs/{kept['id']}", headers=ada).status_code == 204
        assert [one["id"] for one in client.get("/api/v1/jobs/search?query=rust", headers=ada).json()] == [posting]

    def test_a_posting_is_nobodys_to_delete(self, client: TestClient, ada: dict[str, str]) -> None:
        (posting,) = public(row(1))
        assert client.delete(f"/api/v1/jobs/{posting}", headers=ada).status_code == 404

    def test_ids_of_jobs_and_postings_never_meet(self, client: TestClient, ada: dict[str, str]) -> None:
        ids = [made(client, ada)["id"], *public(row(1)), made(client, ada)["id"], *public(row(2))]
        assert len(set(ids)) == 4

    def test_each_filter_narrows_both(self, client: TestClient, ada: dict[str, str]) -> None:
        made(client, ada, title="Own", location="Berlin", tech_stack=["Go"], salary_min=50_000, salary_max=70_000)
        made(client, ada, title="Intern", job_type="internship", remote_option="onsite", location=None, salary_min=None)
        public(
            row(1, title="Public", location="Berlin, Germany", skills=["Golang"], salary_min=90_000, salary_max=90_000),
            row(2, title="Office", remote_type="onsite", job_type="contract", location="Paris", skills=[], tags=[]),
            row(3, title="Trainee", seniority="intern", remote_type=None, location="", skills=[], tags=[]),
        )
        everything = {"Own", "Intern", "Public", "Office", "Trainee"}
        assert set(searched(client, ada)) == everything
        assert searched(client, ada, location="berlin") == ["Own", "Public"]
        assert searched(client, ada, remote_only=True) == ["Own", "Public"]
        assert searched(client, ada, tech_stack=["go", "cobol"]) == ["Own", "Public"]
        assert searched(client, ada, job_type="internship") == ["Intern", "Trainee"]
        assert searched(client, ada, job_type="contract") == ["Office"]
        assert searched(client, ada, min_salary=60_000, max_salary=80_000) == ["Intern", "Own"]
        assert searched(client, ada, min_salary=85_000) == ["Public"]
        assert searched(client, ada, query="python") == ["Intern", "Own", "Trainee", "Office", "Public"]
        assert searched(client, ada, query="100%") == []

    def test_pages_follow_each_other_across_both(self, client: TestClient, ada: dict[str, str]) -> None:
        for number in range(3):
            made(client, ada, title=f"Own {number}")
        public(*(row(number, title=f"Public {number}") for number in range(4)))
        whole = searched(client, ada)
        assert len(whole) == len(set(whole)) == 7
        assert [title for skip in range(0, 8, 2) for title in searched(client, ada, skip=skip, limit=2)] == whole

    def test_available_are_those_not_applied_for(self, client: TestClient, ada: dict[str, str]) -> None:
        own = made(client, ada, title="Own")
        applied = made(client, ada, title="Applied")
        client.patch(f"/api/v1/jobs/{applied['id']}", headers=ada, json={"status": "applied"})
        public(row(1, title="Public", tags=["python"]))
        found = client.get("/api/v1/jobs/available", headers=ada).json()
        assert [one["title"] for one in found] == ["Own", "Public"]
        assert (found[0]["id"], found[0]["company"], found[0]["salary"]) == (
            own["id"],
            {"name": "Acme", "logo": None},
            {"min": 60_000, "max": 80_000, "currency": "EUR"},
        )
        assert set(found[1]) == {"id", "title", "company", "location", "salary", "type", "postedAt", "tags", "source"}

    def test_recommendations_are_the_share_of_skills_they_name(self, client: TestClient) -> None:
        user_id = person()
        with transaction() as session:
            session.get_one(UserProfile, user_id).skills = ["python", "postgres", "Kubernetes", "Go"]
        proof = bearer_of(user_id)
        made(client, proof, title="Three", tech_stack=["Python", "PostgreSQL", "k8s"])
        made(client, proof, title="One", tech_stack=["Python"])
        made(client, proof, title="None", tech_stack=[])
        gone = made(client, proof, title="Applied", tech_stack=["Python", "PostgreSQL", "k8s"])
        client.patch(f"/api/v1/jobs/{gone['id']}", headers=proof, json={"status": "applied"})
        path = "/api/v1/jobs/recommendations"
        assert [(one["title"], one["match_score"]) for one in client.get(path, headers=proof).json()] == [("Three", 75)]
        every = client.get(f"{path}?min_match_score=0", headers=proof).json()
        assert [(one["title"], one["match_score"]) for one in every] == [("Three", 75), ("None", 50), ("One", 25)]


class TestInsights:
    def test_both_are_counted_once_and_stages_are_ones_own(self, client: TestClient, ada: dict[str, str]) -> None:
        now = utc_now()
        (kept, _, _) = public(
            row(1, source="remoteok", posted_at=now, salary_min=100_000, salary_max=100_000, salary_currency="USD"),
            row(2, source="lever", posted_at=now, remote_type="onsite", location="Paris"),
            row(3, source="lever", posted_at=now - timedelta(days=40)),
        )
        client.patch(f"/api/v1/jobs/{kept}", headers=ada, json={"status": "saved"})
        made(client, ada, remote_option="onsite", currency="USD", salary_min=30_000, salary_max=40_000)
        body = client.get("/api/v1/jobs/insights", headers=ada).json()
        assert (body["timeframe_days"], body["total_jobs"], body["remote_jobs"]) == (30, 3, 1)
        assert body["remote_percentage"] == 33.3
        assert body["status_breakdown"] == {"saved": 1, "not_applied": 1}
        assert body["source_breakdown"] == {"remoteok": 1, "scraped": 1, "manual": 1}
        assert body["top_locations"] == {"Berlin": 2, "Paris": 1}
        assert {one["min"]: one["count"] for one in body["salary_histogram"] if one["count"]} == {25_000: 1, 100_000: 1}
        assert body["salary_histogram"][-1]["max"] is None
        wide = client.get("/api/v1/jobs/analytics?timeframe_days=60", headers=ada).json()
        assert wide["total_jobs"] == 4

    def test_nothing_is_no_crash(self, client: TestClient, ada: dict[str, str]) -> None:
        body = client.get("/api/v1/jobs/insights", headers=ada).json()
        assert (body["total_jobs"], body["remote_percentage"], body["status_breakdown"]) == (0, 0.0, {})
        assert client.get("/api/v1/jobs/insights?timeframe_days=0", headers=ada).status_code == 422
