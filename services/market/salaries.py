"""What postings pay: overall, by role, by place, by experience."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from services.market.window import ENOUGH_MEMORY, POSTED, Window

_MOST = 10
_NEWEST = 20_000
LEVELS = {
    "junior": ("intern", "junior"),
    "mid": ("mid",),
    "senior": ("senior", "lead", "principal", "director", "executive"),
}
_FIGURES = (
    "percentile_cont(0.5) within group (order by pay) as median, avg(pay) as mean, min(pay) as lowest, "
    "max(pay) as highest, count(*) as postings"
)


@dataclass(frozen=True)
class Salaries:
    """US dollars a year. `currencies` is the share, in percent, of postings that state their pay in each."""

    postings: int
    median: float
    mean: float
    lowest: float
    highest: float
    by_role: Sequence[Mapping[str, Any]]
    by_location: Sequence[Mapping[str, Any]]
    by_experience: Sequence[Mapping[str, Any]]
    currencies: Mapping[str, float]


# A role is a title without rank, asides and what follows a dash or a comma.
_ROLE = (
    r"lower(btrim(regexp_replace(regexp_replace(title, '\s+[-–—|@•]\s.*$|\s*[,;:(\[].*$', ''), "
    r"'\m(senior|sr|junior|jr|lead|principal|staff|mid|head|intern|i{1,3}|iv)\M\.?', '', 'gi')))"
)


def _by(category: str) -> str:
    return f"""(
        select json_agg(found) from (
            select {category} as category, {_FIGURES} from paid
            where {category} <> '' group by 1 order by postings desc, 1 limit :most
        ) as found
    )"""  # noqa: S608 — names of our own columns


_SALARIES = text(
    f"""
    with posted as ({POSTED}),
    newest as materialized (
        select title, location, coalesce(seniority, '') as level, pay, upper(salary_currency) as currency
        from posted
        where pay is not null
            and (cast(:role as text) = '' or to_tsvector('english', title) @@ plainto_tsquery('english', :role))
            and (cast(:levels as text[]) = '{{}}' or seniority = any(cast(:levels as text[])))
        order by at desc
        limit :newest
    ),
    paid as materialized (select regexp_replace({_ROLE}, '\\s+', ' ', 'g') as role, newest.* from newest)
    select overall.*, {_by("role")} as by_role, {_by("location")} as by_location, {_by("level")} as by_level,
        (select json_object_agg(currency, share) from (
            select currency, round(100.0 * count(*) / sum(count(*)) over (), 1) as share from paid group by currency
        ) as shares) as currencies
    from (select {_FIGURES} from paid) as overall
    """  # noqa: S608 — text of our own
)


def salaries(session: Session, window: Window, *, role: str = "", level: str = "") -> Salaries:
    """Of the newest 20,000 postings in the window that state their pay. `level` is a key of LEVELS, or empty."""
    session.execute(ENOUGH_MEMORY)
    asked = {"role": role, "levels": list(LEVELS.get(level, ())), "most": _MOST, "newest": _NEWEST}
    row = session.execute(_SALARIES, window.parameters() | asked).one()
    return Salaries(
        postings=row.postings,
        median=_dollars(row.median),
        mean=_dollars(row.mean),
        lowest=_dollars(row.lowest),
        highest=_dollars(row.highest),
        by_role=_categories(row.by_role),
        by_location=_categories(row.by_location),
        by_experience=_categories(row.by_level),
        currencies=row.currencies or {},
    )


def _categories(found: Sequence[Mapping[str, Any]] | None) -> list[dict[str, Any]]:
    return [
        {
            "category": one["category"],
            "median_salary": _dollars(one["median"]),
            "mean_salary": _dollars(one["mean"]),
            "min_salary": _dollars(one["lowest"]),
            "max_salary": _dollars(one["highest"]),
            "sample_size": one["postings"],
        }
        for one in found or ()
    ]


def _dollars(amount: float | None) -> float:
    return float(round(amount)) if amount is not None else 0.0
