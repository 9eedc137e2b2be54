"""The agent's parsed CV: read it, put it right, and have the correction count."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from core.db import transaction
from services import accounts, resume_readings
from services.wiring import Services
from tests.api.test_agent_door import client, register, working
from tests.pipelines.conftest import quick_services, services, worker_services
from tests.pipelines.test_resume_analysis import RESUME

__all__ = ["client", "quick_services", "services", "worker_services"]
PATH = "/api/profile/cv/parsed"


@pytest.fixture
def proof(client: TestClient, quick_services: Services) -> dict[str, str]:
    """Of somebody whose CV was read."""
    one = register(client)
    with working(quick_services):
        assert client.post("/api/profile/cv", headers=one, files={"file": ("cv.txt", RESUME)}).status_code == 200
    return one


def put(client: TestClient, proof: dict[str, str], body: dict[str, Any]) -> dict[str, Any]:
    answer = client.put(PATH, headers=proof, json=body)
    assert answer.status_code == 200, answer.text
    said: dict[str, Any] = answer.json()
    assert client.get(PATH, headers=proof).json() == said
    return said


def stored(client: TestClient, proof: dict[str, str]) -> dict[str, Any]:
    user_id = client.get("/auth/me", headers=proof).json()["id"]
    with transaction() as session:
        reading = resume_readings.latest(session, user_id)
        assert reading
        assert reading.profile
        return dict(reading.profile)


def test_what_was_read_comes_back_unchanged_and_writes_nothing(client: TestClient, proof: dict[str, str]) -> None:
    """The client saves the whole of it by itself."""
    before, profile = client.get(PATH, headers=proof).json(), stored(client, proof)
    assert put(client, proof, before) == before
    assert stored(client, proof) == profile


def test_a_correction_counts_in_profile_and_account(client: TestClient, proof: dict[str, str]) -> None:
    put(client, proof, {"name": "Ada King", "skills": ["Rust", "rust", " Go "], "years_of_experience": 12.5})
    profile = stored(client, proof)
    assert (profile["name"], profile["skills"]) == ("Ada King", ["Rust", "Go"])
    assert {"corrected:name", "corrected:skills", "corrected:years_of_experience"} <= set(profile["flags"])
    assert not [path for path in profile["evidence"] if path.startswith(("name", "skills"))]
    assert {skill for group in profile["skill_groups"] for skill in group["skills"]} <= {"Rust", "Go"}
    me = client.get("/api/profile", headers=proof).json()
    assert (me["full_name"], me["skills"], me["experience_years"]) == ("Ada King", ["Rust", "Go"], 12)
    with transaction() as session:
        assert accounts.profile(session, me["id"]).skills == ["Rust", "Go"]


def test_what_the_client_does_not_show_stays(client: TestClient, proof: dict[str, str]) -> None:
    """A title is changed, another job is added, the points stay points."""
    before, jobs = stored(client, proof)["experience"], client.get(PATH, headers=proof).json()["experience"]
    added = {"company": "New", "title": "Cook", "start_date": "2024", "end_date": "Present", "description": "a\nb"}
    put(client, proof, {"experience": [*jobs, added]})
    after = stored(client, proof)["experience"]
    assert after[:-1] == before
    assert after[-1] | {} == {
        "company": "New",
        "title": "Cook",
        "location": "",
        "url": "",
        "start": "2024",
        "end": "",
        "current": True,
        "description": "",
        "highlights": ["a", "b"],
    }
    put(client, proof, {"experience": [{**jobs[0], "title": "Chief"}, *jobs[1:], added]})
    assert stored(client, proof)["experience"][0] == {**before[0], "title": "Chief"}


@pytest.mark.parametrize(
    "body",
    [
        {"experience": [{"company": "A", "start_date": "2021-13"}]},
        {"experience": [{"company": "A", "end_date": "some day"}]},
        {"years_of_experience": -1},
        {"skills": ["x" * 101]},
        {"name": "x" * 501},
    ],
)
def test_nonsense_is_a_422_and_changes_nothing(client: TestClient, proof: dict[str, str], body: dict[str, Any]) -> None:
    before = stored(client, proof)
    assert client.put(PATH, headers=proof, json=body).status_code == 422
    assert stored(client, proof) == before


def test_nothing_parsed_yet_is_a_404(client: TestClient) -> None:
    assert client.put(PATH, headers=register(client), json={"name": "Ada"}).status_code == 404
