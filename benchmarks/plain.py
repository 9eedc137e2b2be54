"""Both sides of each comparison: the same effect, once as a stage of a run, once as a plain Celery task.

`celery -A benchmarks.plain worker` knows both; `python -m benchmarks.plain` is the dispatcher that knows the pipeline;
`create_app` is the platform's own API with one more endpoint, which does what a plain Celery application does.
"""

from typing import Any
from uuid import UUID, uuid4

from fastapi import FastAPI
from sqlalchemy.orm import Session

from api.app import create_app as create_platform
from api.auth import CurrentAdmin
from api.deps import Tx
from api.platform.schemas import RunAccepted, SelfcheckRequest
from core.db import transaction
from core.queue import DEFAULT, DOCUMENTS, celery_app
from core.settings import get_settings
from models.selfcheck import SelfcheckMark
from pipelines.pipeline import Context, Done, Pipeline, Stage
from pipelines.registry import PIPELINES
from pipelines.selfcheck import SELFCHECK
from workers import dispatcher, signals
from workers.tasks import register_stages


def effect(session: Session, run_id: UUID, stage: str) -> None:
    """The work of both sides: one row."""
    session.add(SelfcheckMark(run_id=run_id, stage=stage))


def _one(context: Context) -> Done:
    return Done(save=lambda session: effect(session, context.run_id, "one"))


SHORT = Pipeline("short", (Stage("one", _one),))
PIPELINES[SHORT.name] = SHORT

app = celery_app(get_settings().redis_url)
register_stages(app, (SHORT, SELFCHECK))
signals.connect()


@app.task(name="plain.mark")  # type: ignore[untyped-decorator]
def mark(run_id: str) -> None:
    """The same function with the same effect, in a transaction of its own, as a plain task."""
    with transaction() as session:
        effect(session, UUID(run_id), "one")


@app.task(name="plain.nothing")  # type: ignore[untyped-decorator]
def nothing(run_id: str) -> None:
    """What the broker and the worker cost when the task does nothing at all."""


def delay(task: Any, run_id: str, queue: str = DEFAULT) -> None:
    task.apply_async((run_id,), queue=queue)


def delay_two(run_id: str) -> None:
    """Two tasks on two queues: the shape of a selfcheck run."""
    delay(mark, run_id)
    delay(mark, run_id, DOCUMENTS)


def create_app() -> FastAPI:
    """The same application, middleware, authentication and schemas; only the last line of the handler differs."""
    platform = create_platform()

    @platform.post("/plain", status_code=202)
    def start(session: Tx, caller: CurrentAdmin, body: SelfcheckRequest) -> RunAccepted:
        run_id = uuid4()
        mark.delay(str(run_id))
        return RunAccepted(run_id=run_id)

    return platform


if __name__ == "__main__":
    dispatcher.main()
