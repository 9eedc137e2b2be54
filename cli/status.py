"""`offerline status`: what runs in a data folder, from its note and from the processes themselves."""

import time
from pathlib import Path

import psutil
import typer
from rich.table import Table

from cli import console, leftovers
from cli.folder import DataFolder, Running, StackNote
from cli.stack import FLOWER_USER, shown

NOT_RUNNING = 3
_MEGABYTE = 1024 * 1024


def status(data_dir: Path | None) -> None:
    folder = DataFolder.at(data_dir)
    note = folder.read_note()
    if not folder.in_use():
        console.note("stack", f"nothing runs in {shown(folder.root)}{_left_behind(note)}")
        raise typer.Exit(NOT_RUNNING)
    if note is None:
        console.note("stack", f"is starting in {shown(folder.root)}")
        return
    console.out.print(_table(note))
    console.out.print(f"\n  [bold]API[/bold]     {note.api_url}/docs")
    console.out.print(
        f"  [bold]Flower[/bold]  {note.flower_url}   {FLOWER_USER} / {folder.secret('flower-password')}", soft_wrap=True
    )


def _left_behind(note: StackNote | None) -> str:
    alive = [one.name for one in note.processes if leftovers.find(one) is not None] if note is not None else []
    return f"; a killed stack left {', '.join(alive)}: the next `offerline up` ends them" if alive else ""


def _table(note: StackNote) -> Table:
    table = Table(box=None, pad_edge=True)
    table.add_column("process")
    table.add_column("pid", justify="right")
    table.add_column("up", justify="right")
    table.add_column("memory", justify="right")
    for one in note.processes:
        table.add_row(one.name, str(one.pid), *_state(one))
    return table


def _state(one: Running) -> tuple[str, str]:
    process = leftovers.find(one)
    if process is None:
        return "[red]gone[/red]", ""
    try:
        family = [process, *process.children(recursive=True)]
        size = sum(member.memory_info().rss for member in family) // _MEGABYTE
    except psutil.NoSuchProcess:
        return "[red]gone[/red]", ""
    return _age(time.time() - one.born), f"{size} MB"


def _age(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min {rest} s"
