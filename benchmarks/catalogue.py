"""The catalogue under load: a file of postings imported, against a bare COPY of its rows, and searches over them.

`python -m benchmarks.catalogue` (= `make bench-catalogue`). A folder holds real postings as JSON lines; they are
multiplied with varied ids, companies, towns, dates, pay and kinds of work, the same file every time. Every time here is
of this run on this machine; only the ratios travel.
"""

import itertools
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any

import psycopg
import typer
from psycopg import sql
from rich.console import Console
from rich.table import Table

from benchmarks.plans import explained
from cli.embedded import throwaway_postgres
from cli.migrate import upgrade
from core import db
from core.db import transaction
from core.settings import get_settings
from models.posting import JOB_TYPES, REMOTE_TYPES
from services import postings
from services.postings import PostingFilter
from services.postings.writing import COLUMNS, COPY

PLAIN = f"create table staged as select {', '.join(COLUMNS)} from postings with no data"  # noqa: S608 — our own names
ROOT = Path(__file__).parents[1]
TOWNS = ("Berlin", "London", "New York", "Paris", "Remote", "Austin, TX", "Lisbon", "Tokyo", "Bangalore", "Toronto")
BOARDS = ("remoteok", "weworkremotely", "himalayas", "arbeitnow", "greenhouse", "lever", "hackernews")
NOW = datetime(2026, 5, 1, tzinfo=UTC)
BLOCK = 1 << 20
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
DEEP = (0, 400)  # the first page, and the twenty-first
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


def write(file: Path, texts: list[dict[str, Any]], rows: int) -> None:
    with file.open("w", encoding="utf-8") as out:
        out.writelines(f"{json.dumps(item)}\n" for item in multiplied(texts, rows))


def timed(work: Callable[[], Any]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def imported(file: Path) -> float:
    """Seconds of the whole command, as a person types it."""
    command = [sys.executable, "-m", "cli.app", "postings", "import", str(file), "--no-follow-up"]
    return timed(lambda: subprocess.run(command, cwd=ROOT, check=True))


def save_rows(url: str, file: Path) -> None:
    """The imported rows as COPY has them."""
    columns = sql.SQL(", ").join(map(sql.Identifier, COLUMNS))
    query = sql.SQL("copy (select {} from postings order by id) to stdout").format(columns)
    with psycopg.connect(url) as connection, connection.cursor().copy(query) as copy, file.open("wb") as out:
        for block in copy:
            out.write(block)


def bare_copy(url: str, rows: Path, like: str) -> float:
    """Seconds to COPY the rows into an empty table, and nothing else."""
    with psycopg.connect(url, autocommit=True) as connection, connection.cursor() as cursor, rows.open("rb") as file:
        cursor.execute(like.encode())

        def copy() -> None:
            with cursor.copy(COPY) as stream:
                while block := file.read(BLOCK):
                    stream.write(block)

        seconds = timed(copy)
        cursor.execute("drop table staged")
        return seconds


def show(title: str, rows: list[tuple[str, str]]) -> None:
    table = Table("what", "measured", title=title)
    for row in rows:
        table.add_row(*row)
    console.print(table)


def main(
    texts: Annotated[Path, typer.Option(envvar="POSTINGS", help="Folder of real postings, *.jsonl.")] = Path(
        "../shared/data/postings"
    ),
    rows: Annotated[int, typer.Option(min=100)] = 100_000,
    rounds: Annotated[int, typer.Option(min=1)] = 2,
) -> None:
    """Print how fast postings come in, against a bare COPY, and how fast they are found."""
    real = [json.loads(line) for one in sorted(texts.glob("*.jsonl")) for line in one.open(encoding="utf-8")]
    if not real:
        raise typer.BadParameter(f"no *.jsonl in {texts}")
    with tempfile.TemporaryDirectory() as name, throwaway_postgres(Path(name)) as postgres:
        folder = Path(name)
        os.environ["DATABASE_URL"] = postgres.url()
        upgrade(postgres.url())
        get_settings.cache_clear()
        write(folder / "postings.jsonl", real, rows)
        _incoming(folder, rows, postgres.url())
        _finding(rounds)
        db.dispose()


def _incoming(folder: Path, rows: int, url: str) -> None:
    file, as_copy = folder / "postings.jsonl", folder / "postings.copy"
    whole = imported(file)
    with transaction() as session:
        assert session.connection().exec_driver_sql("select count(*) from postings").scalar_one() == rows
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    save_rows(url, as_copy)
    # In turns with the rest: what else the machine does weighs on all of them.
    copies = [bare_copy(url, as_copy, PLAIN)]
    indexed = bare_copy(url, as_copy, "create table staged (like postings including all)")
    copies.append(bare_copy(url, as_copy, PLAIN))
    again = imported(file)
    plain = statistics.median([*copies, bare_copy(url, as_copy, PLAIN)])
    show(
        f"{rows:,} postings, {file.stat().st_size / 1e6:,.0f} MB of JSON",
        [
            ("bare COPY, no indexes, median of three", f"{rows / plain:,.0f} rows/s"),
            ("bare COPY, the same indexes and search vector", f"{rows / indexed:,.0f} rows/s"),
            (
                "offerline postings import",
                f"{rows / whole:,.0f} rows/s: {plain / whole:.2f} of COPY, {indexed / whole:.2f} of indexed COPY",
            ),
            ("memory of the importing process, at most", f"{memory:,.0f} MB"),
            ("the same file again", f"{rows / again:,.0f} rows/s: {plain / again:.2f} of COPY"),
        ],
    )


Search = tuple[PostingFilter, int]


def _finding(rounds: int) -> None:
    with psycopg.connect(get_settings().database_url, autocommit=True) as connection:
        connection.execute("vacuum analyze postings")
    asked = [PostingFilter(search=words, **more) for words, more in itertools.product((None, *SEARCHES), FILTERS)]
    searches: list[Search] = list(itertools.product(asked, DEEP))
    _times(searches, 1)
    found = _times(searches, rounds)
    times = sorted(itertools.chain.from_iterable(found.values()))
    slowest = sorted(found.items(), key=lambda pair: -statistics.median(pair[1]))[:5]
    p50, p95, p99 = (f"{times[int(len(times) * share)]:.0f}" for share in (0.5, 0.95, 0.99))
    show(
        f"{len(times)} searches, each a page and its number of hits",
        [
            ("p50, p95, p99, worst", f"{p50}, {p95}, {p99}, {times[-1]:.0f} ms"),
            *((_said(one), f"{statistics.median(ms):.0f} ms") for one, ms in slowest),
        ],
    )
    _explain(slowest[0][0])


def _times(searches: list[Search], rounds: int) -> dict[Search, list[float]]:
    """Milliseconds of whole searches, page and total."""
    found: dict[Search, list[float]] = {}
    for one in searches * rounds:
        with transaction() as session:
            session.connection()
            started = time.perf_counter()
            postings.search(session, one[0], limit=20, offset=one[1])
            found.setdefault(one, []).append((time.perf_counter() - started) * 1000)
    return found


def _said(search: Search) -> str:
    wanted = {name: value for name, value in vars(search[0]).items() if value}
    return f"{wanted} from {search[1]}"


def _explain(search: Search) -> None:
    with transaction() as session, explained(session, analyze=True) as plans:
        postings.search(session, search[0], limit=20, offset=search[1])
    console.rule(f"the slowest: {_said(search)}")
    for plan in plans:
        console.print(plan, markup=False, soft_wrap=True)


if __name__ == "__main__":
    typer.run(main)
