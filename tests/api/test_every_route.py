"""Every route of the application, found by itself: nobody gets a 401, and a foreign id answers as a missing one.

A new route fails this file until it is listed here as public, or has a case for each id in its path.
"""

import re
from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest
from fastapi.testclient import TestClient

from tests.api.doorways import entered
from tests.api.routes import CASES, PUBLIC, SECRET, SHARED_IDS, all_routes, all_sockets, takes_an_id
from tests.people import bearer_of, person

ROUTES = sorted(all_routes())
GUARDED = [one for one in ROUTES if one not in PUBLIC and one not in SECRET]
WITH_ID = [one for one in GUARDED if takes_an_id(one) and one not in SHARED_IDS]
ANY_BODY: dict[str, Any] = {}


@pytest.fixture(scope="module")
def client(database: str, redis_url: str) -> Iterator[TestClient]:
    with entered() as one:
        yield one


def _filled(path: str) -> str:
    return re.sub(r"\{(\w+)(:\w+)?\}", lambda match: str(_some(match[1])), path)


def _some(name: str) -> int | UUID:
    return uuid4() if name in ("run_id", "analysis_id") else 987_654_321


def test_the_lists_name_only_what_exists() -> None:
    """Public and secret ones may be named before they are built: the contracts say that they are coming."""
    for listed in (SHARED_IDS, CASES):
        assert [one for one in listed if one not in ROUTES] == []


def test_the_routes_are_found() -> None:
    assert ("POST", "/auth/login") in ROUTES
    assert len(GUARDED) > 20


@pytest.mark.parametrize(("method", "path"), GUARDED, ids=" ".join)
def test_nobody_is_a_401(client: TestClient, method: str, path: str) -> None:
    client.cookies.clear()
    answer = client.request(method, _filled(path), json=ANY_BODY)
    assert answer.status_code == 401, f"{method} {path}: {answer.status_code} {answer.text[:200]}"
    assert answer.headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize(("method", "path"), GUARDED, ids=" ".join)
def test_a_token_of_nobodys_is_a_401(client: TestClient, method: str, path: str) -> None:
    client.cookies.clear()
    answer = client.request(method, _filled(path), json=ANY_BODY, headers={"Authorization": "Bearer a.b.c"})
    assert answer.status_code == 401, f"{method} {path}: {answer.status_code} {answer.text[:200]}"


@pytest.mark.parametrize(("method", "path"), WITH_ID, ids=" ".join)
def test_a_foreign_id_answers_as_a_missing_one(client: TestClient, clean_db: str, method: str, path: str) -> None:
    case = CASES.get((method, path))
    assert case, f"{method} {path} takes an id: add a case to tests/api/routes.py, or a reason to SHARED_IDS"
    owner, other = person(), person()
    own_id = case.make(owner)
    answers = [
        client.request(method, case.path(path, one), json=case.body, headers=bearer_of(other))
        for one in (own_id, case.missing(own_id))
    ]
    assert answers[0].status_code == answers[1].status_code == case.status, [one.text for one in answers]
    assert _without_ids(answers[0].text) == _without_ids(answers[1].text)


def _without_ids(text: str) -> str:
    return re.sub(r"[0-9a-f-]{36}|\d+", "#", text)


def test_sockets_are_the_ones_that_are_tested_elsewhere() -> None:
    """Each has tests of its own for who may listen: add them before the path."""
    assert all_sockets() <= TESTED_SOCKETS, f"new sockets: {all_sockets() - TESTED_SOCKETS}"


TESTED_SOCKETS = {"/api/v1/ws/runs", "/ws", "/api/v1/ws/notifications", "/ws/notifications/{user_id}"}
