"""All four doors over Cognito (a moto server): its tokens at the tracker, ours at the others."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import update

from core.db import transaction
from core.settings import Settings
from models.user import User
from tests.api.doorways import STRONG, bearer, entered
from tests.services.identity.test_providers import TestCognitoAlone as _Alone
from tests.services.identity.test_providers import _of_cognito, moto_url

__all__ = ["moto_url"]

LOGIN = {"email": "ada@example.org", "password": STRONG}


@pytest.fixture
def settings(moto_url: str) -> Settings:
    return _of_cognito(moto_url)


@pytest.fixture
def client(clean_db: str, redis_url: str, settings: Settings) -> Iterator[TestClient]:
    changed = {name: getattr(settings, name) for name in Settings.model_fields if name.startswith("cognito_")}
    with entered({"identity_provider": "cognito", **changed}) as one:
        yield one


def test_the_trackers_whole_way(client: TestClient) -> None:
    new = LOGIN | {"name": "Ada", "turnstile_token": "x"}
    assert client.post("/auth/cognito/signup", json=new).json()["status"] == "OK"
    body = client.post("/auth/cognito/login", json=LOGIN).json()
    proof = bearer(body["tokens"]["access_token"])
    assert client.get("/users/me", headers=proof).json()["email"] == LOGIN["email"]
    assert client.get("/auth/me", headers=proof).status_code == 200, "one token for every door"
    again = client.post("/auth/cognito/refresh", json={"refresh_token": body["tokens"]["refresh_token"]}).json()
    assert again["tokens"]["refresh_token"]
    assert client.get("/users/me", headers=bearer(body["tokens"]["id_token"])).status_code == 401
    client.post("/auth/cognito/logout", headers=proof)
    assert client.get("/users/me", headers=proof).status_code == 401


def test_the_other_doors_check_the_password_there(client: TestClient) -> None:
    assert client.post("/auth/register", json=LOGIN).status_code == 201
    for path in ("/auth/login", "/api/v1/auth/login", "/api/auth/login"):
        assert client.post(path, json=LOGIN).status_code == 200
        assert client.post(path, json=LOGIN | {"password": "wrong horse"}).status_code == 401
    assert client.post("/auth/cognito/login", json=LOGIN).json()["status"] == "OK"


def test_an_inactive_account_hears_it_in_the_doors_way(client: TestClient) -> None:
    client.post("/auth/register", json=LOGIN)
    proof = bearer(client.post("/auth/cognito/login", json=LOGIN).json()["tokens"]["access_token"])
    with transaction() as session:
        session.execute(update(User).values(is_active=False))
    ways = {"/auth/login": 403, "/api/v1/auth/login": 403, "/api/auth/login": 401, "/auth/cognito/login": 401}
    assert {path: client.post(path, json=LOGIN).status_code for path in ways} == ways
    assert client.get("/users/me", headers=proof).status_code == 401
    assert client.get("/auth/me", headers=proof).status_code == 403


def test_changing_the_password_ends_cognitos_tokens_here(client: TestClient) -> None:
    client.post("/auth/register", json=LOGIN)
    proof = bearer(client.post("/auth/cognito/login", json=LOGIN).json()["tokens"]["access_token"])
    body = {"current_password": STRONG, "new_password": "Another-Horse-7-Battery"}
    assert client.post("/users/me/change-password", headers=proof, json=body).status_code == 200
    assert client.get("/users/me", headers=proof).status_code == 401


def test_a_stranger_with_a_good_token_is_let_in(client: TestClient, settings: Settings) -> None:
    token = _Alone()._outside(settings, "eve@example.org")
    assert client.get("/users/me", headers=bearer(token)).json()["email"] == "eve@example.org"
