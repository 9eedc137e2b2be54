"""The endpoints of runs, over HTTP."""

from uuid import uuid4

import httpx
import pytest
from sqlalchemy import func, select

from core.clock import utc_now
from core.db import transaction
from core.settings import get_settings
from models.run import Run, RunEvent
from models.user import RevokedToken, User
from services import credits
from services.credits import Balance
from services.identity import issue_access_token
from services.runs import leases
from tests.api.conftest import Api
from tests.people import bearer_of, person, token_of
from tests.services.runs.steps import claimed, complete, launch


def _count() -> int:
    with transaction() as session:
        return session.execute(select(func.count()).select_from(Run)).scalar_one()


def _balance(user_id: int) -> Balance:
    with transaction() as session:
        return credits.balance(session, user_id)


def test_a_202_is_a_queued_run_that_its_owner_can_poll(api: Api) -> None:
    admin = person(grant=100, admin=True)
    answer = api.post("/api/v1/runs/selfcheck", admin, {"cost": 7})
    assert answer.status_code == 202
    view = api.get(f"/api/v1/runs/{answer.json()['run_id']}", admin).json()
    assert (view["status"], view["pipeline"], view["progress"]) == ("queued", "selfcheck", 0)
    assert view["last_event_id"] > 0
    assert [one["id"] for one in api.get("/api/v1/runs", admin).json()] == [view["id"]]
    assert _balance(admin) == Balance(available=93, reserved=7)


def test_the_same_key_answers_the_same_run_and_another_body_is_a_409(api: Api) -> None:
    admin = person(grant=100, admin=True)
    key = {"Idempotency-Key": "once"}
    first, again = (api.post("/api/v1/runs/selfcheck", admin, {"cost": 7}, **key) for _ in range(2))
    assert (again.status_code, again.json()) == (202, first.json() | {"replayed": True})
    other = api.post("/api/v1/runs/selfcheck", admin, {"cost": 8}, **key)
    assert (other.status_code, other.json()["error"]) == (409, "IDEMPOTENCY_KEY_REUSED")
    assert other.json()["context"] == {"run_id": first.json()["run_id"]}
    assert (_count(), _balance(admin)) == (1, Balance(available=93, reserved=7))


@pytest.mark.parametrize("key", ["", "x" * 201])
def test_a_key_has_one_to_two_hundred_characters(api: Api, key: str) -> None:
    answer = api.post("/api/v1/runs/selfcheck", person(admin=True), {}, **{"Idempotency-Key": key})
    assert (answer.status_code, _count()) == (422, 0)


def test_a_run_that_cannot_be_paid_is_a_402_and_no_run(api: Api) -> None:
    admin = person(grant=5, admin=True)
    answer = api.post("/api/v1/runs/selfcheck", admin, {"cost": 6})
    assert (answer.status_code, answer.json()["error"]) == (402, "PAYMENT_REQUIRED")
    assert answer.json()["context"] == {"required": 6, "available": 5}
    assert (_count(), _balance(admin)) == (0, Balance(available=5, reserved=0))


def test_only_an_administrator_launches_a_selfcheck(api: Api) -> None:
    answer = api.post("/api/v1/runs/selfcheck", person(), {})
    assert (answer.status_code, answer.json()["error"], _count()) == (403, "FORBIDDEN", 0)


@pytest.mark.parametrize(("method", "path"), [("GET", ""), ("GET", "/events"), ("POST", "/cancel"), ("POST", "/retry")])
def test_a_foreign_run_answers_exactly_what_a_missing_one_does(api: Api, method: str, path: str) -> None:
    owner, stranger = person(), person()
    foreign = launch(owner)
    answers = [
        api.client.request(method, f"/api/v1/runs/{run_id}{path}", headers=bearer_of(stranger))
        for run_id in (foreign, uuid4())
    ]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].content == answers[1].content
    assert _headers(answers[0]) == _headers(answers[1])
    assert api.get(f"/api/v1/runs/{foreign}", owner).json()["status"] == "queued"
    assert api.get("/api/v1/runs", stranger).json() == []


def _headers(answer: httpx.Response) -> dict[str, str]:
    return {name: value for name, value in answer.headers.items() if name not in ("date", "x-request-id")}


def test_an_administrator_owns_no_more_than_anybody(api: Api) -> None:
    assert api.get(f"/api/v1/runs/{launch(person())}", person(admin=True)).status_code == 404


def test_cancel_and_retry_over_http(api: Api) -> None:
    owner = person(grant=10)
    run_id = launch(owner, reserve=4)
    cancelled = api.post(f"/api/v1/runs/{run_id}/cancel", owner)
    assert (cancelled.status_code, cancelled.json()["status"]) == (200, "cancelled")
    assert cancelled.json()["last_event_id"] == _last_event()
    retried = api.post(f"/api/v1/runs/{run_id}/retry", owner)
    assert (retried.status_code, retried.json()["status"]) == (202, "queued")
    assert _balance(owner) == Balance(available=6, reserved=4)
    complete(claimed(run_id))
    for act in ("cancel", "retry"):
        assert api.post(f"/api/v1/runs/{run_id}/{act}", owner).status_code == 409


def _last_event() -> int:
    with transaction() as session:
        return session.execute(select(func.max(RunEvent.id))).scalar_one()


def test_a_failed_run_says_why(api: Api) -> None:
    owner = person()
    mine = claimed(launch(owner))
    with transaction() as session:
        leases.fail(session, mine, code="NO_TEXT", message="The file holds no text.")
    view = api.get(f"/api/v1/runs/{mine.run_id}", owner).json()
    assert (view["status"], view["error_code"], view["error_message"]) == (
        "failed",
        "NO_TEXT",
        "The file holds no text.",
    )


def test_lists_filter_and_page(api: Api) -> None:
    owner = person()
    runs = [launch(owner, pipeline=name) for name in ("a", "b", "a")]
    complete(claimed(runs[0]))

    def ids(query: str) -> list[str]:
        return [one["id"] for one in api.get(f"/api/v1/runs?{query}", owner).json()]

    newest_first = [str(run_id) for run_id in reversed(runs)]
    assert ids("") == newest_first
    assert ids("pipeline=a") == [newest_first[0], newest_first[2]]
    assert ids("status=completed") == [newest_first[2]]
    assert ids("limit=1&offset=1") == [newest_first[1]]
    assert api.get("/api/v1/runs?limit=201", owner).status_code == 422


@pytest.mark.parametrize(
    "authorization",
    ["", "Bearer", "Bearer null", "Bearer undefined", "Bearer x.y.z", "Basic abc"],
)
def test_a_bad_token_is_a_401_with_its_challenge(api: Api, authorization: str) -> None:
    answer = api.client.get("/api/v1/runs", headers={"Authorization": authorization} if authorization else {})
    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
    assert answer.json()["error"] in ("UNAUTHENTICATED", "INVALID_TOKEN")


def test_tokens_that_were_revoked_outlived_or_belong_to_nobody_are_refused(api: Api) -> None:
    settings = get_settings()
    owner, gone = person(), 987_654
    loud = person()
    expired = issue_access_token(settings, user_id=owner, epoch=0, now=utc_now().replace(year=2020))
    old_epoch = issue_access_token(settings, user_id=owner, epoch=1, now=utc_now())
    unsigned = token_of(owner).rsplit(".", 1)[0] + "."
    logged_out = bearer_of(loud)
    assert api.client.post("/auth/logout", headers=logged_out).status_code == 200
    with transaction() as session:
        assert session.execute(select(func.count()).select_from(RevokedToken)).scalar_one() == 1
    tokens = [expired, old_epoch, unsigned, token_of(gone), logged_out["Authorization"].removeprefix("Bearer ")]
    for token in tokens:
        answer = api.client.get("/api/v1/runs", headers={"Authorization": f"Bearer {token}"})
        assert (answer.status_code, answer.json()["error"]) == (401, "INVALID_TOKEN")


def test_an_account_that_was_switched_off_is_refused(api: Api) -> None:
    owner = person()
    with transaction() as session:
        session.get_one(User, owner).is_active = False
    assert api.get("/api/v1/runs", owner).status_code == 403
