"""Workers that die, freeze, poison themselves or fail: the run ends once, and says how."""

import os
import signal
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from core.db import transaction
from models.run import Run
from models.selfcheck import SelfcheckMark
from services import credits
from services.credits import Balance
from services.runs import events
from tests.faults.checker import findings
from tests.faults.machines import Installation
from tests.faults.runs import assert_completed, launch, run_of, until_ended
from tests.people import person
from tests.processes import until

STAGES = ("one", "two", "three")


def _inside(folder: Path, stage: str, attempt: int = 1) -> int:
    """Wait until a worker works on the stage, and answer its process id."""

    def found() -> list[Path]:
        return list(folder.glob(f"{stage}.in.{attempt}.*"))

    until(lambda: bool(found()), 20, f"attempt {attempt} of stage {stage} starts")
    return int(found()[0].suffix[1:])


def _open(folder: Path, *stages: str) -> None:
    for stage in stages:
        (folder / f"{stage}.open").touch()


def _balance(user_id: int) -> Balance:
    with transaction() as session:
        return credits.balance(session, user_id)


@pytest.mark.parametrize("stage", STAGES)
def test_a_worker_killed_in_any_stage_loses_nothing_and_repeats_nothing(
    installation: Installation, clean_db: str, folder: Path, stage: str
) -> None:
    """The whole worker, as when its machine goes; the stages before are not repeated."""
    owner = person(grant=10)
    installation.dispatcher()
    worker = installation.worker()
    before = STAGES[: STAGES.index(stage)]
    _open(folder, *before)
    run_id = launch(owner, "gated", cost=5, folder=str(folder))
    _inside(folder, stage)
    worker.kill()
    installation.worker()
    _open(folder, *STAGES)
    until_ended(installation, [run_id], 30)
    assert_completed(clean_db, [run_id])
    assert list(folder.glob(f"{stage}.in.2.*")), "the killed stage was tried again"
    assert all(len(list(folder.glob(f"{done}.in.*"))) == 1 for done in before)
    assert _balance(owner) == Balance(available=5, reserved=0)


def test_with_the_default_settings_a_killed_workers_run_is_back_at_work_within_thirty_seconds(
    clean_db: str, folder: Path
) -> None:
    defaults = {
        "LEASE_SECONDS": "15",
        "HEARTBEAT_SECONDS": "4",
        "SWEEP_SECONDS": "3",
        "REDISPATCH_SECONDS": "30",
        "DISPATCH_POLL_SECONDS": "1",
    }
    with Installation(folder, clean_db, defaults) as installation:
        installation.dispatcher()
        installation.worker(concurrency=1)
        spare = installation.worker(concurrency=1)
        run_id = launch(person(), "gated", folder=str(folder))
        victim = _inside(folder, "one")
        on_spare = any(child.pid == victim for child in spare.children())
        (spare if on_spare else installation.processes.started[2]).kill()
        took = until(lambda: bool(list(folder.glob("one.in.2.*"))), 30, "another worker took the run over")
        _open(folder, *STAGES)
        until_ended(installation, [run_id], 10)
        assert took <= 30
        assert_completed(clean_db, [run_id])


def test_a_killed_pool_process_is_replaced_and_its_run_goes_on(
    installation: Installation, clean_db: str, folder: Path
) -> None:
    installation.dispatcher()
    worker = installation.worker()
    run_id = launch(person(), "gated", folder=str(folder))
    os.kill(_inside(folder, "one"), signal.SIGKILL)
    _open(folder, *STAGES)
    until_ended(installation, [run_id], 30)
    assert worker.alive()
    assert_completed(clean_db, [run_id])


def test_a_worker_frozen_past_its_lease_wakes_up_to_write_nothing(
    installation: Installation, clean_db: str, folder: Path
) -> None:
    owner = person(grant=10)
    installation.dispatcher()
    frozen = installation.worker(concurrency=1)
    run_id = launch(owner, "gated", cost=5, folder=str(folder))
    _inside(folder, "one")
    frozen.send(signal.SIGSTOP)
    installation.worker(concurrency=1)
    _open(folder, *STAGES)
    until_ended(installation, [run_id], 30)
    frozen.send(signal.SIGCONT)
    until(lambda: "lease_lost" in frozen.said(), 15, f"the frozen worker notices\n{frozen.said()}")
    with transaction() as session:
        marks = session.scalars(select(SelfcheckMark.stage).order_by(SelfcheckMark.id)).all()
    assert marks == list(STAGES)
    assert_completed(clean_db, [run_id])
    assert _balance(owner) == Balance(available=5, reserved=0)


def test_a_run_that_kills_its_workers_dies_visibly_frees_its_credits_and_spares_the_others(
    installation: Installation, clean_db: str
) -> None:
    owner = person(grant=10)
    installation.dispatcher()
    worker = installation.worker()
    poisoned = launch(owner, "poison", cost=7)
    healthy = [launch(owner, "slow", seconds=0.2) for _ in range(6)]
    until_ended(installation, [poisoned, *healthy], 60)
    assert worker.alive()
    run = run_of(poisoned)
    assert (run.status, run.error_code, run.attempts) == ("failed", "CRASHED", 3)
    assert "3 times" in str(run.error_message)
    assert {run_of(run_id).status for run_id in healthy} == {"completed"}
    assert _balance(owner) == Balance(available=10, reserved=0)
    with transaction() as session:
        told = [event.status for event in events.of_run(session, poisoned)]
    assert told == ["queued", "running", "queued", "running", "queued", "running", "failed"]
    assert findings(clean_db) == []


def test_a_transient_failure_waits_as_long_as_the_other_side_asked(installation: Installation, clean_db: str) -> None:
    """The stage's own pause is five minutes: only `retry_after` brings it back this soon."""
    installation.dispatcher()
    installation.worker()
    run_id = launch(person(), "flaky", after=2.5)
    until_ended(installation, [run_id], 30)
    with transaction() as session:
        told = events.of_run(session, run_id)
    starts = [event.at for event in told if event.status == "running"]
    assert [event.status for event in told] == ["queued", "running", "queued", "running", "completed"]
    assert timedelta(seconds=2.5) <= starts[1] - starts[0] < timedelta(seconds=8)
    assert_completed(clean_db, [run_id])


@pytest.mark.parametrize(
    ("pipeline", "code", "attempts"),
    [
        ("refused", "NO_TEXT", 1),
        ("crashing", "INTERNAL_ERROR", 3),
        ("endless", "TIMEOUT", 2),
        ("flaky", "TRY_AGAIN", 3),
    ],
)
def test_a_run_that_cannot_succeed_ends_with_its_code_and_costs_nothing(
    installation: Installation, clean_db: str, pipeline: str, code: str, attempts: int
) -> None:
    owner = person(grant=10)
    installation.dispatcher()
    installation.worker()
    run_id = launch(owner, pipeline, cost=7, after=0.2, failures=9)
    until_ended(installation, [run_id], 40)
    run = run_of(run_id)
    assert (run.status, run.error_code, run.attempts) == ("failed", code, attempts)
    assert _balance(owner) == Balance(available=10, reserved=0)
    assert findings(clean_db) == []


def test_a_family_survives_a_killed_worker_and_gathers_once(installation: Installation, clean_db: str) -> None:
    owner = person(grant=100)
    installation.dispatcher()
    victim = installation.worker()
    parent = launch(owner, "family", cost=1, children=20)
    until(lambda: run_of(parent).status == "waiting", 20, "the parent waits for its children")
    victim.kill()
    installation.worker()
    until_ended(installation, [parent], 40)
    with transaction() as session:
        children = session.scalars(select(Run.id).where(Run.parent_id == parent)).all()
    assert len(children) == 20
    assert_completed(clean_db, [parent, *children])
    assert _balance(owner) == Balance(available=79, reserved=0)


def test_a_worker_that_is_asked_to_stop_finishes_what_it_holds(
    installation: Installation, clean_db: str, folder: Path
) -> None:
    installation.processes.env["REMAP_SIGTERM"] = "SIGQUIT"
    installation.dispatcher()
    worker = installation.worker()
    run_id = launch(person(), "slow", seconds=2)
    until(lambda: run_of(run_id).status == "running", 20, "the run is at work")
    os.kill(worker.pid, signal.SIGTERM)
    until(lambda: not worker.alive(), 30, "the worker ended")
    assert (run_of(run_id).status, run_of(run_id).attempts) == ("completed", 1)
    assert findings(clean_db) == []
