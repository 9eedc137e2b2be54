"""Polling, the stream and the socket tell one sequence, from wherever a client goes on."""

import threading
import time
from contextlib import ExitStack
from datetime import timedelta
from uuid import UUID

import pytest

from core.clock import utc_now
from core.db import transaction
from core.queue import redis_client
from services.doorbell import CHANNEL
from services.runs import events, leases
from tests.api.conftest import SOCKETS_PER_USER, Api
from tests.api.following import Frame, socket, stream, told
from tests.people import bearer_of, person
from tests.processes import until
from tests.services.runs.steps import advance, claimed, complete, launch


def _steps(run_id: UUID) -> list[str]:
    """Move a run to its end, and answer how many events that made (its first one included)."""
    mine = claimed(run_id)
    for n in range(3):
        with transaction() as session:
            leases.report(session, mine, 20 + n, f"part {n}")
    with transaction() as session:
        leases.try_again(session, mine, delay=timedelta(0), message="again")
    advance(claimed(run_id), "second", message="half")
    complete(claimed(run_id, "second", first=False))
    return ["queued", "running", *["running"] * 3, "queued", "running", "queued", "running", "completed"]


def _history(run_id: UUID) -> list[Frame]:
    with transaction() as session:
        return [event.to_json() for event in events.of_run(session, run_id)]


def test_a_poller_a_stream_and_a_socket_tell_the_same_sequence(api: Api) -> None:
    owner = person()
    run_id = launch(owner)
    polled: list[Frame] = []
    over = threading.Event()

    def poll() -> None:
        while not over.is_set():
            view = api.get(f"/api/v1/runs/{run_id}", owner).json()
            if not polled or polled[-1] != view:
                polled.append(view)

    poller = threading.Thread(target=poll)
    with stream(api, owner, run_id) as streamed, socket(api, owner) as one:
        poller.start()
        expected = _steps(run_id)
        by_stream = list(streamed)
        by_socket = [told(one) for _ in expected]
        over.set()
        poller.join()
    assert [frame["status"] for frame in by_stream] == expected
    assert by_stream == by_socket == _history(run_id)
    by_id = {frame["id"]: frame for frame in by_stream}
    for view in polled:
        event = by_id[view["last_event_id"]]
        assert all(view[name] == event[name] for name in ("status", "stage", "progress", "message"))
    assert [view["last_event_id"] for view in polled] == sorted({view["last_event_id"] for view in polled})


def test_progress_is_monotonic(api: Api) -> None:
    owner = person()
    run_id = launch(owner)
    _steps(run_id)
    with stream(api, owner, run_id) as streamed:
        shown = [frame["progress"] for frame in streamed]
    assert shown == sorted(shown)
    assert shown[-1] == 100


def test_a_client_that_reconnects_at_any_point_misses_nothing_and_sees_nothing_twice(api: Api) -> None:
    owner, neighbour = person(), person()
    run_id = launch(owner)
    launch(neighbour)
    _steps(run_id)
    history = _history(run_id)
    for seen in range(len(history)):
        after = history[seen - 1]["id"] if seen else 0
        with stream(api, owner, run_id, after) as streamed:
            assert list(streamed) == history[seen:]
        with socket(api, owner, after) as one:
            assert [told(one) for _ in history[seen:]] == history[seen:]
            with pytest.raises(TimeoutError):
                one.recv(0.05)


def test_a_client_that_drops_out_again_and_again_while_a_run_moves_sees_each_event_once(api: Api) -> None:
    owner = person()
    run_id = launch(owner)
    mover = threading.Thread(target=_slowly, args=(run_id,))
    mover.start()
    by_stream: list[Frame] = []
    while not by_stream or by_stream[-1]["status"] != "completed":
        with stream(api, owner, run_id, by_stream[-1]["id"] if by_stream else None) as streamed:
            by_stream.append(next(streamed))
    mover.join()
    by_socket: list[Frame] = []
    while not by_socket or by_socket[-1]["status"] != "completed":
        with socket(api, owner, by_socket[-1]["id"] if by_socket else 0) as one:
            by_socket.append(told(one))
    assert by_stream == by_socket == _history(run_id)


def _slowly(run_id: UUID) -> None:
    mine = claimed(run_id)
    for n in range(8):
        with transaction() as session:
            leases.report(session, mine, n, f"part {n}")
        time.sleep(0.05)
    complete(mine)


def test_a_browser_that_asks_again_after_the_end_is_told_that_nothing_more_comes(api: Api) -> None:
    owner = person()
    run_id = launch(owner)
    _steps(run_id)
    last = {"Last-Event-ID": str(_history(run_id)[-1]["id"])}
    answer = api.client.get(f"/api/v1/runs/{run_id}/events", headers=bearer_of(owner) | last)
    assert (answer.status_code, answer.content) == (204, b"")


def test_an_ended_run_whose_events_retention_took_has_nothing_to_tell(api: Api) -> None:
    owner = person()
    run_id = launch(owner)
    _steps(run_id)
    with transaction() as session:
        events.forget_before(session, utc_now() + timedelta(minutes=1))
    assert api.get(f"/api/v1/runs/{run_id}/events", owner).status_code == 204


def test_two_runs_of_a_user_share_a_socket_and_a_stream_tells_only_its_own(api: Api) -> None:
    owner = person()
    first, second = launch(owner), launch(owner)
    with socket(api, owner) as one:
        _steps(first)
        _steps(second)
        frames = [told(one) for _ in range(20)]
    assert [frame["id"] for frame in frames] == sorted(frame["id"] for frame in frames)
    with stream(api, owner, second) as streamed:
        assert list(streamed) == [frame for frame in frames if frame["run_id"] == str(second)]


def test_nobody_hears_of_anothers_runs(api: Api) -> None:
    owner, stranger = person(), person()
    with socket(api, stranger) as one:
        _steps(launch(owner))
        mine = launch(stranger)
        assert told(one)["run_id"] == str(mine)
        with pytest.raises(TimeoutError):
            one.recv(1.5)


def test_a_history_longer_than_a_page_arrives_whole_and_in_order(api: Api) -> None:
    owner = person()
    with transaction() as session:
        mine = leases.claim(session, launch(owner), "first", first=True, progress=0, lease=timedelta(seconds=60))
        assert mine is not None
        for n in range(2 * events.PAGE + 7):
            leases.report(session, mine, 1, f"part {n}")
    complete(mine)
    with stream(api, owner, mine.run_id) as streamed, socket(api, owner) as one:
        by_stream = list(streamed)
        by_socket = [told(one) for _ in by_stream]
    assert len(by_stream) == 2 * events.PAGE + 10
    assert by_stream == by_socket


def test_news_arrives_without_a_doorbell_however_loud_another_users_is(api: Api, redis_url: str) -> None:
    """Redis may lose a "look": the clock must tell, and a busy neighbour's bell must not stop the clock."""
    owner, neighbour = person(), person()
    over = threading.Event()
    with ExitStack() as stack:
        one = stack.enter_context(socket(api, owner))
        stack.enter_context(socket(api, neighbour))
        loud = threading.Thread(target=_ring, args=(redis_url, neighbour, over))
        loud.start()
        stack.callback(loud.join)
        stack.callback(over.set)
        time.sleep(0.5)
        run_id = launch(owner)
        assert told(one, 4)["run_id"] == str(run_id)


def _ring(redis_url: str, user_id: int, over: threading.Event) -> None:
    client = redis_client(redis_url)
    while not over.wait(0.1):
        client.publish(CHANNEL, str(user_id))
    client.close()


def test_streams_share_the_cap_of_sockets(api: Api) -> None:
    owner = person()
    run_id = launch(owner)
    with ExitStack() as stack:
        for _ in range(SOCKETS_PER_USER):
            stack.enter_context(socket(api, owner))
        answer = api.get(f"/api/v1/runs/{run_id}/events", owner)
        assert answer.status_code == 429
        assert answer.headers["Retry-After"] == "5"
    complete_first(run_id)
    until(lambda: api.get(f"/api/v1/runs/{run_id}/events", owner).status_code == 200, 5, "a place is free again")


def complete_first(run_id: UUID) -> None:
    """End a run that waits at its beginning, so that its stream ends too."""
    with transaction() as session:
        mine = leases.claim(session, run_id, "first", first=True, progress=0, lease=timedelta(seconds=60))
    assert mine is not None
    complete(mine)
