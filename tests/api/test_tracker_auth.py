"""The tracker's way in: codes by mail, second factors, refresh chains."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pyotp
import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select, update

from core.clock import utc_now
from core.db import transaction
from core.errors import Unavailable
from core.queue import redis_client
from core.settings import get_settings
from models.identity import EmailCode, MfaDevice
from models.user import User
from services.identity.entrance import Entrance
from services.identity.local import LocalIdentity
from services.identity.verification import Verification
from services.mail.mailer import Mail
from services.wiring import Services
from tests.api.doorways import STRONG, bearer, entered
from tests.together import together

ADA = "ada@example.org"
PATH = "/auth/cognito"
SIGN_UP = {"email": ADA, "password": STRONG, "name": "Ada Byron", "turnstile_token": "x"}


class Post:
    """A mail provider that keeps what it was given, or is away."""

    def __init__(self) -> None:
        self.mails: list[Mail] = []
        self.away = False

    def send(self, mail: Mail) -> None:
        if self.away:
            raise Unavailable("away")
        self.mails.append(mail)

    def code(self) -> str:
        found = re.search(r"\b\d{6}\b", self.mails[-1].text)
        assert found
        return found[0]


@pytest.fixture
def post() -> Post:
    return Post()


@pytest.fixture
def client(clean_db: str, redis_url: str, request: pytest.FixtureRequest, post: Post) -> Iterator[TestClient]:
    redis_client(redis_url).flushdb()
    with entered(getattr(request, "param", {})) as one:
        services: Services = one.app.state.services  # type: ignore[attr-defined]
        identity = LocalIdentity(services.settings)
        object.__setattr__(services, "identity", identity)
        object.__setattr__(services, "entrance", Entrance(services.settings, identity))
        object.__setattr__(services, "verification", Verification(services.settings, identity, post))
        yield one


def with_settings(**changes: Any) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("client", [changes], indirect=True, ids=[",".join(changes)])


def signed_up(client: TestClient) -> None:
    assert client.post(f"{PATH}/signup", json=SIGN_UP).status_code == 200


def log_in(client: TestClient, password: str = STRONG) -> dict[str, Any]:
    answer = client.post(f"{PATH}/login", json={"email": ADA, "password": password})
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


def refresh(client: TestClient, token: str) -> Any:
    return client.post(f"{PATH}/refresh", json={"refresh_token": token})


class TestSigningUp:
    def test_signing_up_then_logging_in(self, client: TestClient) -> None:
        assert client.post(f"{PATH}/signup", json=SIGN_UP).json()["status"] == "OK"
        body = log_in(client)
        assert body["status"] == "OK"
        assert body["tokens"]["expires_in"] > 120
        me = client.get("/users/me", headers=bearer(body["tokens"]["access_token"])).json()
        assert (me["email"], me["name"], me["must_change_password"], me["ui_preferences"]) == (
            ADA,
            "Ada Byron",
            False,
            {},
        )

    @pytest.mark.parametrize(
        ("password", "violation"),
        [
            ("Short-1-pass", "min_length"),
            ("correct-horse-9-battery", "uppercase"),
            ("CORRECT-HORSE-9-BATTERY", "lowercase"),
            ("Correct-Horse-Battery", "number"),
            ("CorrectHorse9Battery", "special_char"),
            ("Correct-Horse-9-ada@example.org", "contains_email"),
            ("Correct-Horse-9-Byron", "contains_name"),
            ("P@ssw0rd-123456", "denylist_common"),
        ],
    )
    def test_a_weak_password_lists_what_is_wrong(self, client: TestClient, password: str, violation: str) -> None:
        answer = client.post(f"{PATH}/signup", json=SIGN_UP | {"password": password})
        assert (answer.status_code, answer.json()["error"]) == (400, "VALIDATION_ERROR")
        details = answer.json()["details"]
        assert details["code"] == "WEAK_PASSWORD"
        assert violation in details["violations"]

    @pytest.mark.parametrize("field", ["email", "password", "name", "turnstile_token"])
    def test_a_missing_field_is_a_422(self, client: TestClient, field: str) -> None:
        answer = client.post(f"{PATH}/signup", json={key: value for key, value in SIGN_UP.items() if key != field})
        assert (answer.status_code, answer.json()["error"]) == (422, "VALIDATION_ERROR")
        assert answer.json()["details"]["errors"][0]["loc"][-1] == field

    def test_a_taken_address_is_a_400(self, client: TestClient) -> None:
        signed_up(client)
        assert client.post(f"{PATH}/signup", json=SIGN_UP).status_code == 400

    def test_a_password_from_a_weaker_door_must_be_changed(self, client: TestClient) -> None:
        client.post("/api/auth/signup", json={"name": "Ada", "email": ADA, "password": "weak-but-8"})
        token = log_in(client, "weak-but-8")["tokens"]["access_token"]
        assert client.get("/users/me", headers=bearer(token)).json()["must_change_password"] is True

    @with_settings(captcha_provider="turnstile")
    def test_a_captcha_without_a_key_fails_closed(self, client: TestClient) -> None:
        assert client.post(f"{PATH}/signup", json=SIGN_UP).status_code == 503

    def test_an_inactive_account_is_a_401(self, client: TestClient) -> None:
        signed_up(client)
        token = log_in(client)["tokens"]["access_token"]
        with transaction() as session:
            session.execute(update(User).values(is_active=False))
        assert client.post(f"{PATH}/login", json={"email": ADA, "password": STRONG}).status_code == 401
        assert client.get("/users/me", headers=bearer(token)).status_code == 401


class TestVerification:
    @with_settings(email_verification_required=True)
    def test_nothing_but_oneself_until_the_address_is_proven(self, client: TestClient, post: Post) -> None:
        assert client.post(f"{PATH}/signup", json=SIGN_UP).json()["status"] == "CONFIRMATION_REQUIRED"
        token = log_in(client)["tokens"]["access_token"]
        assert client.get("/users/me", headers=bearer(token)).status_code == 200
        refused = client.put("/users/me/settings", json={"theme": "light"}, headers=bearer(token))
        assert (refused.status_code, refused.json()["error"]) == (403, "EMAIL_NOT_VERIFIED")
        assert refused.json()["details"] == {"code": "EMAIL_NOT_VERIFIED", "email": ADA}
        assert client.get("/auth/me", headers=bearer(token)).status_code == 200
        done = client.post(f"{PATH}/verification/confirm", json={"email": ADA, "code": post.code()})
        assert done.json()["status"] == "OK"
        assert client.put("/users/me/settings", json={"theme": "light"}, headers=bearer(token)).status_code == 200
        assert client.get("/users/me", headers=bearer(token)).json()["email_verified_at"]

    def test_a_code_is_good_once_and_a_new_one_kills_the_old(self, client: TestClient, post: Post) -> None:
        signed_up(client)
        sent = client.post(f"{PATH}/verification/send", json={"email": ADA})
        assert sent.json()["resend_available_in_seconds"] == 60
        again = client.post(f"{PATH}/verification/send", json={"email": ADA})
        assert (again.status_code, int(again.headers["retry-after"]) > 50) == (429, True)
        old = post.code()
        _age(61)
        client.post(f"{PATH}/verification/send", json={"email": ADA})
        if old != post.code():
            assert _confirm(client, old) == 400
        assert _confirm(client, post.code()) == 200
        assert client.post(f"{PATH}/verification/send", json={"email": ADA}).json()["message"]

    def test_it_does_not_say_who_has_an_account(self, client: TestClient, post: Post) -> None:
        """An account that waits, one that is verified, and none: twice the same answers, and the same wrong codes."""
        signed_up(client)
        client.post(f"{PATH}/signup", json=SIGN_UP | {"email": "eve@example.org"})
        with transaction() as session:
            verified = {"is_email_verified": True, "email_verified_at": utc_now()}
            session.execute(update(User).where(User.email != ADA).values(verified))
        asked = {
            email: [client.post(f"{PATH}/verification/send", json={"email": email}) for _ in range(2)]
            for email in (ADA, "eve@example.org", "nobody@example.org")
        }
        told = {str([(one.status_code, one.json()) for one in answers]) for answers in asked.values()}
        assert len(told) == 1
        assert [one.status_code for one in asked[ADA]] == [200, 429]
        assert [mail.to for mail in post.mails] == [ADA]
        wrong = "000000" if post.code() != "000000" else "111111"
        guesses = [
            client.post(f"{PATH}/verification/confirm", json={"email": email, "code": wrong})
            for email in (ADA, "nobody@example.org")
        ]
        assert [one.status_code for one in guesses] == [400, 400]
        assert guesses[0].json() == guesses[1].json()

    @with_settings(email_verification_required=True)
    def test_asking_before_there_is_an_account_keeps_no_first_code_away(self, client: TestClient, post: Post) -> None:
        client.post(f"{PATH}/verification/send", json={"email": ADA})
        signed_up(client)
        assert _confirm(client, post.code()) == 200

    def test_an_unknown_address_hears_nothing_of_it(self, client: TestClient, post: Post) -> None:
        assert client.post(f"{PATH}/verification/send", json={"email": "no@example.org"}).status_code == 200
        assert post.mails == []
        assert client.post(f"{PATH}/verification/send", json={"email": "nobody"}).status_code == 400

    def test_a_code_that_is_too_old(self, client: TestClient, post: Post) -> None:
        signed_up(client)
        client.post(f"{PATH}/verification/send", json={"email": ADA})
        _age(901)
        assert _confirm(client, post.code()) == 400

    def test_mail_that_cannot_be_sent_leaves_no_cooldown(self, client: TestClient, post: Post) -> None:
        signed_up(client)
        post.away = True
        assert client.post(f"{PATH}/verification/send", json={"email": ADA}).status_code == 503
        post.away = False
        assert client.post(f"{PATH}/verification/send", json={"email": ADA}).status_code == 200

    def test_a_hundred_parallel_guesses_are_ten(self, client: TestClient, post: Post) -> None:
        signed_up(client)
        client.post(f"{PATH}/verification/send", json={"email": ADA})
        right = post.code()
        wrong = [f"{number:06d}" for number in range(100) if f"{number:06d}" != right]
        verification: Verification = client.app.state.services.verification  # type: ignore[attr-defined]
        visitor_less = [lambda code=code: verification._try(_VISITOR, _user(), code) for code in wrong[:99]]
        verdicts = [str(one) for one in together(visitor_less)]
        assert (verdicts.count("wrong"), verdicts.count("exhausted"), verdicts.count("none")) == (9, 1, 89)
        assert _confirm(client, right) == 400

    def test_a_table_of_codes_tells_nothing(self, client: TestClient, post: Post) -> None:
        signed_up(client)
        client.post(f"{PATH}/verification/send", json={"email": ADA})
        with transaction() as session:
            stored = session.scalars(select(EmailCode.code_hash)).one()
        assert post.code() not in stored
        assert len(stored) == 64


class TestSecondFactor:
    def _set_up(self, client: TestClient, text: str) -> tuple[pyotp.TOTP, dict[str, Any]]:
        begun = client.post(f"{PATH}/mfa/setup", json={"session": text, "label": f"JobTracker:{ADA}"}).json()
        assert begun["otpauth_uri"].startswith("otpauth://totp/")
        totp = pyotp.TOTP(begun["secret_code"])
        body = {"email": ADA, "session": begun["session"], "code": totp.now()}
        wrong = client.post(f"{PATH}/mfa/verify", json=body | {"code": "000000"})
        assert wrong.status_code == 400
        answer = client.post(f"{PATH}/mfa/verify", json=body)
        assert answer.status_code == 200, answer.text
        return totp, answer.json()

    def _answer(self, client: TestClient, text: str, code: str) -> Any:
        body = {"email": ADA, "challenge_name": "SOFTWARE_TOKEN_MFA", "session": text}
        return client.post(f"{PATH}/challenge", json=body | {"responses": {"SOFTWARE_TOKEN_MFA_CODE": code}})

    @with_settings(mfa_required=True)
    def test_from_setup_to_log_in(self, client: TestClient) -> None:
        signed_up(client)
        owed = log_in(client)
        assert (owed["status"], owed["next_step"], owed["tokens"]) == ("CHALLENGE", "MFA_SETUP", None)
        totp, done = self._set_up(client, owed["session"])
        assert done["tokens"]["access_token"]
        asked = log_in(client)
        assert asked["challenge_name"] == "SOFTWARE_TOKEN_MFA"
        used = self._answer(client, asked["session"], totp.now())
        assert used.status_code == 401, "the code that set it up is spent"
        fresh = totp.at(utc_now() + timedelta(seconds=30))
        assert self._answer(client, asked["session"], fresh).json()["status"] == "OK"
        assert self._answer(client, asked["session"], fresh).status_code == 401, "a session is good once"

    def test_by_choice_with_an_access_token(self, client: TestClient) -> None:
        signed_up(client)
        self._set_up(client, log_in(client)["tokens"]["access_token"])
        assert log_in(client)["status"] == "CHALLENGE"
        for path in ("/auth/login", "/api/v1/auth/login", "/api/auth/login"):
            answer = client.post(path, json={"email": ADA, "password": STRONG})
            assert answer.status_code == 403, "no door walks around a second factor"
        for path in ("/auth/register", "/api/auth/signup"):
            answer = client.post(path, json={"email": ADA, "password": STRONG, "name": "Ada"})
            assert answer.status_code in (400, 409)

    def test_a_recovery_code_replaces_the_app_once(self, client: TestClient) -> None:
        signed_up(client)
        _, done = self._set_up(client, log_in(client)["tokens"]["access_token"])
        recovery = done["recovery_codes"][3]
        assert self._answer(client, log_in(client)["session"], recovery.upper()).json()["status"] == "OK"
        assert self._answer(client, log_in(client)["session"], recovery).status_code == 401
        with transaction() as session:
            device = session.scalars(select(MfaDevice)).one()
            assert len(device.recovery_hashes) == 9
            assert not any(code in str(device.recovery_hashes) for code in done["recovery_codes"])

    def test_five_guesses_a_log_in(self, client: TestClient) -> None:
        signed_up(client)
        totp, _ = self._set_up(client, log_in(client)["tokens"]["access_token"])
        text = log_in(client)["session"]
        assert [self._answer(client, text, "000000").status_code for _ in range(5)] == [401] * 5
        assert self._answer(client, text, totp.at(utc_now() + timedelta(seconds=30))).status_code == 401

    def test_a_session_of_nobody(self, client: TestClient) -> None:
        assert client.post(f"{PATH}/mfa/setup", json={"session": "nonsense"}).status_code == 401
        assert self._answer(client, "nonsense", "000000").status_code == 401
        other = {"email": ADA, "challenge_name": "NEW_PASSWORD_REQUIRED", "session": "x", "responses": {}}
        assert client.post(f"{PATH}/challenge", json=other).status_code == 400


class _Visitor:
    door, address = "tracker", None


_VISITOR: Any = _Visitor()


def _user() -> User:
    with transaction() as session:
        return session.scalars(select(User)).one()


def _age(seconds: int) -> None:
    """Let every code be so much older, and every pause be over."""
    redis_client(get_settings().redis_url).flushdb()
    by = timedelta(seconds=seconds)
    with transaction() as session:
        session.execute(
            update(EmailCode).values(created_at=EmailCode.created_at - by, expires_at=EmailCode.expires_at - by)
        )


def _confirm(client: TestClient, code: str) -> int:
    return client.post(f"{PATH}/verification/confirm", json={"email": ADA, "code": code}).status_code
