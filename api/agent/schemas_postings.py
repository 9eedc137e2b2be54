"""The agent's shapes of jobs that people keep for themselves, of skills, and of a refresh of the catalogue."""

from datetime import datetime
from typing import Annotated, Any, Self

from fastapi import Path
from pydantic import AfterValidator, BaseModel, BeforeValidator, Field, StringConstraints

from models.posting import Posting
from models.skill import CustomSkill
from services.posting_text import ReadPosting

_MOST = 2_000_000_000  # what a column of whole numbers takes


def _blank_is_none(value: Any) -> Any:
    return None if isinstance(value, str) and not value.strip() else value


def _without_nul(value: Any) -> Any:
    return value.replace("\x00", "") if isinstance(value, str) else value


def _whole_characters(value: str) -> str:
    """Refuses what UTF-8 cannot write: half a character."""
    value.encode()
    return value


JobId = Annotated[int, Path(ge=1, le=2**63 - 1)]
Plain = Annotated[str, BeforeValidator(_without_nul), AfterValidator(_whole_characters)]
Line = Annotated[Plain, StringConstraints(strip_whitespace=True, max_length=255)]
Required = Annotated[Line, Field(min_length=1)]
Optional = Annotated[Line | None, BeforeValidator(_blank_is_none)]
Url = Annotated[
    Annotated[Plain, StringConstraints(strip_whitespace=True, max_length=500)] | None,
    BeforeValidator(_blank_is_none),
]
Text = Annotated[Plain, StringConstraints(min_length=1, max_length=200_000)]
Salary = Annotated[int, Field(ge=0, le=_MOST)]
Tags = Annotated[list[Line], Field(max_length=100)]
Currency = Annotated[Plain, StringConstraints(strip_whitespace=True, to_upper=True, max_length=8)]


class JobText(BaseModel):
    """Too short a text is told apart by the reader, as a 400."""

    job_text: Plain = Field(max_length=200_000)


class UserJobIn(BaseModel):
    title: Required
    company: Optional = None
    description: Text
    url: Url = None
    location: Optional = None
    remote_type: Optional = None
    job_type: Optional = None
    salary_min: Salary | None = None
    salary_max: Salary | None = None
    salary_currency: Currency | None = "USD"
    tags: Tags | None = Field(default_factory=list)


class UserJobChange(BaseModel):
    """What is absent stays as it is; title and description cannot be emptied."""

    title: Required = ""
    company: Optional = None
    description: Text = ""
    url: Url = None
    location: Optional = None
    remote_type: Optional = None
    job_type: Optional = None
    salary_min: Salary | None = None
    salary_max: Salary | None = None
    salary_currency: Currency | None = None
    tags: Tags | None = None


class ParsedJob(BaseModel):
    """What `UserJobIn` takes, so that a client may send it on."""

    title: str
    company: str | None
    description: str
    url: str | None
    location: str | None
    remote_type: str | None
    job_type: str | None
    salary_min: int | None
    salary_max: int | None
    salary_currency: str
    tags: list[str]

    @classmethod
    def of(cls, read: ReadPosting) -> Self:
        values = {name: getattr(read, name) for name in cls.model_fields}
        return cls.model_validate(values | {"salary_currency": read.salary_currency or "USD"})


class UserJob(BaseModel):
    id: int
    user_id: int
    title: str
    company: str | None
    description: str
    url: str | None
    source: str
    tags: list[str]
    salary_min: int | None
    salary_max: int | None
    salary_currency: str
    location: str | None
    remote_type: str | None
    job_type: str | None
    created_at: datetime
    updated_at: datetime

    @classmethod
    def of(cls, posting: Posting) -> Self:
        values = {name: getattr(posting, name) for name in cls.model_fields if name != "user_id"}
        return cls.model_validate(
            values
            | {
                "user_id": posting.owner_user_id,
                "url": posting.url or None,
                "location": posting.location or None,
                "salary_currency": posting.salary_currency or "USD",
            }
        )


class UserJobs(BaseModel):
    jobs: list[UserJob]
    total: int


class RefreshStarted(BaseModel):
    message: str
    sources: list[str]
    scrape_log_id: int
    status: str


class SkillNames(BaseModel):
    skills: list[str]
    source: str = "job_tags_and_custom_skills"
    total: int


class CountedSkill(BaseModel):
    skill: str
    count: int


class CountedSkills(BaseModel):
    skills: list[CountedSkill]


class SkillIn(BaseModel):
    skill: Annotated[
        str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100, pattern=r"^[\w#+.\-/() ]+$")
    ]


class SkillKept(BaseModel):
    id: int
    skill: str
    usage_count: int
    created_at: datetime
    created: bool

    @classmethod
    def of(cls, skill: CustomSkill, *, created: bool) -> Self:
        return cls(
            id=skill.id,
            skill=skill.name,
            usage_count=skill.usage_count,
            created_at=skill.created_at,
            created=created,
        )
