"""The analyzer's shapes. Fields that its client duplicates under a second name are filled from the first."""

from datetime import datetime
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import BaseModel, Field

from services.analyses import Analysis
from services.exports.record import ADVICE, linkedin_of, position, study
from services.resume_uploads import StoredUpload

# A key that the contract leaves away where there is nothing to say, rather than answer null.
Omitted = Annotated[str | None, Field(exclude_if=lambda value: value is None)]
_BEYOND_A_NUMBER = 128 - 53  # JavaScript counts exactly up to 53 bits


class UploadView(BaseModel):
    id: int
    filename: str
    file_name: str
    linkedin_url: str | None
    file_size: int
    mime_type: str
    upload_date: datetime
    created_at: datetime
    updated_at: datetime
    user_id: int
    job_id: Omitted = None
    message: Omitted = None

    @classmethod
    def of(cls, stored: StoredUpload, *, job_id: str | None = None, message: str | None = None) -> Self:
        upload = stored.upload
        return cls(
            id=upload.id,
            filename=upload.filename,
            file_name=upload.filename,
            linkedin_url=upload.linkedin_url,
            file_size=stored.blob.size,
            mime_type=stored.blob.content_type,
            upload_date=upload.created_at,
            created_at=upload.created_at,
            updated_at=upload.updated_at,
            user_id=upload.user_id,
            job_id=job_id,
            message=message,
        )


class UploadPage(BaseModel):
    uploads: list[UploadView]
    count: int
    limit: int
    offset: int


class JobStarted(BaseModel):
    job_id: str
    status: str = "queued"
    message: str = "Analysis queued"


class AnalyzeStarted(BaseModel):
    """What the client's own `/api/analyze` expects."""

    status: str = "analysis_started"
    job_id: str
    upload_id: int
    message: str = "Analysis queued"


class JobView(BaseModel):
    """`status` is one of the analyzer's seven. `id` is the number its client lists jobs by: the head of the UUID."""

    id: int
    job_id: str
    upload_id: int
    user_id: Annotated[int | None, Field(exclude_if=lambda value: value is None)]
    status: str
    progress: int
    current_step: str
    error_message: str | None
    created_at: datetime
    updated_at: datetime
    completed_at: datetime | None
    extracted_text: Omitted = None

    @classmethod
    def of(cls, analysis: Analysis) -> Self:
        run = analysis.run
        return cls(
            id=run.id.int >> _BEYOND_A_NUMBER,
            job_id=str(run.id),
            upload_id=analysis.upload_id,
            user_id=run.user_id,
            status=analysis.state,
            progress=run.progress,
            current_step=run.message or analysis.state.replace("_", " ").capitalize(),
            error_message=run.error_message or (run.message if run.status == "cancelled" else None),
            created_at=run.created_at,
            updated_at=run.updated_at,
            completed_at=run.finished_at,
            extracted_text=analysis.reading.plain_text if analysis.reading else None,
        )


class UploadJobs(BaseModel):
    upload_id: int
    count: int
    jobs: list[JobView]


class JobDeleted(BaseModel):
    success: bool = True
    message: str = "Analysis deleted"
    job_id: str


class JobRetried(BaseModel):
    success: bool = True
    message: str = "Analysis queued again"
    job_id: str
    status: str = "queued"


class JobIds(BaseModel):
    job_ids: Annotated[list[UUID], Field(min_length=1, max_length=100)]


class JobsDeleted(BaseModel):
    success: bool = True
    deleted_count: int
    deleted_jobs: list[str]
    message: str


class UploadDeleted(BaseModel):
    message: str = "Upload deleted with its analyses"


class ResultView(BaseModel):
    job_id: str
    status: str
    upload_id: int
    name: Omitted
    email: Omitted
    phone: Omitted
    linkedin_url: Omitted
    location: Omitted
    total_work_years: float
    skills: dict[str, list[str]]
    experience: list[dict[str, Any]]
    education: list[dict[str, Any]]
    summary: Omitted
    job_recommendations: list[str]
    strengths: list[str]
    weaknesses: list[str]
    created_at: datetime
    completed_at: Annotated[datetime | None, Field(exclude_if=lambda value: value is None)]


def result_view(analysis: Analysis) -> ResultView:
    """Of a completed analysis."""
    assert analysis.reading is not None
    profile, insights = analysis.reading.profile or {}, analysis.reading.insights or {}
    return ResultView(
        job_id=str(analysis.run.id),
        status="completed",
        upload_id=analysis.upload_id,
        name=profile["name"] or None,
        email=profile["email"] or None,
        phone=profile["phone"] or None,
        linkedin_url=linkedin_of(profile),
        location=profile["location"] or None,
        total_work_years=profile["years_of_experience"],
        skills=insights["skills"],
        experience=[position(job, profile["as_of"]) for job in profile["experience"]],
        education=[study(one) for one in profile["education"]],
        summary=profile["summary"] or None,
        created_at=analysis.run.created_at,
        completed_at=analysis.run.finished_at,
        **{name: insights[name] for name in ADVICE},
    )
