"""The worker of `resume_analysis` with a gate behind each stage: its work is done, and nothing of it is written yet.

`celery -A tests.faults.resume_app worker …`, with GATES naming a folder.
"""

import os
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from celery import signals

from core.queue import celery_app
from core.settings import get_settings
from pipelines.matching import MATCHING
from pipelines.pipeline import Context, Done, Pipeline, Stage
from pipelines.resume_analysis import RESUME_ANALYSIS
from tests.pipelines.fakes import WordEmbedder
from workers.tasks import register_stages

_GATE_SECONDS = 60.0
_FOLDER = Path(os.environ["GATES"])


def _gated(stage: Stage) -> Callable[[Context], Done]:
    def work(context: Context) -> Done:
        done = stage.work(replace(context, services=replace(context.services, embedder=WordEmbedder())))
        (_FOLDER / f"{stage.name}.done.{context.attempt}").touch()
        deadline = time.monotonic() + _GATE_SECONDS
        while not (_FOLDER / f"{stage.name}.open").exists():
            if time.monotonic() > deadline:
                raise TimeoutError(stage.name)
            time.sleep(0.02)
        return done

    return work


app = celery_app(get_settings().redis_url)
gated = Pipeline(RESUME_ANALYSIS.name, tuple(replace(one, work=_gated(one)) for one in RESUME_ANALYSIS.stages))
register_stages(app, (gated, MATCHING))
signals.setup_logging.connect(lambda **_: None, weak=False)
