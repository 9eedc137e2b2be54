"""Which postings a figure is about: the public ones of a window of time, each opening once."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import text

from services.matching.money import US_DOLLARS_PER_UNIT

LEAST_PAY, MOST_PAY = 5_000, 2_000_000
"""US dollars a year; what lies outside is an hourly rate, or a slip of the pen."""

ENOUGH_MEMORY = text("set local work_mem = '64MB'")  # a window of a hundred thousand is some 20 MB
# `at` is when the board published it, or when we first saw it. An advert that closed since was posted all the same.
POSTED = """
    select p.id, coalesce(p.posted_at, p.scraped_at) as at, p.source, p.title, p.company, p.location,
        p.remote_type, p.seniority, p.skills, p.tags, p.salary_currency,
        case when money.pay between :least_pay and :most_pay then money.pay end as pay
    from postings p
    left join unnest(cast(:currencies as text[]), cast(:rates as float8[])) as rate (currency, dollars)
        on rate.currency = upper(p.salary_currency)
    cross join lateral (
        select dollars * (coalesce(p.salary_min, p.salary_max) + coalesce(p.salary_max, p.salary_min)) / 2 as pay
    ) as money
    where p.owner_user_id is null and p.duplicate_of is null
        and coalesce(p.posted_at, p.scraped_at) between :since and :now
        and (cast(:place as text) = '' or p.location ilike :place)
        and (cast(:job_type as text) = '' or p.job_type = :job_type
            or (:job_type = 'internship' and p.seniority = 'intern'))
"""


@dataclass(frozen=True)
class Window:
    """`days` up to `now`; `place` is part of a location, `job_type` a word of JOB_TYPES or
    `internship`; empty is any.
    """

    now: datetime
    days: int
    place: str = ""
    job_type: str = ""

    @property
    def since(self) -> datetime:
        return self.now - timedelta(days=self.days)

    def parameters(self) -> dict[str, Any]:
        """For POSTED."""
        return {
            "currencies": list(US_DOLLARS_PER_UNIT),
            "rates": list(US_DOLLARS_PER_UNIT.values()),
            "least_pay": LEAST_PAY,
            "most_pay": MOST_PAY,
            "since": self.since,
            "now": self.now,
            "place": f"%{_plain(self.place)}%" if self.place else "",
            "job_type": self.job_type,
        }


def growth(now: int, before: int) -> float:
    """Percent; 0 where there was nothing before to have grown from."""
    return round((now - before) / before * 100, 1) if before else 0.0


def _plain(place: str) -> str:
    """Signs of a LIKE pattern stand for themselves."""
    return place.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
