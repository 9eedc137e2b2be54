"""The copilot's market: demand and pay, counted by hand beside it."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from core.clock import utc_now
from core.db import transaction
from services import postings
from services.market import trends
from tests.people import bearer_of, person
from tests.services.test_postings import row


@pytest.fixture
def client(clean_db: str, redis_url: str) -> Iterator[TestClient]:
    with TestClient(create_app(), raise_server_exceptions=False) as one:
        yield one


def posted(days_ago: float, count: int = 1, first: int = 0, **changes: Any) -> None:
    at = utc_now() - timedelta(days=days_ago)
    source = f"board{days_ago}-{first}"
    rows = [row(number, source=source, posted_at=at, **changes) for number in range(count)]
    with transaction() as session:
        postings.upsert(session, rows, now=utc_now())


def asked(client: TestClient, path: str, **query: Any) -> dict[str, Any]:
    answer = client.get(f"/api/v1/market/{path}", headers=bearer_of(person()), params=query)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


@pytest.fixture
def _market(client: TestClient) -> None:
    """Three lately, two in the time before, one long ago; of the three one pays in euros and one in dollars."""
    pay = {"salary_min": 100_000, "salary_max": 200_000}
    posted(1, skills=["Python", "SQL"], company="Acme", tags=["Fintech", "finance"], salary_currency="EUR", **pay)
    posted(2, skills=["Python"], company="Acme", remote_type="onsite", tags=[], salary_currency="USD", **pay)
    posted(3, skills=["Go"], company="Globex", location="Paris", tags=["fintech"], job_type="contract")
    posted(40, 2, skills=["Python"], tags=["banking"])
    posted(200, skills=["COBOL"], tags=[])


@pytest.mark.usefixtures("_market")
class TestTrends:
    def test_counts_growth_and_pay(self, client: TestClient) -> None:
        body = asked(client, "trends")
        assert (body["time_range_days"], body["total_jobs_posted"], body["growth_rate"]) == (30, 3, 50.0)
        assert (body["remote_work_percentage"], body["average_postings_per_day"]) == (66.7, 0.1)
        assert body["top_skills"] == [
            {"skill": "Python", "demand_count": 2, "growth_percentage": 0.0},
            {"skill": "Go", "demand_count": 1, "growth_percentage": 0.0},
            {"skill": "SQL", "demand_count": 1, "growth_percentage": 0.0},
        ]
        berlin = {"location": "Berlin", "job_count": 2, "avg_salary": round((150_000 + 150_000 * 1.17) / 2)}
        assert body["top_locations"] == [berlin, {"location": "Paris", "job_count": 1, "avg_salary": None}]
        assert body["top_companies"] == [{"name": "Acme", "job_count": 2}, {"name": "Globex", "job_count": 1}]
        assert body["industry_trends"] == [{"industry": "Finance", "job_count": 2, "growth_rate": 0.0}]

    def test_each_question_narrows(self, client: TestClient) -> None:
        assert asked(client, "trends", time_range=365)["total_jobs_posted"] == 6
        assert asked(client, "trends", location="PAR")["total_jobs_posted"] == 1
        assert asked(client, "trends", location="_")["total_jobs_posted"] == 0
        assert asked(client, "trends", job_type="contract")["total_jobs_posted"] == 1
        assert asked(client, "trends", job_type="full-time")["total_jobs_posted"] == 2

    def test_what_only_its_owner_sees_and_what_is_a_copy_is_not_counted(self, client: TestClient) -> None:
        proof = bearer_of(person())
        client.post("/api/user-jobs", headers=proof, json={"title": "Mine", "description": "Python"})
        client.post("/api/v1/jobs", headers=proof, json={"title": "Mine", "company": "Me"})
        assert asked(client, "trends")["total_jobs_posted"] == 3

    @pytest.mark.parametrize("query", ["time_range=6", "time_range=366", "time_range=x", f"location={'x' * 201}"])
    def test_a_bad_question_is_a_422(self, client: TestClient, query: str) -> None:
        answer = client.get(f"/api/v1/market/trends?{query}", headers=bearer_of(person()))
        assert answer.status_code == 422

    def test_a_sample_is_near_the_whole(self, client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
        posted(4, 900, first=1, skills=["Rust"], tags=["gaming"])
        posted(5, 600, first=2, skills=["Perl"], tags=[])
        monkeypatch.setattr(trends, "_SAMPLE", 400)
        body = asked(client, "trends")
        counts = {one["skill"]: one["demand_count"] for one in body["top_skills"]}
        assert body["total_jobs_posted"] == 1503
        assert counts["Rust"] == pytest.approx(900, rel=0.2)
        assert counts["Perl"] == pytest.approx(600, rel=0.2)
        assert body["industry_trends"][0]["industry"] == "Games"

    def test_a_sample_tells_growth_from_chance(self, client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
        posted(4, 600, first=1, skills=["Rust", "Perl"])
        posted(40, 600, first=2, skills=["Rust"])
        posted(41, 60, first=3, skills=["Perl"])
        monkeypatch.setattr(trends, "_SAMPLE", 400)
        growth = {one["skill"]: one["growth_percentage"] for one in asked(client, "trends")["top_skills"]}
        assert growth["Rust"] == 0.0
        assert growth["Perl"] > 300


class TestSalaries:
    def test_figures_are_dollars_a_year(self, client: TestClient) -> None:
        posted(1, salary_min=100_000, salary_max=120_000, salary_currency="USD", title="Senior Data Engineer (m/f/d)")
        posted(2, salary_min=50_000, salary_max=None, salary_currency="USD", title="Data Engineer - Berlin")
        posted(3, salary_min=100_000, salary_max=100_000, salary_currency="EUR", title="Nurse", seniority="junior")
        posted(4, salary_min=30, salary_max=50, salary_currency="USD", title="Data Engineer")
        posted(5, salary_min=90_000, salary_max=90_000, salary_currency="XTS", title="Data Engineer")
        body = asked(client, "salary-insights")
        assert body["total_data_points"] == 3
        assert (body["overall_min"], body["overall_median"], body["overall_max"]) == (50_000, 110_000, 117_000)
        assert body["overall_mean"] == round((50_000 + 110_000 + 117_000) / 3)
        assert [(one["category"], one["sample_size"], one["median_salary"]) for one in body["by_role"]] == [
            ("data engineer", 2, 80_000),
            ("nurse", 1, 117_000),
        ]
        assert [one["category"] for one in body["by_experience"]] == ["junior"]
        assert body["currency_breakdown"] == {"USD": 66.7, "EUR": 33.3}
        assert asked(client, "salary-insights", role="engineer")["total_data_points"] == 2
        assert asked(client, "salary-insights", experience_level="junior")["overall_median"] == 117_000
        assert asked(client, "salary-insights", location="nowhere")["overall_median"] == 0.0

    def test_a_bad_question_is_a_422(self, client: TestClient) -> None:
        answer = client.get("/api/v1/market/salary-insights?experience_level=guru", headers=bearer_of(person()))
        assert answer.status_code == 422


@pytest.mark.parametrize("path", ["trends", "salary-insights"])
def test_nobody_is_told_nothing(client: TestClient, path: str) -> None:
    assert client.get(f"/api/v1/market/{path}").status_code == 401
