"""`offerline harvest …`: start a harvest on the running stack and watch it."""

import difflib
import time
from collections.abc import Sequence
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
from cli.folder import DataFolder
from core.clock import utc_now
from core.db import transaction
from core.settings import Settings, get_settings
from models.harvest import Harvest
from models.run import TERMINAL, Run
from pipelines.harvest_boards import board_of, options
from scrapers.errors import BadOptions, NotConfigured
from scrapers.options import TAKEN
from scrapers.registry import SOURCES
from services import harvests, source_quality
from services.runs import reading
from services.runs.accepting import NewRun, accept

app = typer.Typer(help="Harvest job boards.", add_completion=False)

_PATIENCE_SECONDS = 900.0
_REPORT, _SOURCES = "report", "sources"  # no board is called so
_COLOURS = {"completed": "green", "degraded": "yellow", "failed": "red"}
_TOLD_FIELDS = ("company", "location", "salary_min", "remote_type", "posted_at")
_FIELD_TITLES = tuple(name.removesuffix("_min").removesuffix("_type").removesuffix("_at") for name in _TOLD_FIELDS)


@app.command()
def harvest(
    sources: Annotated[
        list[str] | None,
        typer.Argument(
            help="Names of sources; without any, those of HARVEST_SOURCES. Or `sources`: which there are and what each "
            "takes. Or `report`: how good each is.",
            show_default=False,
        ),
    ] = None,
    live: Annotated[bool, typer.Option("--live", help="Ask the real boards, politely.")] = False,
    data_dir: Annotated[Path | None, typer.Option("--data-dir", help="The data folder of the stack.")] = None,
) -> None:
    """Harvest boards through the running stack and show what came of it.

    A stack that was told to ask local copies (HARVEST_BASE_URLS) keeps to them; --live insists on the real ones.

    Which companies, countries and pages are asked for is said in sources.toml in the data folder (or HARVEST_FILE),
    read anew at each harvest: [greenhouse] companies = ["acme"]. Keys may stand in the environment instead:
    ADZUNA_APP_ID, ADZUNA_APP_KEY, USAJOBS_KEY, USAJOBS_EMAIL, THEMUSE_KEY.
    """
    named = sources or []
    if named in ([_REPORT], [_SOURCES]):
        with connected(data_dir):
            if named == [_REPORT]:
                _show_quality()
            else:
                _show_sources(get_settings().model_copy(update={"data_dir": DataFolder.at(data_dir).root}))
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
    table = Table(box=None)
    for name in ("source", *numbers, *_FIELD_TITLES, "last", "verdict"):
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


def _show_sources(settings: Settings) -> None:
    """A line for each source: whether it is asked, and what the operator may tell it. A bad file is named here too."""
    try:
        told = options(settings)
    except BadOptions as error:
        raise BadInput(error.message, f"mend {settings.sources_file}") from error
    table = Table(box=None)
    for name in ("source", "harvest", "takes", "told", "terms"):
        table.add_column(name, no_wrap=name in {"source", "harvest"})
    for name, board in sorted(SOURCES.items()):
        takes = ", ".join(option.name for option in TAKEN.get(name, ()))
        table.add_row(
            name, _switched(name, settings), takes or "—", ", ".join(told.get(name, {})) or "—", escape(board.terms)
        )
    console.out.print(table)
    console.note("options", f"in {settings.sources_file}")


def _switched(name: str, settings: Settings) -> str:
    try:
        board_of(settings, name, live=False)
    except NotConfigured:
        return "off"
    return "[green]scheduled[/green]" if name in settings.harvest_sources else "when named"


def _refuse_unknown(named: list[str]) -> None:
    unknown = sorted(set(named) - set(SOURCES))
    if not unknown:
        return
    near = [found for name in unknown for found in difflib.get_close_matches(name.lower(), SOURCES, n=1)]
    meant = f"did you mean {', '.join(near)}? " if near else ""
    raise BadInput(f"no source named {', '.join(unknown)}", f"{meant}There are {', '.join(sorted(SOURCES))}")


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
        found = list(harvests.of_parent(session, run.id))
    if found:
        console.out.print(_table(found))
    if run.status != "completed":
        raise StackError(run.error_message or run.message, "")
    (console.good if found else console.warn)("harvest", run.message)


def _table(found: Sequence[Harvest]) -> Table:
    table = Table(box=None)
    numbers = ("found", "new", "copies", "closed", "unread")
    for name in ("source", "verdict", *numbers, *_FIELD_TITLES, "why"):
        right = name in numbers or name in _FIELD_TITLES
        table.add_column(name, justify="right" if right else "left", no_wrap=name != "why")
    for one in found:
        fill = one.report.get("fill", {})
        table.add_row(
            one.source,
            f"[{_COLOURS.get(one.status, 'white')}]{one.status}[/]",
            *(f"{number:,}" for number in (one.found, one.new, one.duplicates, one.closed, one.failures)),
            *(f"{fill[name]:.0%}" if name in fill else "—" for name in _TOLD_FIELDS),
            escape(one.reason or ""),
        )
    return table
