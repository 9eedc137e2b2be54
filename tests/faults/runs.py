"""Launching runs from a test and waiting for what becomes of them."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from core.db import transaction
from models.run import TERMINAL, Run
from services.runs.accepting import NewRun, accept
from tests.faults.checker import findings
from tests.faults.machines import Installation
from tests.processes import until


def launch(user_id: int, pipeline: str, *, cost: int = 0, **payload: Any) -> UUID:
    with transaction() as session:
        new = NewRun(pipeline, {"cost": cost, **payload}, user_id=user_id, reserve=cost)
        return accept(session, new).run_id


def run_of(run_id: UUID) -> Run:
    with transaction() as session:
        return session.get_one(Run, run_id)


def until_ended(installation: Installation, runs: Iterable[UUID], seconds: float) -> float:
    """Wait until all of them have ended, and answer how long it took."""
    wanted = list(runs)

    def ended() -> bool:
        with transaction() as session:
            left = select(func.count()).where(Run.id.in_(wanted), Run.status.not_in(TERMINAL))
            return session.execute(left).scalar_one() == 0

    try:
        return until(ended, seconds, "the runs ended")
    except AssertionError as error:
        states = [(run.status, run.stage, run.attempts, run.message) for run in map(run_of, wanted)]
        raise AssertionError(f"{error}: {states}\n{installation.said()}") from None


def assert_completed(database_url: str, runs: Iterable[UUID]) -> None:
    """Each of them completed, and an independent judge finds nothing wrong with anything."""
    assert {run_of(run_id).status for run_id in runs} == {"completed"}
    assert findings(database_url) == []
