"""What came up lately, in figures: the catalogue's postings and a person's own jobs, each job once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from services.market.window import ENOUGH_MEMORY, POSTED, Window
from services.tracking.searching import REMOTE

_MOST = 10
_STEPS = tuple(range(25_000, 225_000, 25_000))
"""Bounds of the histogram, in US dollars a year; the first begins at 0 and the last has no end."""


@dataclass(frozen=True)
class Insights:
    """`stages` counts the person's own jobs, everything else these and the catalogue's postings together."""

    total: int
    remote: int
    stages: Mapping[str, int]
    sources: Mapping[str, int]
    locations: Mapping[str, int]
    histogram: Sequence[Mapping[str, int | None]]


_INSIGHTS = text(
    f"""
    with posted as ({POSTED}),
    own as (
        select id, posting_id, source, location, lower(remote_option) = any(cast(:remote as text[])) as remote, stage,
            dollars * (coalesce(salary_min, salary_max) + coalesce(salary_max, salary_min)) / 2 as pay
        from tracked_jobs
        left join unnest(cast(:currencies as text[]), cast(:rates as float8[])) as rate (currency, dollars)
            on rate.currency = upper(salary_currency)
        where user_id = :user_id and created_at >= :since
    ),
    seen as materialized (
        select source, location, remote, pay from own
        union all
        select source, location, remote_type = 'full', pay from posted
        where not exists (select from own where own.posting_id = posted.id)
    ),
    source as (select source as name, count(*) as jobs from seen group by source),
    place as (
        select location as name, count(*) as jobs from seen where location <> ''
        group by location order by 2 desc, 1 limit :most
    ),
    pay as (select width_bucket(pay, cast(:steps as float8[])) as step, count(*) as jobs from seen group by 1)
    select
        (select count(*) from seen) as total,
        (select count(*) from seen where remote) as remote,
        (select json_object_agg(stage, jobs) from (select stage, count(*) as jobs from own group by 1) as s) as stages,
        (select json_object_agg(name, jobs) from source) as sources,
        (select json_object_agg(name, jobs order by jobs desc, name) from place) as locations,
        (select json_object_agg(step, jobs) from pay where step is not null) as pay
    """  # noqa: S608 — text of our own
)


def insights(session: Session, user_id: int, window: Window) -> Insights:
    session.execute(ENOUGH_MEMORY)
    row = session.execute(
        _INSIGHTS,
        window.parameters()
        | {"user_id": user_id, "remote": list(REMOTE), "most": _MOST, "steps": list(map(float, _STEPS))},
    ).one()
    return Insights(
        total=row.total,
        remote=row.remote,
        stages=row.stages or {},
        sources=row.sources or {},
        locations=row.locations or {},
        histogram=_histogram(row.pay or {}),
    )


def _histogram(counted: Mapping[str, Any]) -> list[dict[str, int | None]]:
    """Steps that hold nothing are there too, so that a chart has every column."""
    ends: list[int | None] = [*_STEPS, None]
    starts = (0, *_STEPS)
    return [
        {"min": start, "max": end, "count": counted.get(str(step), 0)}
        for step, (start, end) in enumerate(zip(starts, ends, strict=True))
    ]
