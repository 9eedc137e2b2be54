"""Limits at the doors: one budget of guesses for all log-ins, each refusal in the door's own words."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from starlette.requests import Request

from api.clients import client_address
from core.queue import redis_client
from tests.api.doorways import entered
from tests.api.test_four_doors import LOG_INS, SIGN_UPS, person
from tests.people import bearer_of
from tests.people import person as person_id

WRONG = {"email": "ada@example.org", "password": "wrong horse"}


@pytest.fixture
def client(clean_db: str, redis_url: str) -> Iterator[TestClient]:
    redis_client(redis_url).flushdb()
    with entered({"rate_limit_enabled": True, "rate_limits": {"auth_login": "3/86400"}}) as one:
        yield one
    redis_client(redis_url).flushdb()


def test_the_log_ins_share_one_budget_and_refuse_in_their_own_words(client: TestClient) -> None:
    assert [client.post(path, json=WRONG).status_code for path in LOG_INS] == [401, 401, 401]
    for path in LOG_INS:
        answer = client.post(path, json=WRONG)
        assert answer.status_code == 429
        assert 1 <= int(answer.headers["retry-after"]) <= 86_400
        assert ("detail" in answer.json()) == (path != "/api/auth/login")


def test_a_token_of_ones_own_buys_no_second_budget(client: TestClient) -> None:
    statuses = [client.post(LOG_INS[0], json=WRONG, headers=bearer_of(person_id())).status_code for _ in range(4)]
    assert statuses == [401, 401, 401, 429]


def test_a_persons_own_limit_still_holds(client: TestClient) -> None:
    user_id = person_id()
    client.app.state.services.limiter.override(f"user:{user_id}", limit=1, window=86_400, ttl=60)  # type: ignore[attr-defined]
    statuses = [client.post(LOG_INS[0], json=WRONG, headers=bearer_of(user_id)).status_code for _ in range(2)]
    assert statuses == [401, 429]


def test_signing_up_is_counted_by_address(client: TestClient) -> None:
    answers = [client.post(SIGN_UPS[0], json=person(f"p{number}@example.org")).status_code for number in range(7)]
    assert answers == [201] * 5 + [429] * 2


def test_without_redis_nobody_guesses(clean_db: str, tmp_path: object) -> None:
    with entered({"rate_limit_enabled": True, "redis_url": f"unix://{tmp_path}/nobody.sock"}) as client:
        answer = client.post("/auth/login", json=WRONG)
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")


@pytest.mark.parametrize(
    ("peer", "forwarded", "trusted", "expected"),
    [
        ("203.0.113.9", "198.51.100.1", (), "203.0.113.9"),
        ("203.0.113.9", "198.51.100.1", ("10.0.0.0/8",), "203.0.113.9"),
        ("10.0.0.1", "198.51.100.1", ("10.0.0.0/8",), "198.51.100.1"),
        ("10.0.0.1", "192.0.2.66, 198.51.100.1", ("10.0.0.0/8",), "198.51.100.1"),
        ("10.0.0.1", "198.51.100.1, 10.0.0.2", ("10.0.0.0/8",), "198.51.100.1"),
        ("10.0.0.1", "", ("10.0.0.0/8",), "10.0.0.1"),
        ("10.0.0.1", "nonsense", ("10.0.0.0/8",), "unknown"),
        ("2001:db8:1:2:3::4", "", (), "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.1", "", (), "192.0.2.1"),
        ("testclient", "", (), "unknown"),
    ],
)
def test_the_address_is_the_last_one_that_our_own_proxies_saw(
    peer: str, forwarded: str, trusted: tuple[str, ...], expected: str
) -> None:
    headers = [(b"x-forwarded-for", forwarded.encode())] if forwarded else []
    request = Request({"type": "http", "client": (peer, 1), "headers": headers})
    assert client_address(request, trusted) == expected
