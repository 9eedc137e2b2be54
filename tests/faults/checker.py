"""An independent judge: plain SQL over the database's tables, none of the platform's code.

`python -m tests.faults.checker DATABASE_URL` prints what is wrong and ends with 1 when something is.
"""

import sys
from collections.abc import Iterable, Sequence

import psycopg

# What each question finds is wrong, so each must answer no row.
QUESTIONS = {
    "runs that never ended": "select id, status from runs where status not in ('completed', 'failed', 'cancelled')",
    "runs with other than one terminal event after their last start": """
        select r.id, count(e.id) from runs r
        left join run_events e on e.run_id = r.id and e.status in ('completed', 'failed', 'cancelled')
        group by r.id having count(e.id) <> 1 + max(r.retries)
    """,
    "runs whose last event says otherwise": """
        select r.id, r.status, e.status from runs r
        join lateral (select status from run_events where run_id = r.id order by id desc limit 1) e on true
        where e.status <> r.status
    """,
    "completed runs that skipped a stage or applied an effect twice": """
        select r.id, count(m.id), count(distinct m.stage) from runs r left join selfcheck_marks m on m.run_id = r.id
        where r.pipeline = 'selfcheck' and r.status = 'completed'
        group by r.id having count(m.id) <> 2 or count(distinct m.stage) <> 2
    """,
    "effects that were applied twice": """
        select run_id, stage, count(*) from selfcheck_marks group by run_id, stage having count(*) > 1
    """,
    "balances that the ledger does not replay to": """
        select a.user_id, a.available, a.reserved, sum(l.available_delta), sum(l.reserved_delta)
        from credit_accounts a left join credit_ledger l on l.user_id = a.user_id
        group by a.user_id, a.available, a.reserved
        having a.available <> coalesce(sum(l.available_delta), 0) or a.reserved <> coalesce(sum(l.reserved_delta), 0)
    """,
    "negative balances": "select user_id from credit_accounts where available < 0 or reserved < 0",
    "credits that are still reserved": "select user_id, reserved from credit_accounts where reserved <> 0",
    "reservations that never ended": "select id from credit_reservations where state = 'open'",
    "reservations that the ledger ends other than once": """
        select v.id, v.state from credit_reservations v left join credit_ledger l on l.reservation_id = v.id
        group by v.id having count(l.id) filter (where l.kind = 'reserve') <> 1
            or sum(l.reserved_delta) <> 0
            or count(l.id) filter (where l.kind = 'charge') <> (v.state in ('charged', 'refunded'))::int
            or -coalesce(sum(l.reserved_delta) filter (where l.kind = 'charge'), 0) <> v.charged
    """,
    "completed runs that were not charged their cost": """
        select r.id, v.state, v.charged from runs r join credit_reservations v on v.id = r.reservation_id
        where r.status = 'completed' and (v.state <> 'charged' or v.charged <> (r.payload ->> 'cost')::int)
    """,
    "runs that did not complete and were charged": """
        select r.id, v.state, v.charged from runs r join credit_reservations v on v.id = r.reservation_id
        where r.status in ('failed', 'cancelled') and (v.state <> 'released' or v.charged <> 0)
    """,
}


def findings(database_url: str, accepted: Iterable[str] | None = None) -> list[str]:
    """What is wrong, in words; nothing when all is well. `accepted` are the run ids that a 202 promised."""
    with psycopg.connect(database_url) as connection:
        wrong = [
            f"{name}: {len(rows)}, e.g. {rows[0]}"
            for name, question in QUESTIONS.items()
            if (rows := connection.execute(question.encode()).fetchall())
        ]
        if accepted is not None:
            wrong += _compare(list(accepted), [str(row[0]) for row in connection.execute("select id from runs")])
    return wrong


def _compare(promised: Sequence[str], found: Sequence[str]) -> list[str]:
    wrong = []
    if len(set(promised)) != len(promised):
        wrong.append(f"ids promised twice: {len(promised) - len(set(promised))}")
    if lost := set(promised) - set(found):
        wrong.append(f"promised runs that do not exist: {len(lost)}, e.g. {next(iter(lost))}")
    if unasked := set(found) - set(promised):
        wrong.append(f"runs that nobody was promised: {len(unasked)}, e.g. {next(iter(unasked))}")
    return wrong


if __name__ == "__main__":
    problems = findings(sys.argv[1])
    print("\n".join(problems) or "all is well")  # noqa: T201 — it is a program
    sys.exit(bool(problems))
