"""The hub ends when the application does, wherever its tasks stand."""

import asyncio

from api.sockets.hub import Hub
from core.settings import get_settings

STEPS = 40  # enough for the listener to connect and subscribe


def test_it_ends_at_every_step_of_its_start(redis_url: str, database: str) -> None:
    async def start_and_end(steps: int) -> None:
        hub = Hub(get_settings())
        async with asyncio.timeout(5), hub.listening():
            for _ in range(steps):
                await asyncio.sleep(0)

    async def main() -> None:
        for attempt in range(10 * STEPS):
            await start_and_end(attempt % STEPS)

    asyncio.run(main())
