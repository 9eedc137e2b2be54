"""Two single-page clients at work on jobs, over the whole application with a worker beside and boards that answer.

Each helper does what the client's own request code does: which headers go out, how an answer is read, what is dropped.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from cli.demo_boards import serve_boards
from core.db import transaction
from core.settings import get_settings
from models.user import UserProfile
from services.wiring import Services
from tests.api.test_agent_door import working
from tests.people import bearer_of, person, token_of
from tests.pipelines.conftest import quick_services, services, worker_services

__all__ = ["quick_services", "services", "worker_services"]

pytestmark = pytest.mark.usefixtures("clean_db", "redis_url")
ORIGIN = "http://testserver"


@contextmanager
def served(services: Services) -> Iterator[TestClient]:
    with serve_boards() as urls:
        changes = {"harvest_base_urls": urls, "harvest_sources": tuple(urls)}
        settings = get_settings().model_copy(update=changes)
        app = create_app()
        app.state.settings = settings
        app.dependency_overrides[get_settings] = lambda: settings
        told = replace(services, settings=services.settings.model_copy(update=changes))
        with TestClient(app, base_url=ORIGIN, raise_server_exceptions=False) as client, working(told):
            yield client


def polled(look: Callable[[], Any], ready: Callable[[Any], bool], seconds: float = 60) -> Any:
    """As a page does on a timer."""
    until = time.monotonic() + seconds
    while not ready(seen := look()):
        assert time.monotonic() < until, seen
        time.sleep(0.2)
    return seen


@dataclass
class Agent:
    """Drops empty query parameters, sends a bearer and no cookie, reads JSON only where the answer says it is."""

    client: TestClient
    proof: dict[str, str]

    def __call__(self, method: str, path: str, body: Any = None, **query: Any) -> Any:
        self.client.cookies.clear()
        params = {name: value for name, value in query.items() if value not in ("", None)}
        answer = self.client.request(method, path, json=body, params=params, headers=self.proof)
        if answer.status_code >= 400:
            detail = answer.json()["detail"]
            raise Refused(answer.status_code, detail[0]["msg"] if isinstance(detail, list) else detail)
        return answer.json() if "application/json" in answer.headers.get("content-type", "") else None


@dataclass
class Copilot:
    """A page on the same origin: the cookie is its proof, and one part of it sends the literal `Bearer null`."""

    client: TestClient

    def __call__(self, method: str, path: str, body: Any = None, **query: Any) -> Any:
        headers = {"Origin": ORIGIN, "Authorization": "Bearer null"}
        answer = self.client.request(method, f"/api/v1{path}", json=body, params=query, headers=headers)
        if answer.status_code >= 400:
            detail = answer.json()["detail"]
            raise Refused(answer.status_code, detail if isinstance(detail, str) else answer.text)
        return None if answer.status_code == 204 else answer.json()


class Refused(Exception):
    """What the page shows."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(f"{status} {text}")
        self.status, self.text = status, text


def test_the_agents_pages(quick_services: Services) -> None:
    with served(quick_services) as client:
        boss_id = person(admin=True)
        call = Agent(client, bearer_of(boss_id))

        assert call("GET", "/api/jobs", page=1, per_page=20, search="", source="", skills="")["jobs"] == []
        started = call("POST", "/api/jobs/refresh")
        assert (started["status"], started["sources"]) == ("queued", ["remoteok", "weworkremotely"])
        polled(lambda: call("GET", "/api/jobs", page=1, per_page=20), lambda seen: seen["pagination"]["total"] > 100)
        board = polled(
            lambda: call("GET", "/api/jobs", page=1, per_page=20, source="weworkremotely"),
            lambda seen: seen["total"] > 20,
        )
        assert {one["source"] for one in board["jobs"]} == {"weworkremotely"}
        _browse(call)
        _own_jobs(call)

        polled(lambda: call("GET", "/api/skills/popular", limit=200)["skills"], lambda seen: len(seen) > 20)
        (popular,) = call("GET", "/api/skills/popular", limit=50, search="pyth")["skills"]
        (named,) = call("GET", "/api/skills/from-jobs", search="pyth", limit=50)["skills"]
        assert popular.lower() == named["skill"].lower() == "python"
        with pytest.raises(Refused) as refused:
            Agent(client, {})("POST", "/api/skills/custom", {"skill": "Python"})
        assert refused.value.status == 401
        assert not {"token", "session"} & set(refused.value.text.lower().split())
        _matches_and_insights(call, boss_id)


def _browse(call: Agent) -> None:
    first = call("GET", "/api/jobs", page=1, per_page=20)
    second = call("GET", "/api/jobs", page=2, per_page=20)
    pages = first["pagination"]
    assert (pages["page"], pages["per_page"], pages["has_next"], pages["has_prev"]) == (1, 20, True, False)
    assert second["pagination"]["has_prev"]
    assert not {one["id"] for one in first["jobs"]} & {one["id"] for one in second["jobs"]}
    worded = call("GET", "/api/jobs", page=1, per_page=20, search="senior engin")["jobs"]
    assert worded
    assert all("engin" in f"{one['title']} {one['description']}".lower() for one in worded)
    paid = call("GET", "/api/jobs", page=1, per_page=100, min_salary=100_000, remote_type="full")["jobs"]
    assert paid
    assert all(one["salary_min"] >= 100_000 and one["remote_type"] == "full" for one in paid)
    skilled = call("GET", "/api/jobs", page=1, per_page=20, skills="pyth,kubern")
    assert 0 < skilled["total"] < first["total"]
    shown = call("GET", f"/api/jobs/{first['jobs'][0]['id']}")
    assert shown["description"].startswith(first["jobs"][0]["description"].removesuffix("..."))
    assert shown["url"].startswith("http")
    for wrong in ({"remote_type": "moon"}, {"page": 0}):
        with pytest.raises(Refused) as refused:
            call("GET", "/api/jobs", **wrong)
        assert (refused.value.status, bool(refused.value.text)) == (422, True)
    with pytest.raises(Refused):
        call("GET", "/api/jobs/987654321")


def _own_jobs(call: Agent) -> None:
    pasted = (
        "Data Engineer at Globex\nParis, France\nhttps://globex.example/jobs/7\n"
        "Remote, full-time, 60k-70k EUR. You know Spark, Python and Airflow."
    )
    read = call("POST", "/api/user-jobs/parse", {"job_text": pasted})
    assert (read["title"], read["company"], read["url"]) == ("Data Engineer", "Globex", "https://globex.example/jobs/7")
    assert call("GET", "/api/user-jobs") == {"jobs": [], "total": 0}
    kept = call("POST", "/api/user-jobs", read)
    assert (kept["source"], kept["salary_min"], kept["remote_type"]) == ("user_submitted", 60_000, "full")
    with pytest.raises(Refused) as refused:
        call("POST", "/api/user-jobs", read)
    assert refused.value.status == 400
    with pytest.raises(Refused) as refused:
        call("POST", "/api/user-jobs/parse", {"job_text": "Too short"})
    assert refused.value.status == 400
    path = f"/api/user-jobs/{kept['id']}"
    assert call("PUT", path, {**read, "title": "Senior Data Engineer"})["title"] == "Senior Data Engineer"
    assert [one["title"] for one in call("GET", "/api/user-jobs")["jobs"]] == ["Senior Data Engineer"]
    (match,) = polled(lambda: call("GET", "/api/matches", min_score=0, limit=50, offset=0)["matches"], bool)
    assert (match["job_title"], match["job"]["id"]) == ("Senior Data Engineer", kept["id"])
    assert call("PUT", f"/api/matches/{match['id']}/status", {"status": "applied"})["applied_at"]
    assert call("DELETE", path) is None
    with pytest.raises(Refused) as refused:
        call("GET", path)
    assert refused.value.status == 404


def _matches_and_insights(call: Agent, user_id: int) -> None:
    assert call("POST", "/api/matches/refresh")["status"] == "processing"
    ended = polled(
        lambda: call("GET", "/api/matches/refresh/status"), lambda seen: seen["status"] in ("completed", "failed")
    )
    assert "résumé" in ended["message"]
    assert call("GET", "/api/insights/skills")["requires_setup"] == "skills"
    with transaction() as session:
        session.get_one(UserProfile, user_id).skills = ["Python"]
    found = call("POST", "/api/insights/skills/refresh")
    assert found["jobs_analyzed"] > 0
    assert found["market_skills"]["Python"]["frequency"] == 1.0
    assert [one["skill"] for one in found["recommendations"]]
    for low, high in ((0, None), (60, 69), (70, 84), (85, None)):
        assert "matches" in call("GET", "/api/matches", min_score=low, max_score=high)


def test_the_copilots_pages(quick_services: Services) -> None:
    with served(quick_services) as client:
        user_id = person()
        client.cookies.set("access_token", token_of(user_id))
        call = Copilot(client)

        assert call("GET", "/jobs", skip=0, limit=1000) == []
        _tracked(call)

        button = call("POST", "/jobs/scrape")
        assert isinstance(button["message"], str)
        assert isinstance(button["jobs_found"], int)
        polled(lambda: call("GET", "/job-ingestion/status"), lambda seen: seen["jobs_ingested_24h"] > 100)
        rested = polled(
            lambda: call("GET", "/job-ingestion/status"),
            lambda seen: (seen["queue_depth"], seen["active_tasks"]) == (0, 0),
        )
        assert {one["source"] for one in rested["sources"]} == {"remoteok", "weworkremotely"}
        assert rested["last_status"] == "completed"
        _narrowed(call)

        (first, *_) = call("GET", "/jobs/search", query="engineer", limit=10)
        saved = call("PUT", f"/jobs/{first['id']}", {"status": "saved"})
        assert [one["id"] for one in call("GET", "/jobs", limit=1000)] == [saved["id"]]
        trends = call("GET", "/market/trends", time_range=90)
        assert trends["total_jobs_posted"] > 50
        assert trends["top_skills"]
        assert call("GET", "/market/salary-insights", role="engineer")["total_data_points"] > 0
        insights = call("GET", "/jobs/insights", timeframe_days=90)
        assert insights["total_jobs"] >= trends["total_jobs_posted"]
        assert insights["status_breakdown"] == {"saved": 1}
        with pytest.raises(Refused) as refused:
            call("POST", "/linkedin/jobs/scrape", {"keywords": "x", "location": "y"})
        assert (refused.value.status, "agreement" in refused.value.text) == (503, True)


def _tracked(call: Copilot) -> None:
    made = call(
        "POST", "/jobs", {"company": "Acme", "title": "Go Developer", "url": "https://acme.example", "remote": True}
    )
    assert (made["application_url"], made["remote"], made["status"]) == ("https://acme.example", True, "not_applied")
    assert [one["id"] for one in call("GET", "/jobs/search", query="go dev", limit=10)] == [made["id"]]
    moved = call("PUT", f"/jobs/{made['id']}", {"status": "applied"})
    assert moved["date_applied"]
    undone = call("PUT", f"/jobs/{made['id']}", made)
    assert (undone["status"], undone["date_applied"]) == ("not_applied", None)
    assert call("DELETE", f"/jobs/{made['id']}") is None
    with pytest.raises(Refused) as refused:
        call("DELETE", f"/jobs/{made['id']}")
    assert (refused.value.status, bool(refused.value.text)) == (404, True)
    with pytest.raises(Refused) as refused:
        call("POST", "/jobs", {"title": "No company"})
    assert refused.value.status == 422


def _narrowed(call: Copilot) -> None:
    task = call("POST", "/job-ingestion/run", {"max_jobs": 3, "keywords": ["engineer"]})
    assert (task["status"], task["max_jobs"]) == ("queued", 3)
    run = polled(lambda: call("GET", f"/runs/{task['task_id']}"), lambda seen: seen["status"] == "completed")
    assert (run["result"]["found"], run["result"]["new"]) == (3, 0)
    assert run["result"]["failed_sources"] == 0


def test_another_site_cannot_use_the_copilots_cookie(quick_services: Services) -> None:
    with served(quick_services) as client:
        client.cookies.set("access_token", token_of(person()))
        foreign = {"Origin": "https://evil.example"}
        answer = client.post("/api/v1/jobs", json={"company": "x", "title": "y"}, headers=foreign)
        assert answer.status_code == 403
        assert client.get("/api/v1/jobs", headers=foreign).json() == []
