"""The agent's words for a résumé profile, and back."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, Field, StringConstraints

_PRESENT = ("present", "current", "now", "today")
_NOTHING: Mapping[str, Any] = {}

# A client sends null for what is empty.
Text = Annotated[str, BeforeValidator(lambda value: "" if value is None else value), Field(max_length=500)]
LongText = Annotated[str, BeforeValidator(lambda value: "" if value is None else value), Field(max_length=20_000)]
Day = Annotated[
    str,
    BeforeValidator(lambda value: "" if value is None else value),
    StringConstraints(strip_whitespace=True, pattern=r"^((19|20)\d\d(-(0[1-9]|1[0-2])(-[0-3]\d)?)?)?$"),
]
LastDay = Annotated[
    str,
    BeforeValidator(lambda value: "" if value is None else value),
    StringConstraints(
        strip_whitespace=True,
        to_lower=True,
        pattern=rf"^((19|20)\d\d(-(0[1-9]|1[0-2])(-[0-3]\d)?)?|{'|'.join(_PRESENT)})?$",
    ),
]
Skill = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]


class CvJob(BaseModel):
    """Dates are 2021-03 or 2021; the last one may be `present`."""

    company: Text = ""
    title: Text = ""
    start_date: Day = ""
    end_date: LastDay = ""
    description: LongText = ""

    def as_read(self, before: Mapping[str, Any]) -> dict[str, Any]:
        """What the client does not show stays as it was; a changed description is points where it was points."""
        current = self.end_date in _PRESENT
        job = {"location": "", "url": "", **before, "company": self.company, "title": self.title}
        job |= {"start": self.start_date, "end": "" if current else self.end_date, "current": current}
        if not before or self.description != described(before):
            lines = [line.strip() for line in self.description.splitlines() if line.strip()]
            in_points = bool(before.get("highlights")) or len(lines) > 1
            job |= {"description": "" if in_points else self.description, "highlights": lines if in_points else []}
        return job


class CvStudy(BaseModel):
    institution: Text = ""
    degree: Text = ""
    field: Text = ""
    end_date: Day = ""

    def as_read(self, before: Mapping[str, Any]) -> dict[str, Any]:
        study = {"location": "", "start": "", "highlights": [], **before}
        return {
            **study,
            "institution": self.institution,
            "degree": self.degree,
            "field": self.field,
            "end": self.end_date,
        }


class CvCorrection(BaseModel):
    """Absent fields stay as they are; a list replaces the old one."""

    name: Text | None = None
    email: Text | None = None
    phone: Text | None = None
    summary: LongText | None = None
    skills: list[Skill] | None = Field(None, max_length=500)
    experience: list[CvJob] | None = Field(None, max_length=200)
    education: list[CvStudy] | None = Field(None, max_length=100)
    years_of_experience: float | None = Field(None, ge=0, le=70)

    def changes(self, profile: Mapping[str, Any]) -> dict[str, Any]:
        """What differs from `profile`, in its shape."""
        said = {name: value for name, value in self if name in self.model_fields_set and value is not None}
        if self.experience is not None:
            held = _held(
                profile["experience"], [(job.company, job.title) for job in self.experience], "company", "title"
            )
            said["experience"] = [job.as_read(old) for job, old in zip(self.experience, held, strict=True)]
        if self.education is not None:
            names = [(one.institution, one.degree) for one in self.education]
            held = _held(profile["education"], names, "institution", "degree")
            said["education"] = [one.as_read(old) for one, old in zip(self.education, held, strict=True)]
        return {name: value for name, value in said.items() if value != profile[name]}


def _held(
    read: Sequence[Mapping[str, Any]], named: Sequence[tuple[str, str]], first: str, second: str
) -> list[Mapping[str, Any]]:
    """The entry that each sent one was: of the same two names, else at the same place of a list as long."""
    by_name = {(one[first], one[second]): one for one in reversed(read)}
    by_place = read if len(read) == len(named) else [_NOTHING] * len(named)
    return [by_name.get(names, old) for names, old in zip(named, by_place, strict=True)]


def described(job: Mapping[str, Any]) -> str:
    return "\n".join(part for part in (job["description"], *job["highlights"]) if part)


def parsed_cv(profile: Mapping[str, Any]) -> dict[str, Any]:
    """The résumé profile in the agent's words."""
    return {
        "name": profile["name"],
        "email": profile["email"] or None,
        "phone": profile["phone"] or None,
        "summary": profile["summary"],
        "skills": profile["skills"],
        "experience": [
            {
                "company": job["company"],
                "title": job["title"],
                "start_date": job["start"] or None,
                "end_date": "present" if job["current"] else job["end"] or None,
                "description": described(job),
            }
            for job in profile["experience"]
        ],
        "education": [
            {
                "institution": one["institution"],
                "degree": one["degree"],
                "field": one["field"] or None,
                "end_date": one["end"] or None,
            }
            for one in profile["education"]
        ],
        "years_of_experience": profile["years_of_experience"],
    }
