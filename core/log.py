"""Structured logs: ids and codes, never a résumé's text or an address."""

import logging
import re
import sys

import structlog

from core.settings import get_settings

_SHARED: tuple[structlog.types.Processor, ...] = (
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
)


def _without_rows(logger: object, name: str, event: structlog.types.EventDict) -> structlog.types.EventDict:
    """Postgres explains an error with the row it is about: somebody's address, or their résumé."""
    if "exception" in event:
        event["exception"] = re.sub(r"(?m)^(.*?)(DETAIL|CONTEXT):.*$", r"\1\2: left out", str(event["exception"]))
    return event


def configure_logging() -> None:
    """Send everything, Celery's and uvicorn's lines too, through one formatter on stderr."""
    settings = get_settings()
    renderer: structlog.types.Processor = (
        structlog.processors.JSONRenderer() if settings.log_json else structlog.dev.ConsoleRenderer(colors=False)
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=_SHARED,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            _without_rows,
            renderer,
        ],
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(settings.log_level.upper())
    for noisy in ("httpx", "httpcore", "pdfminer", "sentence_transformers"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    structlog.configure(
        processors=[*_SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )


def get_logger(name: str) -> structlog.stdlib.BoundLogger:
    logger: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger(name)
    return logger
