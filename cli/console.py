"""How the commands speak: one line a part, the same columns everywhere, errors on stderr."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import typer
from rich.console import Console
from rich.markup import escape

from cli.errors import StackError

out = Console(highlight=False)
err = Console(stderr=True, highlight=False)

_NAME_WIDTH = 18


def _line(mark: str, name: str, text: str) -> None:
    out.print(f" {mark} [bold]{escape(name):<{_NAME_WIDTH}}[/bold] {escape(text)}", soft_wrap=True)


def good(name: str, text: str) -> None:
    _line("[green]✓[/green]", name, text)


def note(name: str, text: str) -> None:
    _line("[cyan]·[/cyan]", name, text)


def warn(name: str, text: str) -> None:
    _line("[yellow]![/yellow]", name, text)


def show_error(error: StackError) -> None:
    err.print(f"[bold red]✗[/bold red] {escape(error.problem)}", soft_wrap=True)
    for line in error.log_lines:
        err.print(f"    [dim]{escape(line)}[/dim]", soft_wrap=True)
    if error.remedy:
        err.print(f"  [cyan]→[/cyan] {escape(error.remedy)}", soft_wrap=True)


@contextmanager
def plain_errors() -> Iterator[None]:
    """Turn a StackError into its two lines and its exit code."""
    try:
        yield
    except StackError as error:
        show_error(error)
        raise typer.Exit(error.exit_code) from None


def survive_any_terminal() -> None:
    """A tick mark must not end the program on a terminal that cannot draw it."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
