"""LinkedIn's guest pages at the copilot's door: off and saying why, on by the operator, a worker beside."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from core.settings import Settings, get_settings
from services.wiring import Services
from tests.api.test_agent_door import client, working
from tests.people import bearer_of, person
from tests.pipelines.conftest import quick_services, services, worker_services
from tests.pipelines.draining import drain
from tests.scrapers.boards import example, pages, served

__all__ = ["client", "quick_services", "services", "worker_services"]

BASE = "/api/v1/linkedin/jobs"
PAGE = "/jobs-guest/jobs/api/jobPosting/4900000001"
QUESTION = {"keywords": "developer", "location": "Lisbon"}


@contextmanager
def turned_on(services: Services, answers: dict[str, Any]) -> Iterator[tuple[TestClient, Services, str]]:
    """The application of an operator who turned LinkedIn on, at a server of this machine's."""
    with served(pages(answers)) as url:
        changes = {"harvest_base_urls": {"linkedin": url}, "wait_seconds": 10.0}
        settings: Settings = get_settings().model_copy(update=changes)
        app = create_app()
        app.state.settings = settings
        app.dependency_overrides[get_settings] = lambda: settings
        with TestClient(app, raise_server_exceptions=False) as client:
            yield client, replace(services, settings=services.settings.model_copy(update=changes)), url


class TestOff:
    def test_it_says_why(self, client: TestClient) -> None:
        answer = client.post(f"{BASE}/scrape", headers=bearer_of(person()), json=QUESTION)
        assert answer.status_code == 503
        assert "user agreement" in answer.json()["detail"]
        assert "HARVEST_SOURCES" in answer.json()["detail"]

    @pytest.mark.parametrize("name", ["description", "details"])
    def test_no_host_is_allowed(self, client: TestClient, name: str) -> None:
        for url in ("https://www.linkedin.com/jobs/view/4900000001", "https://example.org/jobs/view/4900000001"):
            answer = client.post(f"{BASE}/{name}", headers=bearer_of(person()), json={"job_url": url})
            assert answer.status_code == 400
            assert isinstance(answer.json()["detail"], str)

    @pytest.mark.parametrize("body", [{}, {"keywords": "x"}, {"keywords": " ", "location": "x"}])
    def test_a_question_that_is_none_is_a_422(self, client: TestClient, body: dict[str, str]) -> None:
        assert client.post(f"{BASE}/scrape", headers=bearer_of(person()), json=body).status_code == 422


@pytest.mark.usefixtures("clean_db", "redis_url")
class TestOn:
    def test_a_search_fills_the_catalogue(self, quick_services: Services) -> None:
        answers, _ = example("linkedin")
        with turned_on(quick_services, answers) as (client, services, _):
            ada = bearer_of(person())
            task = client.post(f"{BASE}/scrape", headers=ada, json=QUESTION)
            assert task.status_code == 202
            assert {"task_id", "status", "message"} <= set(task.json())
            drain(services)
            run = client.get(f"/api/v1/runs/{task.json()['task_id']}", headers=ada).json()
            assert (run["status"], run["result"]["found"]) == ("completed", 1)
            (found,) = client.get("/api/v1/jobs/search?query=backend", headers=ada).json()
            assert (found["source"], found["company"]) == ("linkedin", "Lanternfish")

    def test_a_text_is_answered_at_once(self, quick_services: Services) -> None:
        page = b'<div class="description__text"><p>We build boats.</p></div>'
        with turned_on(quick_services, {PAGE: page}) as (client, services, url), working(services):
            body = {"job_url": f"{url}/jobs/view/4900000001"}
            for name in ("description", "details"):
                answer = client.post(f"{BASE}/{name}", headers=bearer_of(person()), json=body)
                assert (answer.status_code, answer.json()) == (200, {"description": "We build boats."})

    def test_a_page_that_is_gone_is_a_502(self, quick_services: Services) -> None:
        with turned_on(quick_services, {}) as (client, services, url), working(services):
            body = {"job_url": f"{url}/jobs/view/4900000001"}
            answer = client.post(f"{BASE}/description", headers=bearer_of(person()), json=body)
        assert answer.status_code == 502
        assert isinstance(answer.json()["detail"], str)
