"""Events: the row and its last event say the same, and who resumes from the last seen id misses nothing."""

import random
import threading
import time
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from core.clock import utc_now
from core.db import transaction
from models.run import Run, RunEvent
from services.runs import events, leases, operating, reading, sweeping
from services.runs.accepting import NewRun, accept
from services.runs.events import Event
from tests.people import person
from tests.services.runs.steps import advance, claimed, complete, lapse, launch, run_of
from tests.together import problems, together


def _events_of(run_id: UUID) -> list[Event]:
    with transaction() as session:
        return events.of_run(session, run_id)


def _assert_the_row_is_its_last_event(run_id: UUID) -> None:
    run, last = run_of(run_id), _events_of(run_id)[-1]
    assert (last.status, last.stage, last.progress, last.message) == (run.status, run.stage, run.progress, run.message)
    assert (last.user_id, last.pipeline) == (run.user_id, run.pipeline)


@pytest.mark.parametrize("reserve", [0, 5])
def test_after_every_step_the_row_and_its_last_event_say_the_same(user_id: int, reserve: int) -> None:
    run_id = launch(user_id, reserve=reserve)
    _assert_the_row_is_its_last_event(run_id)
    mine = claimed(run_id)
    _assert_the_row_is_its_last_event(run_id)
    with transaction() as session:
        leases.report(session, mine, 33, "a third")
    _assert_the_row_is_its_last_event(run_id)
    advance(mine, "second", message="done with the first")
    _assert_the_row_is_its_last_event(run_id)
    mine = claimed(run_id, "second", first=False, progress=50)
    _assert_the_row_is_its_last_event(run_id)
    with transaction() as session:
        leases.try_again(session, mine, delay=timedelta(0), message="again")
    _assert_the_row_is_its_last_event(run_id)
    claimed(run_id, "second", first=False)
    lapse(run_id)
    with transaction() as session:
        sweeping.sweep_lease(session, lambda pipeline, stage: 9)
    _assert_the_row_is_its_last_event(run_id)
    mine = claimed(run_id, "second", first=False)
    with transaction() as session:
        leases.fail(session, mine, code="BROKEN", message="broken")
    _assert_the_row_is_its_last_event(run_id)
    with transaction() as session:
        operating.retry(session, run_id, user_id=user_id)
    _assert_the_row_is_its_last_event(run_id)
    with transaction() as session:
        operating.cancel(session, run_id, user_id=user_id)
    _assert_the_row_is_its_last_event(run_id)
    told = [(event.status, event.stage) for event in _events_of(run_id)]
    assert told == [
        ("queued", None),
        ("running", "first"),
        ("running", "first"),
        ("queued", "second"),
        ("running", "second"),
        ("queued", "second"),
        ("running", "second"),
        ("queued", "second"),
        ("running", "second"),
        ("failed", "second"),
        ("queued", "second"),
        ("cancelled", "second"),
    ]


def test_a_parent_that_is_woken_says_so(user_id: int) -> None:
    parent = launch(user_id)
    child = NewRun(pipeline="errand", payload={}, user_id=user_id)
    advance(claimed(parent), "gather", children=[child])
    _assert_the_row_is_its_last_event(parent)
    with transaction() as session:
        child_id = session.scalars(select(Run.id).where(Run.parent_id == parent)).one()
    complete(claimed(child_id))
    _assert_the_row_is_its_last_event(parent)
    assert [event.status for event in _events_of(parent)] == ["queued", "running", "waiting", "queued"]


def test_a_child_whose_key_names_an_earlier_run_is_not_waited_for(user_id: int) -> None:
    launch(user_id, idempotency_key="taken")
    parent = launch(user_id)
    child = NewRun(pipeline="errand", payload={}, user_id=user_id, idempotency_key="taken")
    advance(claimed(parent), "gather", children=[child])
    run = run_of(parent)
    assert (run.status, run.children_pending) == ("queued", 0)


def test_a_run_without_a_user_has_its_own_events(clean_db: str) -> None:
    run_id = launch(None)
    complete(claimed(run_id))
    assert [event.status for event in _events_of(run_id)] == ["queued", "running", "completed"]


def test_concurrent_writers_never_make_a_resuming_reader_miss_an_event(user_id: int) -> None:
    """Transactions of random length write events of one user; a reader pages on from the last id it saw."""
    over = threading.Event()
    seen: list[int] = []

    def write(seed: int) -> None:
        chance = random.Random(seed)
        for _ in range(12):
            with transaction() as session:
                accept(session, NewRun(pipeline="errand", payload={}, user_id=user_id))
                time.sleep(chance.uniform(0, 0.01))  # between the draw of the id and the commit

    def read() -> None:
        last = 0
        while True:
            finished = over.is_set()
            with transaction() as session:
                found = events.of_users(session, {user_id: last})
            seen.extend(event.id for event in found)
            last = seen[-1] if seen else 0
            if finished and not found:
                return

    def write_all() -> None:
        assert problems(together([lambda seed=seed: write(seed) for seed in range(8)])) == []
        over.set()

    assert problems(together([write_all, read])) == []
    with transaction() as session:
        written = session.scalars(select(RunEvent.id).order_by(RunEvent.id)).all()
    assert len(written) == 96
    assert seen == written


def test_a_page_is_bounded_and_the_next_one_goes_on(user_id: int) -> None:
    with transaction() as session:
        for _ in range(events.PAGE + 30):
            accept(session, NewRun(pipeline="errand", payload={}, user_id=user_id))
    with transaction() as session:
        first = events.of_users(session, {user_id: 0})
        second = events.of_users(session, {user_id: first[-1].id})
    assert (len(first), len(second)) == (events.PAGE, 30)
    assert first[-1].id < second[0].id


def test_each_user_reads_from_a_cursor_of_their_own_and_never_anothers_events(user_id: int) -> None:
    other = person()
    mine = [launch(user_id) for _ in range(3)]
    launch(other)
    with transaction() as session:
        last = events.last_id(session, user_id)
        assert events.of_users(session, {}) == []
        assert {event.user_id for event in events.of_users(session, {user_id: 0})} == {user_id}
        assert {event.user_id for event in events.of_users(session, {user_id: last, other: 0})} == {other}
        assert reading.shown(session, mine[-1], user_id=user_id)[1] == last


def test_retention_forgets_old_events_only(user_id: int) -> None:
    launch(user_id)
    with transaction() as session:
        assert events.forget_before(session, utc_now() - timedelta(minutes=5)) == 0
        assert events.forget_before(session, utc_now() + timedelta(minutes=5)) == 1
