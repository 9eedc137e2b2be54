"""Threads that start at the same moment."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Answer = TypeVar("Answer")
_SECONDS = 30.0


def together(tasks: Sequence[Callable[[], Answer]]) -> list[Answer | Exception]:
    """Run every task in a thread of its own, all released at once; an exception is an answer too."""
    gate = threading.Barrier(len(tasks))

    def run(task: Callable[[], Answer]) -> Answer | Exception:
        gate.wait(_SECONDS)
        try:
            return task()
        except Exception as error:  # noqa: BLE001 — the test looks at it
            return error

    with ThreadPoolExecutor(len(tasks)) as pool:
        return [future.result(_SECONDS) for future in [pool.submit(run, task) for task in tasks]]


def problems(answers: Sequence[object]) -> list[Exception]:
    return [answer for answer in answers if isinstance(answer, Exception)]
