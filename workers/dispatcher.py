"""The dispatcher: turns due runs into broker messages, and sweeps up after workers that died.

`python -m workers.dispatcher`. Any number may run. It is the only publisher, so a request never waits for a broker. It
sweeps too, because a sweeper that is itself a Celery task would wait for the very broker whose loss it repairs.
"""

import signal
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from types import FrameType

import psycopg
from celery import Celery
from kombu.exceptions import OperationalError as BrokerError
from redis import RedisError
from sqlalchemy.exc import DBAPIError

from core.clock import utc_now
from core.db import libpq_url, transaction
from core.log import configure_logging, get_logger
from core.queue import DISPATCH_CHANNEL, celery_app, redis_client
from core.settings import Settings, get_settings
from pipelines.registry import PIPELINES, attempts_allowed
from services.runs import dispatching, sweeping
from services.runs.dispatching import Due
from services.runs.sweeping import Swept

EPOCH_KEY = "offerline:broker-epoch"
_BROKER_PAUSE = 1.0
_LOOK_AT_BROKER_SECONDS = 0.25
_GATHER_SECONDS = 0.002
_SWEEP_AT_MOST = 500  # a turn; the rest waits for the next one, so that runs which are due need not
_BROKER_ERRORS = (BrokerError, RedisError, OSError)

log = get_logger(__name__)


class Dispatcher:
    def __init__(self, settings: Settings, publish: Callable[[Due], None], *, stop: threading.Event) -> None:
        self._settings = settings
        self._publish = publish
        self._stop = stop
        self._redis = redis_client(settings.redis_url)
        self._next_sweep = 0.0
        self._next_look_at_broker = 0.0

    def run(self) -> None:
        """Until `stop` is set. Postgres or the broker going away is waited out, never fatal."""
        while not self._stop.is_set():
            try:
                with psycopg.connect(libpq_url(self._settings.database_url), autocommit=True) as bell:
                    bell.execute(f"listen {DISPATCH_CHANNEL}")
                    while not self._stop.is_set():
                        if not self.turn():
                            self._wait_for(bell)
            except (psycopg.OperationalError, DBAPIError) as error:
                log.warning("database_away", error=type(error).__name__)
                self._stop.wait(1.0)

    def _wait_for(self, bell: psycopg.Connection) -> None:
        """Until somebody rings or the poll is due. Who rings is seldom alone, and one look serves all of them."""
        if any(True for _ in bell.notifies(timeout=self._settings.dispatch_poll_seconds, stop_after=1)):
            self._stop.wait(_GATHER_SECONDS)
            for _ in bell.notifies(timeout=0):
                pass

    def turn(self) -> bool:
        """One look at the queue. True when there was a full batch, so that more may wait."""
        self._sweep_when_due()
        try:
            self._notice_a_wiped_broker()
        except _BROKER_ERRORS as error:
            self._broker_is_away(error)
            return False
        with transaction() as session:
            due = dispatching.take_due(
                session,
                limit=self._settings.dispatch_batch,
                redispatch=timedelta(seconds=self._settings.redispatch_seconds),
            )
        self._publish_all(due)
        return len(due) == self._settings.dispatch_batch

    def _publish_all(self, due: list[Due]) -> None:
        for number, one in enumerate(due):
            try:
                self._publish(one)
            except _BROKER_ERRORS as error:
                with transaction() as session:
                    dispatching.put_back(session, [late.run_id for late in due[number:]])
                self._broker_is_away(error)
                return

    def _broker_is_away(self, error: Exception) -> None:
        log.warning("broker_away", error=type(error).__name__)
        self._stop.wait(_BROKER_PAUSE)

    def _notice_a_wiped_broker(self) -> None:
        """A marker lives in the broker's memory. When it is gone, so are the messages: ring for every run again."""
        if time.monotonic() < self._next_look_at_broker:
            return
        self._next_look_at_broker = time.monotonic() + _LOOK_AT_BROKER_SECONDS
        if self._redis.set(EPOCH_KEY, utc_now().isoformat(), nx=True):
            with transaction() as session:
                again = dispatching.ring_again_for_all(session)
            log.warning("broker_was_empty", runs_rung_again=again)

    def _sweep_when_due(self) -> None:
        if time.monotonic() < self._next_sweep:
            return
        self._next_sweep = time.monotonic() + self._settings.sweep_seconds
        swept = self._sweep_leases()
        with transaction() as session:
            oldest = utc_now() - timedelta(hours=self._settings.reservation_hours)
            swept += sweeping.sweep_reservations(session, older_than=oldest)
        if swept:
            log.warning("swept", requeued=swept.requeued, failed=swept.failed, released=swept.released)

    def _sweep_leases(self) -> Swept:
        swept = Swept()
        for _ in range(_SWEEP_AT_MOST):
            with transaction() as session:
                found = sweeping.sweep_lease(session, attempts_allowed)
            if not found:
                break
            swept += found
        return swept


def publisher(app: Celery) -> Callable[[Due], None]:
    """Ring for one run: a message to the queue of its current stage, over one long-lived connection."""
    producer = app.amqp.Producer(app.connection_for_write())

    def publish(due: Due) -> None:
        try:
            pipeline = PIPELINES[due.pipeline]
            stage = pipeline.stage(due.stage)
        except LookupError:
            # A newer release may have accepted it: its own dispatcher will ring.
            log.exception("unknown_stage", pipeline=due.pipeline, stage=due.stage, run_id=str(due.run_id))
            return
        app.send_task(
            pipeline.task_name(stage),
            args=(str(due.run_id),),
            queue=stage.queue,
            producer=producer,
            retry=False,
            ignore_result=True,
        )

    return publish


def main() -> None:
    configure_logging()
    stop = threading.Event()

    def ask_to_stop(number: int, frame: FrameType | None) -> None:
        stop.set()

    for one in (signal.SIGTERM, signal.SIGINT):
        signal.signal(one, ask_to_stop)
    settings = get_settings()
    log.info("dispatcher_started")
    Dispatcher(settings, publisher(celery_app(settings.redis_url)), stop=stop).run()
    log.info("dispatcher_stopped")


if __name__ == "__main__":
    main()
