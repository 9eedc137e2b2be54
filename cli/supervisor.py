"""Keeps the children alive while the stack is up, and stops them in order when it goes down.

A child that dies is started again, each time after a longer pause; one that keeps dying stops the whole stack with its
last words, because a stack that looks up and does no work is worse than one that is down.
"""

import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread

from cli.children import Child, Program
from cli.errors import StackError

QUICK_DEATHS = 5
WINDOW_SECONDS = 60.0
_FIRST_PAUSE = 0.5
_LOOK_EVERY = 0.2
_START_SECONDS = 60.0

Say = Callable[[str, str], None]


def _quiet(name: str, text: str) -> None:
    """For callers that print nothing."""


class Supervised:
    """A child with its history of deaths."""

    def __init__(self, program: Program) -> None:
        self.child = Child(program)
        self.deaths: deque[float] = deque()
        self.start_again_at: float | None = None

    def note_death(self, now: float) -> float:
        """Count it and return the pause before the next start."""
        self.deaths.append(now)
        while self.deaths[0] < now - WINDOW_SECONDS:
            self.deaths.popleft()
        pause = _FIRST_PAUSE * 2.0 ** (len(self.deaths) - 1)
        self.start_again_at = now + pause
        return pause


class Supervisor:
    """`on_change` is called whenever the set of running processes changes, so that their pids can be written down."""

    def __init__(self, *, say: Say = _quiet, on_change: Callable[[], None] = lambda: None) -> None:
        self.members: list[Supervised] = []
        self._say = say
        self._on_change = on_change

    def children(self) -> list[Child]:
        return [member.child for member in self.members]

    def start(self, program: Program) -> Child:
        member = Supervised(program)
        self.members.append(member)
        member.child.start()
        self._on_change()
        return member.child

    def wait_ready(self, child: Child, ready: Callable[[], bool], seconds: float = _START_SECONDS) -> None:
        """Wait for a first sign of life. A death before it is not retried: something is wrong that one must see."""
        deadline = time.monotonic() + seconds
        while not ready():
            if not child.running():
                raise _failed(child, f"{child.program.name} did not start ({child.how_it_ended()})")
            if time.monotonic() > deadline:
                raise _failed(child, f"{child.program.name} was not ready within {seconds:.0f} s")
            self.tick()
            time.sleep(0.05)

    def tick(self) -> None:
        """Look at every child once. Raises StackError when one of them has died too often."""
        now = time.monotonic()
        for member in self.members:
            if member.start_again_at is None:
                if not member.child.running():
                    self._after_death(member, now)
            elif now >= member.start_again_at:
                member.start_again_at = None
                member.child.start()
                self._on_change()

    def _after_death(self, member: Supervised, now: float) -> None:
        child, ended = member.child, member.child.how_it_ended()
        child.kill()  # its own children may have outlived it
        pause = member.note_death(now)
        if len(member.deaths) > QUICK_DEATHS:
            raise _failed(child, f"{child.program.name} died {len(member.deaths)} times within a minute ({ended})")
        self._say(child.program.name, f"died ({ended}); starting again in {pause:g} s")

    def watch(self, stop: Event) -> None:
        """Tick until told to stop."""
        while not stop.wait(_LOOK_EVERY):
            self.tick()

    @contextmanager
    def watching(self) -> Iterator[Callable[[], None]]:
        """Watch in the background, and stop everything at the end.

        Yields a function that raises the StackError the watcher met, if it met one. Linux signals a child when the
        *thread* that started it ends, so the watcher, which starts some again, ends after all of them.
        """
        stop, idle, release, failures = Event(), Event(), Event(), list[StackError]()

        def run() -> None:
            try:
                self.watch(stop)
            except StackError as error:
                failures.append(error)
            except Exception as error:  # noqa: BLE001 — a watcher that ended unseen would leave nobody watching
                failures.append(StackError(f"the supervisor failed: {type(error).__name__}: {error}"))
            finally:
                idle.set()
            release.wait()

        def check() -> None:
            if failures:
                raise failures[0]

        watcher = Thread(target=run, name="supervisor", daemon=True)
        watcher.start()
        try:
            yield check
        finally:
            stop.set()
            idle.wait()
            try:
                self.close()
            finally:
                release.set()
            watcher.join()

    def close(self) -> None:
        """Stop everything, the programs before the servers they use. A second Ctrl-C kills what is left."""
        try:
            for tier in sorted({member.child.program.tier for member in self.members}, reverse=True):
                _stop_together([child for child in self.children() if child.program.tier == tier], self._say)
        finally:
            for child in self.children():
                child.kill()
                if child.program.clean_up is not None:
                    child.program.clean_up()
            self.members.clear()
            self._on_change()


def _stop_together(children: list[Child], say: Say) -> None:
    asked_at = time.monotonic()
    for child in children:
        child.ask_to_stop()
    for child in children:
        if not child.wait(asked_at + child.program.patience - time.monotonic()):
            say(child.program.name, f"did not stop within {child.program.patience:g} s and was killed")
            child.kill()


def _failed(child: Child, problem: str) -> StackError:
    remedy = "; ".join(filter(None, (f"the whole log is {child.program.log}", child.program.hint)))
    return StackError(problem, remedy, log_lines=child.last_lines())
