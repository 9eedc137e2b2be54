"""`offerline eval resumes DIR`: a folder of labelled résumés, scored."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from cli.errors import StackError
from cli.progress import each
from services.resumes.reader import ResumeReader
from services.resumes.scoring.evaluation import FIELDS, FileResult, Score, evaluate_file, labelled
from services.resumes.scoring.throughput import throughput

eval_app = typer.Typer(
    help="Measure on labelled data.",
    no_args_is_help=True,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
OVERALL_BAR = 0.95
FIELD_BAR = 0.88
JOBS_BAR = 0.85
BRIEF_BAR = 60.0


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
    """Score every labelled résumé under FOLDER: per field, per layout, whole jobs, speed, slowest files.

    A truth file lies beside its résumé, or anywhere below FOLDER under its name: cv.pdf and cv.truth.json, or
    cv.truth.yaml of rendercv.
    """
    results = _results(folder)
    console = Console()
    console.print(_fields(results), _layouts(results), _speed(results), _slow(results, slowest))
    for result in results:
        if result.error:
            console.print(f"{result.path.name} could not be read: {result.error}", markup=False, soft_wrap=True)
        for note in result.differences if differences else ():
            console.print(f"{result.path.name}: {note}", markup=False, highlight=False, soft_wrap=True)


def _results(folder: Path) -> list[FileResult]:
    """Raises StackError when there is nothing to score, or no telling what is right."""
    today = datetime.now(UTC).date()
    try:
        pairs = labelled(folder)
        with ResumeReader() as reader:
            read = each(list(pairs), "Scoring")
            for path in [*pairs][:1]:
                evaluate_file(path, pairs[path], reader, today)  # the first one pays for the start of the jail
            results = [evaluate_file(path, pairs[path], reader, today) for path in read]
    except ValueError as error:
        raise StackError(str(error), "correct the truth file, or move it away") from error
    if not results:
        raise StackError(
            f"there is no résumé with a truth file under {folder}", "put cv.truth.json beside cv.pdf: see --help"
        )
    return results


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
    besides: defaultdict[str, Score] = defaultdict(Score)
    for result in results:
        for name, score in result.besides.items():
            besides[name].add(score)
    table.add_section()
    for name, score in besides.items():
        table.add_row(name, *_figures(score), "")
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


def _speed(results: Iterable[FileResult]) -> Table:
    """PDFs only, one after the other: files a second are those of one core."""
    table = Table("speed of PDFs", "files/s on a core", "of bare pypdfium2", "two pages, median", "bar")
    measured = throughput((one.path, one.seconds) for one in results if not one.error)
    if measured:
        ours, bare, brief = measured.ours, measured.bare, measured.brief_ms
        shown = (
            (f"{brief:.0f} ms", f"{'met' if brief <= BRIEF_BAR else 'missed'} ({BRIEF_BAR:.0f} ms)") if brief else ()
        )
        table.add_row(f"{measured.files} files", f"{ours:.1f}", f"1/{bare / ours:.1f} of {bare:.0f}", *shown)
    return table


def _slow(results: list[FileResult], count: int) -> Table:
    table = Table("slowest", "ms", "error")
    for result in sorted(results, key=lambda result: -result.seconds)[:count]:
        table.add_row(result.path.name, f"{1000 * result.seconds:.0f}", result.error)
    return table
