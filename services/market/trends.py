"""What was posted in a window of time, and how it grew against the window before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import sqrt
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from services.market.industries import NAMED_BY
from services.market.window import ENOUGH_MEMORY, POSTED, Window, growth

_MOST = 10
_SAMPLE = 10_000
_SIGMAS = 3.0


@dataclass(frozen=True)
class Trends:
    """Counts of postings; growth in percent against the window before; pay in US dollars a year, None if unknown.

    Over windows that hold more than 10,000 postings the counts of skills and industries are estimates,
    right to some percent; all others are exact. Growth that a sample cannot tell from none is 0.
    """

    total: int
    growth: float
    remote_percentage: float
    per_day: float
    skills: Sequence[Mapping[str, Any]]
    locations: Sequence[Mapping[str, Any]]
    companies: Sequence[Mapping[str, Any]]
    industries: Sequence[Mapping[str, Any]]


# Two windows are read once; each figure is then a pass over the few columns that were kept. Skills and industries, of
# which a posting has dozens, are counted in a sample of every n-th posting and multiplied by n.
_TRENDS = text(
    f"""
    with posted as ({POSTED}),
    two as materialized (select *, at >= :middle as fresh from posted),
    step as (select greatest(1, (count(*) + :sample - 1) / :sample) as each from two),
    sample as materialized (select two.* from two, step where each = 1 or abs(cast(hashint8(id) as bigint)) % each = 0),
    by_skill as (
        select name, each * count(*) filter (where fresh) as now, each * count(*) filter (where not fresh) as before
        from sample, step, unnest(skills) as name group by name, each order by 2 desc, 1 limit :most
    ),
    by_place as (
        select location, count(*) as now, round(avg(pay)) as pay
        from two where fresh and location <> '' group by location order by 2 desc, 1 limit :most
    ),
    by_company as (
        select company, count(*) as now from two where fresh and company is not null
        group by company order by 2 desc, 1 limit :most
    ),
    named as (
        select distinct industry.name, sample.id, sample.fresh
        from sample, unnest(skills || tags) as said
        join unnest(cast(:words as text[]), cast(:industries as text[])) as industry (word, name)
            on industry.word = lower(said)
    ),
    by_industry as (
        select name, each * count(*) filter (where fresh) as now, each * count(*) filter (where not fresh) as before
        from named, step group by name, each order by 2 desc, 1 limit :most
    )
    select
        (select each from step) as each,
        (select count(*) filter (where fresh) from two) as now,
        (select count(*) filter (where not fresh) from two) as before,
        (select count(*) filter (where fresh and remote_type = 'full') from two) as remote,
        (select json_agg(by_skill) from by_skill) as skills,
        (select json_agg(by_place) from by_place) as locations,
        (select json_agg(by_company) from by_company) as companies,
        (select json_agg(by_industry) from by_industry) as industries
    """  # noqa: S608 — text of our own
)


def trends(session: Session, window: Window) -> Trends:
    session.execute(ENOUGH_MEMORY)
    words = [(word, name) for name, known in NAMED_BY.items() for word in known]
    row = session.execute(
        _TRENDS,
        {
            **replace(window, days=2 * window.days).parameters(),
            "middle": window.since,
            "most": _MOST,
            "sample": _SAMPLE,
            "words": [word for word, _ in words],
            "industries": [name for _, name in words],
        },
    ).one()
    return Trends(
        total=row.now,
        growth=growth(row.now, row.before),
        remote_percentage=round(row.remote / row.now * 100, 1) if row.now else 0.0,
        per_day=round(row.now / window.days, 2),
        skills=[
            {"skill": one["name"], "demand_count": one["now"], "growth_percentage": _growth(one, row.each)}
            for one in row.skills or ()
            if one["now"]
        ],
        locations=[
            {"location": one["location"], "job_count": one["now"], "avg_salary": one["pay"]}
            for one in row.locations or ()
        ],
        companies=[{"name": one["company"], "job_count": one["now"]} for one in row.companies or ()],
        industries=[
            {"industry": one["name"], "job_count": one["now"], "growth_rate": _growth(one, row.each)}
            for one in row.industries or ()
            if one["now"]
        ],
    )


def _growth(one: Mapping[str, Any], each: int) -> float:
    """Each of the two estimates varies by the root of what was counted, times `each` for what it stands for."""
    now, before = one["now"], one["before"]
    if each > 1 and abs(now - before) < _SIGMAS * sqrt((now + before) * each):
        return 0.0
    return growth(now, before)
