"""What a score is made from, and what comes out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple, Self

PARTS = ("skills", "title", "experience", "work_type", "location", "salary")
ROUNDING = 1e-6
NEUTRAL = 0.5
"""The value of a part that has nothing to go by."""


@dataclass(frozen=True, slots=True)
class HeldTitle:
    """`until` is None for a position the person still holds."""

    text: str
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """What we know of a person. None and empty mean "not known" or "no wish", except `skills`: an empty set means a
    résumé was read and named none, None that there is no résumé.

    `skills` are canonical names, `country` and `countries_wanted` ISO 3166 codes (see `places.country_of`),
    `work_types` of full | hybrid | onsite, `job_types` of permanent | contract | freelance | part-time, salaries whole
    units of `currency` a year. `only_remote` turns the wish for remote work into a hard stop.
    """

    skills: frozenset[str] | None = None
    titles: tuple[HeldTitle, ...] = ()
    roles_wanted: tuple[str, ...] = ()
    years: float | None = None
    seniority: str | None = None
    location: str = ""
    country: str | None = None
    countries_wanted: frozenset[str] = frozenset()
    work_types: frozenset[str] = frozenset()
    only_remote: bool = False
    job_types: frozenset[str] = frozenset()
    salary_min: int | None = None
    salary_max: int | None = None
    currency: str | None = None
    needs_visa: bool = False
    companies_avoided: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class PostingFacts:
    """What we know of a posting. `requirements.read` fills the skills, years and seniority from its text.

    `similarity` is the cosine between the embeddings of résumé and posting, when both exist. `regions` limit where a
    remote worker may live, in any wording `places.regions_cover` reads. `text` is only read to point at evidence.
    """

    id: int
    title: str
    company: str | None = None
    text: str = ""
    skills_required: frozenset[str] = frozenset()
    skills_preferred: frozenset[str] = frozenset()
    years_min: float | None = None
    years_max: float | None = None
    seniority: str | None = None
    remote_type: str | None = None
    job_type: str | None = None
    location: str = ""
    country: str | None = None
    regions: tuple[str, ...] = ()
    salary_min: int | None = None
    salary_max: int | None = None
    currency: str | None = None
    visa_sponsorship: bool | None = None
    similarity: float | None = None


@dataclass(frozen=True, slots=True)
class Weights:
    """Shares of the whole; they add up to 1."""

    skills: float = 0.35
    title: float = 0.20
    experience: float = 0.15
    work_type: float = 0.10
    location: float = 0.10
    salary: float = 0.10

    def __post_init__(self) -> None:
        shares = self.as_tuple()
        if min(shares) < 0 or abs(sum(shares) - 1.0) > ROUNDING:
            raise ValueError(f"the weights must be at least 0 and add up to 1, not {shares}")

    def as_tuple(self) -> tuple[float, ...]:
        return (self.skills, self.title, self.experience, self.work_type, self.location, self.salary)

    def as_dict(self) -> dict[str, float]:
        return dict(zip(PARTS, self.as_tuple(), strict=True))

    @classmethod
    def from_mapping(cls, shares: Mapping[str, float]) -> Self:
        return cls(**shares)


class Span(NamedTuple):
    """`posting.text[start:end] == text`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Part:
    """`value` is 0 to 1; `points` is what it adds to the score. `neutral` says there was nothing to go by.

    `posting` and `person` are the two values compared, in words; `evidence` points into the posting's text.
    """

    name: str
    value: float
    weight: float
    points: float
    neutral: bool
    reason: str
    posting: str = ""
    person: str = ""
    evidence: tuple[Span, ...] = field(default=())
