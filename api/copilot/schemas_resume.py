"""The copilot's shapes of an uploaded résumé: what its contract names, and what its client reads, side by side."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import PurePath
from typing import Any, Literal, Self

from pydantic import BaseModel, Field

from services.analyses import Analysis
from services.exports.words import ENGLISH
from services.resume_uploads import StoredUpload

ParsingStatus = Literal["pending", "processing", "completed", "failed"]
_MID_YEARS, _SENIOR_YEARS = 3, 6
_NOT_READ = "Nothing was read from this file. Upload it again."


class ResumeUploaded(BaseModel):
    """The client begins to poll when `parsing_status` is `pending`, and only then."""

    upload_id: int
    filename: str
    file_size: int
    file_type: str
    parsing_status: ParsingStatus = "pending"
    created_at: datetime

    @classmethod
    def of(cls, stored: StoredUpload) -> Self:
        return cls(
            upload_id=stored.upload.id,
            filename=stored.upload.filename,
            file_size=stored.blob.size,
            file_type=PurePath(stored.upload.filename).suffix.lower().lstrip("."),
            created_at=stored.upload.created_at,
        )


class WorkView(BaseModel):
    company: str
    title: str
    duration: str
    description: str

    @classmethod
    def of(cls, job: Mapping[str, Any]) -> Self:
        return cls(
            company=job["company"],
            title=job["title"],
            duration=ENGLISH.span(job["start"], job["end"], current=job["current"]),
            description="\n".join(part for part in (job["description"], *job["highlights"]) if part),
        )


class StudyView(BaseModel):
    degree: str
    institution: str
    year: str

    @classmethod
    def of(cls, one: Mapping[str, Any]) -> Self:
        degree = ", ".join(part for part in (one["degree"], one["field"]) if part)
        return cls(degree=degree, institution=one["institution"], year=(one["end"] or one["start"])[:4])


class ExtractedData(BaseModel):
    """`contact_info` names only what was found."""

    skills: list[str]
    experience_level: str
    contact_info: dict[str, str]
    work_experience: list[WorkView]
    education: list[StudyView]

    @classmethod
    def of(cls, profile: Mapping[str, Any]) -> Self:
        return cls(
            skills=profile["skills"],
            experience_level=level_of(profile["years_of_experience"]),
            contact_info={name: profile[name] for name in ("name", "email", "phone") if profile[name]},
            work_experience=[WorkView.of(job) for job in profile["experience"]],
            education=[StudyView.of(one) for one in profile["education"]],
        )


class ParsedData(ExtractedData):
    """The same under the contract's first name. `parsing_method` says who read it."""

    summary: str = ""
    parsing_method: str = ""


class ProfileUpdates(BaseModel):
    skills_to_add: list[str]
    experience_level_suggestion: str


class Suggestions(BaseModel):
    profile_updates: ProfileUpdates


class ResumeStatus(BaseModel):
    """Everything but the status is empty until the résumé was read."""

    upload_id: int
    parsing_status: ParsingStatus
    parsing_error: str | None = None
    parsed_data: ParsedData | None = None
    extracted_data: ExtractedData | None = None
    extracted_skills: list[str] = Field(default_factory=list)
    extracted_experience: str | None = None
    extracted_contact_info: dict[str, str] = Field(default_factory=dict)
    suggestions: Suggestions | None = None
    created_at: datetime
    updated_at: datetime

    @classmethod
    def of(cls, stored: StoredUpload, analysis: Analysis | None) -> Self:
        upload = stored.upload
        view = cls(
            upload_id=upload.id,
            parsing_status=_status(analysis),
            created_at=upload.created_at,
            updated_at=analysis.run.updated_at if analysis else upload.updated_at,
        )
        if view.parsing_status == "failed":
            run = analysis.run if analysis else None
            view.parsing_error = (run.error_message or run.message) if run else _NOT_READ
        if view.parsing_status == "completed" and analysis and analysis.reading and analysis.reading.profile:
            view._show(analysis, analysis.reading.profile, analysis.reading.method or "")
        return view

    def _show(self, analysis: Analysis, profile: Mapping[str, Any], method: str) -> None:
        data = ExtractedData.of(profile)
        self.extracted_data = data
        self.parsed_data = ParsedData(**dict(data), summary=profile["summary"], parsing_method=method)
        self.extracted_skills, self.extracted_contact_info = data.skills, data.contact_info
        self.extracted_experience = data.experience_level
        updates = ProfileUpdates(skills_to_add=analysis.new_skills, experience_level_suggestion=data.experience_level)
        self.suggestions = Suggestions(profile_updates=updates)


def level_of(years: float) -> str:
    """Junior below three years, mid below six: the thresholds are ours."""
    if years < _MID_YEARS:
        return "junior"
    return "mid" if years < _SENIOR_YEARS else "senior"


def _status(analysis: Analysis | None) -> ParsingStatus:
    if analysis is None:
        return "failed"
    if analysis.state in ("completed", "failed"):
        return "completed" if analysis.state == "completed" else "failed"
    return "pending" if analysis.state == "queued" else "processing"
