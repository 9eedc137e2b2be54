"""`offerline …`. Commands load what they need when they are called, so that `--help` answers at once."""

from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from cli.console import plain_errors, survive_any_terminal
from core.plugins import load

DataDir = Annotated[
    Path | None,
    typer.Option("--data-dir", help="The data folder. Default: DATA_DIR, else `var` here.", show_default=False),
]
Port = Annotated[int | None, typer.Option(min=1, max=65535, show_default=False)]

app = typer.Typer(
    name="offerline",
    help="From résumé to offer: read résumés, harvest job boards, match, write cover letters.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_show_locals=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)

_STACK = "The stack"
_WORK = "The work"


@app.command(rich_help_panel=_STACK)
def up(
    data_dir: DataDir = None,
    api_port: Port = None,
    flower_port: Port = None,
) -> None:
    """Start everything on this machine, until Ctrl-C.

    PostgreSQL, Redis, migrations, API, dispatcher, a worker for each queue, beat and Flower, in one data folder.
    DATABASE_URL and REDIS_URL name servers of yours instead.
    """
    with plain_errors():
        load("cli.up:up")(data_dir, api_port, flower_port)


@app.command(rich_help_panel=_STACK)
def demo(
    resume: Annotated[
        Path | None, typer.Argument(help="A PDF, DOC, DOCX or TXT. Default: a bundled one.", show_default=False)
    ] = None,
    live: Annotated[bool, typer.Option("--live", help="Harvest the real boards, not the local copies.")] = False,
    keep: Annotated[bool, typer.Option("--keep", help="Leave the stack up afterwards, until Ctrl-C.")] = False,
    data_dir: Annotated[Path, typer.Option("--data-dir", help="Emptied at the start.")] = Path("var/demo"),
) -> None:
    """Show the whole way, from a résumé to a cover letter, over HTTP."""
    with plain_errors():
        load("cli.demo:demo")(resume, live=live, keep=keep, data_dir=data_dir)


@app.command(rich_help_panel=_STACK)
def status(data_dir: DataDir = None) -> None:
    """Say what runs in the data folder. Exit code 3 when nothing does."""
    with plain_errors():
        load("cli.status:status")(data_dir)


@app.command(rich_help_panel=_STACK)
def migrate(
    data_dir: DataDir = None,
    check: Annotated[
        bool, typer.Option("--check", help="Only compare the models with the migrations, in a throwaway database.")
    ] = False,
) -> None:
    """Bring the database of DATABASE_URL, else of the running stack, up to date."""
    with plain_errors():
        load("cli.schema:check" if check else "cli.schema:migrate")(data_dir)


def _mount(name: str, target: str, text: str) -> None:
    """Hang another Typer app below `name`, imported only when it is called."""
    module, _, _ = target.partition(":")
    if find_spec(module) is None:
        return

    def forward(context: typer.Context) -> None:
        with plain_errors():
            load(target)(args=context.args, prog_name=f"offerline {name}")

    app.command(
        name,
        help=text,
        rich_help_panel=_WORK,
        add_help_option=False,
        context_settings={"allow_extra_args": True, "ignore_unknown_options": True},
    )(forward)


_mount("runs", "cli.runs:app", "List, show, retry and cancel runs.")
_mount("harvest", "cli.harvest:app", "Harvest job boards.")
_mount("postings", "cli.postings:app", "Fill the catalogue from files of postings.")
_mount("parse", "cli.resumes:parse_app", "Read résumés and print their profiles.")
_mount("eval", "cli.resume_scores:eval_app", "Measure how well résumés are read, on labelled ones.")


def main() -> None:
    survive_any_terminal()
    app()


if __name__ == "__main__":
    main()
