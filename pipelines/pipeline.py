"""What a pipeline is: a name and a tuple of stages."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy.orm import Session

from core.queue import DEFAULT
from services.runs.accepting import NewRun
from services.wiring import Services


class Save(Protocol):
    """A stage's effects: writes them in the runner's transaction, and may answer the run's result."""

    def __call__(self, session: Session, /) -> Mapping[str, Any] | None: ...


@dataclass(frozen=True)
class Done:
    """What a stage hands back: effects to write, facts for later stages, children to launch, the run's cost.

    Nothing in it has happened yet. The runner writes all of it, with the checkpoint, in one transaction.
    """

    save: Save | None = None
    message: str = ""
    state: Mapping[str, Any] = field(default_factory=dict)
    result: Mapping[str, Any] | None = None
    children: Sequence[NewRun] = ()
    cost: int = 0


@dataclass(frozen=True)
class Context:
    """A stage's view of its run. `report(progress, message)` shows progress at once, in a transaction of its own."""

    run_id: UUID
    user_id: int | None
    attempt: int
    payload: Mapping[str, Any]
    state: Mapping[str, Any]
    services: Services
    report: Callable[[int, str], None]

    @property
    def owner(self) -> int:
        """The user whose run this is. Raises LookupError for a system run."""
        if self.user_id is None:
            raise LookupError("this run belongs to no user")
        return self.user_id


Work = Callable[[Context], Done]


@dataclass(frozen=True)
class Stage:
    """One restartable step and one Celery task. It may run twice: its effects carry natural unique keys.

    `progress` is what the run shows when the stage starts; `attempts` counts claims, crashes included.
    """

    name: str
    work: Work
    queue: str = DEFAULT
    progress: int = 0
    attempts: int = 3
    time_limit: timedelta = timedelta(minutes=2)
    backoff: timedelta = timedelta(seconds=2)


@dataclass(frozen=True)
class Pipeline:
    name: str
    stages: tuple[Stage, ...]

    def stage(self, name: str | None) -> Stage:
        """The stage of that name; the first for None. Raises LookupError."""
        if name is None:
            return self.stages[0]
        for stage in self.stages:
            if stage.name == name:
                return stage
        raise LookupError(f"{self.name} has no stage {name}")

    def after(self, stage: Stage) -> Stage | None:
        following = self.stages.index(stage) + 1
        return self.stages[following] if following < len(self.stages) else None

    def task_name(self, stage: Stage) -> str:
        return f"{self.name}.{stage.name}"
