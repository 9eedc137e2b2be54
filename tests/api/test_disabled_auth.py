"""DISABLE_AUTH: for one's own machine, at the copilot's door, and nowhere else."""

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from pydantic import ValidationError

from core.settings import Settings
from tests.api.doorways import bearer, entered

ME = "/api/v1/auth/me"
LOCAL = {"base_url": "http://localhost:8002", "client": ("127.0.0.1", 50_000)}


@pytest.fixture
def client(clean_db: str, redis_url: str) -> Iterator[TestClient]:
    with entered({"disable_auth": True}) as one:
        yield _local(one)


def _local(one: TestClient, **changes: Any) -> TestClient:
    return TestClient(one.app, raise_server_exceptions=False, **(LOCAL | changes))


def test_the_copilots_client_is_somebody_without_a_token(client: TestClient) -> None:
    first, second = client.get(ME), client.get(ME, headers={"Authorization": "Bearer null"})
    assert first.status_code == 200, first.text
    assert first.json()["id"] == second.json()["id"]
    saved = client.put("/api/v1/profile", json={"skills": ["Go"]}, headers={"Sec-Fetch-Site": "same-origin"})
    assert saved.json()["skills"] == ["Go"]


@pytest.mark.parametrize("path", ["/users/me", "/auth/me", "/api/uploads", "/api/admin/users"])
def test_no_other_door_is_opened(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 401


def test_a_bad_token_is_still_bad(client: TestClient) -> None:
    assert client.get(ME, headers=bearer("nonsense")).status_code == 401


def test_nobody_logs_in_as_it(client: TestClient) -> None:
    email = client.get(ME).json()["email"]
    for password in ("", "null", "Correct-Horse-9-Battery"):
        answer = client.post("/api/v1/auth/login", json={"email": email, "password": password.ljust(8)})
        assert answer.status_code in (401, 422)


@pytest.mark.parametrize(
    "changes",
    [{"client": ("203.0.113.9", 50_000)}, {"base_url": "http://rebound.example.org:8002"}],
    ids=["another machine", "a name that points here"],
)
def test_only_this_machine_asks_for_itself(client: TestClient, changes: dict[str, Any]) -> None:
    assert _local(client, **changes).get(ME).status_code == 403


@pytest.mark.parametrize("headers", [{"Origin": "https://evil.example.org"}, {"Sec-Fetch-Site": "cross-site"}])
def test_another_site_changes_nothing(client: TestClient, headers: dict[str, str]) -> None:
    assert client.put("/api/v1/profile", json={"skills": ["Go"]}, headers=headers).status_code == 403


@pytest.mark.parametrize(
    "changes",
    [{"env": "prod", "secret_key": "x" * 32}, {"api_host": "0.0.0.0"}, {"api_host": "192.0.2.1"}],
    ids=["production", "every address", "a public one"],
)
def test_it_refuses_to_start_where_others_could_come(changes: dict[str, Any]) -> None:
    with pytest.raises(ValidationError, match="DISABLE_AUTH"):
        Settings(disable_auth=True, **changes)
    assert Settings(disable_auth=True, env="dev", api_host="127.0.0.1").disable_auth


@pytest.mark.parametrize("secret", ["short", "offerline-dev-secret-change-me-before-going-public"])
def test_production_wants_a_secret_worth_the_name(secret: str) -> None:
    with pytest.raises(ValidationError, match="SECRET_KEY"):
        Settings(env="prod", secret_key=secret)
