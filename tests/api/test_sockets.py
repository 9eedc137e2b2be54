"""The socket's manners: who may open one, how many, and what a rude client gets."""

import json
import threading
import time
from contextlib import ExitStack
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection

from tests.api.conftest import SOCKETS_PER_USER, Api
from tests.api.following import socket, stream, told
from tests.people import bearer_of, person, token_of
from tests.processes import until
from tests.services.runs.steps import launch


def _close_code(one: ClientConnection, seconds: float = 8) -> int | None:
    """Read until the server closes, and answer its code."""
    deadline = time.monotonic() + seconds
    try:
        while time.monotonic() < deadline:
            one.recv(deadline - time.monotonic())
    except ConnectionClosed:
        return one.close_code
    raise AssertionError(f"still open after {seconds} s")


def test_a_socket_that_does_not_authenticate_within_five_seconds_is_closed(api: Api) -> None:
    started = time.monotonic()
    with api.socket() as one:
        assert _close_code(one) == 1008
    assert 4.5 < time.monotonic() - started < 15


def test_a_first_frame_authenticates_and_resumes(api: Api) -> None:
    owner = person()
    first, second = launch(owner), launch(owner)
    with socket(api, owner) as one:
        seen = told(one)
        assert seen["run_id"] == str(first)
    with api.socket() as one:
        one.send(json.dumps({"type": "auth", "token": token_of(owner), "last_event_id": seen["id"]}))
        assert json.loads(one.recv(5)) == {"type": "ready", "last_event_id": seen["id"]}
        assert told(one)["run_id"] == str(second)


@pytest.mark.parametrize(
    "frame",
    [
        "",
        "no json",
        "[]",
        "7",
        '"text"',
        "null",
        "{}",
        '{"token": null}',
        '{"token": 7}',
        '{"token": "x.y.z"}',
        '{"token": "T", "last_event_id": "soon"}',
        '{"token": "T", "last_event_id": null}',
        '{"token": "T", "last_event_id": []}',
        '{"token": "T", "last_event_id": 1e400}',
        b"\x00\xff",
        "[" * 50_000,
    ],
)
def test_a_first_frame_that_is_no_log_in_is_closed_as_a_violation(api: Api, frame: str | bytes) -> None:
    whole = frame.replace('"T"', f'"{token_of(person())}"') if isinstance(frame, str) else frame
    with api.socket() as one:
        one.send(whole)
        assert _close_code(one, 3) == 1008


@pytest.mark.parametrize("query", ["?token=x.y.z", "?token=null", "?last_event_id=abc", "?token=T&last_event_id=abc"])
def test_a_query_that_is_no_log_in_is_closed_as_a_violation(api: Api, query: str) -> None:
    with api.socket(query.replace("=T", f"={token_of(person())}")) as one:
        assert _close_code(one, 3) == 1008


def test_a_user_has_a_limited_number_of_sockets_and_a_closed_one_frees_its_place(api: Api) -> None:
    owner, other = person(), person()
    with ExitStack() as open_ones:
        for _ in range(SOCKETS_PER_USER):
            open_ones.enter_context(socket(api, owner))
        with api.socket(f"?token={token_of(owner)}") as one:
            assert _close_code(one, 3) == 1013
        with socket(api, other):
            pass

    def has_room() -> bool:
        with api.socket(f"?token={token_of(owner)}") as one:
            return bool(json.loads(one.recv(5))["type"] == "ready")

    until(has_room, 5, "the places are free again")


def test_streams_have_no_more_places_than_sockets(api: Api) -> None:
    """A stream costs what a socket costs; twenty tabs of one person are twenty, however they follow."""
    owner = person()
    run_id = launch(owner)
    streams = []
    with ExitStack() as open_ones:
        for _ in range(SOCKETS_PER_USER):
            streams.append(open_ones.enter_context(stream(api, owner, run_id)))
            next(streams[-1])
        with api.socket(f"?token={token_of(owner)}") as one:
            assert _close_code(one, 3) == 1013


@pytest.mark.parametrize("after", [10**30, -(10**30), 2**63, -1])
def test_an_impossible_cursor_harms_nobody_else(api: Api, after: int) -> None:
    rude, owner = person(), person()
    launch(rude)
    with ExitStack() as stack:
        stack.enter_context(api.socket(f"?token={token_of(rude)}&last_event_id={after}"))
        one = stack.enter_context(socket(api, owner))
        run_id = launch(owner)
        assert told(one, 4)["run_id"] == str(run_id)


def test_an_impossible_cursor_of_a_stream_harms_nobody_else(api: Api) -> None:
    rude, owner = person(), person()
    run_id = launch(rude)
    headers = bearer_of(rude) | {"Last-Event-ID": str(10**30)}
    gone = threading.Event()

    def follow() -> None:
        with api.client.stream("GET", f"/api/v1/runs/{run_id}/events", headers=headers):
            gone.wait(8)

    rude_one = threading.Thread(target=follow)
    rude_one.start()
    try:
        time.sleep(0.3)
        with socket(api, owner) as one:
            mine = launch(owner)
            assert told(one, 4)["run_id"] == str(mine)
    finally:
        gone.set()
        rude_one.join()


@pytest.mark.parametrize("chatter", ["anything", b"\x00", "x" * 100_000])
def test_what_a_client_says_later_is_ignored(api: Api, chatter: Any) -> None:
    owner = person()
    with socket(api, owner) as one:
        one.send(chatter)
        run_id = launch(owner)
        assert told(one)["run_id"] == str(run_id)


def test_a_cookie_from_another_site_opens_nothing(api: Api) -> None:
    cookie = {"Cookie": f"access_token={token_of(person())}"}
    with api.socket(additional_headers=cookie, origin="https://evil.example") as one:
        assert _close_code(one, 3) == 1008
    with api.socket(additional_headers=cookie, origin="http://localhost:5173") as one:
        assert json.loads(one.recv(5))["type"] == "ready"


def test_a_socket_path_that_does_not_exist_is_refused(api: Api) -> None:
    owner = person()
    with pytest.raises(InvalidStatus) as caught:
        _connect_elsewhere(api, owner)
    assert caught.value.response.status_code in (403, 404)


def _connect_elsewhere(api: Api, owner: int) -> None:
    with api.socket(f"/elsewhere?token={token_of(owner)}"):
        pass
