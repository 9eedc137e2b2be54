"""Bad requests: each door answers in its own error body, with a typed error and CORS headers, and nothing is left."""

from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from api.app import create_app
from tests.api.conftest import Api
from tests.people import bearer_of, person
from tests.processes import Processes, free_port

ORIGIN = "http://localhost:5173"


def _platform(body: dict[str, Any]) -> None:
    assert {"error", "message", "detail"} <= set(body) <= {"error", "message", "detail", "context"}
    assert body["error"].isupper()
    assert body["message"] == body["detail"]


def _agent(body: dict[str, Any]) -> None:
    assert "detail" in body
    assert set(body) <= {"detail", "code"}
    assert isinstance(body["detail"], list | str)


def _analyzer(body: dict[str, Any]) -> None:
    assert body["success"] is False
    assert body["error"]
    assert body["message"]
    assert "detail" not in body


DOORS: dict[str, tuple[str, Callable[[dict[str, Any]], None]]] = {
    "platform": ("/api/v1/runs", _platform),
    "agent": ("/api/jobs", _agent),
    "analyzer": ("/api/analysis", _analyzer),
}


@pytest.fixture(params=list(DOORS))
def door(request: pytest.FixtureRequest) -> tuple[str, Callable[[dict[str, Any]], None]]:
    return DOORS[request.param]


def test_an_unknown_path_is_a_404_in_the_doors_words(api: Api, door: Any) -> None:
    prefix, is_theirs = door
    answer = api.client.get(f"{prefix}/no/such/path/at/all", headers=bearer_of(person()))
    assert answer.status_code == 404
    is_theirs(answer.json())


@pytest.mark.parametrize(
    ("path", "is_theirs"), [("/api/v1/runs/selfcheck", _platform), ("/auth/login", _agent), ("/health", _platform)]
)
def test_a_wrong_method_is_a_405_in_the_doors_words(api: Api, path: str, is_theirs: Any) -> None:
    answer = api.client.delete(path)
    assert answer.status_code == 405
    assert answer.headers["allow"]
    is_theirs(answer.json())


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b'"x"', b"\xff\xfe", b'{"email": 7, "password": null}'])
@pytest.mark.parametrize(("path", "is_theirs"), [("/auth/login", _agent), ("/api/v1/runs/selfcheck", _platform)])
def test_a_body_of_the_wrong_shape_is_a_422_in_the_doors_words(
    api: Api, path: str, is_theirs: Any, body: bytes
) -> None:
    if path.endswith("selfcheck") and body.startswith(b'{"email'):
        body = b'{"cost": "much"}'
    headers = bearer_of(person(admin=True)) | {"Content-Type": "application/json"}
    answer = api.client.post(path, content=body, headers=headers)
    assert answer.status_code == 422, answer.text
    is_theirs(answer.json())


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "x"])
def test_a_body_of_the_wrong_type_is_a_422(api: Api, kind: str) -> None:
    answer = api.client.post("/auth/login", content=b'{"email": "a@b.org"}', headers={"Content-Type": kind})
    assert answer.status_code in (400, 422), answer.text
    _agent(answer.json())


def test_an_error_repeats_no_value_that_was_sent(api: Api) -> None:
    secret = "correct horse battery staple" * 40
    answer = api.client.post("/auth/login", json={"email": "nobody", "password": secret})
    assert answer.status_code == 422
    assert "correct horse" not in answer.text


@pytest.mark.parametrize("run_id", ["1", "not-a-uuid", "%00", "../../etc/passwd", "' or 1=1 --"])
def test_an_id_that_is_none_is_a_422_or_404(api: Api, run_id: str) -> None:
    answer = api.get(f"/api/v1/runs/{run_id}", person())
    assert answer.status_code in (404, 422)
    _platform(answer.json())


@pytest.mark.parametrize("query", ["limit=0", "limit=x", "limit=1000000", "offset=-1", "offset=99999999999999999999"])
def test_an_impossible_page_is_a_422(api: Api, query: str) -> None:
    answer = api.get(f"/api/v1/runs?{query}", person())
    assert answer.status_code == 422, answer.text


@pytest.mark.parametrize("query", ["pipeline=%00", "status=%00", "pipeline=%ff%fe"])
def test_a_filter_that_postgres_cannot_hold_is_no_crash(api: Api, query: str) -> None:
    answer = api.get(f"/api/v1/runs?{query}", person())
    assert answer.status_code in (200, 422), answer.text


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api/v1/runs", 401),
        ("GET", "/no/such/path", 404),
        ("DELETE", "/api/v1/runs/selfcheck", 405),
        ("POST", "/auth/login", 422),
        ("POST", "/api/upload", 401),
    ],
)
def test_errors_carry_cors_headers_or_a_page_sees_a_network_error(
    api: Api, method: str, path: str, status: int
) -> None:
    answer = api.client.request(method, path, headers={"Origin": ORIGIN})
    assert answer.status_code == status
    assert answer.headers["access-control-allow-origin"] == ORIGIN
    assert answer.headers["access-control-allow-credentials"] == "true"
    assert answer.headers["x-request-id"]
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_an_origin_that_is_not_ours_is_not_allowed(api: Api) -> None:
    answer = api.client.get("/api/v1/runs", headers={"Origin": "https://evil.example"})
    assert "access-control-allow-origin" not in answer.headers


def test_a_preflight_is_answered(api: Api) -> None:
    headers = {
        "Origin": ORIGIN,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization,idempotency-key",
    }
    answer = api.client.options("/api/v1/runs/selfcheck", headers=headers)
    assert answer.status_code == 200
    assert "idempotency-key" in answer.headers["access-control-allow-headers"].lower()


def test_every_path_of_ours_belongs_to_the_door_that_serves_it() -> None:
    """A route outside of its door's prefixes would answer errors in another door's words."""
    app = create_app()
    strays = {
        (route.path, found.name)
        for owner in {id(door): door for door in app.state.doors._by_prefix and _doors(app)}.values()
        for router in owner.routers
        for route in router.routes
        if (found := app.state.doors.of(route.path)).name != owner.name
        and not (owner.name == "platform" and found.name == "platform")
    }
    assert {path for path, _ in strays} <= {"/health/db"}


def _doors(app: Any) -> list[Any]:
    return [door for _, door in app.state.doors._by_prefix]


@pytest.fixture(scope="module")
def api_without_database(redis_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    folder = tmp_path_factory.mktemp("nowhere")
    port = free_port()
    env = {"DATABASE_URL": f"postgresql://postgres@/postgres?host={folder}"}
    with (
        Processes(folder, env) as processes,
        httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=20, trust_env=False) as client,
    ):
        processes.api(port)
        yield client


def test_a_database_that_is_away_is_a_503_to_try_again(api_without_database: httpx.Client, clean_db: str) -> None:
    headers = bearer_of(1) | {"Origin": ORIGIN}
    for answer in (
        api_without_database.get("/api/v1/runs", headers=headers),
        api_without_database.post("/api/v1/runs/selfcheck", json={}, headers=headers),
    ):
        assert (answer.status_code, answer.json()["error"]) == (503, "UNAVAILABLE")
        assert answer.headers["retry-after"] == "2"
        assert answer.headers["access-control-allow-origin"] == ORIGIN
        assert "psycopg" not in answer.text


def test_health_tells_what_is_away_and_liveness_stays(api_without_database: httpx.Client, clean_db: str) -> None:
    health = api_without_database.get("/health")
    assert health.status_code == 503
    assert health.json()["components"]["database"]["status"] == "unhealthy"
    assert health.json()["components"]["redis"]["status"] == "healthy"
    assert api_without_database.get("/livez").status_code == 200
