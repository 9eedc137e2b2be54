"""How long someone has worked: the union of the months of all jobs, as of a date that the caller names."""

from collections.abc import Iterable
from datetime import date

from services.resumes.profile import Experience


def years_of_experience(jobs: Iterable[Experience], as_of: date) -> float:
    """Years to one decimal. Overlaps count once; a year alone begins in January and ends in December when it closes a
    range; a job with one date and no end counts its own month or year; nothing after `as_of` counts.
    """
    today = as_of.year * 12 + as_of.month - 1
    spans = sorted(span for job in jobs if (span := _months(job, today)))
    total, reached = 0, -1
    for start, end in spans:
        total += max(0, end - max(start, reached))
        reached = max(reached, end)
    return round(total / 12, 1)


def _months(job: Experience, today: int) -> tuple[int, int] | None:
    """First month and the month after the last, counted from year 0."""
    if not job.start:
        return None
    start = _month(job.start, first=True)
    if job.current:
        end = today + 1
    elif job.end:
        # "2018 – 2020" is two years and not three: nobody means December by a bare year.
        end = _month(job.end, first=True) + (1 if "-" in job.end or "-" in job.start else 0)
        end = max(end, start + (12 if job.end == job.start else 1))
    else:
        end = start + (1 if "-" in job.start else 12)
    end = min(end, today + 1)
    return (start, end) if end > start else None


def _month(value: str, *, first: bool) -> int:
    year, _, month = value.partition("-")
    return int(year) * 12 + (int(month) - 1 if month else (0 if first else 11))
