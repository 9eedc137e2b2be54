"""Every entry of the four contracts against the running application: published, guarded, and answering in its shapes.

An entry is either exercised by a case or named in `not_built.py`; never both, never neither.
"""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from core.queue import redis_client
from services.wiring import Services
from tests.api.doorways import entered
from tests.api.routes import all_routes, all_sockets
from tests.contracts import cases
from tests.contracts.cases.world import CASES, REFUSALS, World
from tests.contracts.not_built import NOT_BUILT
from tests.contracts.statement import Entry, entries, vocabulary
from tests.people import bearer_of, person
from tests.pipelines.conftest import quick_services, services, worker_services

__all__ = ["quick_services", "services", "worker_services"]

for _file in pkgutil.iter_modules(cases.__path__):
    importlib.import_module(f"{cases.__name__}.{_file.name}")
DOCUMENT = create_app().openapi()
BUILT = [entry for name, entry in entries().items() if name not in NOT_BUILT]
IN_DOCUMENT = [entry for entry in BUILT if not entry.name.startswith("GET /docs") and entry.name != "GET /redoc"]
GUARDED = [entry for entry in BUILT if entry.who in ("bearer", "admin")]
ERROR_KEYS = {"tracker": {"error", "message"}, "copilot": {"detail"}, "agent": {"detail"}, "analyzer": {"error"}}
# Read over by the contracts' own word: the client sends it, and it must not be believed.
IGNORED = {"GET /api/uploads": {"user_id"}, "POST /api/analyze": {"user_id"}}


@pytest.fixture
def world(clean_db: str, redis_url: str, quick_services: Services) -> Iterator[World]:
    redis_client(redis_url).flushdb()
    app = create_app()
    app.state.services = quick_services
    with TestClient(app, raise_server_exceptions=False) as client:
        yield World(client, quick_services)


def named(entries: list[Entry]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("entry", entries, ids=[one.name for one in entries])


def test_every_entry_is_exercised_or_not_built() -> None:
    known = set(entries())
    assert {*CASES, *NOT_BUILT} - known == set(), "no contract has these"
    assert set(CASES) & NOT_BUILT == set(), "built: take them out of not_built.py"
    assert known - set(CASES) - NOT_BUILT == set(), "write a case for these, in tests/contracts/cases/"
    assert {(name, status) for name, status in REFUSALS if status not in entries()[name].refuses} == set()


def test_what_is_not_built_has_no_route() -> None:
    there = {name for name in NOT_BUILT for operation in entries()[name].does if _route_of(operation)}
    assert there == set(), "built: write a case, and take them out of not_built.py"


@named(IN_DOCUMENT)
def test_it_is_in_the_document(entry: Entry) -> None:
    for operation in entry.does:
        described = _described(operation)
        assert {str(status) for status in entry.answers} & set(described["responses"]), described["responses"].keys()
        assert bool(described.get("security")) == (entry.who in ("bearer", "admin"))
        declared = {one["name"] for one in described.get("parameters", ()) if one["in"] == "query"}
        assert set(entry.query) - IGNORED.get(operation, set()) <= declared
        if entry.sends:
            assert set(entry.sends) <= _sent_fields(described)


@named(BUILT)
def test_it_answers_as_published(world: World, entry: Entry) -> None:
    made = CASES[entry.name](world)
    answers = made if isinstance(made, list) else [made]
    for answer in answers:
        assert answer.status_code in entry.answers, answer.text
        assert any(_is_of(answer, operation) for operation in entry.does), answer.request.url
        assert _problems(entry, answer) == []
    asked = [operation for operation in entry.does if any(_is_of(answer, operation) for answer in answers)]
    assert asked == list(entry.does)


@pytest.mark.parametrize(("name", "status"), sorted(REFUSALS), ids=str)
def test_it_refuses_as_published(world: World, name: str, status: int) -> None:
    entry = entries()[name]
    made = REFUSALS[name, status](world)
    assert not isinstance(made, list)
    assert made.status_code == status, made.text
    assert any(_is_of(made, operation) for operation in entry.does)
    assert made.json().keys() >= ERROR_KEYS[entry.system]
    if status == 429:
        assert int(made.headers["retry-after"]) >= 1


@named(GUARDED)
def test_it_is_for_whom_it_says(world: World, entry: Entry) -> None:
    for operation in entry.does:
        method, path = operation.split(" ", 1)
        where = re.sub(r"\{\w+\}", "1", path)
        nobody = world.ask(method, where, json={})
        assert (nobody.status_code, nobody.headers["www-authenticate"]) == (401, "Bearer")
        assert nobody.json().keys() >= ERROR_KEYS[entry.system]
        if entry.who == "admin":
            anybody = world.ask(method, where, bearer_of(person()), json={})
            assert anybody.status_code == 403
            assert "Admin access required" in anybody.json().values()


LIMITED = [entry for entry in BUILT if 429 in entry.refuses and entry.name != "tracker.auth.verification_send"]


@named(LIMITED)
def test_it_is_counted(clean_db: str, redis_url: str, entry: Entry) -> None:
    """A published 429 comes, in the door's words, once a person's own limit of one is spent."""
    redis_client(redis_url).flushdb()
    method, path = entry.does[0].split(" ", 1)
    where, user_id = re.sub(r"\{\w+\}", "1", path), person()
    with entered({"rate_limit_enabled": True}) as client:
        limiter = client.app.state.services.limiter  # type: ignore[attr-defined]
        limiter.override(f"user:{user_id}", limit=1, window=86_400, ttl=600)
        answers = [client.request(method, where, json={}, headers=bearer_of(user_id)) for _ in range(2)]
    redis_client(redis_url).flushdb()
    assert answers[0].status_code != 429
    assert answers[1].status_code == 429
    assert int(answers[1].headers["retry-after"]) >= 1
    assert answers[1].json().keys() >= ERROR_KEYS[entry.system]


def _problems(entry: Entry, answer: Any) -> list[str]:
    shape = entry.shape()
    if shape is None:
        return [] if answer.status_code != 204 or not answer.content else ["a 204 has no body"]
    if shape.word == "file":
        return [] if answer.content and "attachment" in answer.headers["content-disposition"] else ["no file"]
    return vocabulary(entry.system).problems(answer.json(), shape)


def _is_of(answer: Any, operation: str) -> bool:
    method, path = operation.split(" ", 1)
    return answer.request.method == method and bool(_pattern(path).fullmatch(answer.request.url.path))


def _pattern(path: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\\{\w+(:\w+)?\\\}", "[^/]+", re.escape(path)))


def _route_of(operation: str) -> str | None:
    """The application's own spelling of the path: it may name a parameter differently."""
    method, path = operation.split(" ", 1)
    served = [*all_routes(), *(("WS", path) for path in all_sockets())]
    return next((one for verb, one in served if verb == method and _same(one, path)), None)


def _same(ours: str, published: str) -> bool:
    return bool(_pattern(ours).fullmatch(re.sub(r"\{\w+\}", "x", published)))


def _described(operation: str) -> dict[str, Any]:
    route = _route_of(operation)
    assert route, f"nothing serves {operation}"
    found: dict[str, Any] = DOCUMENT["paths"][route][operation.split(" ", 1)[0].lower()]
    return found


def _sent_fields(described: dict[str, Any]) -> set[str]:
    (content, *_) = described["requestBody"]["content"].values()
    return set(_properties(content["schema"]))


def _properties(schema: dict[str, Any]) -> Iterator[str]:
    if "$ref" in schema:
        schema = DOCUMENT["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    yield from schema.get("properties", {})
    for one in (*schema.get("anyOf", ()), *schema.get("allOf", ())):
        yield from _properties(one)
