"""The copilot's shapes of jobs: a person's own, and the catalogue's in the same form."""

import json
from datetime import datetime
from typing import Annotated, Any, Literal, Self

from fastapi import Path
from pydantic import AfterValidator, AliasChoices, BaseModel, BeforeValidator, Field, StringConstraints

from api.copilot.words import SOURCES, STAGES, job_type_of, remote_option_of, source_of, status_of
from core.clock import utc_now
from models.posting import Posting
from models.tracked_job import TrackedJob
from services.tracking.searching import REMOTE, JobFilter

_MOST = 2_000_000_000  # what a column of whole numbers takes
_MOST_ID = 2**63 - 1
OURS = {"application_url": "url", "currency": "salary_currency", "status": "stage"}
Status = Literal["not_applied", "saved", "interested", "applied", "interviewing", "offer", "rejected"]
Source = Literal[
    "manual", "scraped", "api", "linkedin", "indeed", "glassdoor", "adzuna", "usajobs", "github_jobs", "remoteok"
]


def _without_nul(value: Any) -> Any:
    return value.replace("\x00", "") if isinstance(value, str) else value


def _whole_characters(value: str) -> str:
    """Refuses what UTF-8 cannot write: half a character."""
    value.encode()
    return value


def _as_text(value: Any) -> Any:
    """Some clients send requirements as an object or a list: it is kept as the JSON it was."""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else value


def _yes_or_no(value: Any) -> Any:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else value


def _known_source(value: Any) -> Any:
    return value if value in SOURCES else "manual"


JobId = Annotated[int, Path(ge=1, le=_MOST_ID)]
Plain = Annotated[str, BeforeValidator(_without_nul), AfterValidator(_whole_characters)]
Line = Annotated[Plain, StringConstraints(strip_whitespace=True, max_length=500)]
Named = Annotated[Line, Field(min_length=1)]
LongText = Annotated[Plain, StringConstraints(max_length=200_000)]
Loose = Annotated[LongText, BeforeValidator(_as_text)]
Salary = Annotated[int, Field(ge=0, le=_MOST)]
Words = Annotated[list[Line], Field(max_length=200)]
Url = Annotated[Plain, StringConstraints(strip_whitespace=True, max_length=2000)]


class JobFields(BaseModel):
    """What both a new job and a change may name. `url` is an alias of `application_url`, `remote` of the option."""

    location: Line | None = None
    description: LongText | None = None
    requirements: Loose | None = None
    responsibilities: LongText | None = None
    salary_min: Salary | None = None
    salary_max: Salary | None = None
    currency: Line | None = None
    salary_range: Line | None = None
    job_type: Line | None = None
    remote_option: Annotated[Line | None, BeforeValidator(_yes_or_no)] = None
    remote: bool | None = None
    tech_stack: Words | None = None
    application_url: Url | None = None
    url: Url | None = None
    notes: LongText | None = None
    documents_required: Words | None = None

    def values(self, known: "JobView | None" = None) -> dict[str, Any]:
        """By our own names, without what was not sent. Of two names for one thing, the one that differs from `known`.

        The client's undo sends a whole job back, and its forms spread one and change a single field.
        """
        sent = self.model_dump(exclude_unset=True)
        remote = sent.pop("remote", None)
        unsaid = "remote_option" not in sent or _kept(sent, known, "remote_option")
        if remote is not None and unsaid and (known is None or known.remote != remote):
            sent["remote_option"] = _yes_or_no(remote)
        if "url" in sent:
            url = sent.pop("url")
            if "application_url" not in sent or _kept(sent, known, "application_url"):
                sent["application_url"] = url
        for name in ("tech_stack", "documents_required"):
            if name in sent:
                sent[name] = sent[name] or []
        if "status" in sent:
            sent["status"] = STAGES[sent["status"]]
        return {OURS.get(name, name): value for name, value in sent.items()}


def _kept(sent: dict[str, Any], known: "JobView | None", name: str) -> bool:
    return sent[name] is None or (known is not None and sent[name] == getattr(known, name))


class JobIn(JobFields):
    company: Named
    title: Named
    source: Annotated[Source, BeforeValidator(_known_source)] = "manual"


class JobChange(JobFields):
    """What is absent stays; company and title cannot be emptied. Keys that only the answer has are read over."""

    company: Named = ""
    title: Named = ""
    source: Source = "manual"
    status: Status = "not_applied"
    date_applied: datetime | None = None


class JobView(BaseModel):
    """`match_score` is there only where something was scored."""

    id: int
    user_id: int
    company: str
    title: str
    location: str | None
    description: str | None
    requirements: str | None
    responsibilities: str | None
    salary_min: int | None
    salary_max: int | None
    currency: str | None
    salary_range: str | None
    job_type: str | None
    remote_option: str | None
    remote: bool
    tech_stack: list[str]
    documents_required: list[str] | None
    application_url: str | None
    url: str | None
    source: str
    status: str
    date_applied: datetime | None
    notes: str | None
    created_at: datetime
    updated_at: datetime

    @classmethod
    def of(cls, job: TrackedJob | Posting, *, user_id: int) -> Self:
        return cls(**_values(job, user_id))


class RecommendedJob(JobView):
    match_score: float

    @classmethod
    def scored(cls, job: TrackedJob, score: float) -> Self:
        return cls(**_values(job, job.user_id), match_score=score)


def _values(job: TrackedJob | Posting, user_id: int) -> dict[str, Any]:
    """A posting that nobody tracks is a job not applied for."""
    own = _of_tracked(job) if isinstance(job, TrackedJob) else _of_posting(job)
    return {
        "id": job.id,
        "user_id": user_id,
        "company": job.company or "",
        "title": job.title,
        "location": job.location or None,
        "description": job.description or None,
        "salary_min": job.salary_min,
        "salary_max": job.salary_max,
        "currency": job.salary_currency,
        "job_type": job_type_of(job.job_type),
        "application_url": job.url or None,
        "url": job.url or None,
        "source": source_of(job.source),
        "created_at": job.created_at,
        "updated_at": job.updated_at,
        **own,
    }


def _of_tracked(job: TrackedJob) -> dict[str, Any]:
    copied = ("requirements", "responsibilities", "salary_range", "tech_stack", "documents_required", "date_applied")
    return {
        **{name: getattr(job, name) for name in copied},
        "remote_option": remote_option_of(job.remote_option),
        "remote": (job.remote_option or "").lower() in REMOTE,
        "status": status_of(job.stage),
        "notes": job.notes,
    }


def _of_posting(posting: Posting) -> dict[str, Any]:
    absent = ("requirements", "responsibilities", "salary_range", "date_applied", "notes")
    return {
        **dict.fromkeys(absent),
        "tech_stack": posting.skills or posting.tags,
        "documents_required": [],
        "remote_option": remote_option_of(posting.remote_type),
        "remote": posting.remote_type == "full",
        "status": status_of("new"),
    }


class JobPreview(BaseModel):
    id: int
    title: str
    company: dict[str, str | None]
    location: str | None
    salary: dict[str, int | str | None] | None
    type: str
    postedAt: datetime  # noqa: N815 — the client's spelling
    tags: list[str]
    source: str | None

    @classmethod
    def of(cls, job: TrackedJob | Posting) -> Self:
        low, high = job.salary_min, job.salary_max
        posted = job.posted_at if isinstance(job, Posting) else None
        return cls(
            id=job.id,
            title=job.title,
            company={"name": job.company or "", "logo": None},
            location=job.location or None,
            salary={"min": low, "max": high, "currency": job.salary_currency} if low or high else None,
            type=job_type_of(job.job_type) or "full-time",
            postedAt=posted or job.created_at,
            tags=job.tags if isinstance(job, Posting) else job.tech_stack,
            source=source_of(job.source),
        )


class JobQuery(BaseModel):
    """`use_cache` is read over: what is found is always what there is now."""

    query: Annotated[Plain, StringConstraints(max_length=200)] = ""
    location: Annotated[Plain, StringConstraints(strip_whitespace=True, max_length=200)] = ""
    remote_only: bool = False
    job_type: Annotated[Plain, StringConstraints(strip_whitespace=True, to_lower=True, max_length=50)] | None = None
    min_salary: int | None = Field(None, ge=-_MOST, le=_MOST)
    max_salary: int | None = Field(None, ge=-_MOST, le=_MOST)
    tech_stack: list[Line] = Field(
        default_factory=list, max_length=50, validation_alias=AliasChoices("tech_stack", "tech_stack[]")
    )
    skip: int = 0
    limit: int = 100
    use_cache: bool = True

    def wanted(self) -> JobFilter:
        named = ("query", "location", "remote_only", "min_salary", "max_salary")
        return JobFilter(
            **{name: getattr(self, name) for name in named},
            job_type=self.job_type or None,
            skills=tuple(filter(None, self.tech_stack)),
        )


class JobInsights(BaseModel):
    """`status_breakdown` counts the person's own jobs; the rest, these and what boards posted in the time together."""

    timeframe_days: int
    total_jobs: int
    status_breakdown: dict[str, int]
    source_breakdown: dict[str, int]
    top_locations: dict[str, int]
    remote_jobs: int
    remote_percentage: float
    salary_histogram: list[dict[str, int | None]]
    generated_at: datetime = Field(default_factory=utc_now)
