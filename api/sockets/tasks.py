"""Ending tasks that call libraries which may lose a cancellation."""

import asyncio
from collections.abc import Collection
from typing import Any

_ASK_AGAIN_SECONDS = 0.1


async def end(tasks: Collection[asyncio.Task[Any]]) -> None:
    """Cancel `tasks` and return when all have ended, whatever they raised.

    Once is not enough: redis-py sends through `asyncio.wait_for`, which in Python 3.11 swallows a cancellation that
    meets its result, and the task would then listen for ever.
    """
    living = set(tasks)
    while living:
        for task in living:
            task.cancel()
        _, living = await asyncio.wait(living, timeout=_ASK_AGAIN_SECONDS)
    await asyncio.gather(*tasks, return_exceptions=True)
