"""The only loop: what a stage does, and what the run's row says afterwards."""

import time
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any, cast
from uuid import UUID

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from psycopg.errors import DeadlockDetected
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from core.clock import utc_now
from core.db import transaction
from core.errors import AppError, Transient, Unprocessable
from models.run import Run
from models.selfcheck import SelfcheckMark
from pipelines.heartbeat import Heart
from pipelines.pipeline import Context, Done, Pipeline, Stage
from pipelines.runner import backoff, run_stage
from services import credits
from services.credits import Balance
from services.doorbell import SilentDoorbell
from services.runs import sweeping
from services.runs.accepting import NewRun, accept
from services.wiring import Services
from tests.people import person
from tests.services.runs.steps import claimed, lapse, launch, run_of

SERVICES = cast("Services", SimpleNamespace(doorbell=SilentDoorbell()))


def _save(context: Context) -> Callable[[Session], dict[str, Any]]:
    def save(session: Session) -> dict[str, Any]:
        session.add(SelfcheckMark(run_id=context.run_id, stage="one"))
        return {"saved": True}

    return save


def _run(work: Callable[[Context], Done], *, cost: int = 0, grant: int = 100, **stage: Any) -> tuple[UUID, int]:
    """Accept a run of one stage and execute it once."""
    user_id = person(grant=grant)
    pipeline = Pipeline("errand", (Stage("one", work, **stage),))
    with transaction() as session:
        run_id = accept(session, NewRun("errand", {"cost": cost}, user_id=user_id, reserve=cost)).run_id
    assert run_stage(pipeline, pipeline.stages[0], run_id, SERVICES)
    return run_id, user_id


def _marks() -> int:
    with transaction() as session:
        return session.execute(select(func.count()).select_from(SelfcheckMark)).scalar_one()


def _balance(user_id: int) -> Balance:
    with transaction() as session:
        return credits.balance(session, user_id)


def test_effects_result_and_charge_are_written_together(clean_db: str) -> None:
    run_id, user_id = _run(lambda context: Done(save=_save(context), message="Ready", cost=4), cost=10)
    run = run_of(run_id)
    assert (run.status, run.progress, run.message, run.result) == ("completed", 100, "Ready", {"saved": True})
    assert (_marks(), _balance(user_id)) == (1, Balance(available=96, reserved=0))


def test_a_stage_hands_its_state_to_the_next(clean_db: str) -> None:
    seen: dict[str, Any] = {}

    def second(context: Context) -> Done:
        seen.update(context.state)
        return Done(result={"sum": context.state["n"] + 1})

    pipeline = Pipeline("errand", (Stage("one", lambda _: Done(state={"n": 41})), Stage("two", second, progress=60)))
    run_id = launch(person())
    assert run_stage(pipeline, pipeline.stages[0], run_id, SERVICES)
    assert (run_of(run_id).status, run_of(run_id).stage, run_of(run_id).progress) == ("queued", "two", 60)
    assert not run_stage(pipeline, pipeline.stages[0], run_id, SERVICES), "a doubled message does nothing"
    assert run_stage(pipeline, pipeline.stages[1], run_id, SERVICES)
    assert (seen, run_of(run_id).result) == ({"n": 41}, {"sum": 42})


@pytest.mark.parametrize(
    ("raised", "code"),
    [
        (Transient("busy"), "TRY_AGAIN"),
        (Transient("busy", retry_after=30, code="RATE"), "RATE"),
        (ZeroDivisionError(), "INTERNAL_ERROR"),
        (SoftTimeLimitExceeded(), "TIMEOUT"),
    ],
)
def test_what_may_pass_is_tried_again_until_the_attempts_are_spent(clean_db: str, raised: Exception, code: str) -> None:
    def work(context: Context) -> Done:
        raise raised

    run_id, _ = _run(work, attempts=2)
    assert run_of(run_id).status == "queued"
    run_id, user_id = _run(work, attempts=1, cost=10)
    run = run_of(run_id)
    assert (run.status, run.error_code) == ("failed", code)
    assert _balance(user_id) == Balance(available=100, reserved=0)


def test_a_retry_waits_as_long_as_it_was_told(clean_db: str) -> None:
    def work(context: Context) -> Done:
        raise Transient("busy", retry_after=300)

    run_id, _ = _run(work, backoff=timedelta(milliseconds=1))
    assert timedelta(seconds=290) < run_of(run_id).run_after - utc_now() <= timedelta(seconds=300)


def test_pauses_double_and_spread() -> None:
    stage = Stage("one", lambda _: Done(), backoff=timedelta(seconds=2))
    for attempt, ceiling in ((1, 2.0), (2, 4.0), (3, 8.0)):
        pauses = {backoff(stage, attempt).total_seconds() for _ in range(50)}
        assert all(ceiling / 2 <= pause <= ceiling for pause in pauses)
        assert len(pauses) > 10


def test_an_error_for_the_person_ends_the_run_at_once(clean_db: str) -> None:
    def work(context: Context) -> Done:
        raise Unprocessable("There is no text in this file.", code="NO_TEXT")

    run_id, user_id = _run(work, cost=10)
    run = run_of(run_id)
    assert (run.status, run.error_code, run.error_message) == ("failed", "NO_TEXT", "There is no text in this file.")
    assert _balance(user_id) == Balance(available=100, reserved=0)


def test_an_overrun_writes_no_effect_and_charges_nothing(clean_db: str) -> None:
    run_id, user_id = _run(lambda context: Done(save=_save(context), cost=11), cost=10)
    assert (run_of(run_id).status, run_of(run_id).error_code) == ("failed", "OVERRUN")
    assert (_marks(), _balance(user_id)) == (0, Balance(available=100, reserved=0))


def test_an_effect_that_fails_takes_the_checkpoint_with_it(clean_db: str) -> None:
    def work(context: Context) -> Done:
        def save(session: Session) -> None:
            _save(context)(session)
            session.flush()
            raise AppError("refused")

        return Done(save=save)

    run_id, _ = _run(work)
    assert (run_of(run_id).status, _marks()) == ("failed", 0)


def test_a_deadlock_at_the_last_write_does_not_cost_the_work(clean_db: str) -> None:
    worked, written = [], []

    def work(context: Context) -> Done:
        worked.append(1)

        def save(session: Session) -> None:
            _save(context)(session)
            session.flush()
            written.append(1)
            if len(written) < 3:
                raise OperationalError("insert", {}, DeadlockDetected())

        return Done(save=save)

    run_id, _ = _run(work)
    assert (run_of(run_id).status, _marks()) == ("completed", 1)
    assert (len(worked), len(written)) == (1, 3)


def test_a_stage_that_lost_its_lease_writes_nothing(clean_db: str) -> None:
    def work(context: Context) -> Done:
        lapse(context.run_id)
        with transaction() as session:
            assert sweeping.sweep_lease(session, lambda pipeline, stage: 9)
        claimed(context.run_id, "one")
        return Done(save=_save(context))

    run_id, _ = _run(work)
    assert (run_of(run_id).status, run_of(run_id).fence, _marks()) == ("running", 2, 0)


def test_progress_reported_by_a_stage_is_shown_at_once(clean_db: str) -> None:
    shown = []

    def work(context: Context) -> Done:
        context.report(40, "page 2 of 5")
        run = run_of(context.run_id)
        shown.append((run.progress, run.message))
        return Done()

    _run(work, progress=10)
    assert shown == [(40, "page 2 of 5")]


def test_the_heart_keeps_a_lease_while_a_stage_works_and_lets_go_after(clean_db: str) -> None:
    heart = Heart(0.2, timedelta(seconds=5))
    mine = claimed(launch(person()))
    with heart.keeping(mine):
        lapse(mine.run_id)
        time.sleep(0.8)
        with transaction() as session:
            kept = session.get_one(Run, mine.run_id).lease_until
        assert kept is not None
        assert kept > utc_now() + timedelta(seconds=3)
    lapse(mine.run_id)
    time.sleep(0.5)
    with transaction() as session:
        assert sweeping.sweep_lease(session, lambda pipeline, stage: 9).requeued == 1


def test_the_heart_stops_for_a_lease_that_is_lost(clean_db: str) -> None:
    heart = Heart(0.1, timedelta(seconds=5))
    mine = claimed(launch(person()))
    with heart.keeping(mine):
        lapse(mine.run_id)
        with transaction() as session:
            sweeping.sweep_lease(session, lambda pipeline, stage: 9)
        time.sleep(0.5)
        assert run_of(mine.run_id).lease_until is None
        assert heart._next_beats == {}
