"""Administration: accounts, invitations, limits; each act on record, and the record closed to everybody."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from core.db import transaction
from core.queue import redis_client
from core.settings import get_settings
from models.audit import AuditEntry
from services import audit
from services.audit import Visitor
from services.cache_metrics import CacheMetrics
from tests.api.doorways import STRONG, entered
from tests.people import bearer_of, person


@pytest.fixture
def client(clean_db: str, redis_url: str) -> Iterator[TestClient]:
    redis_client(redis_url).flushdb()
    with entered({"rate_limit_enabled": True}) as one:
        yield one
    redis_client(redis_url).flushdb()


@pytest.fixture
def admin(client: TestClient) -> int:
    return person(admin=True)


class TestUsers:
    def test_listed_newest_first(self, client: TestClient, admin: int) -> None:
        other = person()
        body = client.get("/api/admin/users", headers=bearer_of(admin)).json()
        assert ([one["id"] for one in body["users"]], body["total"]) == ([other, admin], 2)
        assert set(body["users"][0]) == {"id", "email", "full_name", "is_active", "is_admin", "created_at"}

    def test_switched_off_at_once_and_its_old_tokens_for_good(self, client: TestClient, admin: int) -> None:
        other = person()
        path, proof = f"/api/admin/users/{other}", bearer_of(admin)
        assert client.put(path, headers=proof, json={"is_active": False}).json()["is_active"] is False
        assert client.get("/auth/me", headers=bearer_of(other)).status_code == 401
        client.put(path, headers=proof, json={"is_active": True})
        assert client.get("/auth/me", headers=bearer_of(other)).status_code == 401

    def test_made_an_administrator(self, client: TestClient, admin: int) -> None:
        other = person()
        client.put(f"/api/admin/users/{other}", headers=bearer_of(admin), json={"is_admin": True})
        assert client.get("/api/admin/users", headers=bearer_of(other)).status_code == 200

    @pytest.mark.parametrize("body", [{"is_admin": False}, {"is_active": False}, {"is_admin": True}, {}])
    def test_nobody_changes_their_own(self, client: TestClient, admin: int, body: dict[str, bool]) -> None:
        assert client.put(f"/api/admin/users/{admin}", headers=bearer_of(admin), json=body).status_code == 400

    @pytest.mark.parametrize(("user_id", "status"), [("999999", 404), ("0", 404), ("9" * 30, 422), ("x", 422)])
    def test_an_account_that_is_not_there(self, client: TestClient, admin: int, user_id: str, status: int) -> None:
        answer = client.put(f"/api/admin/users/{user_id}", headers=bearer_of(admin), json={"is_admin": True})
        assert answer.status_code == status

    def test_a_lost_second_factor(self, client: TestClient, admin: int) -> None:
        other = person()
        answer = client.post(f"/api/admin/users/{other}/reset-mfa", headers=bearer_of(admin))
        assert (answer.status_code, answer.content) == (204, b"")


class TestAllowlist:
    def test_added_listed_removed(self, client: TestClient, admin: int) -> None:
        proof, path = bearer_of(admin), "/api/admin/allowlist"
        added = client.post(path, headers=proof, json={"email": "Ada@Example.org"})
        assert (added.status_code, added.json()["email"], added.json()["added_by"]) == (201, "ada@example.org", admin)
        assert client.post(path, headers=proof, json={"email": "ada@example.ORG"}).status_code == 400
        assert client.get(path, headers=proof).json()["total"] == 1
        assert client.delete(f"{path}/ADA%40example.org", headers=proof).status_code == 204
        assert client.delete(f"{path}/ada%40example.org", headers=proof).status_code == 404

    def test_the_invited_come_in(self, clean_db: str, redis_url: str) -> None:
        boss = person(admin=True)
        with entered({"registration_mode": "allowlist"}) as client:
            new = {"email": "ada@example.org", "password": STRONG}
            assert client.post("/auth/register", json=new).status_code == 403
            client.post("/api/admin/allowlist", headers=bearer_of(boss), json={"email": "ada@example.org"})
            assert client.post("/auth/register", json=new).status_code == 201


class TestRateLimits:
    def test_told_overridden_and_forgotten(self, client: TestClient, admin: int) -> None:
        other, proof = person(), bearer_of(admin)
        body = {"current_password": "wrong", "new_password": STRONG}
        for _ in range(2):
            client.post("/users/me/change-password", headers=bearer_of(other), json=body)
        numbers = {"user_id": other, "limit": 1, "window_seconds": 3600, "ttl_seconds": 600}
        assert client.post("/admin/rate-limits/override", headers=proof, json=numbers).json()["limit"] == 1
        told = client.get("/admin/rate-limits/status", headers=proof, params={"user_id": other}).json()
        assert [one["limiter_key"] for one in told["records"]] == [
            "override:global",
            "route:auth_change_password:window:60",
        ]
        answers = [client.post("/users/me/change-password", headers=bearer_of(other), json=body) for _ in range(2)]
        assert [one.status_code for one in answers] == [400, 429]
        assert answers[1].json()["details"]["limit"] == 1
        reset = client.post("/admin/rate-limits/reset", headers=proof, json={"user_id": other}).json()
        assert reset == {"user_id": other, "deleted": 3}
        assert client.post("/users/me/change-password", headers=bearer_of(other), json=body).status_code == 400

    @pytest.mark.parametrize(
        ("path", "body"),
        [
            ("reset", {}),
            ("reset", {"user_id": 0}),
            ("override", {"user_id": 1, "limit": 1, "window_seconds": 60}),
            ("override", {"user_id": 1, "limit": 0, "window_seconds": 60, "ttl_seconds": 60}),
        ],
    )
    def test_numbers_that_make_no_sense(self, client: TestClient, admin: int, path: str, body: dict[str, int]) -> None:
        assert client.post(f"/admin/rate-limits/{path}", headers=bearer_of(admin), json=body).status_code == 422


class TestCaches:
    STATS, RESET = "/api/admin/cache/stats", "/api/admin/cache/reset-metrics"

    def test_counted_by_every_process_and_told(self, client: TestClient, admin: int) -> None:
        caches: list[CacheMetrics] = [client.app.state.services.cache_metrics]  # type: ignore[attr-defined]
        caches.append(CacheMetrics(caches[0]._client))
        for hit in (True, True, True, False):
            for one in caches:
                one.count("cover_letter", hit=hit)
        body = client.get(self.STATS, headers=bearer_of(admin)).json()
        assert body["summary"] == {
            "total_hits": 6,
            "total_misses": 2,
            "total_requests": 8,
            "hit_rate_percent": 75.0,
            "total_savings_usd": 0.9,
        }
        assert body["breakdown"].keys() == {"cover_letter", "cv_highlights", "cv_parse", "job_extract"}
        assert body["breakdown"]["cv_parse"]["hit_rate_percent"] == 0.0
        assert body["storage"]["total_keys"] == 0

    def test_reset_forgets_the_counts_alone_and_is_on_record(self, client: TestClient, admin: int) -> None:
        client.app.state.services.cache_metrics.count("cv_parse", hit=False)  # type: ignore[attr-defined]
        redis_client(get_settings().redis_url).set("something-else", "stays")
        assert client.post(self.RESET, headers=bearer_of(admin)).json()["message"]
        assert client.get(self.STATS, headers=bearer_of(admin)).json()["summary"]["total_requests"] == 0
        assert redis_client(get_settings().redis_url).get("something-else") == "stays"
        with transaction() as session:
            entry = session.scalars(select(AuditEntry)).one()
        assert (entry.action, entry.actor_id) == ("admin.cache_metrics_reset", admin)

    def test_a_count_that_is_lost_harms_nobody(self) -> None:
        CacheMetrics(redis_client("unix:///nowhere/redis.sock")).count("cover_letter", hit=True)
        with pytest.raises(ValueError, match="no cache"):
            CacheMetrics(redis_client("unix:///nowhere/redis.sock")).count("moon", hit=True)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/api/admin/cache/stats"),
        ("POST", "/api/admin/cache/reset-metrics"),
        ("GET", "/api/admin/users"),
        ("PUT", "/api/admin/users/1"),
        ("POST", "/api/admin/users/1/reset-mfa"),
        ("GET", "/api/admin/allowlist"),
        ("POST", "/api/admin/allowlist"),
        ("DELETE", "/api/admin/allowlist/a%40b.org"),
        ("GET", "/admin/rate-limits/status?user_id=1"),
        ("POST", "/admin/rate-limits/reset"),
        ("POST", "/admin/rate-limits/override"),
    ],
)
def test_for_administrators_only(client: TestClient, method: str, path: str) -> None:
    sent = {"user_id": 1, "limit": 1, "window_seconds": 1, "ttl_seconds": 1, "email": "a@example.org"}
    assert client.request(method, path, json=sent).status_code == 401
    answer = client.request(method, path, json=sent, headers=bearer_of(person()))
    assert answer.status_code == 403
    assert "Admin access required" in answer.json().get("detail", answer.json().get("message"))


def test_every_act_is_on_record_and_the_record_is_closed(client: TestClient, admin: int) -> None:
    other = person()
    client.put(f"/api/admin/users/{other}", headers=bearer_of(admin), json={"is_admin": True})
    client.post("/api/admin/allowlist", headers=bearer_of(admin), json={"email": "ada@example.org"})
    client.post("/admin/rate-limits/reset", headers=bearer_of(admin), json={"user_id": other})
    with transaction() as session:
        entries = session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
    assert [(one.action, one.actor_id) for one in entries] == [
        ("admin.user_changed", admin),
        ("admin.allowlist_added", admin),
        ("limits.reset", admin),
    ]
    assert "ada" not in str([one.facts for one in entries])
    for statement in ("update audit_log set action = 'x'", "delete from audit_log", "truncate audit_log"):
        with pytest.raises(DBAPIError, match="append-only"), transaction() as session:
            session.execute(text(statement))


def test_what_is_rolled_back_was_not_done(session: Session) -> None:
    with session.begin_nested() as savepoint:
        audit.record(session, Visitor("agent"), "admin.user_changed")
        savepoint.rollback()
    assert session.scalars(select(AuditEntry)).all() == []
