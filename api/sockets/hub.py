"""The hub: one reader of run events per process, whatever the number of sockets.

A Redis message says "user 7 has news", and a clock says "look anyway" every second. Either way the hub reads the events
after each subscriber's cursor with one query and hands them over in order. Redis may be gone: the clock remains.
"""

import asyncio
import contextlib
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import anyio.to_thread
from redis import RedisError
from sqlalchemy.exc import SQLAlchemyError

from api.sockets.tasks import end
from core.db import transaction
from core.log import get_logger
from core.queue import async_redis_client
from core.settings import Settings
from services.doorbell import CHANNEL
from services.runs import events
from services.runs.events import Event

LAST_POSSIBLE_ID = 2**63 - 1
_LOOK_EVERY = 1.0

log = get_logger(__name__)


@dataclass(eq=False)
class Subscription:
    """One client's place in one user's sequence. `seen` is the last event id it was handed.

    It is handed a page at a time and the next one only when it has read the first, so a client with a long history or
    a slow line holds one page of memory, never more.
    """

    user_id: int
    seen: int
    _refill: Callable[[int], None]
    _page: deque[Event] = field(default_factory=deque)
    _filled: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def hungry(self) -> bool:
        return not self._page

    def hand(self, found: Sequence[Event]) -> None:
        self._page.extend(event for event in found if event.id > self.seen)
        if self._page:
            self.seen = self._page[-1].id
            self._filled.set()

    async def next(self) -> Event:
        await self._filled.wait()
        event = self._page.popleft()
        if not self._page:
            self._filled.clear()
            self._refill(self.user_id)
        return event


class Hub:
    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._subscriptions: dict[int, set[Subscription]] = defaultdict(set)
        self._news: set[int] = set()
        self._wake = asyncio.Event()

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[None]:
        """Run the reader and the Redis listener for as long as the application lives."""
        tasks = [asyncio.create_task(self._read_forever()), asyncio.create_task(self._listen_forever())]
        try:
            yield
        finally:
            await end(tasks)

    @asynccontextmanager
    async def subscribe(self, user_id: int, after: int) -> AsyncIterator[Subscription]:
        """Events of `user_id` with id > `after`: the ones already written first, then each as it commits."""
        # One query reads for everybody: a cursor that Postgres cannot hold would fail it for everybody.
        subscription = Subscription(user_id, min(max(after, 0), LAST_POSSIBLE_ID), self._look_at)
        self._subscriptions[user_id].add(subscription)
        self._look_at(user_id)
        try:
            yield subscription
        finally:
            self._subscriptions[user_id].discard(subscription)
            if not self._subscriptions[user_id]:
                del self._subscriptions[user_id]

    def count(self, user_id: int) -> int:
        return len(self._subscriptions.get(user_id, ()))

    def _look_at(self, user_id: int) -> None:
        self._news.add(user_id)
        self._wake.set()

    async def _read_forever(self) -> None:
        clock = asyncio.get_running_loop().time
        next_look = clock()
        while True:
            # Not `wait_for`: in Python 3.11 it loses a cancellation that meets its result, and we would never end.
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(max(next_look - clock(), 0)):
                    await self._wake.wait()
            self._wake.clear()
            news, self._news = self._news, set()
            everybody = clock() >= next_look  # whoever rings meanwhile: one user's bell must not stop the others' clock
            next_look = clock() + _LOOK_EVERY if everybody else next_look
            users = set(self._subscriptions) if everybody else news & set(self._subscriptions)
            try:
                await self._read(users)
            except SQLAlchemyError as error:
                log.warning("events_unreadable", error=type(error).__name__)
                await asyncio.sleep(_LOOK_EVERY)

    async def _read(self, users: set[int]) -> None:
        hungry = {user: [one for one in self._subscriptions[user] if one.hungry] for user in users}
        cursors = {user: min(one.seen for one in waiting) for user, waiting in hungry.items() if waiting}
        if not cursors:
            return
        found: dict[int | None, list[Event]] = defaultdict(list)
        for event in await anyio.to_thread.run_sync(_events_of, cursors):
            found[event.user_id].append(event)
        for user in cursors:
            for subscription in hungry[user]:
                subscription.hand(found[user])

    async def _listen_forever(self) -> None:
        while True:
            client = async_redis_client(self._settings.redis_url)
            try:
                async with client.pubsub() as channel:
                    await channel.subscribe(CHANNEL)
                    async for message in channel.listen():
                        if message["type"] == "message" and str(message["data"]).isdigit():
                            self._look_at(int(message["data"]))
            except (RedisError, OSError) as error:
                log.info("doorbell_away", error=type(error).__name__)
            finally:
                with contextlib.suppress(RedisError, OSError):
                    await client.aclose()
            await asyncio.sleep(_LOOK_EVERY)


def _events_of(cursors: Mapping[int, int]) -> list[Event]:
    with transaction() as session:
        return events.of_users(session, cursors)
