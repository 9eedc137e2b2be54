"""What the market asks for beside the skills that a person has."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from models.posting import SHOWN
from services.market.window import ENOUGH_MEMORY, LEAST_PAY, MOST_PAY
from services.matching import titles
from services.matching.money import US_DOLLARS_PER_UNIT
from services.skills import vocabulary

_NEWEST = 2_000
_TITLES = 1_000
_SHOWN = 40
_GAPS = 20
_ADVISED = 10
_PAID_AT_LEAST = 5  # postings that name their pay: fewer say nothing of a skill's worth
_OFTEN, _SOMETIMES = 0.3, 0.1
_CLEARLY = 0.3
_VAGUE = ("soft", "domain", "natural-language")


@dataclass(frozen=True)
class SkillDemand:
    """`frequency` is a share, 0 to 1; pay is in US dollars a year."""

    count: int
    frequency: float
    avg_salary: float | None
    jobs_with_salary: int


@dataclass(frozen=True)
class Advice:
    """`frequency` counts postings. `salary_impact` is the mean pay with the skill less that of all, None if unknown."""

    skill: str
    priority: str
    reason: str
    learning_effort: str
    salary_impact: float | None
    frequency: int


@dataclass(frozen=True)
class Demand:
    """Of the newest postings that ask for one of the person's skills; `line_of_work` is that of most titles."""

    postings: int
    skills: Mapping[str, SkillDemand] = field(default_factory=dict)
    gaps: Sequence[str] = ()
    advice: Sequence[Advice] = ()
    line_of_work: str | None = None


_DEMAND = text(
    f"""
    with near as materialized (
        select id, title, skills,
            dollars * (coalesce(salary_min, salary_max) + coalesce(salary_max, salary_min)) / 2 as pay
        from postings
        left join unnest(cast(:currencies as text[]), cast(:rates as float8[])) as rate (currency, dollars)
            on rate.currency = upper(salary_currency)
        where {SHOWN} and skills && cast(:mine as text[])
        order by scraped_at desc, id desc
        limit :newest
    ),
    paid as (
        select id, title, skills, case when pay between :least_pay and :most_pay then pay end as pay from near
    ),
    skill as (
        select name, count(*) as count, avg(pay) as pay, count(pay) as paid
        from paid, unnest(skills) as name group by name order by 2 desc, 1 limit :most
    )
    select
        (select count(*) from paid) as postings,
        (select avg(pay) from paid) as pay,
        (select json_agg(skill order by count desc, name) from skill) as skills,
        array(select title from paid limit :titles) as titles
    """  # noqa: S608 — text of our own
)


def demand(session: Session, skills: Sequence[str]) -> Demand:
    """What postings near these skills ask for. Common virtues and fields name no gap: everybody asks for them."""
    held = {vocabulary.canonical(skill) or skill for skill in skills}
    telling = [skill for skill in held if vocabulary.kind(skill) not in _VAGUE] or list(held)
    session.execute(ENOUGH_MEMORY)
    row = session.execute(
        _DEMAND,
        {
            "mine": telling,
            "currencies": list(US_DOLLARS_PER_UNIT),
            "rates": list(US_DOLLARS_PER_UNIT.values()),
            "least_pay": LEAST_PAY,
            "most_pay": MOST_PAY,
            "newest": _NEWEST,
            "titles": _TITLES,
            "most": 4 * _SHOWN,
        },
    ).one()
    found: Sequence[Mapping[str, Any]] = row.skills or ()
    known = {skill.casefold() for skill in _with_implied(held)}
    missing = [one for one in found if one["name"].casefold() not in known and _teachable(one["name"])]
    return Demand(
        postings=row.postings,
        skills={one["name"]: _figures(one, row.postings) for one in found[:_SHOWN]},
        gaps=[one["name"] for one in missing[:_GAPS]],
        advice=[_advice(one, held, row) for one in missing[:_ADVISED]],
        line_of_work=_line_of_work(row.titles),
    )


def _teachable(skill: str) -> bool:
    return vocabulary.kind(skill) not in _VAGUE


def _with_implied(held: Iterable[str]) -> set[str]:
    """Who knows Django knows Python."""
    found: set[str] = set()
    waiting = list(held)
    while waiting:
        skill = waiting.pop()
        if skill not in found:
            found.add(skill)
            waiting.extend(vocabulary.related(skill))
    return found


def _figures(one: Mapping[str, Any], postings: int) -> SkillDemand:
    pay = round(one["pay"]) if one["pay"] is not None else None
    return SkillDemand(one["count"], round(one["count"] / postings, 4), pay, one["paid"])


def _advice(one: Mapping[str, Any], held: set[str], row: Any) -> Advice:
    skill, count = one["name"], one["count"]
    share = count / row.postings
    telling = row.pay is not None and one["paid"] >= _PAID_AT_LEAST
    return Advice(
        skill=skill,
        priority="high" if share >= _OFTEN else "medium" if share >= _SOMETIMES else "low",
        reason=f"{count} of {row.postings} postings near your skills ask for it ({share:.0%}).",
        learning_effort=_effort(skill, held),
        salary_impact=round(one["pay"] - row.pay) if telling else None,
        frequency=count,
    )


def _effort(skill: str, held: set[str]) -> str:
    """Low next to what one knows, medium where one knows another of its kind, else high."""
    if held & _with_implied([skill]) - {skill}:
        return "low"
    return "medium" if vocabulary.kind(skill) in {vocabulary.kind(one) for one in held} - {None} else "high"


def _line_of_work(said: Sequence[str]) -> str | None:
    """The family that most titles point to, where it is clear; see `services.matching.titles`."""
    counted = Counter(family for title in said for family in titles.read(title).families)
    if not counted:
        return None
    family, count = min(counted.items(), key=lambda one: (-one[1], one[0]))
    return family if count >= _CLEARLY * len(said) else None
