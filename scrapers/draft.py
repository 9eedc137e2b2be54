"""What a source reads out of one item, in the board's own words, before anything is normalised."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """`html` is the board's markup, unsafe; `text` is used where a board gives plain text only.

    Salary comes as numbers with a period ("hour", "month", "yearly", …; None is a year, "" a period that the board did
    not say this time) or as text, numbers first.
    `salary_in_text` is for boards without such a field: a description line that opens with "Salary:" is read then.
    `remote`, `job_type`, `seniority` and `regions` are the board's words, in any language; a source that knows all its
    postings to be remote says "remote".
    """

    source_id: str
    url: str
    title: str
    company: str | None = None
    location: str = ""
    html: str = ""
    text: str = ""
    salary_text: str = ""
    salary_in_text: bool = False
    salary_min: float | None = None
    salary_max: float | None = None
    salary_currency: str | None = None
    salary_period: str | None = None
    remote: str = ""
    job_type: str = ""
    seniority: str = ""
    regions: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    visa: bool | None = None
    language: str = ""
    posted_at: datetime | None = None
    expires_at: datetime | None = None
    raw: Mapping[str, Any] = field(default_factory=dict)
