"""`offerline parse FILE…`: résumés read on this machine, without a stack."""

import json
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from cli.progress import each
from core.errors import AppError
from services.resumes.jsonresume import to_json_resume
from services.resumes.limits import FILE_BYTES
from services.resumes.reader import ResumeReader

parse_app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)
STDIN = Path("-")


def _files(given: list[Path]) -> list[Path]:
    """Raises BadParameter for what is neither a file nor standard input."""
    for one in given:
        if one != STDIN and not one.is_file():
            raise typer.BadParameter(f"{one} is a folder." if one.is_dir() else f"there is no file {one}.")
    return given


@parse_app.command()
def parse(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE",
            callback=_files,
            help="PDF, DOCX, DOC, ODT, RTF or text; - is standard input.",
        ),
    ],
    *,
    jsonresume: Annotated[bool, typer.Option("--jsonresume", help="Print it in the JSON Resume schema.")] = False,
) -> None:
    """Read résumés and print their profiles as JSON.

    One file gives one profile. Several give a line each, with "file" and "profile", or "file", "error" and "message".
    Exit code 1 when one could not be read.
    """
    failed = False
    with ResumeReader() as reader:
        for file, answer in _answers(reader, files, jsonresume=jsonresume):
            failed |= "error" in answer
            _show(file, answer, alone=len(files) == 1)
    if failed:
        raise typer.Exit(1)


def _answers(reader: ResumeReader, files: Sequence[Path], *, jsonresume: bool) -> Iterator[tuple[Path, dict[str, Any]]]:
    for file in each(files, "Reading"):
        try:
            text = reader.extract(_content(file), file.name)
            profile = reader.understand(text, as_of=datetime.now(UTC).date())
        except AppError as error:
            yield file, {"error": error.error_code, "message": error.message}
        except OSError as error:
            yield file, {"error": "unreadable", "message": f"The file could not be opened: {error.strerror or error}."}
        else:
            yield file, {"profile": to_json_resume(profile) if jsonresume else profile.to_dict()}


def _content(file: Path) -> bytes:
    """At most a byte more than a résumé may have: enough to see that it is too large."""
    if file == STDIN:
        return sys.stdin.buffer.read(FILE_BYTES + 1)
    with file.open("rb") as stream:
        return stream.read(FILE_BYTES + 1)


def _show(file: Path, answer: dict[str, Any], *, alone: bool) -> None:
    if not alone:
        typer.echo(json.dumps({"file": str(file), **answer}, ensure_ascii=False))
    elif "error" in answer:
        typer.echo(json.dumps(answer, ensure_ascii=False), err=True)
    else:
        typer.echo(json.dumps(answer["profile"], ensure_ascii=False, indent=2))
