"""`python -m benchmarks` (= `make bench`): three ratios in one run, in under three minutes."""

import argparse
import os
import statistics
import time

from rich.console import Console
from rich.table import Table

from benchmarks import measures, plain
from benchmarks.installation import api, dispatcher_and_worker, servers
from benchmarks.measures import Pair
from core.db import dispose
from core.queue import celery_config
from core.settings import get_settings

CONNECTIONS = 16
CONCURRENCY = 2


def main() -> None:
    parser = argparse.ArgumentParser(description="Throughput against plain Celery, as ratios.")
    parser.add_argument("--rounds", type=int, default=5, help="rounds of each pair that count")
    rounds = parser.parse_args().rounds
    table = Table(title=f"Offerline against plain Celery, medians of {rounds} rounds taken in turns")
    for column in ("what", "ours", "plain", "ratio", "lowest … highest", "aim"):
        table.add_column(column, justify="left" if column == "what" else "right")
    started = time.monotonic()
    with servers():
        plain.app.conf.update(celery_config(get_settings().redis_url))  # it was imported before Redis had an address
        users = measures.people()
        with api() as port:
            pairs = measures.acceptance(port, users, rounds=rounds, seconds=2.5, connections=CONNECTIONS)
        _row(table, "runs accepted / s, by HTTP", pairs, aim="≥ 1.0")
        with dispatcher_and_worker(CONCURRENCY):
            pairs = measures.completion(users, "short", 1, rounds=rounds, runs=400)
            _row(table, "short runs completed / s (1 stage, 1 task)", pairs, aim="≥ 0.5")
            pairs = measures.completion(users, "selfcheck", 2, rounds=max(1, rounds - 2), runs=250)
            _row(table, "selfcheck runs completed / s (2 stages, 2 tasks)", pairs, aim="≥ 0.5")
            ceiling = measures.nothing_at_all(rounds=3, tasks=800)
        cost = measures.overhead(users, runs=300)
        dispose()
    table.add_row("a stage / its bare function, ms", f"{cost.ours:.2f}", f"{cost.plain:.2f}", *_overhead(cost))
    console = Console()
    console.print(table)
    console.print(_NOTES.format(cpus=os.cpu_count(), ceiling=ceiling, seconds=time.monotonic() - started))


def _row(table: Table, what: str, pairs: list[Pair], *, aim: str) -> None:
    ratios = [pair.ours / pair.plain for pair in pairs]
    table.add_row(
        what,
        f"{statistics.median(pair.ours for pair in pairs):.0f}",
        f"{statistics.median(pair.plain for pair in pairs):.0f}",
        f"[bold]{statistics.median(ratios):.2f} ×[/bold]",
        f"{min(ratios):.2f} … {max(ratios):.2f}",
        aim,
    )


def _overhead(cost: Pair) -> tuple[str, str, str]:
    return f"{cost.ours / cost.plain:.2f} ×", f"+{cost.ours - cost.plain:.2f} ms", ""


_NOTES = f"""
[bold]Accepted[/bold]: one API process, {CONNECTIONS} connections of {measures.USERS} users, same app and token check
and schemas. Ours inserts the run and its event and commits; plain calls `.delay()`. No worker runs meanwhile.
[bold]Completed[/bold]: from the first accept (or `.delay()`) to the last terminal run (or committed effect), four
producers, one worker with {CONCURRENCY} processes for both. Both write the same row in Postgres; ours also claims with
a lease, records each step and goes through one dispatcher.
A task with no effect at all: {{ceiling:.0f}} / s, until its queue is empty.
PostgreSQL is durable (fsync on). {{cpus}} CPUs, shared by load, servers and workers. Took {{seconds:.0f}} s.
"""

if __name__ == "__main__":
    main()
