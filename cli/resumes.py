"""`offerline parse FILE` and `offerline eval resumes DIR`: read one résumé, or score a folder of labelled ones."""

import json
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from services.resumes.errors import ReadingError
from services.resumes.evaluation import FIELDS, FileResult, Score, evaluate
from services.resumes.jsonresume import to_json_resume
from services.resumes.reader import ResumeReader
from services.resumes.understanding import read_profile

parse_app = typer.Typer(no_args_is_help=True, add_completion=False)
eval_app = typer.Typer(help="Measure on labelled data.", no_args_is_help=True, add_completion=False)
OVERALL_BAR = 0.95
FIELD_BAR = 0.88
JOBS_BAR = 0.85


@parse_app.command()
def parse(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A PDF, DOCX, DOC, ODT, RTF or text file.")],
    *,
    jsonresume: Annotated[bool, typer.Option("--jsonresume", help="Print the JSON Resume schema instead.")] = False,
) -> None:
    """Print the profile of FILE as JSON."""
    with ResumeReader() as reader:
        try:
            text = reader.extract(file.read_bytes(), file.name)
        except ReadingError as error:
            typer.echo(json.dumps({"error": error.reason.value, "message": error.message}), err=True)
            raise typer.Exit(1) from error
    profile = read_profile(text, as_of=datetime.now(UTC).date())
    answer = to_json_resume(profile) if jsonresume else profile.to_dict()
    typer.echo(json.dumps(answer, ensure_ascii=False, indent=2))


@eval_app.callback()
def evaluations() -> None:
    """Measure on labelled data."""


@eval_app.command("resumes")
def evaluate_resumes(
    folder: Annotated[Path, typer.Argument(exists=True, file_okay=False, help="Résumés beside their truth files.")],
    *,
    differences: Annotated[bool, typer.Option(help="Print every value missed or wrong.")] = False,
    slowest: Annotated[int, typer.Option(min=0, help="How many slow files to list.")] = 5,
) -> None:
    """Score every labelled résumé under FOLDER: per field, per layout, whole jobs, slowest files."""
    console = Console()
    with ResumeReader() as reader:
        results = list(evaluate(folder, reader, datetime.now(UTC).date()))
    if not results:
        console.print(f"No résumé with a truth file under {folder}.")
        raise typer.Exit(1)
    console.print(_fields(results), _layouts(results), _slow(results, slowest))
    for result in results if differences else ():
        for note in result.differences:
            console.print(f"{result.path.name}: {note}", markup=False, highlight=False, soft_wrap=True)


def _fields(results: list[FileResult]) -> Table:
    table = Table("field", "precision", "recall", "F1", "bar", title=f"{len(results)} files")
    overall = Score()
    for name in FIELDS:
        total = Score()
        for result in results:
            total.add(result.scores.get(name, Score()))
        overall.add(total)
        table.add_row(name, *_figures(total), _bar(total.f1, FIELD_BAR))
    jobs = Score()
    for result in results:
        jobs.add(result.jobs)
    table.add_section()
    table.add_row("overall", *_figures(overall), _bar(overall.f1, OVERALL_BAR))
    table.add_row("whole jobs", *_figures(jobs), _bar(jobs.recall, JOBS_BAR))
    return table


def _figures(score: Score) -> tuple[str, str, str]:
    return f"{score.precision:.3f}", f"{score.recall:.3f}", f"{score.f1:.3f}"


def _bar(value: float, bar: float) -> str:
    return f"{'met' if value >= bar else 'missed'} ({bar:.2f})"


def _layouts(results: list[FileResult]) -> Table:
    table = Table("layout", "files", "F1", "whole jobs", "weakest field")
    groups: defaultdict[str, list[FileResult]] = defaultdict(list)
    for result in results:
        groups[result.layout].append(result)
    for layout, files in sorted(groups.items()):
        overall, jobs = Score(), Score()
        fields: defaultdict[str, Score] = defaultdict(Score)
        for result in files:
            jobs.add(result.jobs)
            for name, score in result.scores.items():
                overall.add(score)
                fields[name].add(score)
        weakest = min(fields.items(), key=lambda item: item[1].f1, default=("", Score()))
        table.add_row(
            layout, str(len(files)), f"{overall.f1:.3f}", f"{jobs.recall:.3f}", f"{weakest[0]} {weakest[1].f1:.2f}"
        )
    return table


def _slow(results: list[FileResult], count: int) -> Table:
    table = Table("slowest", "ms", "error")
    for result in sorted(results, key=lambda result: -result.seconds)[:count]:
        table.add_row(result.path.name, f"{1000 * result.seconds:.0f}", result.error)
    return table
