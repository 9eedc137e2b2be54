"""`offerline harvest …`: start a harvest on the running stack and watch it."""

import time
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer
from rich.markup import escape
from rich.progress import BarColumn, Progress, TextColumn
from rich.table import Table

from cli import console
from cli.connected import connected
from cli.errors import BadInput, StackError
from core.clock import utc_now
from core.db import transaction
from core.settings import get_settings
from models.run import TERMINAL, Run
from scrapers.registry import SOURCES
from services import harvests, source_quality
from services.runs import reading
from services.runs.accepting import NewRun, accept

app = typer.Typer(help="Harvest job boards.", add_completion=False)

_PATIENCE_SECONDS = 900.0
_REPORT = "report"  # no board is called so
_COLOURS = {"completed": "green", "degraded": "yellow", "failed": "red"}
_TOLD_FIELDS = ("company", "location", "salary_min", "remote_type", "posted_at")


@app.command()
def harvest(
    sources: Annotated[
        list[str] | None,
        typer.Argument(
            help="Names of sources. Default: all switched on. `report`: how good each is.", show_default=False
        ),
    ] = None,
    live: Annotated[bool, typer.Option("--live", help="Ask the real boards, politely.")] = False,
    data_dir: Annotated[Path | None, typer.Option("--data-dir", help="The data folder of the stack.")] = None,
) -> None:
    """Harvest boards through the running stack and show what came of it.

    A stack that was told to ask local copies (HARVEST_BASE_URLS) keeps to them; --live insists on the real ones.
    """
    named = sources or []
    if named == [_REPORT]:
        with connected(data_dir):
            _show_quality()
        return
    _refuse_unknown(named)
    with connected(data_dir):
        if not live and not get_settings().harvest_base_urls and not named:
            console.note("harvest", "asks the real boards, at their pace")
        with transaction() as session:
            accepted = accept(session, NewRun("harvest", {"sources": named, "live": live}))
        run = _watch(accepted.run_id)
        _report(run)


def _show_quality() -> None:
    """A line for each source: what the catalogue has of it, and what its last harvest was like."""
    with transaction() as session:
        found = source_quality.report(session, get_settings().harvest_sources, now=utc_now())
    numbers = ("open", "copies", "closed", "new today", "found", "new", "unread")
    fields = tuple(name.removesuffix("_min").removesuffix("_type").removesuffix("_at") for name in _TOLD_FIELDS)
    table = Table(box=None)
    for name in ("source", *numbers, *fields, "last", "verdict"):
        left = name in {"source", "last", "verdict"}
        table.add_column(name, justify="left" if left else "right", no_wrap=name == "source")
    for one in found:
        table.add_row(
            one.source,
            *(f"{number:,}" for number in (one.open, one.duplicates, one.closed, one.new_today)),
            *(f"{number:,}" for number in (one.found, one.new, one.failures)),
            *(f"{one.fill[name]:.0%}" if name in one.fill else "—" for name in _TOLD_FIELDS),
            f"{one.harvested_at:%d %b %H:%M}" if one.harvested_at else "never",
            f"[{_COLOURS.get(one.verdict or '', 'white')}]{one.verdict or '—'}[/] {escape(one.reason or '')}",
        )
    console.out.print(table)


def _refuse_unknown(named: list[str]) -> None:
    unknown = sorted(set(named) - set(SOURCES))
    if unknown:
        raise BadInput(f"no source named {', '.join(unknown)}", f"choose from {', '.join(sorted(SOURCES))}")


def _watch(run_id: UUID) -> Run:
    """Poll until the run has ended. Raises StackError when nobody works on it."""
    deadline = time.monotonic() + _PATIENCE_SECONDS
    with Progress(TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[message]}")) as bar:
        task = bar.add_task("harvest", total=100, message="")
        while time.monotonic() < deadline:
            with transaction() as session:
                run = reading.any_run(session, run_id)
            bar.update(task, completed=run.progress, message=run.message)
            if run.status in TERMINAL:
                return run
            time.sleep(0.5)
    raise StackError(f"the harvest {run_id} is still waiting", "is the stack up? see `offerline status`")


def _report(run: Run) -> None:
    with transaction() as session:
        for one in harvests.of_parent(session, run.id):
            said = console.good if one.status == "completed" else console.warn
            said(
                one.source, f"{one.status}: {one.found} found, {one.new} new{f' — {one.reason}' if one.reason else ''}"
            )
    if run.status != "completed":
        raise StackError(run.error_message or run.message, "")
