"""Celery's signals: our log format, no connection carried over a fork, a model that is warm."""

import threading
from typing import Any

from celery import signals

from core.db import dispose
from core.log import configure_logging
from core.queue import EMBEDDINGS
from workers.tasks import services


def connect() -> None:
    signals.setup_logging.connect(_use_our_logging, weak=False)
    signals.celeryd_after_setup.connect(_warm_the_model_where_it_is_used, weak=False)
    signals.worker_process_shutdown.connect(_close_connections, weak=False)


def _use_our_logging(**_: Any) -> None:
    configure_logging()


def _close_connections(**_: Any) -> None:
    dispose()


def _warm_the_model_where_it_is_used(instance: Any, **_: Any) -> None:
    """Only a worker of the embeddings queue loads the model, in each process of its pool, as soon as it is forked.

    In a thread: Celery kills a pool process that takes longer than four seconds to come up. The first task waits for
    the same lock that the thread holds.
    """
    if EMBEDDINGS in instance.app.amqp.queues.consume_from:
        signals.worker_process_init.connect(_warm, weak=False)


def _warm(**_: Any) -> None:
    threading.Thread(target=services().embedder.embed, args=(["Ready."],), name="warm-up", daemon=True).start()
