"""What strangers try on people's sessions: each of these worked somewhere once."""

from collections.abc import Iterator
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi.testclient import TestClient
from pydantic import SecretStr
from sqlalchemy import select

from api.door import Doors
from api.middleware import RequestFrame
from api.platform.door import PLATFORM
from core.db import transaction
from models.user import User, UserProfile
from services.identity.openid import GoogleSignIn
from tests.api.conftest import Api
from tests.api.doorways import STRONG, bearer, entered
from tests.api.test_four_doors import LOG_INS, SIGN_UPS, person
from tests.local_http import serving

ADA = "ada@example.org"
LOGIN = {"email": ADA, "password": STRONG}


@pytest.fixture
def client(clean_db: str, redis_url: str) -> Iterator[TestClient]:
    with entered() as one:
        yield one


def _user(email: str = ADA) -> User:
    with transaction() as session:
        return session.scalars(select(User).where(User.email == email)).one()


class TestRights:
    """Fields of the account that nobody offered."""

    WANTED: ClassVar[dict[str, Any]] = {
        "is_admin": True,
        "is_active": False,
        "is_email_verified": True,
        "email": "root@example.org",
        "id": 1,
        "user_id": 1,
        "token_epoch": 99,
        "must_change_password": True,
        "password_hash": "x",
        "doors": ["tracker"],
    }

    @pytest.mark.parametrize("path", SIGN_UPS)
    def test_signing_up_takes_none(self, client: TestClient, path: str) -> None:
        client.post(SIGN_UPS[0], json=person("first@example.org", username="first"))
        sent = self.WANTED | person()
        assert client.post(path, json=sent).status_code in (200, 201)
        ada = _user()
        assert (ada.is_admin, ada.is_active, ada.is_email_verified, ada.token_epoch) == (False, True, False, 0)

    @pytest.mark.parametrize(
        ("method", "path"),
        [
            ("PUT", "/api/profile"),
            ("PUT", "/api/v1/profile"),
            ("PUT", "/api/v1/users/me/profile"),
            ("PUT", "/api/v1/users/me/settings"),
            ("PUT", "/users/me/settings"),
        ],
    )
    def test_changing_oneself_takes_none(self, client: TestClient, method: str, path: str) -> None:
        client.post(SIGN_UPS[0], json=person("first@example.org", username="first"))
        token = client.post(SIGN_UPS[0], json=person()).json()["access_token"]
        before = _user()
        assert client.request(method, path, json=self.WANTED, headers=bearer(token)).status_code == 200
        after = _user()
        names = ("id", "email", "is_admin", "is_active", "is_email_verified", "token_epoch", "password_hash", "doors")
        assert [getattr(after, name) for name in names] == [getattr(before, name) for name in names]

    def test_an_administrators_change_takes_two_fields(self, client: TestClient) -> None:
        boss = client.post(SIGN_UPS[0], json=person("boss@example.org", username="boss")).json()["access_token"]
        client.post(SIGN_UPS[0], json=person())
        before = _user()
        answer = client.put(f"/api/admin/users/{before.id}", json=self.WANTED, headers=bearer(boss))
        assert answer.status_code == 200
        after = _user()
        assert (after.is_admin, after.is_active) == (True, False)
        assert (after.email, after.password_hash, after.doors) == (before.email, before.password_hash, before.doors)

    def test_preferences_of_ones_own_are_no_columns(self, client: TestClient) -> None:
        token = client.post(SIGN_UPS[0], json=person()).json()["access_token"]
        client.put("/api/profile", json={"preferences": {"user_id": 7, "cv_filename": "x"}}, headers=bearer(token))
        with transaction() as session:
            profile = session.scalars(select(UserProfile)).one()
        assert (profile.user_id, profile.cv_filename) == (_user().id, None)


class TestSessions:
    @pytest.mark.parametrize("path", LOG_INS[1:])
    def test_a_planted_cookie_does_not_become_the_persons_session(self, client: TestClient, path: str) -> None:
        planted = client.post(SIGN_UPS[2], json=person("eve@example.org", username="eve")).json()["access_token"]
        client.cookies.clear()
        client.post(SIGN_UPS[0], json=person())
        client.cookies.set("access_token", planted, domain="testserver.local", path="/")
        assert client.post(path, json=LOGIN).status_code == 200
        assert [one.value for one in client.cookies.jar if one.value == planted] == []
        assert client.get("/api/v1/auth/me").json()["email"] == ADA

    def test_each_log_in_is_a_session_of_its_own(self, client: TestClient) -> None:
        client.post(SIGN_UPS[0], json=person())
        tokens = {client.post(LOG_INS[0], json=LOGIN).json()["access_token"] for _ in range(5)}
        assert len(tokens) == 5
        first, *others = sorted(tokens)
        client.post("/auth/logout", headers=bearer(first))
        assert client.get("/auth/me", headers=bearer(first)).status_code == 401
        assert [client.get("/auth/me", headers=bearer(one)).status_code for one in others] == [200] * 4

    @pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "", "multipart/form-data"])
    @pytest.mark.parametrize("path", [*LOG_INS[1:], *SIGN_UPS[1:]])
    def test_a_form_of_another_site_logs_nobody_in(self, client: TestClient, path: str, kind: str) -> None:
        """A form can send JSON as plain text, without asking first; its answer would set the attacker's session."""
        client.post(SIGN_UPS[0], json=person())
        sent = b'{"email":"ada@example.org","password":"Correct-Horse-9-Battery","name":"Ada","username":"eve","x":"="}'
        answer = client.post(path, content=sent, headers={"Content-Type": kind, "Sec-Fetch-Site": "cross-site"})
        assert answer.status_code in (400, 422)
        assert "set-cookie" not in answer.headers

    @pytest.mark.parametrize(
        "headers",
        [
            {},
            {"Sec-Fetch-Site": "cross-site"},
            {"Sec-Fetch-Site": "same-site"},
            {"Origin": "https://evil.example.org"},
            {"Origin": "null"},
            {"Origin": "http://testserver.evil.example.org"},
            {"Origin": "https://testserver"},
        ],
        ids=str,
    )
    def test_a_cookie_alone_changes_nothing_for_another_site(self, client: TestClient, headers: dict[str, str]) -> None:
        client.post(SIGN_UPS[2], json=person())
        assert client.get("/api/v1/auth/me").status_code == 200
        answers = [
            client.put("/api/v1/profile", json={"skills": ["x"]}, headers=headers),
            client.post("/api/v1/users/me/change-password", json={}, headers=headers),
            client.post("/api/auth/logout", headers=headers),
            client.delete("/api/upload/delete?id=1", headers=headers),
        ]
        assert [one.status_code for one in answers] == [403] * 4
        assert client.get("/api/v1/auth/me").json()["skills"] == []


class TestRedirects:
    @pytest.fixture
    def google(self, clean_db: str, redis_url: str) -> Iterator[TestClient]:
        names = {
            "issuer": "x",
            "authorization_endpoint": "https://idp.example.org/a",
            "token_endpoint": "",
            "jwks_uri": "",
        }
        with serving({"/d": lambda body, headers: (200, names)}) as url, entered() as one:
            services = one.app.state.services  # type: ignore[attr-defined]
            changes = {
                "google_client_id": "c",
                "google_client_secret": SecretStr("s"),
                "google_discovery_url": f"{url}/d",
            }
            object.__setattr__(services, "google", GoogleSignIn(services.settings.model_copy(update=changes)))
            yield one

    @pytest.mark.parametrize("name", ["redirect_uri", "next", "redirect", "return_to", "state"])
    def test_nobody_chooses_where_google_sends_people(self, google: TestClient, name: str) -> None:
        path, evil = "/api/v1/auth/oauth/google/login", "https://evil.example.org/"
        headers = {"Host": "evil.example.org", "X-Forwarded-Host": "evil.example.org", "Referer": evil}
        answer = google.get(path, params={name: evil}, headers=headers, follow_redirects=False)
        target = urlsplit(answer.headers["location"])
        assert target.netloc == "idp.example.org"
        assert urlsplit(parse_qs(target.query)["redirect_uri"][0]).netloc == "localhost:8002"
        assert "evil" not in answer.headers["location"]

    @pytest.mark.parametrize("said", ["https://evil.example.org", "x\r\nSet-Cookie: a=b", "<script>"])
    def test_what_google_says_goes_nowhere_else(self, google: TestClient, said: str) -> None:
        query = {"error": said, "state": said, "code": said}
        answer = google.get(
            "/api/v1/auth/oauth/google/callback",
            params=query,
            headers={"Accept": "text/html", "Host": "evil.example.org"},
            follow_redirects=False,
        )
        target = urlsplit(answer.headers["location"])
        assert (answer.status_code, target.netloc) == (302, "localhost:8002")
        assert "a=b" not in str(answer.headers)
        assert "script" not in answer.headers["location"]


class TestHeaders:
    @pytest.mark.parametrize("path", ["/auth/me", "/health", "/nowhere", "/users/me", "/api/v1/auth/me"])
    def test_every_answer_is_kept_by_nobody_and_framed_nowhere(self, client: TestClient, path: str) -> None:
        headers = client.get(path).headers
        assert headers["cache-control"] == "no-store"
        assert headers["x-content-type-options"] == "nosniff"
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert "server" not in headers

    def test_the_page_about_the_doors_still_loads_its_scripts(self, client: TestClient) -> None:
        assert "content-security-policy" not in client.get("/docs").headers

    def test_browsers_are_told_to_stay_encrypted_where_we_are(self, clean_db: str, redis_url: str) -> None:
        changes = {"public_url": "https://jobs.example.org"}
        with entered(changes) as one:
            cookie = one.post(SIGN_UPS[2], json=person()).headers["set-cookie"].lower()
            framed = RequestFrame(one.app, Doors((), fallback=PLATFORM), encrypted=True)
            assert "max-age" in TestClient(framed).get("/livez").headers["strict-transport-security"]
            assert "strict-transport-security" not in one.get("/livez").headers
        assert "secure" in cookie


def test_the_log_of_a_day_names_nobody(api: Api) -> None:
    """Sign-ups, mistakes, refusals and a crash: ids are enough."""
    secrets = ("ada.byron@example.org", "Correct-Horse-9-Battery", "Byron", "wrong-horse")
    new = {"email": secrets[0], "password": secrets[1], "name": "Ada Byron", "turnstile_token": "x"}
    api.client.post("/auth/cognito/signup", json=new)
    tokens = api.client.post("/auth/cognito/login", json=new).json()["tokens"]
    for path in LOG_INS:
        api.client.post(path, json=new | {"password": secrets[3]})
    api.client.post("/auth/cognito/verification/send", json=new)
    api.client.post("/auth/cognito/refresh", json={"refresh_token": tokens["refresh_token"]})
    api.client.delete(f"/api/admin/allowlist/{secrets[0]}", headers=bearer(tokens["access_token"]))
    api.client.get("/api/v1/auth/me", headers=bearer("not-a-token-at-all"))
    said = api.process.said()
    assert [one for one in (*secrets, tokens["access_token"], tokens["refresh_token"]) if one in said] == []
