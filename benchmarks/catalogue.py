"""The catalogue under load: import against a bare COPY of the same rows, and searches over what was imported.

`python -m benchmarks.catalogue --rows 100000 --texts FOLDER`. The folder holds real postings as JSON lines; they are
multiplied with varied ids, companies, towns, dates, pay and kinds of work. Every time here is of this run on this
machine; only the ratios travel.
"""

import itertools
import json
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any

import psycopg
import typer
from rich.console import Console
from rich.table import Table

from cli.embedded import throwaway_postgres
from cli.migrate import upgrade
from cli.postings import Tally, import_file
from core import db
from core.db import transaction
from core.settings import get_settings
from models.posting import JOB_TYPES, REMOTE_TYPES
from pipelines.posting_import import read_line
from services import popular_skills, postings
from services.postings import PostingFilter
from services.postings.writing import COLUMNS, COPY, value_of

TOWNS = ("Berlin", "London", "New York", "Paris", "Remote", "Austin, TX", "Lisbon", "Tokyo", "Bangalore", "Toronto")
BOARDS = ("remoteok", "weworkremotely", "himalayas", "arbeitnow", "greenhouse", "lever", "hackernews")
NOW = datetime(2026, 5, 1, tzinfo=UTC)
SEARCHES = (
    *("python", "engineer", "senior engineer", "manager", "data", "remote", "go", "rust backend", "product manager"),
    *("machine learning", "nurse", "kubernetes aws", "sales", "team", "develop", "c++", "react typescript", "uber"),
    *("mexico city operations", "zzzz", "the", "experience with python and sql", "s", "a", "company 42"),
)
FILTERS: tuple[dict[str, Any], ...] = (
    {},
    {"remote_type": "full"},
    {"job_type": "contract", "min_salary": 60_000},
    {"source": "lever"},
    {"skills": ("python", "sql")},
    {"min_salary": 80_000, "remote_type": "hybrid"},
)
PLAIN = f"create table staged as select {', '.join(COLUMNS)} from postings with no data"  # noqa: S608 — our own names
console = Console(highlight=False)


def multiplied(texts: list[dict[str, Any]], rows: int) -> Iterator[dict[str, Any]]:
    chance = random.Random(4)  # noqa: S311 — the same catalogue every time
    for number in range(rows):
        text = texts[number % len(texts)]
        low = chance.choice((None, 40_000, 60_000, 80_000, 100_000))
        yield {
            "source": chance.choice(BOARDS),
            "source_id": f"{number}",
            "url": f"https://board.example/jobs/{number}",
            "title": text["title"][:200],
            "company": f"Company {chance.randrange(5000)}",
            "location": chance.choice(TOWNS),
            "description": text["description"],
            "remote_type": chance.choice((*REMOTE_TYPES, None)),
            "job_type": chance.choice((*JOB_TYPES, None)),
            "salary_min": low,
            "salary_max": low and low + 20_000,
            "salary_currency": low and "EUR",
            "posted_at": (NOW - timedelta(minutes=chance.randrange(90 * 24 * 60))).isoformat(),
            "tags": chance.sample(("remote", "senior", "startup", "python", "aws", "sql", "design", "sales"), 3),
        }


def timed(work: Callable[[], Any]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def bare_copy(url: str, rows: list[dict[str, Any]], like: str) -> float:
    """Seconds to COPY the rows into an empty table, and nothing else."""
    with psycopg.connect(url) as connection, connection.cursor() as cursor:
        cursor.execute(like.encode())

        def copy() -> None:
            with cursor.copy(COPY) as stream:
                for row in rows:
                    stream.write_row([value_of(row, name) for name in COLUMNS])
            connection.commit()

        seconds = timed(copy)
        cursor.execute("drop table staged")
        return seconds


def merge(rows: list[dict[str, Any]], at_once: int = 5000) -> None:
    for start in range(0, len(rows), at_once):
        with transaction() as session:
            postings.upsert(session, rows[start : start + at_once], now=NOW)


def searching(rounds: int) -> dict[str, list[float]]:
    """Milliseconds of whole searches, page and total, by what was asked."""
    found: dict[str, list[float]] = {}
    asked = [PostingFilter(search=words, **more) for words, more in itertools.product((None, *SEARCHES), FILTERS)]
    for _ in range(rounds):
        for one in asked:
            with transaction() as session:
                seconds = timed(lambda one=one, session=session: postings.search(session, one, limit=20, offset=0))
            found.setdefault(f"{one.search} {one}", []).append(seconds * 1000)
    return found


def show(title: str, rows: list[tuple[str, str]]) -> None:
    table = Table("what", "measured", title=title)
    for row in rows:
        table.add_row(*row)
    console.print(table)


def main(
    texts: Annotated[Path, typer.Option(help="Folder of real postings, *.jsonl.")] = Path("../shared/data/postings"),
    rows: Annotated[int, typer.Option(min=100)] = 20_000,
    rounds: Annotated[int, typer.Option(min=1)] = 2,
) -> None:
    """Print how fast postings come in, against a bare COPY, and how fast they are found."""
    real = [json.loads(line) for file in sorted(texts.glob("*.jsonl")) for line in file.open(encoding="utf-8")]
    if not real:
        raise typer.BadParameter(f"no *.jsonl in {texts}")
    with tempfile.TemporaryDirectory() as folder, throwaway_postgres(Path(folder)) as postgres:
        os.environ["DATABASE_URL"] = postgres.url()
        upgrade(postgres.url())
        get_settings.cache_clear()
        _incoming(Path(folder) / "postings.jsonl", list(multiplied(real, rows)), postgres.url())
        _finding(rounds)
        db.dispose()


def _incoming(file: Path, items: list[dict[str, Any]], url: str) -> None:
    lines = [json.dumps(item).encode() for item in items]
    file.write_bytes(b"\n".join(lines))
    tallies: list[Tally] = []
    whole = timed(lambda: tallies.append(import_file(file, None)))
    again = timed(lambda: tallies.append(import_file(file, None)))
    assert (tallies[0].new, tallies[1].seen_again) == (len(lines), len(lines))
    rows = [read_line(line, None) for line in lines]
    plain = bare_copy(url, rows, PLAIN)
    indexed = bare_copy(url, rows, "create table staged (like postings including all)")
    with transaction() as session:
        session.connection().exec_driver_sql("truncate postings cascade")
    merged = timed(lambda: merge(rows))
    with transaction() as session:
        counting = timed(lambda: popular_skills.recount(session))
        postings.refresh_statistics(session)
    rate = len(rows)
    show(
        f"{rate:,} postings",
        [
            ("COPY into a table without indexes", f"{rate / plain:,.0f} rows/s"),
            ("COPY into a table with the same indexes and search vector", f"{rate / indexed:,.0f} rows/s"),
            ("upsert", f"{rate / merged:,.0f} rows/s: {plain / merged:.2f} of COPY, {indexed / merged:.2f} of indexed"),
            ("import of the file: read, normalise, upsert", f"{rate / whole:,.0f} rows/s: {plain / whole:.2f} of COPY"),
            ("the same file again", f"{rate / again:,.0f} rows/s: {plain / again:.2f} of COPY"),
            ("counting skills afterwards", f"{counting * 1000:,.0f} ms"),
        ],
    )


def _finding(rounds: int) -> None:
    with psycopg.connect(get_settings().database_url, autocommit=True) as connection:
        connection.execute("vacuum analyze postings")
    searching(1)
    found = searching(rounds)
    times = sorted(itertools.chain.from_iterable(found.values()))
    slowest = sorted(found.items(), key=lambda pair: -statistics.median(pair[1]))[:5]
    show(
        f"{len(times)} searches",
        [
            (
                "p50, p95, worst",
                f"{times[len(times) // 2]:.0f}, {times[int(len(times) * 0.95)]:.0f}, {times[-1]:.0f} ms",
            ),
            *((what.replace("PostingFilter", "")[:110], f"{statistics.median(ms):.0f} ms") for what, ms in slowest),
        ],
    )


if __name__ == "__main__":
    typer.run(main)
