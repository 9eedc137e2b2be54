"""The only loop: claim, work, write once. Every rule about retries, crashes and leases is here."""

import random
from datetime import timedelta
from uuid import UUID

from celery.exceptions import SoftTimeLimitExceeded
from psycopg.errors import DeadlockDetected
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from core.db import transaction
from core.errors import AppError, Transient
from core.log import get_logger
from core.settings import get_settings
from pipelines.heartbeat import heart
from pipelines.pipeline import Context, Done, Pipeline, Stage
from services.credits import Overrun
from services.runs import leases
from services.runs.leases import Advance, Claim, LostLease
from services.wiring import Services

log = get_logger(__name__)


def run_stage(pipeline: Pipeline, stage: Stage, run_id: UUID, services: Services) -> bool:
    """Execute one stage of one run if it is due. False when there was nothing to do.

    Never raises for what a stage did: the run's row says how it ended. Database errors pass through, and the run is
    found again by its lease.
    """
    lease = timedelta(seconds=get_settings().lease_seconds)
    with transaction() as session:
        mine = leases.claim(
            session,
            run_id,
            stage.name,
            first=stage is pipeline.stages[0],
            progress=stage.progress,
            lease=lease,
        )
    if mine is None:
        return False
    services.doorbell.look(mine.user_id)
    try:
        with heart().keeping(mine):
            _work_and_write(pipeline, stage, mine, services)
    except LostLease:
        log.warning("lease_lost", run_id=str(run_id), stage=stage.name, fence=mine.fence)
    services.doorbell.look(mine.user_id)
    return True


def _work_and_write(pipeline: Pipeline, stage: Stage, mine: Claim, services: Services) -> None:
    """Work outside any transaction, then one transaction for everything the stage changed."""
    try:
        done = stage.work(_context(mine, services))
        _finish(pipeline, stage, mine, done)
    except LostLease:
        raise
    except Transient as error:
        _retry_or_fail(stage, mine, error.message, error.error_code, retry_after=error.retry_after)
    except AppError as error:
        _fail(mine, error.error_code, error.message)
    except SoftTimeLimitExceeded:
        limit = round(stage.time_limit.total_seconds())
        _retry_or_fail(stage, mine, f"This step took longer than {limit} s", "TIMEOUT")
    except Overrun:
        log.exception("overrun", run_id=str(mine.run_id), stage=stage.name)
        _fail(mine, "OVERRUN", "The provider used more than was reserved. Nothing was charged.")
    except Exception:
        log.exception("stage_crashed", run_id=str(mine.run_id), stage=stage.name, attempt=mine.attempts)
        _retry_or_fail(stage, mine, "This step stopped unexpectedly", "INTERNAL_ERROR")


def _finish(pipeline: Pipeline, stage: Stage, mine: Claim, done: Done) -> None:
    """Write everything, and write it again when Postgres broke a deadlock at our cost: the work itself is done."""
    for last in (False, False, True):
        try:
            with transaction() as session:
                _write(session, pipeline, stage, mine, done)
        except OperationalError as error:
            if last or not isinstance(error.orig, DeadlockDetected):
                raise
            log.warning("deadlock", run_id=str(mine.run_id), stage=stage.name)
        else:
            return


def _write(session: Session, pipeline: Pipeline, stage: Stage, mine: Claim, done: Done) -> None:
    leases.hold(session, mine)
    result = done.save(session) if done.save is not None else None
    following = pipeline.after(stage)
    leases.advance(
        session,
        mine,
        Advance(
            next_stage=following.name if following else None,
            progress=following.progress if following else 100,
            message=done.message,
            state={**mine.state, **done.state},
            result=result if result is not None else done.result,
            children=done.children,
            cost=done.cost,
        ),
    )


def _retry_or_fail(stage: Stage, mine: Claim, message: str, code: str, *, retry_after: float | None = None) -> None:
    if mine.attempts >= stage.attempts:
        _fail(mine, code, f"{message}. Tried {mine.attempts} times; nothing was charged. Try again later.")
        return
    delay = timedelta(seconds=retry_after) if retry_after is not None else backoff(stage, mine.attempts)
    with transaction() as session:
        leases.try_again(session, mine, delay=delay, message=f"{message}; trying again")


def _fail(mine: Claim, code: str, message: str) -> None:
    with transaction() as session:
        leases.fail(session, mine, code=code, message=message)


def backoff(stage: Stage, attempts: int) -> timedelta:
    """Exponential with full jitter, so that runs which failed together do not return together."""
    ceiling = stage.backoff.total_seconds() * 2 ** (attempts - 1)
    return timedelta(seconds=random.uniform(ceiling / 2, ceiling))  # noqa: S311 — spreads load, guards nothing


def _context(mine: Claim, services: Services) -> Context:
    def report(progress: int, message: str) -> None:
        with transaction() as session:
            leases.report(session, mine, progress, message)
        services.doorbell.look(mine.user_id)

    return Context(
        run_id=mine.run_id,
        user_id=mine.user_id,
        attempt=mine.attempts,
        payload=mine.payload,
        state=mine.state,
        services=services,
        report=report,
    )
