"""The most of something while a block runs, looked at from beside it."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import SimpleNamespace


@contextmanager
def most_of(held: Callable[[], int], every: float) -> Iterator[SimpleNamespace]:
    """`bytes` of what is yielded is the largest `held()`, asked for every so many seconds; 0 before the first."""
    found, done = SimpleNamespace(bytes=0), threading.Event()

    def watch() -> None:
        while not done.wait(every):
            found.bytes = max(found.bytes, held())

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield found
    finally:
        done.set()
        watcher.join()
