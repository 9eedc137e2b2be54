"""Dispatching: each due run is rung for by one dispatcher, again after a pause, and at once when the broker forgot."""

import itertools
from datetime import timedelta
from uuid import UUID

import psycopg
from sqlalchemy import func, text, update

from core.db import libpq_url, transaction
from core.queue import DISPATCH_CHANNEL
from models.run import Run
from services.runs import dispatching, leases
from services.runs.dispatching import Due
from tests.services.runs.steps import advance, claimed, complete, launch, run_of
from tests.together import problems, together

PAUSE = timedelta(seconds=30)


def _take(limit: int = 500) -> list[Due]:
    with transaction() as session:
        return dispatching.take_due(session, limit=limit, redispatch=PAUSE)


def _make_due(run_id: UUID) -> None:
    with transaction() as session:
        session.execute(update(Run).where(Run.id == run_id).values(next_dispatch_at=func.now()))


def _wait_of(run_id: UUID) -> float:
    with transaction() as session:
        return float(
            session.execute(
                text("select extract(epoch from next_dispatch_at - now()) from runs where id = :id"), {"id": run_id}
            ).scalar_one()
        )


def test_four_dispatchers_share_the_queue_without_taking_a_run_twice(user_id: int) -> None:
    runs = {launch(user_id) for _ in range(60)}

    def until_empty() -> list[UUID]:
        return [due.run_id for due in itertools.chain.from_iterable(iter(lambda: _take(7), []))]

    answers = together([until_empty] * 4)
    assert problems(answers) == []
    taken = [run_id for answer in answers if isinstance(answer, list) for run_id in answer]
    assert len(taken) == 60
    assert set(taken) == runs


def test_an_unanswered_ring_doubles_its_pause_up_to_a_limit(user_id: int) -> None:
    run_id = launch(user_id)
    waits = []
    for _ in range(8):
        assert [due.run_id for due in _take()] == [run_id]
        assert _take() == []
        waits.append(round(_wait_of(run_id) / PAUSE.total_seconds()))
        _make_due(run_id)
    assert waits == [1, 2, 4, 8, 16, 32, 32, 32]


def test_a_claim_answers_the_ring_and_the_next_stage_starts_at_the_shortest_pause(user_id: int) -> None:
    run_id = launch(user_id)
    _take()
    mine = claimed(run_id)
    _make_due(run_id)
    assert _take() == [], "a running run is not rung for"
    advance(mine, "second")
    assert _take() == [Due(run_id, "errand", "second")]
    assert round(_wait_of(run_id)) == 30


def test_what_the_broker_did_not_take_is_due_at_once(user_id: int) -> None:
    runs = [launch(user_id) for _ in range(3)]
    _take()
    with transaction() as session:
        dispatching.put_back(session, runs[1:])
    assert {due.run_id for due in _take()} == set(runs[1:])
    assert round(_wait_of(runs[1])) == 30, "a ring that never rang does not lengthen the pause"


def test_putting_back_never_shortens_a_delay_and_leaves_claimed_runs_alone(user_id: int) -> None:
    delayed, running = launch(user_id), launch(user_id)
    _take()
    mine = claimed(delayed)
    with transaction() as session:
        leases.try_again(session, mine, delay=timedelta(seconds=60), message="later")
    claimed(running)
    with transaction() as session:
        dispatching.put_back(session, [delayed, running])
    assert _take() == []
    assert run_of(running).status == "running"


def test_a_forgetful_broker_is_rung_again_for_every_waiting_run(user_id: int) -> None:
    waiting, running, fresh, delayed = (launch(user_id) for _ in range(4))
    _take()
    _make_due(fresh)
    claimed(running)
    mine = claimed(delayed)
    with transaction() as session:
        leases.try_again(session, mine, delay=timedelta(seconds=60), message="later")
    with transaction() as session:
        assert dispatching.ring_again_for_all(session) == 2
    assert {due.run_id for due in _take()} == {waiting, fresh}


def test_every_step_that_makes_a_run_due_rings_when_it_commits(user_id: int, database: str) -> None:
    with psycopg.connect(libpq_url(database), autocommit=True) as bell:
        bell.execute(f"listen {DISPATCH_CHANNEL}".encode())

        def heard() -> bool:
            return next(bell.notifies(timeout=0.5, stop_after=1), None) is not None

        run_id = launch(user_id)
        assert heard()
        paid = launch(user_id, reserve=1)
        assert heard()
        mine = claimed(run_id)
        assert not heard(), "a claim makes nothing due"
        advance(mine, "second")
        assert heard()
        complete(claimed(paid))
        assert not heard()
