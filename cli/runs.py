"""`offerline runs …`: what an operator sees of runs, and may do to them."""

from datetime import datetime
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from cli import console
from cli.connected import connected
from core.clock import utc_now
from core.db import transaction
from models.run import STATUSES, Run
from services.runs import events, operating, reading

app = typer.Typer(help="List, show, retry and cancel runs.", no_args_is_help=True, add_completion=False)

DataDir = Annotated[Path | None, typer.Option("--data-dir", help="The data folder of the stack.", show_default=False)]
RunId = Annotated[UUID, typer.Argument(help="The run's id.")]

_COLOURS = {"completed": "green", "failed": "red", "cancelled": "yellow", "running": "cyan"}


@app.command("list")
def list_runs(
    status: Annotated[str | None, typer.Option(help=f"One of {', '.join(STATUSES)}.", show_default=False)] = None,
    limit: Annotated[int, typer.Option(min=1, max=1000)] = 20,
    data_dir: DataDir = None,
) -> None:
    """Everybody's runs, newest first."""
    if status is not None and status not in STATUSES:
        raise typer.BadParameter(f"must be one of {', '.join(STATUSES)}", param_hint="--status")
    with connected(data_dir), transaction() as session:
        runs = reading.list_all(session, status=status, limit=limit)
    for run in runs:
        where = f"{run.pipeline}.{run.stage}" if run.stage else run.pipeline
        line = f"{run.id}  {_coloured(run.status)}  {where}  {run.progress} %  {_age(run.created_at)}"
        console.out.print(line, soft_wrap=True)


@app.command()
def show(run_id: RunId, data_dir: DataDir = None) -> None:
    """One run and its events."""
    with connected(data_dir), transaction() as session:
        run = reading.any_run(session, run_id)
        history = events.of_run(session, run_id)
    _show(run)
    for event in history:
        console.out.print(
            f"  {event.at:%H:%M:%S.%f}  {event.progress:>3} %  {_coloured(event.status)}  "
            f"{event.stage or ''}  {event.message}"
        )


@app.command()
def retry(run_id: RunId, data_dir: DataDir = None) -> None:
    """Send a failed or cancelled run back to the stage it ended in."""
    with connected(data_dir), transaction() as session:
        owner = reading.any_run(session, run_id).user_id
        run = operating.retry(session, run_id, user_id=owner)
    _show(run)


@app.command()
def cancel(run_id: RunId, data_dir: DataDir = None) -> None:
    """End a run now; a worker that holds it writes nothing any more."""
    with connected(data_dir), transaction() as session:
        owner = reading.any_run(session, run_id).user_id
        run = operating.cancel(session, run_id, user_id=owner)
    _show(run)


def _show(run: Run) -> None:
    where = f" in {run.stage}" if run.stage else ""
    console.out.print(f"[bold]{run.id}[/bold]  {run.pipeline}  {_coloured(run.status)}{where}  {run.progress} %")
    if run.error_code:
        console.out.print(f"  {run.error_code}: {run.error_message}", markup=False)


def _coloured(status: str) -> str:
    colour = _COLOURS.get(status, "white")
    return f"[{colour}]{status}[/{colour}]"


def _age(moment: datetime) -> str:
    minutes, seconds = divmod(int((utc_now() - moment).total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes:02} min" if hours else f"{minutes} min {seconds:02} s"
