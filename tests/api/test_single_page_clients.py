"""The four published clients sign up, log in, reload, change what they may and log out, in a browser's ways."""

import json
import re
import threading
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from core.clock import utc_now
from core.settings import get_settings
from services.identity import issue_access_token, read_access_token
from tests.api.browser import NetworkError, Page, Profile
from tests.api.conftest import Api
from tests.api.spas import Agent, Analyzer, Client, Copilot, LoggedOutError, Tracker
from tests.processes import Processes, free_port
from tests.services.test_resume_uploads import PDF
from tests.together import problems, together

ADA, PASSWORD, NEW = "ada@example.org", "Correct-Horse-9-Battery", "Another-Horse-7-Battery"
_STRICT = {"EMAIL_VERIFICATION_REQUIRED": "true", "REFRESH_REUSE_GRACE_SECONDS": "2"}
VITE = "http://localhost:5173"


@pytest.fixture
def url(api: Api) -> str:
    return f"http://localhost:{api.port}"


@pytest.fixture(scope="module")
def strict_url(database: str, redis_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An installation that wants addresses proven, and forgives pages that refresh together over a slow network."""
    port = free_port()
    with Processes(tmp_path_factory.mktemp("strict"), _STRICT) as processes:
        processes.api(port)
        yield f"http://localhost:{port}"


def aged(token: str) -> str:
    """The same token, expired: what a laptop finds in its storage on Monday."""
    claims = read_access_token(get_settings(), token)
    then = utc_now() - timedelta(days=8)
    return issue_access_token(
        get_settings(), user_id=claims.user_id, epoch=claims.epoch, now=then, family=claims.family, seconds=60
    )


def mailed_code() -> str:
    newest = max((get_settings().data_dir / "outbox").glob("*.eml"))
    found = re.search(r"\b\d{6}\b", str(message_from_bytes(newest.read_bytes()).get_payload()))
    assert found
    return found[0]


class TestTracker:
    def test_from_sign_up_to_log_out(self, url: str) -> None:
        client = Tracker(VITE, url)
        assert client.sign_up(ADA, PASSWORD, "Ada Byron")["status"] == "OK"
        assert client.log_in(ADA, PASSWORD)["tokens"]["expires_in"] > 120
        client = client.reloaded()
        assert client.call("GET", "/users/me").json()["email"] == ADA
        every = {"theme": "light", "default_jobs_sort": "updated_desc", "default_jobs_view": "all"}
        every |= {"auto_refresh_seconds": 30, "data_retention_days": 0}  # type: ignore[dict-item]
        assert client.call("PUT", "/users/me/settings", every).json()["message"]
        client.call("PATCH", "/users/me/ui-preferences", {"preferences": {"nav_expanded": True}})
        client = client.reloaded()
        assert client.call("GET", "/users/me/settings").json()["theme"] == "light"
        assert client.call("GET", "/users/me").json()["ui_preferences"] == {"nav_expanded": True}
        client.log_out()
        with pytest.raises(LoggedOutError):
            client.reloaded().call("GET", "/users/me")

    def test_a_wrong_password_is_said_and_changes_nothing(self, url: str) -> None:
        client = Tracker(VITE, url)
        client.sign_up(ADA, PASSWORD, "Ada")
        with pytest.raises(AssertionError, match="Wrong e-mail or password"):
            client.log_in(ADA, "wrong horse 1")
        assert client.page.storage == {}

    def test_an_expired_token_is_refreshed_without_the_person_noticing(self, url: str) -> None:
        client = Tracker(VITE, url)
        client.sign_up(ADA, PASSWORD, "Ada")
        tokens = client.log_in(ADA, PASSWORD)["tokens"]
        client.page.storage["tokens"] = json.dumps(tokens | {"access_token": aged(tokens["access_token"])})
        client = client.reloaded()
        assert client.call("GET", "/users/me").status_code == 200
        kept = json.loads(client.page.storage["tokens"])
        assert kept["refresh_token"] != tokens["refresh_token"]
        assert client.reloaded().call("GET", "/users/me").status_code == 200

    def test_tabs_that_find_it_expired_together_all_stay_logged_in(self, clean_db: str, strict_url: str) -> None:
        """A laptop wakes up: five requests in two tabs hold the same tokens, and ask for new ones at once."""
        first = Tracker(VITE, strict_url)
        first.sign_up(ADA, PASSWORD, "Ada")
        first.log_in(ADA, PASSWORD)
        before = json.loads(first.page.storage["tokens"])["refresh_token"]
        tabs = [Tracker(VITE, strict_url, Profile(dict(first.page.storage))) for _ in range(5)]
        gate = threading.Barrier(len(tabs))
        assert problems(together([lambda tab=tab: tab.refresh(at=gate.wait) for tab in tabs])) == []
        kept = {json.loads(tab.page.storage["tokens"])["refresh_token"] for tab in tabs}
        assert len(kept - {before}) == len(kept) == 1
        assert [tab.reloaded().call("GET", "/users/me").status_code for tab in tabs] == [200] * 5

    def test_changing_the_password_ends_the_other_computers_session(self, url: str) -> None:
        here, there = Tracker(VITE, url), Tracker("http://localhost:4173", url)
        here.sign_up(ADA, PASSWORD, "Ada")
        here.log_in(ADA, PASSWORD)
        there.log_in(ADA, PASSWORD)
        wrong = here.call("POST", "/users/me/change-password", {"current_password": "wrong", "new_password": NEW})
        assert wrong.status_code == 400, "a 401 would log out whoever mistypes"
        here.call("POST", "/users/me/change-password", {"current_password": PASSWORD, "new_password": NEW})
        with pytest.raises(LoggedOutError):
            there.call("GET", "/users/me")
        assert here.log_in(ADA, NEW)["status"] == "OK"

    def test_an_address_is_proven_first_where_that_is_asked(self, clean_db: str, strict_url: str) -> None:
        client = Tracker(VITE, strict_url)
        assert client.sign_up(ADA, PASSWORD, "Ada")["status"] == "CONFIRMATION_REQUIRED"
        client.log_in(ADA, PASSWORD)
        assert client.call("GET", "/users/me").json()["is_email_verified"] is False
        refused = client.call("PUT", "/users/me/settings", {"auto_refresh_seconds": 10})
        assert (refused.status_code, refused.json()["details"]["email"]) == (403, ADA)
        client.confirm(ADA, mailed_code())
        assert client.reloaded().call("PUT", "/users/me/settings", {"auto_refresh_seconds": 10}).status_code == 200

    def test_a_cookie_of_the_other_clients_means_nothing_here(self, url: str) -> None:
        """`credentials: include` brings it along."""
        copilot = Copilot(url, url)
        copilot.register("ada", ADA, PASSWORD)
        client = Tracker(VITE, url, copilot.page.profile)
        with pytest.raises(LoggedOutError):
            client.call("GET", "/users/me")

    def test_the_limit_says_when_in_a_header_its_page_may_read(self, url: str) -> None:
        answer = Page(VITE, url).fetch("GET", "/users/me", headers={"Authorization": "Bearer x"}, credentials="include")
        assert answer.headers["www-authenticate"] == "Bearer"


class TestAgent:
    def test_from_sign_up_to_log_out(self, url: str) -> None:
        client = Agent(VITE, url)
        client.register(ADA, PASSWORD)
        client = client.reloaded()
        body = client.call("GET", "/api/profile").json()
        assert (body["email"], body["is_admin"]) == (ADA, True)
        client.call("PUT", "/api/profile", {"preferences": {"remote_types": ["full"]}})
        client.call("PUT", "/api/profile", {"skills": ["Python"]})
        body = client.reloaded().call("GET", "/api/profile").json()
        assert (body["skills"], body["preferences"]["remote_only"]) == (["Python"], True)
        token = client.page.storage["access_token"]
        client = client.reloaded()
        client.log_out()
        assert client.call("GET", "/api/profile").status_code == 401
        client.page.storage["access_token"] = token
        with pytest.raises(LoggedOutError):
            client.reloaded().call("GET", "/api/profile")

    def test_a_wrong_password_does_not_log_out_who_is_logged_in(self, url: str) -> None:
        client = Agent(VITE, url)
        client.register(ADA, PASSWORD)
        said = client.log_in(ADA, "wrong horse")
        assert said == "Wrong e-mail or password"
        assert client.call("GET", "/api/profile").status_code == 200
        assert client.log_in(ADA, PASSWORD) is None

    def test_an_expired_token_sends_to_the_log_in_page(self, url: str) -> None:
        client = Agent(VITE, url)
        client.register(ADA, PASSWORD)
        client.page.storage["access_token"] = aged(client.page.storage["access_token"])
        with pytest.raises(LoggedOutError):
            client.reloaded().call("GET", "/api/profile")
        assert client.page.storage == {}

    def test_a_call_without_proof_logs_nobody_out(self, url: str) -> None:
        client = Agent(VITE, url)
        answer = client.page.fetch("POST", "/api/skills/custom", {"skill": "Go"}, credentials="omit")
        assert (answer.status_code, answer.json()["detail"]) == (401, "Not authenticated")

    def test_a_form_shows_the_first_problem(self, url: str) -> None:
        answer = Agent(VITE, url).page.fetch("POST", "/auth/register", {"email": "ada", "password": PASSWORD})
        assert "valid email" in answer.json()["detail"][0]["msg"]


class TestAnalyzer:
    def test_from_sign_up_to_log_out(self, url: str) -> None:
        client = Analyzer(url, url)
        assert client.sign_up("Ada", ADA, PASSWORD)["user"]["created_at"]
        client = client.reloaded()
        assert client.uploads().json()["count"] == 0
        assert client.upload(PDF).status_code == 201
        assert client.reloaded().uploads().json()["count"] == 1
        client.log_out()
        assert "access_token" not in client.page.profile.jar
        assert client.reloaded().uploads().status_code == 401
        assert client.log_in(ADA, "wrong horse") | {"error": ""} == {
            "success": False,
            "error": "",
            "message": "Wrong e-mail or password",
        }
        assert client.page.storage == {}
        assert client.log_in(ADA, PASSWORD)["success"] is True
        assert client.reloaded().uploads().json()["count"] == 1

    def test_nobody_is_another_person_by_saying_their_number(self, url: str) -> None:
        ada, eve = Analyzer(url, url), Analyzer(url, url)
        number = ada.sign_up("Ada", ADA, PASSWORD)["user"]["id"]
        ada.upload(PDF)
        eve.sign_up("Eve", "eve@example.org", PASSWORD)
        eve.page.storage["auth_user"] = json.dumps({"id": number})
        assert eve.uploads().json()["count"] == 0

    def test_without_the_proxy_the_cookie_does_not_travel(self, url: str) -> None:
        client = Analyzer("http://localhost:8081", url)
        client.sign_up("Ada", ADA, PASSWORD)
        answer = client.uploads()
        assert (answer.status_code, answer.json()["error"]) == (401, "Not authenticated")

    def test_an_old_cookie_is_nobody(self, url: str) -> None:
        client = Analyzer(url, url)
        token = client.sign_up("Ada", ADA, PASSWORD)["token"]
        client.page.profile.jar.clear()
        client.page.profile.jar.set("access_token", aged(token), domain="localhost.local", path="/")
        assert client.uploads().status_code == 401


class TestCopilot:
    def test_from_sign_up_to_log_out(self, url: str) -> None:
        client = Copilot(url, url)
        assert client.register("ada", ADA, PASSWORD)["username"] == "ada"
        client = client.reloaded()
        assert client.lets_in()
        assert client.call("GET", "/api/v1/auth/me").json()["username"] == "ada"
        assert client.poll_as_the_uploader_does("/api/v1/auth/me").status_code == 200
        saved = client.call("PUT", "/api/v1/users/me/profile", {"full_name": "Ada", "photoUrl": ""})
        assert saved.json()["data"]["full_name"] == "Ada"
        client.call("PUT", "/api/v1/users/me/settings", {"daily_application_goal": 5})
        assert client.reloaded().call("GET", "/api/v1/users/me/settings").json()["daily_application_goal"] == 5
        cookie = client.page.profile.jar["access_token"]
        client = client.reloaded()
        client.log_out()
        assert not client.lets_in()
        assert client.call("GET", "/api/v1/auth/me").status_code == 401
        client.page.profile.jar.set("access_token", cookie, domain="localhost.local", path="/")
        assert client.call("GET", "/api/v1/auth/me").status_code == 401, "the token itself is dead"

    def test_a_wrong_password_leaves_no_cookie(self, url: str) -> None:
        client = Copilot(url, url)
        client.register("ada", ADA, PASSWORD)
        client.log_out()
        assert client.log_in("ada", "wrong horse") == {"detail": "Wrong e-mail or password"}
        assert not client.lets_in()
        assert client.log_in("ada", PASSWORD)["user"]["email"] == ADA
        assert client.lets_in()

    def test_the_settings_page_changes_the_password_and_stays(self, url: str) -> None:
        client, other = Copilot(url, url), Copilot(url, url)
        client.register("ada", ADA, PASSWORD)
        other.log_in(ADA, PASSWORD)
        sent = {"current_password": PASSWORD, "new_password": NEW}
        assert client.call("POST", "/api/v1/users/me/change-password", sent).status_code == 200
        assert client.reloaded().call("GET", "/api/v1/auth/me").status_code == 200
        assert other.call("GET", "/api/v1/auth/me").status_code == 401

    @pytest.mark.parametrize("provider", ["linkedin", "github"])
    def test_a_button_without_a_provider_comes_back_with_words(self, url: str, provider: str) -> None:
        target = urlsplit(Page(url, url).navigate(f"/api/v1/auth/oauth/{provider}/login").headers["location"])
        assert (target.netloc, target.path) == ("localhost:8002", "/login")
        assert "not available" in parse_qs(target.query)["message"][0]

    def test_another_sites_form_neither_acts_nor_logs_out(self, url: str, api: Api) -> None:
        client = Copilot(url, url)
        client.register("ada", ADA, PASSWORD)
        foreign = {"Origin": "https://evil.example.org", "Sec-Fetch-Site": "cross-site"}
        cookie = {"Cookie": f"access_token={client.page.profile.jar['access_token']}"}  # as if Lax did not hold
        forged = api.client.put("/api/v1/profile", json={"skills": ["x"]}, headers=foreign | cookie)
        assert (forged.status_code, "another site" in forged.json()["detail"]) == (403, True)
        left = api.client.post("/api/v1/auth/logout", headers=foreign)
        assert "set-cookie" not in left.headers
        assert client.call("GET", "/api/v1/auth/me").status_code == 200


DOCUMENTED = [f"http://localhost:{port}" for port in (3000, 3002, 5173, 5174, 4173, 8002, 8081)]


@pytest.mark.parametrize("origin", DOCUMENTED)
def test_every_documented_origin_may_ask_with_credentials(url: str, origin: str) -> None:
    headers = {"Authorization": "Bearer x", "ngrok-skip-browser-warning": "1", "User-Agent": "page"}
    answer = Page(origin, url).fetch("DELETE", "/api/upload/delete?id=1", headers=headers, credentials="include")
    assert answer.status_code == 401


@pytest.mark.parametrize("origin", ["https://evil.example.org", "http://localhost:9999", "null", "http://localhost"])
@pytest.mark.parametrize(("method", "path"), [("GET", "/users/me"), ("PUT", "/api/profile"), ("GET", "/nowhere")])
def test_no_other_origin_reads_anything(url: str, origin: str, method: str, path: str) -> None:
    with pytest.raises(NetworkError):
        Page(origin, url).fetch(method, path, headers={"Authorization": "Bearer x"})


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("GET", "/nowhere", None, 404),
        ("DELETE", "/auth/login", None, 405),
        ("POST", "/auth/login", {}, 422),
        ("POST", "/auth/login", {"email": ADA, "password": "x" * 13 * 1024 * 1024}, 413),
        ("GET", "/users/me", None, 401),
    ],
)
def test_a_page_can_read_every_refusal(url: str, method: str, path: str, body: Any, status: int) -> None:
    """Without CORS headers it would see a network error."""
    assert Page(VITE, url).fetch(method, path, body, credentials="include").status_code == status


def test_reloading_keeps_nothing_but_storage_and_cookies(url: str) -> None:
    """The tests above lean on it."""
    client = Client(VITE, url)
    client.page.storage["x"] = "y"
    again = client.reloaded()
    assert again.page is not client.page
    assert again.page.storage == {"x": "y"}
