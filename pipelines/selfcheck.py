"""`selfcheck`: two tiny stages over two queues that prove the road from request to ledger.

Operators launch it after a deployment; the storm test and the benchmark launch it by the thousand.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from core.queue import DEFAULT, DOCUMENTS
from models.selfcheck import SelfcheckMark
from pipelines.pipeline import Context, Done, Pipeline, Stage


def _mark(stage: str) -> "Any":
    def work(context: Context) -> Done:
        def save(session: Session) -> Mapping[str, Any] | None:
            session.add(SelfcheckMark(run_id=context.run_id, stage=stage))
            return {"stages": 2} if stage == "answering" else None

        return Done(save=save, message=stage.capitalize(), cost=int(context.payload.get("cost", 0)))

    return work


SELFCHECK = Pipeline(
    "selfcheck",
    (
        Stage("calling", _mark("calling"), queue=DEFAULT, progress=10),
        Stage("answering", _mark("answering"), queue=DOCUMENTS, progress=60),
    ),
)
