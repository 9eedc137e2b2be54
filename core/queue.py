"""The broker: queue names, Celery's measured settings, Redis clients that never retry a write behind our back."""

from datetime import timedelta
from typing import Any

from celery import Celery
from kombu import Queue
from redis import Redis
from redis.asyncio import Redis as AsyncRedis
from redis.asyncio.retry import Retry as AsyncRetry
from redis.backoff import NoBackoff
from redis.retry import Retry

DOCUMENTS = "documents"  # hostile input and CPU
EMBEDDINGS = "embeddings"  # a model in memory
LLM = "llm"  # waiting for an answer
SCRAPE = "scrape"  # waiting, politely
DEFAULT = "default"

QUEUES = (DOCUMENTS, EMBEDDINGS, LLM, SCRAPE, DEFAULT)
DISPATCH_CHANNEL = "offerline_dispatch"  # LISTEN/NOTIFY: "a run may be dispatched"

_TIMEOUT = 2.0


def celery_broker_url(redis_url: str) -> str:
    """Kombu spells a unix socket `redis+socket://`, redis-py spells it `unix://`."""
    return redis_url.replace("unix://", "redis+socket://", 1) if redis_url.startswith("unix://") else redis_url


def celery_config(redis_url: str) -> dict[str, Any]:
    """What 40 worker kills and four broker wipes taught: see docs/decisions/0002-postgres-is-the-queue.md."""
    return {
        "broker_url": celery_broker_url(redis_url),
        "broker_connection_retry_on_startup": True,
        "broker_connection_max_retries": None,
        "broker_transport_options": {
            "visibility_timeout": 900,
            "unacked_restore_interval": 5,
            "unacked_restore_throttle": 1,
            "socket_timeout": 10,
            "socket_connect_timeout": 3,
            "socket_keepalive": True,
        },
        "task_queues": [Queue(name) for name in QUEUES],
        "task_default_queue": DEFAULT,
        "task_create_missing_queues": False,
        "task_serializer": "json",
        "accept_content": ["json"],
        "task_ignore_result": True,
        "task_acks_late": True,
        "task_reject_on_worker_lost": True,
        "task_track_started": True,
        "task_send_sent_event": False,
        "worker_send_task_events": True,
        "worker_prefetch_multiplier": 1,
        "worker_max_tasks_per_child": 2000,
        "worker_soft_shutdown_timeout": 25.0,
        "worker_enable_soft_shutdown_on_idle": False,
        "worker_cancel_long_running_tasks_on_connection_loss": False,
        "worker_hijack_root_logger": False,
        "timezone": "UTC",
        "enable_utc": True,
        "beat_max_loop_interval": int(timedelta(seconds=30).total_seconds()),
    }


def celery_app(redis_url: str) -> Celery:
    app = Celery("offerline")
    app.conf.update(celery_config(redis_url))
    return app


def redis_client(redis_url: str, *, timeout: float = _TIMEOUT, decode: bool = True) -> Redis:
    """A client that fails fast and once: redis-py 8 otherwise repeats a write whose answer was lost (INCR twice)."""
    return Redis.from_url(
        redis_url,
        decode_responses=decode,
        socket_timeout=timeout,
        socket_connect_timeout=timeout,
        retry=Retry(NoBackoff(), 0),
    )


def async_redis_client(redis_url: str) -> AsyncRedis:
    """For the API's event loop, where sockets wait for a "look"."""
    return AsyncRedis.from_url(
        redis_url,
        decode_responses=True,
        socket_connect_timeout=_TIMEOUT,
        retry=AsyncRetry(NoBackoff(), 0),
    )
