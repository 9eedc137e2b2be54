"""Refresh chains: each link once, a copied one ends them all, and pages that refresh together harm nobody."""

from datetime import timedelta

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select, update

from core.clock import utc_now
from core.db import transaction
from core.errors import Unauthenticated
from core.settings import get_settings
from models.identity import RefreshToken
from services.identity import refreshing
from services.identity.local import LocalIdentity
from tests.api.doorways import bearer
from tests.api.test_tracker_auth import PATH, client, log_in, post, refresh, signed_up, with_settings
from tests.together import together

__all__ = ["client", "post"]


def test_each_token_is_good_once(client: TestClient) -> None:
    signed_up(client)
    first = log_in(client)["tokens"]["refresh_token"]
    second = refresh(client, first).json()["tokens"]["refresh_token"]
    third = refresh(client, second).json()
    assert third["status"] == "OK"
    assert client.get("/users/me", headers=bearer(third["tokens"]["access_token"])).status_code == 200


def test_a_used_one_that_returns_ends_its_chain(client: TestClient) -> None:
    signed_up(client)
    tokens = log_in(client)["tokens"]
    other = log_in(client)["tokens"]
    newest = refresh(client, tokens["refresh_token"]).json()["tokens"]
    assert refresh(client, tokens["refresh_token"]).status_code == 401
    assert refresh(client, newest["refresh_token"]).status_code == 401
    assert client.get("/users/me", headers=bearer(newest["access_token"])).status_code == 401
    assert refresh(client, other["refresh_token"]).status_code == 200, "another log-in is another chain"


def test_of_twenty_parallel_refreshes_one_rotates_and_all_hear_of_it(client: TestClient) -> None:
    """Pages of one browser refresh together; none of them may log the others out."""
    signed_up(client)
    token = log_in(client)["tokens"]["refresh_token"]
    identity: LocalIdentity = client.app.state.services.identity  # type: ignore[attr-defined]
    arrived = utc_now()
    answers = together([lambda: identity.refresh(token, arrived)] * 20)
    assert {getattr(one, "refresh_token", one) for one in answers} == {_next_of(token)}
    assert _links() == 2
    assert refresh(client, _next_of(token)).status_code == 200


def test_one_that_waited_for_the_winner_is_no_thief(client: TestClient) -> None:
    """It came in before the token was used, and is served after."""
    signed_up(client)
    token = log_in(client)["tokens"]["refresh_token"]
    identity: LocalIdentity = client.app.state.services.identity  # type: ignore[attr-defined]
    arrived = utc_now()
    first = identity.refresh(token)
    assert identity.refresh(token, arrived).refresh_token == first.refresh_token
    with pytest.raises(Unauthenticated):
        identity.refresh(token, utc_now())
    assert refresh(client, str(first.refresh_token)).status_code == 401


def test_overlap_is_no_excuse_once_the_next_one_was_used(client: TestClient) -> None:
    signed_up(client)
    token = log_in(client)["tokens"]["refresh_token"]
    identity: LocalIdentity = client.app.state.services.identity  # type: ignore[attr-defined]
    arrived = utc_now()
    newest = identity.refresh(str(identity.refresh(token).refresh_token))
    with pytest.raises(Unauthenticated):
        identity.refresh(token, arrived)
    assert refresh(client, str(newest.refresh_token)).status_code == 401


@with_settings(refresh_reuse_grace_seconds=60)
def test_an_operator_may_forgive_a_slow_network(client: TestClient) -> None:
    signed_up(client)
    token = log_in(client)["tokens"]["refresh_token"]
    first = refresh(client, token).json()["tokens"]["refresh_token"]
    assert refresh(client, token).json()["tokens"]["refresh_token"] == first
    assert refresh(client, first).status_code == 200
    assert refresh(client, token).status_code == 401


@pytest.mark.parametrize("kind", ["access_token", "id_token"])
def test_no_other_token_refreshes(client: TestClient, kind: str) -> None:
    signed_up(client)
    assert refresh(client, log_in(client)["tokens"][kind]).status_code == 401


@pytest.mark.parametrize("kind", ["refresh_token", "id_token"])
@pytest.mark.parametrize("path", ["/users/me", "/auth/me", "/api/v1/auth/me", "/api/uploads"])
def test_no_other_token_opens_a_door(client: TestClient, kind: str, path: str) -> None:
    signed_up(client)
    assert client.get(path, headers=bearer(log_in(client)["tokens"][kind])).status_code == 401


def test_an_expired_one(client: TestClient) -> None:
    signed_up(client)
    token = log_in(client)["tokens"]["refresh_token"]
    with transaction() as session:
        session.execute(update(RefreshToken).values(expires_at=utc_now() - timedelta(seconds=1)))
    assert refresh(client, token).status_code == 401


def test_logging_out_ends_the_chain_and_needs_nobody(client: TestClient) -> None:
    assert client.post(f"{PATH}/logout").json()["status"] == "OK"
    signed_up(client)
    tokens = log_in(client)["tokens"]
    client.post(f"{PATH}/logout", headers=bearer(tokens["access_token"]))
    assert refresh(client, tokens["refresh_token"]).status_code == 401
    assert client.get("/users/me", headers=bearer(tokens["access_token"])).status_code == 401


def _next_of(token: str) -> str:
    return refreshing._next(get_settings(), token)


def _links() -> int:
    with transaction() as session:
        return len(session.scalars(select(RefreshToken)).all())
