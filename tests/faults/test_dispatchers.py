"""Dispatchers hold nothing: any may die, any number may run."""

from sqlalchemy import func, select

from core.db import transaction
from models.run import RunEvent
from tests.faults.machines import Installation
from tests.faults.runs import assert_completed, launch, run_of, until_ended
from tests.people import person
from tests.processes import until


def test_a_killed_dispatcher_is_replaced_and_no_run_is_forgotten(installation: Installation, clean_db: str) -> None:
    owner = person()
    first = installation.dispatcher()
    runs = [launch(owner, "slow") for _ in range(40)]
    until(lambda: installation.broker.waiting() > 0, 20, "the first bells rang")
    first.kill()
    runs += [launch(owner, "slow") for _ in range(40)]
    installation.worker()
    installation.dispatcher()
    until_ended(installation, runs, 40)
    assert_completed(clean_db, runs)


def test_a_dispatcher_killed_between_its_mark_and_its_message_costs_one_pause(
    installation: Installation, clean_db: str
) -> None:
    """The row says that the bell rang, and no bell did: as when a process dies between the two."""
    runs = [launch(person(), "slow") for _ in range(5)]
    installation.processes.env["REDISPATCH_SECONDS"] = "2"
    silent = installation.dispatcher()
    until(lambda: all(run_of(run_id).dispatches == 1 for run_id in runs), 20, "the rows are marked")
    silent.kill()
    installation.broker.lose_messages()
    installation.dispatcher()
    installation.worker()
    until_ended(installation, runs, 20)
    assert_completed(clean_db, runs)


def test_three_dispatchers_and_three_workers_start_each_stage_once(installation: Installation, clean_db: str) -> None:
    for _ in range(3):
        installation.dispatcher()
        installation.worker(concurrency=1)
    runs = [launch(person(), "selfcheck") for _ in range(60)]
    until_ended(installation, runs, 60)
    assert_completed(clean_db, runs)
    with transaction() as session:
        starts = session.execute(
            select(func.count()).select_from(RunEvent).where(RunEvent.status == "running")
        ).scalar_one()
    assert starts == 120
