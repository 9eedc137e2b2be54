"""Pipelines that misbehave on purpose, and the worker and the dispatcher that know them.

`celery -A tests.faults.apps worker …` and `python -m tests.faults.apps` (the dispatcher). Each stage leaves a mark in a
table without a unique key, so an effect that was applied twice shows.
"""

import os
import signal
import time
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from core.errors import Transient, Unprocessable
from core.queue import DEFAULT, DOCUMENTS, celery_app
from core.settings import get_settings
from models.selfcheck import SelfcheckMark
from pipelines.pipeline import Context, Done, Pipeline, Stage
from pipelines.registry import PIPELINES
from pipelines.selfcheck import SELFCHECK
from services.runs.accepting import NewRun
from workers import dispatcher, signals
from workers.tasks import register_stages

_GATE_SECONDS = 60.0


def _done(context: Context, stage: str, **fields: Any) -> Done:
    def save(session: Session) -> Mapping[str, Any]:
        session.add(SelfcheckMark(run_id=context.run_id, stage=stage))
        return {"last": stage}

    return Done(save=save, message=f"Through {stage}", cost=int(context.payload.get("cost", 0)), **fields)


def gated(stage: str) -> Any:
    """Says that it is in, by a file, and waits for the file that lets it out."""

    def work(context: Context) -> Done:
        folder = Path(context.payload["folder"])
        (folder / f"{stage}.in.{context.attempt}.{os.getpid()}").touch()
        deadline = time.monotonic() + _GATE_SECONDS
        while not (folder / f"{stage}.open").exists():
            if time.monotonic() > deadline:
                raise TimeoutError(stage)
            time.sleep(0.02)
        return _done(context, stage)

    return work


def slow(context: Context) -> Done:
    time.sleep(float(context.payload.get("seconds", 0)))
    return _done(context, "slow")


def poison(context: Context) -> Done:
    os.kill(os.getpid(), signal.SIGKILL)
    return _done(context, "poison")


def flaky(context: Context) -> Done:
    """Fails for a while, as a provider does that says when to come back."""
    if context.attempt <= int(context.payload.get("failures", 1)):
        raise Transient("The provider is busy", retry_after=float(context.payload["after"]))
    return _done(context, "flaky")


def refused(context: Context) -> Done:
    raise Unprocessable("This file holds no text.", code="NO_TEXT")


def crashing(context: Context) -> Done:
    raise ZeroDivisionError


def endless(context: Context) -> Done:
    time.sleep(_GATE_SECONDS)
    return _done(context, "endless")


def split(context: Context) -> Done:
    children = [
        NewRun("slow", {"seconds": 0.05, "cost": 1}, user_id=context.user_id, reserve=1)
        for _ in range(int(context.payload["children"]))
    ]
    return _done(context, "split", children=children)


def gather(context: Context) -> Done:
    return _done(context, "gather")


_QUICK = timedelta(milliseconds=200)

MISBEHAVING = (
    Pipeline(
        "gated",
        (
            Stage("one", gated("one"), progress=10),
            Stage("two", gated("two"), queue=DOCUMENTS, progress=50),
            Stage("three", gated("three"), queue=DEFAULT, progress=80),
        ),
    ),
    Pipeline("slow", (Stage("slow", slow),)),
    Pipeline("poison", (Stage("poison", poison, backoff=_QUICK),)),
    Pipeline("flaky", (Stage("flaky", flaky, backoff=timedelta(minutes=5)),)),
    Pipeline("refused", (Stage("refused", refused),)),
    Pipeline("crashing", (Stage("crashing", crashing, backoff=_QUICK),)),
    Pipeline("endless", (Stage("endless", endless, time_limit=timedelta(seconds=1), attempts=2, backoff=_QUICK),)),
    Pipeline("family", (Stage("split", split), Stage("gather", gather, progress=90))),
)

PIPELINES.update({pipeline.name: pipeline for pipeline in MISBEHAVING})

app = celery_app(get_settings().redis_url)
register_stages(app, (*MISBEHAVING, SELFCHECK))
signals.connect()
app.conf.worker_soft_shutdown_timeout = 4.0  # Celery waits for all of it when it is asked to stop while it is busy

if __name__ == "__main__":
    dispatcher.main()
