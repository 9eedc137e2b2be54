"""Celery's signals: our log format, no connection carried over a fork, a model and a jail that are warm."""

import threading
from typing import Any

from celery import signals

from core.db import dispose
from core.log import configure_logging
from core.queue import DOCUMENTS, EMBEDDINGS
from services.wiring import Services
from workers.tasks import services


def connect() -> None:
    signals.setup_logging.connect(_use_our_logging, weak=False)
    signals.celeryd_after_setup.connect(_warm_what_its_queues_need, weak=False)
    signals.worker_process_shutdown.connect(_close_connections, weak=False)


def _use_our_logging(**_: Any) -> None:
    configure_logging()


def _close_connections(**_: Any) -> None:
    dispose()


def _warm_what_its_queues_need(instance: Any, **_: Any) -> None:
    """A worker of the embeddings queue loads the model, one of the documents queue starts its jail, each process of the
    pool as soon as it is forked: the first person does not wait for it.

    In threads: Celery kills a pool process that takes longer than four seconds to come up. The first task waits for the
    same locks that the threads hold. The services themselves are made before: two threads would make them twice.
    """
    queues = instance.app.amqp.queues.consume_from
    needed = [warm for queue, warm in ((EMBEDDINGS, _load_model), (DOCUMENTS, _start_jail)) if queue in queues]

    def warm_up(**_: Any) -> None:
        here = services()
        for warm in needed:
            threading.Thread(target=warm, args=(here,), name=warm.__name__, daemon=True).start()

    signals.worker_process_init.connect(warm_up, weak=False)


def _load_model(services: Services) -> None:
    services.embedder.embed(["Ready."])


def _start_jail(services: Services) -> None:
    services.resume_reader.extract(b"Ready.", "ready.txt")
