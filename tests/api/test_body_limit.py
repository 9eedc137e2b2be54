"""A 300 MB body, announced or not: 413 in the door's words, flat memory, nothing left behind."""

import json
from collections.abc import Iterator
from http.client import HTTPConnection
from typing import Any

import pytest
from sqlalchemy import text

from core.db import transaction
from core.settings import get_settings
from tests.api.conftest import Api
from tests.people import bearer_of, person
from tests.together import together

_BLOCK = b"x" * (1024 * 1024)
_MEGABYTES = 300
_FLAT = 40 * 1024 * 1024


_HEAD = b'--b\r\nContent-Disposition: form-data; name="file"; filename="cv.pdf"\r\n\r\n'


def _body() -> Iterator[bytes]:
    """A form with one endless file; to an endpoint that wants JSON, nonsense."""
    yield _HEAD
    for _ in range(_MEGABYTES):
        yield _BLOCK


def _everything() -> dict[str, int]:
    """How many rows each table holds."""
    with transaction() as session:
        tables = session.scalars(text("select tablename from pg_tables where schemaname = 'public'")).all()
        return {table: session.execute(text(f'select count(*) from "{table}"')).scalar_one() for table in tables}


def _agent(body: dict[str, Any]) -> None:
    assert set(body) == {"detail", "code"}
    assert body["code"] == "TOO_LARGE"


def _analyzer(body: dict[str, Any]) -> None:
    assert (body["success"], body["error"], body["max_size_mb"]) == (False, "File too large", 10)


def _copilot(body: dict[str, Any]) -> None:
    assert set(body) == {"detail"}
    assert "10 MB" in body["detail"]


def _tracker(body: dict[str, Any]) -> None:
    assert (body["error"], body["details"]["max_size_mb"]) == ("PAYLOAD_TOO_LARGE", 12)


def _platform(body: dict[str, Any]) -> None:
    assert body["error"] == "TOO_LARGE"


@pytest.mark.parametrize("announced", [True, False], ids=["announced", "chunked"])
@pytest.mark.parametrize(
    ("path", "kind", "status", "is_theirs"),
    [
        ("/auth/login", "application/json", 413, _agent),
        ("/api/profile/cv", "multipart/form-data; boundary=b", 413, _agent),
        ("/api/upload", "multipart/form-data; boundary=b", 413, _analyzer),
        ("/api/v1/resume/upload", "multipart/form-data; boundary=b", 400, _copilot),
        ("/api/v1/auth/login", "application/json", 413, lambda body: body["detail"]),
        ("/auth/cognito/login", "application/json", 413, _tracker),
        ("/api/v1/runs/selfcheck", "application/json", 413, _platform),
    ],
)
def test_a_body_of_300_mb_is_refused_in_the_doors_words_and_leaves_nothing(
    api: Api, path: str, kind: str, status: int, is_theirs: Any, announced: bool
) -> None:
    owner = person(admin=True)
    headers = bearer_of(owner) | {"Content-Type": kind, "Origin": "http://localhost:5173"}
    if announced:
        headers["Content-Length"] = str(len(_HEAD) + _MEGABYTES * len(_BLOCK))
    rows, files = _everything(), _files()
    before = api.process.resident_bytes()
    answer = api.client.post(path, content=_body(), headers=headers)
    assert answer.status_code == status
    is_theirs(answer.json())
    assert answer.headers["access-control-allow-origin"] == "http://localhost:5173"
    assert api.process.resident_bytes() - before < _FLAT
    assert (_everything(), _files()) == (rows, files)


def _files() -> set[str]:
    blobs = get_settings().blobs_dir
    return {str(one) for one in blobs.rglob("*")} if blobs.exists() else set()


@pytest.mark.parametrize("announced", [True, False], ids=["announced", "chunked"])
def test_a_client_that_reads_only_after_its_last_byte_still_hears_the_413(api: Api, announced: bool) -> None:
    connection = HTTPConnection("127.0.0.1", api.port, timeout=30)
    headers = {"Content-Type": "application/json"}
    if announced:
        headers["Content-Length"] = str(len(_HEAD) + _MEGABYTES * len(_BLOCK))
    connection.request("POST", "/auth/login", body=_body(), headers=headers, encode_chunked=not announced)
    answer = connection.getresponse()
    assert answer.status == 413
    _agent(json.loads(answer.read()))
    connection.close()


def test_the_next_request_on_a_new_connection_is_served(api: Api) -> None:
    owner = person()
    api.client.post("/auth/login", content=_body(), headers={"Content-Type": "application/json"})
    assert api.get("/api/v1/runs", owner).status_code == 200


def test_many_chunked_giants_at_once_stay_flat(api: Api) -> None:
    before = api.process.resident_bytes()
    answers = together([lambda: _statuses(api)] * 6)
    assert answers == [413] * 6
    assert api.process.resident_bytes() - before < _FLAT + 6 * get_settings().max_body_bytes  # each up to its limit


def _statuses(api: Api) -> int:
    headers = {"Content-Type": "application/json"}
    return api.client.post("/auth/login", content=_body(), headers=headers).status_code
