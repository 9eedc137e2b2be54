"""Running pipelines in the test's own process: what dispatcher and workers do, without the broker between them."""

from datetime import timedelta

from core.db import transaction
from pipelines.registry import PIPELINES
from pipelines.runner import run_stage
from services.runs.dispatching import Due, take_due
from services.wiring import Services

_MOST_STAGES = 500


def drain(services: Services) -> list[str]:
    """Execute stages until no run is due; answers the names of their tasks, in order."""
    executed: list[str] = []
    while due := _due():
        for one in due:
            pipeline = PIPELINES[one.pipeline]
            stage = pipeline.stage(one.stage)
            if run_stage(pipeline, stage, one.run_id, services):
                executed.append(pipeline.task_name(stage))
        assert len(executed) < _MOST_STAGES, "the pipelines do not come to rest"
    return executed


def _due() -> list[Due]:
    with transaction() as session:
        return take_due(session, limit=50, redispatch=timedelta(minutes=5))
