"""Room for work that takes a core: some at it, some waiting, and everybody else is told to come back.

A request that waits holds a thread. Without a bound, a burst of exports would leave none for the others.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from core.errors import Unavailable


class Desk:
    """`patience` is how many seconds one of the `waiting` stays in line."""

    def __init__(self, *, seats: int, waiting: int, patience: float) -> None:
        self._seats = BoundedSemaphore(seats)
        self._room = BoundedSemaphore(seats + waiting)
        self._patience = patience

    @contextmanager
    def seat(self) -> Iterator[None]:
        """Raises Unavailable when there is no room, or none came free in time."""
        if not self._room.acquire(blocking=False):
            raise _full()
        try:
            if not self._seats.acquire(timeout=self._patience):
                raise _full()
            try:
                yield
            finally:
                self._seats.release()
        finally:
            self._room.release()


def _full() -> Unavailable:
    return Unavailable("Many exports are being made right now. Try again shortly.", headers={"Retry-After": "5"})
