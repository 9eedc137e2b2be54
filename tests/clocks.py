"""Time as tests may judge it: a machine that is busy with other work must fail nobody."""

import time
from collections.abc import Callable


def cpu_seconds(act: Callable[[], object], *, tries: int = 3) -> float:
    """Processor seconds of this thread for `act`, the least of up to `tries`: waiting for a core does not count."""
    least = float("inf")
    for _ in range(tries):
        started = time.thread_time()
        act()
        least = min(least, time.thread_time() - started)
    return least
