"""Profiles, settings and passwords: the same person in the words of three doors."""

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.api.doorways import STRONG, bearer, entered
from tests.api.test_four_doors import person

NEW = "Another-Horse-7-Battery"


@pytest.fixture
def client(clean_db: str, redis_url: str) -> Iterator[TestClient]:
    with entered() as one:
        yield one


@pytest.fixture
def proof(client: TestClient) -> dict[str, str]:
    token = client.post("/api/v1/auth/register", json=person()).json()["access_token"]
    client.cookies.clear()
    return bearer(token)


class TestAgentProfile:
    def test_absent_fields_stay_and_preferences_merge(self, client: TestClient, proof: dict[str, str]) -> None:
        first = {
            "full_name": "Ada",
            "skills": ["Python", "python ", "SQL"],
            "preferences": {"min_salary": 9, "own": [1]},
        }
        client.put("/api/profile", headers=proof, json=first)
        body = client.put("/api/profile", headers=proof, json={"bio": "Hi", "preferences": {"max_salary": 20}}).json()
        assert (body["full_name"], body["bio"], body["skills"]) == ("Ada", "Hi", ["Python", "SQL"])
        assert body["preferences"] == {"min_salary": 9, "max_salary": 20, "own": [1]}
        assert client.get("/api/profile", headers=proof).json() == body
        assert client.put("/api/profile", headers=proof, json={"skills": ["Go"]}).json()["skills"] == ["Go"]

    def test_new_skills_are_counted_once_for_everybody(self, client: TestClient, proof: dict[str, str]) -> None:
        for skills in (["Beekeeping"], ["Beekeeping", "Juggling"]):
            client.put("/api/profile", headers=proof, json={"skills": skills})
        found = client.get("/api/skills/popular", params={"search": "beekeep"}).json()
        assert found["skills"] == ["Beekeeping"]
        again = client.post("/api/skills/custom", headers=proof, json={"skill": "beekeeping"}).json()
        assert (again["usage_count"], again["created"]) == (2, False)

    @pytest.mark.parametrize(
        ("sent", "remote_only"),
        [
            ({"remote_types": ["full"]}, True),
            ({"remote_types": ["full", "hybrid"]}, False),
            ({"remote_types": ["hybrid"], "remote_only": True}, True),
        ],
    )
    def test_remote_only_follows_the_types(
        self, client: TestClient, proof: dict[str, str], sent: dict[str, Any], remote_only: bool
    ) -> None:
        body = client.put("/api/profile", headers=proof, json={"preferences": sent}).json()
        assert body["preferences"]["remote_only"] is remote_only

    @pytest.mark.parametrize(
        "body",
        [
            {"experience_years": 71},
            {"bio": "x" * 1001},
            {"skills": "Python"},
            {"preferences": {"remote_types": ["moon"]}},
            {"preferences": {"own": "x" * 300_000}},
        ],
        ids=str,
    )
    def test_what_does_not_fit_is_a_422(self, client: TestClient, proof: dict[str, str], body: dict[str, Any]) -> None:
        answer = client.put("/api/profile", headers=proof, json=body)
        assert (answer.status_code, answer.json()["detail"][0]["type"] != "") == (422, True)


class TestTrackerSettings:
    def test_defaults_then_a_merge(self, client: TestClient, proof: dict[str, str]) -> None:
        defaults = {
            "auto_refresh_seconds": 0,
            "theme": "dark",
            "default_jobs_sort": "updated_desc",
            "default_jobs_view": "all",
            "data_retention_days": 0,
        }
        assert client.get("/users/me/settings", headers=proof).json() == defaults
        client.put("/users/me/settings", headers=proof, json=defaults | {"theme": "light"})
        assert client.put("/users/me/settings", headers=proof, json={"auto_refresh_seconds": 30}).json()["message"]
        found = client.get("/users/me/settings", headers=proof).json()
        assert found == defaults | {"theme": "light", "auto_refresh_seconds": 30}
        assert client.get("/users/me", headers=proof).json()["auto_refresh_seconds"] == 30

    @pytest.mark.parametrize("body", [{"auto_refresh_seconds": 45}, {"theme": "x" * 21}, {"data_retention_days": -1}])
    def test_out_of_range_is_a_422(self, client: TestClient, proof: dict[str, str], body: dict[str, Any]) -> None:
        assert client.put("/users/me/settings", headers=proof, json=body).status_code == 422

    def test_ui_preferences_merge_and_know_their_keys(self, client: TestClient, proof: dict[str, str]) -> None:
        path = "/users/me/ui-preferences"
        client.patch(path, headers=proof, json={"preferences": {"nav_expanded": True}})
        both = client.patch(path, headers=proof, json={"preferences": {"job_details_notes_collapsed": False}}).json()
        assert both == {"ui_preferences": {"nav_expanded": True, "job_details_notes_collapsed": False}}
        assert client.patch(path, headers=proof, json={"preferences": {"other": True}}).status_code == 400
        assert client.patch(path, headers=proof, json={"preferences": {"nav_expanded": "yes"}}).status_code == 422


class TestCopilotProfile:
    def test_a_profile_with_its_pages_spelling(self, client: TestClient, proof: dict[str, str]) -> None:
        sent = {"photoUrl": "https://example.org/a.png", "experience_level": "senior", "full_name": "Ada", "phone": "1"}
        body = client.put("/api/v1/users/me/profile", headers=proof, json=sent).json()
        assert body["data"]["profile_picture_url"] == "https://example.org/a.png"
        assert client.get("/api/v1/auth/me", headers=proof).json()["experience_level"] == "senior"
        empty = client.put("/api/v1/users/me/profile", headers=proof, json={"photoUrl": "", "experience_level": ""})
        assert empty.json()["data"]["experience_level"] == "senior"
        assert client.put("/api/v1/profile", headers=proof, json={"skills": ["Go"]}).json()["skills"] == ["Go"]

    def test_settings(self, client: TestClient, proof: dict[str, str]) -> None:
        sent = {"daily_application_goal": 5, "preferred_locations": ["Kyiv"], "preferred_industries": ["Rail"]}
        body = client.put("/api/v1/users/me/settings", headers=proof, json=sent).json()
        assert body == sent | {"experience_level": None}
        assert client.get("/api/v1/users/me/settings", headers=proof).json() == body

    @pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "nonsense"])
    def test_a_picture_is_on_the_web(self, client: TestClient, proof: dict[str, str], url: str) -> None:
        assert client.put("/api/v1/profile", headers=proof, json={"photoUrl": url}).status_code == 422


class TestPasswords:
    @pytest.mark.parametrize("path", ["/users/me/change-password", "/api/v1/users/me/change-password"])
    def test_changing_it_ends_every_session(self, client: TestClient, proof: dict[str, str], path: str) -> None:
        login = {"email": "ada@example.org", "password": STRONG}
        tokens = client.post("/auth/cognito/login", json=login).json()["tokens"]
        wrong = client.post(path, headers=proof, json={"current_password": "wrong", "new_password": NEW})
        assert wrong.status_code == 400
        done = client.post(path, headers=proof, json={"current_password": STRONG, "new_password": NEW})
        assert done.status_code == 200, done.text
        client.cookies.clear()
        assert client.get("/users/me", headers=proof).status_code == 401
        assert client.get("/users/me", headers=bearer(tokens["access_token"])).status_code == 401
        again = client.post("/auth/cognito/refresh", json={"refresh_token": tokens["refresh_token"]})
        assert again.status_code == 401
        assert client.post("/auth/cognito/login", json=login).status_code == 401
        assert client.post("/auth/cognito/login", json=login | {"password": NEW}).json()["status"] == "OK"

    def test_each_door_keeps_its_policy(self, client: TestClient, proof: dict[str, str]) -> None:
        weak = {"current_password": STRONG, "new_password": "short-but-8"}
        refused = client.post("/users/me/change-password", headers=proof, json=weak)
        assert (refused.status_code, refused.json()["details"]["code"]) == (400, "WEAK_PASSWORD")
        assert client.post("/api/v1/users/me/change-password", headers=proof, json=weak).status_code == 200

    def test_the_copilots_pages_stay_logged_in(self, client: TestClient, proof: dict[str, str]) -> None:
        body = {"current_password": STRONG, "new_password": NEW}
        client.post("/api/v1/users/me/change-password", headers=proof, json=body)
        assert client.get("/api/v1/auth/me").status_code == 200
