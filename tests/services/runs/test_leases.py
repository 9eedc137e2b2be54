"""Claim, lease and fence: one worker holds a run, and a worker that lost it writes nothing."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from core.db import transaction
from models.run import RunEvent
from services import credits
from services.credits import Balance, Overrun
from services.runs import leases, sweeping
from services.runs.leases import Advance, Claim, LostLease
from tests.services.runs.steps import LEASE, advance, claim, claimed, complete, lapse, launch, run_of
from tests.together import problems, together


def _report(mine: Claim) -> None:
    with transaction() as session:
        leases.report(session, mine, 99, "zombie")


def _hold(mine: Claim) -> None:
    with transaction() as session:
        leases.hold(session, mine)


def _advance(mine: Claim) -> None:
    with transaction() as session:
        leases.advance(session, mine, Advance(next_stage="second", progress=99))


def _complete(mine: Claim) -> None:
    with transaction() as session:
        leases.advance(session, mine, Advance(next_stage=None, progress=100, cost=5))


def _fail(mine: Claim) -> None:
    with transaction() as session:
        leases.fail(session, mine, code="ZOMBIE", message="zombie")


def _try_again(mine: Claim) -> None:
    with transaction() as session:
        leases.try_again(session, mine, delay=timedelta(0), message="zombie")


WRITES = [_report, _hold, _advance, _complete, _fail, _try_again]


def _sweep(attempts: int = 3) -> sweeping.Swept:
    """As the dispatcher does: until nothing is left."""
    swept = sweeping.Swept()
    while True:
        with transaction() as session:
            found = sweeping.sweep_lease(session, lambda pipeline, stage: attempts)
        if not found:
            return swept
        swept += found


def test_of_twenty_workers_one_gets_the_run(user_id: int) -> None:
    run_id = launch(user_id)
    answers = together([lambda: claim(run_id)] * 20)
    assert problems(answers) == []
    assert sum(isinstance(answer, Claim) for answer in answers) == 1
    assert run_of(run_id).attempts == 1


def test_only_the_stage_that_is_due_can_be_claimed(user_id: int) -> None:
    run_id = launch(user_id)
    assert claim(run_id, "second", first=False) is None
    advance(claimed(run_id), "second")
    assert claim(run_id, "first") is None
    assert claim(run_id, "second", first=False) is not None


def test_a_run_is_not_claimed_before_its_delay_is_over(user_id: int) -> None:
    run_id = launch(user_id)
    mine = claimed(run_id)
    with transaction() as session:
        leases.try_again(session, mine, delay=timedelta(seconds=60), message="later")
    assert claim(run_id) is None
    run = run_of(run_id)
    assert run.next_dispatch_at == run.run_after
    assert (run.status, run.attempts, run.dispatches) == ("queued", 1, 0)


@pytest.mark.parametrize("write", WRITES)
def test_a_zombie_writes_nothing_once_another_holds_the_run(user_id: int, write: Callable[[Claim], None]) -> None:
    run_id = launch(user_id, reserve=5)
    zombie = claimed(run_id)
    lapse(run_id)
    assert _sweep().requeued == 1
    healthy = claimed(run_id)
    before = run_of(run_id)
    with pytest.raises(LostLease):
        write(zombie)
    after = run_of(run_id)
    assert (after.fence, after.status, after.message, after.progress) == (
        before.fence,
        "running",
        before.message,
        before.progress,
    )
    complete(healthy)


@pytest.mark.parametrize("write", WRITES)
def test_a_zombie_writes_nothing_into_a_run_that_was_swept_or_ended(
    user_id: int, write: Callable[[Claim], None]
) -> None:
    swept, ended = launch(user_id, reserve=5), launch(user_id, reserve=5)
    first, second = claimed(swept), claimed(ended)
    lapse(swept)
    _sweep()
    complete(second, cost=5)
    for zombie in (first, second):
        with pytest.raises(LostLease):
            write(zombie)
    with transaction() as session:
        assert credits.balance(session, user_id) == Balance(available=90, reserved=5)


def test_a_lost_heartbeat_says_so_and_a_healthy_one_extends_the_lease(user_id: int) -> None:
    run_id = launch(user_id)
    mine = claimed(run_id)
    lapse(run_id)
    with transaction() as session:
        assert leases.heartbeat(session, mine, LEASE)
    assert _sweep() == sweeping.Swept()
    lapse(run_id)
    _sweep()
    with transaction() as session:
        assert not leases.heartbeat(session, mine, LEASE)


def test_progress_inside_a_stage_never_goes_back(user_id: int) -> None:
    mine = claimed(launch(user_id), progress=30)
    for progress in (40, 20):
        with transaction() as session:
            leases.report(session, mine, progress, f"{progress}")
    run = run_of(mine.run_id)
    assert (run.progress, run.message) == (40, "20")


def test_a_lapsed_run_returns_to_the_queue_until_its_attempts_are_spent(user_id: int) -> None:
    run_id = launch(user_id, reserve=30)
    for _ in range(2):
        claimed(run_id)
        lapse(run_id)
        assert _sweep() == sweeping.Swept(requeued=1)
    claimed(run_id)
    lapse(run_id)
    assert _sweep() == sweeping.Swept(failed=1)
    run = run_of(run_id)
    assert (run.status, run.error_code, run.attempts) == ("failed", "CRASHED", 3)
    with transaction() as session:
        assert credits.balance(session, user_id) == Balance(available=100, reserved=0)


def test_a_living_lease_is_not_swept(user_id: int) -> None:
    claimed(launch(user_id))
    assert _sweep() == sweeping.Swept()


def test_two_sweepers_requeue_each_run_once(user_id: int) -> None:
    runs = [launch(user_id) for _ in range(20)]
    for run_id in runs:
        claimed(run_id)
        lapse(run_id)
    answers = together([_sweep] * 4)
    assert problems(answers) == []
    assert sum(one.requeued for one in answers if isinstance(one, sweeping.Swept)) == 20
    with transaction() as session:
        told = session.scalars(select(RunEvent.run_id).where(RunEvent.message.like("The worker stopped%"))).all()
    assert sorted(told) == sorted(runs)


def test_each_stage_has_attempts_of_its_own(user_id: int) -> None:
    run_id = launch(user_id)
    for _ in range(2):
        mine = claimed(run_id)
        with transaction() as session:
            leases.try_again(session, mine, delay=timedelta(0), message="again")
    advance(claimed(run_id), "second")
    assert claimed(run_id, "second", first=False).attempts == 1


def test_a_failed_run_frees_its_credits_and_a_complete_one_pays_its_cost(user_id: int) -> None:
    _fail(claimed(launch(user_id, reserve=30)))
    complete(claimed(launch(user_id, reserve=30)), cost=12)
    with transaction() as session:
        assert credits.balance(session, user_id) == Balance(available=88, reserved=0)


def test_an_overrun_rolls_the_end_back(user_id: int) -> None:
    mine = claimed(launch(user_id, reserve=30))
    with pytest.raises(Overrun):
        complete(mine, cost=31)
    assert run_of(mine.run_id).status == "running"
