"""Celery's view of the work: one task per stage, named `pipeline.stage`, and a few chores that beat asks for."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from uuid import UUID

from celery import Celery

from core.clock import utc_now
from core.db import transaction
from core.settings import get_settings
from pipelines.pipeline import Pipeline, Stage
from pipelines.runner import run_stage
from services import accounts, resume_uploads
from services.runs import events
from services.runs.accepting import NewRun, accept
from services.wiring import Services

_GRACE = timedelta(seconds=10)  # between the soft limit, which a stage may answer, and the hard one


@lru_cache(maxsize=1)
def services() -> Services:
    """This worker process's services, made at the first task, after the fork."""
    return Services.from_settings(get_settings())


def register_stages(app: Celery, pipelines: Iterable[Pipeline]) -> None:
    for pipeline in pipelines:
        for stage in pipeline.stages:
            _register(app, pipeline, stage)


def _register(app: Celery, pipeline: Pipeline, stage: Stage) -> None:
    def task(run_id: str) -> bool:
        return run_stage(pipeline, stage, UUID(run_id), services())

    app.task(
        task,
        name=pipeline.task_name(stage),
        soft_time_limit=stage.time_limit.total_seconds(),
        time_limit=(stage.time_limit + _GRACE).total_seconds(),
    )


def register_chores(app: Celery) -> None:
    """What beat asks for; `workers/schedule.py` says when."""
    for name, chore in CHORES.items():
        app.task(chore, name=name)


def start_scheduled_harvest() -> str:
    """Accept the harvest of the current slot, whoever asks first; answers its run id.

    A slot is `harvest_minutes` long. Two beats, or one that was away, cannot start a slot twice: its name is the run's
    idempotency key. A slot that passed while nobody was there is not made up for: the current one brings the same
    postings.
    """
    settings = get_settings()
    length = settings.harvest_minutes * 60
    slot = datetime.fromtimestamp(utc_now().timestamp() // length * length, tz=UTC)
    new = NewRun("harvest", {"sources": []}, idempotency_key=f"slot:{slot.isoformat()}")
    with transaction() as session:
        return str(accept(session, new).run_id)


def forget_old_events() -> int:
    """Drop run events past their retention; answers how many."""
    moment = utc_now() - timedelta(days=get_settings().event_retention_days)
    with transaction() as session:
        return events.forget_before(session, moment)


def forget_orphaned_files() -> int:
    """Delete stored files that no upload names, an hour after they were written; answers how many."""
    an_hour_ago = (utc_now() - timedelta(hours=1)).timestamp()
    with transaction() as session:
        return resume_uploads.forget_orphans(session, services().storage, before=an_hour_ago)


def forget_expired_logouts() -> int:
    """Drop revoked tokens that have expired by themselves; answers how many."""
    with transaction() as session:
        return accounts.forget_revoked_before(session, utc_now())


CHORES: dict[str, Callable[[], object]] = {
    "chores.start_scheduled_harvest": start_scheduled_harvest,
    "chores.forget_old_events": forget_old_events,
    "chores.forget_orphaned_files": forget_orphaned_files,
    "chores.forget_expired_logouts": forget_expired_logouts,
}
