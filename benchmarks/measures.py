"""The four measurements. Each answers (ours, plain) pairs, one a round, taken in turns."""

import itertools
import statistics
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from uuid import UUID

from redis import Redis
from sqlalchemy import func, insert, select, text

from benchmarks import clients, plain
from benchmarks.installation import wait
from core.clock import utc_now
from core.db import transaction
from core.queue import QUEUES, redis_client
from core.settings import get_settings
from models.run import Run
from models.selfcheck import SelfcheckMark
from models.user import User, UserProfile
from pipelines.runner import run_stage
from services import credits
from services.doorbell import SilentDoorbell
from services.identity import issue_access_token
from services.runs.accepting import NewRun, accept
from services.wiring import Services

USERS = 8
_PRODUCERS = 4


@dataclass(frozen=True)
class Pair:
    ours: float
    plain: float


def people() -> list[int]:
    """Administrators: events of one user are put in order, so a benchmark of one user would measure that alone."""
    made = []
    for number in range(USERS):
        with transaction() as session:
            user = User(email=f"bench{number}@example.org", username=f"bench{number}", is_admin=True)
            session.add(user)
            session.flush()
            session.add(UserProfile(user_id=user.id))
            credits.open_account(session, user_id=user.id)
            made.append(user.id)
    return made


def in_turns(rounds: int, ours: Callable[[], float], theirs: Callable[[], float]) -> list[Pair]:
    """Ours first in even rounds and theirs in odd ones, after one round of each that does not count."""
    pairs = []
    for number in range(-1, rounds):
        if number % 2:
            there = theirs()
            here = ours()
        else:
            here = ours()
            there = theirs()
        if number >= 0:
            pairs.append(Pair(here, there))
    return pairs


def acceptance(port: int, users: list[int], *, rounds: int, seconds: float, connections: int) -> list[Pair]:
    tokens = [
        issue_access_token(get_settings(), user_id=user, epoch=0, now=utc_now())
        for user in itertools.islice(itertools.cycle(users), connections)
    ]

    def rate(path: str) -> float:
        _forget_everything()
        return clients.accepted_per_second(port, path, tokens, seconds=seconds)

    return in_turns(rounds, lambda: rate("/api/v1/runs/selfcheck"), lambda: rate("/plain"))


def completion(users: list[int], pipeline: str, stages: int, *, rounds: int, runs: int) -> list[Pair]:
    """Runs per second from the first accept to the last terminal state, and tasks from the first delay to the last
    committed effect.
    """

    def ours() -> float:
        _forget_everything()
        owners = itertools.cycle(users)
        started = time.monotonic()
        _produce(runs, lambda _: _accept(pipeline, next(owners)))
        wait(lambda: _count(select(func.count()).where(Run.status == "completed")) == runs)
        return runs / (time.monotonic() - started)

    def theirs() -> float:
        _forget_everything()
        ids = [str(run_id) for run_id in _finished_runs(runs)]
        started = time.monotonic()
        send = plain.delay_two if stages == 2 else _delay_mark  # noqa: PLR2004
        _produce(runs, lambda number: send(ids[number]))
        wait(lambda: _count(select(func.count()).select_from(SelfcheckMark)) == runs * stages)
        return runs / (time.monotonic() - started)

    return in_turns(rounds, ours, theirs)


def nothing_at_all(*, rounds: int, tasks: int) -> float:
    """Plain tasks without any effect per second, until the queue is empty: the ceiling of broker and worker."""
    rates = []
    for _ in range(rounds):
        _forget_everything()
        started = time.monotonic()
        _produce(tasks, lambda number: plain.delay(plain.nothing, str(number)))
        client = redis_client(get_settings().redis_url)
        wait(lambda client=client: _waiting(client) == 0)
        client.close()
        rates.append(tasks / (time.monotonic() - started))
    return statistics.median(rates)


def overhead(users: list[int], *, runs: int) -> Pair:
    """Median milliseconds of a whole stage in this process, and of the bare function in its own transaction."""
    _forget_everything()
    services = Services.from_settings(get_settings())
    object.__setattr__(services, "doorbell", SilentDoorbell())
    stage = plain.SHORT.stages[0]
    ids = [_accept("short", user) for user, _ in zip(itertools.cycle(users), range(runs), strict=False)]
    staged, bare = [], []
    for run_id in ids:
        staged.append(_milliseconds(lambda run_id=run_id: run_stage(plain.SHORT, stage, run_id, services)))
        bare.append(_milliseconds(lambda run_id=run_id: plain.mark(str(run_id))))
    return Pair(statistics.median(staged), statistics.median(bare))


def _delay_mark(run_id: str) -> None:
    plain.delay(plain.mark, run_id)


def _milliseconds(act: Callable[[], object]) -> float:
    started = time.perf_counter()
    act()
    return (time.perf_counter() - started) * 1000


def _accept(pipeline: str, user_id: int) -> UUID:
    with transaction() as session:
        return accept(session, NewRun(pipeline=pipeline, payload={"cost": 0}, user_id=user_id)).run_id


def _produce(count: int, act: Callable[[int], object]) -> None:
    with ThreadPoolExecutor(_PRODUCERS) as pool:
        list(pool.map(act, range(count)))


def _finished_runs(count: int) -> list[UUID]:
    """Rows for the plain tasks' effects to refer to."""
    with transaction() as session:
        rows = [
            {"id": run_id, "pipeline": "plain", "status": "completed", "finished_at": utc_now()}
            for run_id in _ids(count)
        ]
        session.execute(insert(Run), rows)
        return [UUID(str(row["id"])) for row in rows]


def _ids(count: int) -> Iterator[UUID]:
    with transaction() as session:
        yield from session.scalars(text("select gen_random_uuid() from generate_series(1, :n)"), {"n": count})


def _count(query: object) -> int:
    with transaction() as session:
        return int(session.execute(query).scalar_one())  # type: ignore[call-overload]


def _waiting(client: Redis) -> int:
    return sum(int(client.llen(queue)) for queue in QUEUES)


def _forget_everything() -> None:
    with transaction() as session:
        session.execute(text("truncate runs, run_events, selfcheck_marks cascade"))
    client = redis_client(get_settings().redis_url)
    client.delete(*QUEUES)
    client.close()
