"""A burst of exports leaves threads for everybody else."""

import threading
import time
from collections.abc import Callable

import pytest

from core.errors import Unavailable
from services.exports.desk import Desk
from tests.together import problems, together


def sitting(desk: Desk, until: threading.Event) -> Callable[[], None]:
    def sit() -> None:
        with desk.seat():
            until.wait(10)

    return sit


def test_no_more_than_the_seats_work_at_once() -> None:
    desk, lock = Desk(seats=2, waiting=18, patience=10), threading.Lock()
    now = most = 0

    def work() -> None:
        nonlocal now, most
        with desk.seat():
            with lock:
                now += 1
                most = max(most, now)
            time.sleep(0.01)
            with lock:
                now -= 1

    assert problems(together([work] * 20)) == []
    assert most == 2


def test_who_finds_no_room_is_told_at_once() -> None:
    desk, done = Desk(seats=1, waiting=1, patience=10), threading.Event()
    threads = [threading.Thread(target=sitting(desk, done)) for _ in range(2)]
    for thread in threads:
        thread.start()
    while desk._room.acquire(blocking=False):  # until both are inside
        desk._room.release()
    began = time.monotonic()
    with pytest.raises(Unavailable) as refused, desk.seat():
        pass
    assert time.monotonic() - began < 5, "half its patience"
    assert refused.value.headers["Retry-After"]
    done.set()
    for thread in threads:
        thread.join(10)
    with desk.seat():
        pass


def test_patience_ends_and_what_breaks_frees_its_seat() -> None:
    desk = Desk(seats=1, waiting=1, patience=0.05)
    with desk.seat(), pytest.raises(Unavailable), desk.seat():
        pass
    with pytest.raises(RuntimeError), desk.seat():
        raise RuntimeError
    with desk.seat():
        pass
