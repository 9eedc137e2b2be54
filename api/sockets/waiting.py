"""The wait helper: for contracts that promise a finished answer to work that a run does.

It holds no thread and no connection while it waits. The API process itself calls no model, ever.
"""

import asyncio
from uuid import UUID

import anyio.to_thread

from api.sockets.hub import Hub
from core.db import transaction
from models.run import TERMINAL, Run
from services.runs import reading


async def ended_run(hub: Hub, run_id: UUID, *, user_id: int, seconds: float) -> Run:
    """The run once it has ended, or as it stands when `seconds` are over. Raises NotFound."""
    run = await anyio.to_thread.run_sync(_read, run_id, user_id)
    if run.status in TERMINAL:
        return run
    try:
        async with (
            asyncio.timeout(seconds),
            hub.subscribe(user_id, await anyio.to_thread.run_sync(_seen, run_id)) as news,
        ):
            while True:
                event = await news.next()
                if event.run_id == run_id and event.is_terminal:
                    break
    except TimeoutError:
        pass
    return await anyio.to_thread.run_sync(_read, run_id, user_id)


def _read(run_id: UUID, user_id: int) -> Run:
    with transaction() as session:
        return reading.get(session, run_id, user_id=user_id)


def _seen(run_id: UUID) -> int:
    """Just before the run's first event: an end that was written since the first look must still be heard."""
    with transaction() as session:
        return reading.first_event_id(session, run_id) - 1
