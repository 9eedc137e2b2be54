"""`offerline up`: the stack in the foreground."""

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import FrameType

from cli import console
from cli.folder import DataFolder
from cli.stack import FLOWER_USER, Stack, options_from_environment, running_stack, shown

_LOOK_EVERY = 0.2


def up(data_dir: Path | None, api_port: int | None, flower_port: int | None) -> None:
    folder = DataFolder.at(data_dir)
    options = options_from_environment(folder)
    options = replace(
        options,
        api_port=api_port or options.api_port,
        flower_port=flower_port or options.flower_port,
    )
    with stops_cleanly(), running_stack(options) as stack:
        introduce(stack, folder)
        wait_for_interrupt(stack)


def introduce(stack: Stack, folder: DataFolder) -> None:
    console.out.print()
    console.out.print(f"  [bold]API[/bold]     {stack.api_url}/docs")
    console.out.print(
        f"  [bold]Flower[/bold]  {stack.flower_url}   {FLOWER_USER} / {stack.flower_password}", soft_wrap=True
    )
    console.out.print(f"  [bold]Logs[/bold]    {shown(folder.logs)}/*.log")
    console.out.print("\n  Ctrl-C stops everything.\n")


def wait_for_interrupt(stack: Stack) -> None:
    """Until Ctrl-C or another signal to end, or until the stack gives up."""
    while True:
        stack.check()
        time.sleep(_LOOK_EVERY)


@contextmanager
def stops_cleanly() -> Iterator[None]:
    """Ctrl-C, SIGTERM and a closed terminal all end the block in order; a second one hurries."""
    before = {one: signal.signal(one, _interrupt) for one in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    except KeyboardInterrupt:
        console.note("stack", "stopped")
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
