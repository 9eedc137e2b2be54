"""One account, four doors: sign up, log in, reload and log out as each published client does."""

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from core.db import transaction
from models.audit import AuditEntry
from models.user import User
from services import accounts
from tests.api.doorways import STRONG, bearer, entered

AGENT, ANALYZER, COPILOT = "/auth/register", "/api/auth/signup", "/api/v1/auth/register"
SIGN_UPS = [AGENT, ANALYZER, COPILOT]
LOG_INS = ["/auth/login", "/api/auth/login", "/api/v1/auth/login"]


@pytest.fixture
def client(clean_db: str, redis_url: str) -> Iterator[TestClient]:
    with entered() as one:
        yield one


def person(email: str = "ada@example.org", password: str = STRONG, username: str = "ada") -> dict[str, str]:
    """What every sign-up form together asks for."""
    return {"email": email, "password": password, "name": "Ada", "full_name": "Ada", "username": username}


def _user(email: str = "ada@example.org") -> User:
    with transaction() as session:
        user = accounts.find(session, email)
    assert user
    return user


class TestAnalyzer:
    def test_signing_up_answers_what_its_form_reads(self, client: TestClient) -> None:
        answer = client.post(ANALYZER, json=person())
        body = answer.json()
        assert (answer.status_code, body["success"]) == (201, True)
        assert set(body["user"]) == {"id", "name", "email", "created_at", "updated_at"}
        assert body["token"]
        assert body["message"]

    def test_its_page_never_sends_the_token_and_is_known_by_the_cookie(self, client: TestClient) -> None:
        answer = client.post(ANALYZER, json=person())
        cookie = answer.headers["set-cookie"].lower()
        assert "access_token=" in cookie
        assert all(word in cookie for word in ("httponly", "samesite=lax", "path=/"))
        assert client.get("/api/uploads").status_code == 200

    def test_logging_out_clears_the_cookie_and_kills_the_token(self, client: TestClient) -> None:
        token = client.post(ANALYZER, json=person()).json()["token"]
        left = client.post("/api/auth/logout", headers=bearer(token))
        assert left.json()["success"] is True
        assert client.cookies.get("access_token") is None
        assert client.get("/api/uploads", headers=bearer(token)).status_code == 401

    def test_wrong_credentials_are_a_401_with_a_message(self, client: TestClient) -> None:
        answer = client.post("/api/auth/login", json={"email": "no@example.org", "password": "wrong!"})
        assert (answer.status_code, answer.json()["success"]) == (401, False)
        assert answer.json()["message"]

    @pytest.mark.parametrize(
        "change", [{"password": "short"}, {"name": "A"}, {"email": "nobody"}, {"password": None}, {"name": "  A  "}]
    )
    def test_a_malformed_sign_up_is_a_400(self, client: TestClient, change: dict[str, Any]) -> None:
        answer = client.post(ANALYZER, json=person() | change)
        assert (answer.status_code, answer.json()["success"]) == (400, False)
        assert answer.json()["field"] in change

    def test_a_missing_password_is_a_400(self, client: TestClient) -> None:
        answer = client.post("/api/auth/login", json={"email": "ada@example.org"})
        assert (answer.status_code, answer.json()["field"]) == (400, "password")


class TestCopilot:
    def test_registering_answers_token_and_user_in_both_places(self, client: TestClient) -> None:
        body = client.post(COPILOT, json=person()).json()
        assert body["token_type"] == "bearer"
        assert body["user"]["username"] == body["username"] == "ada"
        assert body["user"]["daily_application_goal"] == 10
        assert client.get("/api/v1/auth/me", headers=bearer(body["access_token"])).json()["email"] == "ada@example.org"

    @pytest.mark.parametrize(
        "who", [{"username": "ada"}, {"username": "ADA"}, {"username": "ada@example.org"}, {"email": "Ada@Example.org"}]
    )
    def test_logging_in_by_name_or_address(self, client: TestClient, who: dict[str, str]) -> None:
        client.post(COPILOT, json=person())
        answer = client.post("/api/v1/auth/login", json=who | {"password": STRONG})
        assert answer.status_code == 200, answer.text
        assert answer.json()["user"]["username"] == "ada"

    @pytest.mark.parametrize("header", [None, "Bearer", "Bearer null", "Bearer undefined"])
    def test_a_header_that_says_nothing_falls_back_to_the_cookie(self, client: TestClient, header: str | None) -> None:
        client.post(COPILOT, json=person())
        headers = {"Authorization": header} if header else {}
        assert client.get("/api/v1/auth/me", headers=headers).status_code == 200

    def test_a_bad_token_never_falls_back(self, client: TestClient) -> None:
        client.post(COPILOT, json=person())
        assert client.get("/api/v1/auth/me", headers=bearer("nonsense")).status_code == 401

    def test_logging_out_needs_nobody(self, client: TestClient) -> None:
        assert client.post("/api/v1/auth/logout").json()["message"]
        client.post(COPILOT, json=person())
        client.post("/api/v1/auth/logout", headers={"Sec-Fetch-Site": "same-origin"})
        assert client.get("/api/v1/auth/me").status_code == 401

    def test_a_taken_user_name_is_a_400(self, client: TestClient) -> None:
        client.post(COPILOT, json=person())
        answer = client.post(COPILOT, json=person("other@example.org", username="ADA"))
        assert (answer.status_code, "user name" in answer.json()["detail"]) == (400, True)

    def test_neither_name_nor_address_is_a_422(self, client: TestClient) -> None:
        assert client.post("/api/v1/auth/login", json={"password": STRONG}).status_code == 422

    def test_a_user_name_cannot_look_like_somebodys_address(self, client: TestClient) -> None:
        assert client.post(COPILOT, json=person(username="eve@example.org")).status_code == 422


class TestOneAccount:
    def test_every_door_takes_the_same_person_once(self, client: TestClient) -> None:
        ids = set()
        for path in SIGN_UPS:
            assert client.post(path, json=person()).status_code in (200, 201), path
            ids.add(_user().id)
        assert len(ids) == 1
        assert sorted(_user().doors) == ["agent", "analyzer", "copilot"]
        for path, status in zip(SIGN_UPS, (400, 409, 400), strict=True):
            assert client.post(path, json=person()).status_code == status

    @pytest.mark.parametrize(("path", "status"), list(zip(SIGN_UPS, (400, 409, 400), strict=True)))
    def test_somebody_elses_address_stays_theirs(self, client: TestClient, path: str, status: int) -> None:
        first = COPILOT if path != COPILOT else AGENT
        client.post(first, json=person())
        answer = client.post(path, json=person(password="Another-Horse-9-Battery"))
        assert answer.status_code == status
        assert len(_user().doors) == 1

    @pytest.mark.parametrize("sign_up", SIGN_UPS)
    def test_whoever_came_through_one_door_may_use_the_others(self, client: TestClient, sign_up: str) -> None:
        client.post(sign_up, json=person())
        for path in LOG_INS:
            answer = client.post(path, json={"email": "ada@example.org", "password": STRONG})
            assert answer.status_code == 200, answer.text
            token = answer.json().get("access_token") or answer.json()["token"]
            for me in ("/auth/me", "/api/v1/auth/me", "/api/uploads"):
                assert client.get(me, headers=bearer(token)).status_code == 200

    @pytest.mark.parametrize(("path", "status"), list(zip(LOG_INS, (403, 401, 403), strict=True)))
    def test_an_inactive_account_hears_it_in_the_doors_way(self, client: TestClient, path: str, status: int) -> None:
        token = client.post(AGENT, json=person()).json()["access_token"]
        with transaction() as session:
            session.get_one(User, _user().id).is_active = False
        answer = client.post(path, json={"email": "ada@example.org", "password": STRONG})
        assert answer.status_code == status
        me = {"/auth/login": "/auth/me", "/api/auth/login": "/api/uploads"}.get(path, "/api/v1/auth/me")
        assert client.get(me, headers=bearer(token)).status_code == status

    def test_an_inactive_account_cannot_be_joined(self, client: TestClient) -> None:
        client.post(AGENT, json=person())
        with transaction() as session:
            session.get_one(User, _user().id).is_active = False
        assert client.post(COPILOT, json=person()).status_code == 400


class TestAdmission:
    @pytest.mark.parametrize("path", SIGN_UPS)
    def test_closed_is_closed_at_every_door(self, clean_db: str, redis_url: str, path: str) -> None:
        with entered({"registration_mode": "closed"}) as client:
            assert client.post(path, json=person()).status_code == 403

    @pytest.mark.parametrize("path", SIGN_UPS)
    def test_by_invitation(self, clean_db: str, redis_url: str, path: str) -> None:
        with entered({"registration_mode": "allowlist", "allowed_emails": ("Ada@example.org",)}) as client:
            assert client.post(path, json=person("eve@example.org", username="eve")).status_code == 403
            assert client.post(path, json=person()).status_code in (200, 201)

    def test_the_first_is_the_administrator_unless_others_are_named(self, clean_db: str, redis_url: str) -> None:
        with entered({"admin_emails": ("Boss@example.org",)}) as client:
            client.post(AGENT, json=person())
            client.post(AGENT, json=person("boss@example.org"))
        assert (_user().is_admin, _user("boss@example.org").is_admin) == (False, True)

    def test_naming_an_address_is_not_owning_it(self, clean_db: str, redis_url: str) -> None:
        changes = {"admin_emails": ("boss@example.org",), "email_verification_required": True}
        with entered(changes) as client:
            client.post(AGENT, json=person("boss@example.org"))
        assert not _user("boss@example.org").is_admin


def test_signing_in_is_on_record_without_addresses_of_people(client: TestClient) -> None:
    client.post(AGENT, json=person())
    client.post("/auth/login", json={"email": "ada@example.org", "password": "wrong"})
    client.post("/api/auth/login", json={"email": "ada@example.org", "password": STRONG})
    with transaction() as session:
        entries = session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
    assert [(one.action, one.door, one.subject_id) for one in entries] == [
        ("auth.sign_up", "agent", _user().id),
        ("auth.login_failed", "agent", _user().id),
        ("auth.login", "analyzer", _user().id),
    ]
    assert "ada" not in str([one.facts for one in entries])
