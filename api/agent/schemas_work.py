"""The agent's shapes of CVs, jobs, matches and cover letters."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal, Self

from pydantic import BaseModel, Field

from models.match import GeneratedContent, Match
from models.posting import Posting
from services.postings.groups import Carrier
from services.refreshing import Refresh

_LISTED_CHARACTERS = 500


class CvUploaded(BaseModel):
    message: str
    filename: str
    parsed_cv: dict[str, Any] | None
    file_size: int
    content_type: str
    cv_text_length: int
    uploaded_at: datetime


class JobView(BaseModel):
    id: int
    source: str
    source_id: str
    url: str
    title: str
    company: str | None
    description: str
    salary_min: int | None
    salary_max: int | None
    salary_currency: str | None
    location: str
    remote_type: str
    job_type: str
    tags: list[str]
    eligible_regions: list[str] | None
    visa_sponsorship: int | None
    posted_at: datetime | None
    scraped_at: datetime | None

    @classmethod
    def of(cls, posting: Posting, *, shortened: bool) -> Self:
        text = posting.description
        if shortened and len(text) > _LISTED_CHARACTERS:
            text = text[:_LISTED_CHARACTERS] + "..."
        return cls(**cls._values(posting), description=text)

    @staticmethod
    def _values(posting: Posting) -> dict[str, Any]:
        return {
            "id": posting.id,
            "source": posting.source,
            "source_id": posting.source_id,
            "url": posting.url,
            "title": posting.title,
            "company": posting.company,
            "salary_min": posting.salary_min,
            "salary_max": posting.salary_max,
            "salary_currency": posting.salary_currency,
            "location": posting.location,
            "remote_type": posting.remote_type or "",
            "job_type": posting.job_type or "",
            "tags": posting.tags,
            "eligible_regions": posting.eligible_regions or None,
            "visa_sponsorship": None if posting.visa_sponsorship is None else int(posting.visa_sponsorship),
            "posted_at": posting.posted_at,
            "scraped_at": posting.scraped_at,
        }


class JobSource(BaseModel):
    """One of the boards that carry the opening."""

    id: int
    source: str
    source_id: str
    url: str


class JobDetail(JobView):
    raw_data: dict[str, Any] | None
    created_at: datetime
    sources: list[JobSource]

    @classmethod
    def detail(cls, posting: Posting, carriers: Sequence[Carrier]) -> Self:
        return cls(
            **cls._values(posting),
            description=posting.description,
            raw_data=posting.raw or None,
            created_at=posting.created_at,
            sources=[JobSource.model_validate(one, from_attributes=True) for one in carriers],
        )


class JobPage(BaseModel):
    jobs: list[JobView]
    total: int
    limit: int
    offset: int
    has_more: bool
    pagination: dict[str, Any]


class MatchView(BaseModel):
    """Nested `job` for the published contract, flat `job_*` for the client that was built before it."""

    id: int
    job_id: int
    user_id: int
    score: float
    status: str
    reasoning: dict[str, Any]
    analysis: str
    job: dict[str, Any]
    cover_letter: str | None
    cv_highlights: list[str] | None
    created_at: datetime
    updated_at: datetime
    applied_at: datetime | None
    job_title: str
    job_company: str
    job_url: str
    job_location: str
    job_remote_type: str
    job_salary_min: int | None
    job_salary_max: int | None

    @classmethod
    def of(cls, match: Match, posting: Posting, cover_letter: str | None) -> Self:
        named = ("id", "title", "company", "url", "salary_min", "salary_max", "location", "tags")
        return cls(
            id=match.id,
            job_id=posting.id,
            user_id=match.user_id,
            score=match.score,
            status=match.status,
            reasoning=match.reasoning,
            analysis=match.analysis,
            job={name: getattr(posting, name) for name in named},
            cover_letter=cover_letter,
            cv_highlights=None,
            created_at=match.created_at,
            updated_at=match.updated_at,
            applied_at=match.applied_at,
            job_title=posting.title,
            job_company=posting.company or "",
            job_url=posting.url,
            job_location=posting.location or "Remote",
            job_remote_type=posting.remote_type or "full",
            job_salary_min=posting.salary_min,
            job_salary_max=posting.salary_max,
        )


class MatchPage(BaseModel):
    matches: list[MatchView]
    total: int
    limit: int
    offset: int


class OneMatch(BaseModel):
    match: MatchView
    job: JobView


class RefreshStarted(BaseModel):
    status: Literal["processing", "already_processing"]
    message: str


class RefreshStatus(BaseModel):
    """`result` is there once it has completed, `updated_at` once there was anything."""

    status: Literal["none", "pending", "processing", "completed", "failed"]
    message: str
    result: dict[str, int] = Field(default_factory=dict)
    updated_at: datetime | None = None

    @classmethod
    def of(cls, found: Refresh) -> Self:
        there = {name: getattr(found, name) for name in ("result", "updated_at") if getattr(found, name) is not None}
        return cls.model_validate({"status": found.status, "message": found.message, **there})


class StatusChange(BaseModel):
    status: Literal["matched", "interested", "applied", "rejected", "hidden"]


class StatusChanged(BaseModel):
    id: int
    match_id: int
    job_id: int
    user_id: int
    score: float
    status: str
    applied_at: datetime | None
    updated_at: datetime

    @classmethod
    def of(cls, match: Match) -> Self:
        return cls(
            id=match.id,
            match_id=match.id,
            job_id=match.posting_id,
            user_id=match.user_id,
            score=match.score,
            status=match.status,
            applied_at=match.applied_at,
            updated_at=match.updated_at,
        )


class CoverLetter(BaseModel):
    """`model` says which method wrote it; `local` is rules and retrieval, no language model."""

    cover_letter: str
    cached: bool
    generated_at: datetime
    model: str
    dropped_claims: list[str] = Field(default_factory=list)

    @classmethod
    def of(cls, content: GeneratedContent, *, cached: bool) -> Self:
        return cls(
            cover_letter=content.text,
            cached=cached,
            generated_at=content.created_at,
            model=content.method,
            dropped_claims=content.dropped_claims,
        )
