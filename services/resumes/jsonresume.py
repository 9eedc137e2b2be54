"""A profile in the JSON Resume schema (1.0.0)."""

import re
from typing import Any

from services.resumes.contact.emails import EMAIL
from services.resumes.profile import Education, Experience, Link, Project, ResumeProfile, SkillGroup

_DAY = re.compile(r"[12]\d{3}(-[01]\d(-[0-3]\d)?)?")
_URL = re.compile(r"https?://\S+", re.IGNORECASE)


def to_json_resume(profile: ResumeProfile) -> dict[str, Any]:
    """Empty values are left out, as the schema asks, and those that its forms have no room for."""
    plain = [link for link in profile.links if not link.network and _url(link.url)]
    answer = {
        "basics": {
            "name": profile.name,
            "label": profile.headline,
            "email": profile.email if EMAIL.fullmatch(profile.email) else "",
            "phone": profile.phone,
            "url": plain[0].url if plain else "",
            "summary": profile.summary,
            "location": {"address": profile.location} if profile.location else {},
            "profiles": [_profile(link) for link in profile.links if link not in plain],
        },
        "work": [_work(job, "name") for job in profile.experience],
        "volunteer": [_work(job, "organization") for job in profile.volunteering],
        "education": [_study(study) for study in profile.education],
        "skills": _skills(profile),
        "languages": [{"language": item.name, "fluency": item.level} for item in profile.languages],
        "projects": [_project(project) for project in profile.projects],
        "publications": [
            {"name": p.name, "publisher": p.publisher, "releaseDate": _day(p.date)} for p in profile.publications
        ],
        "certificates": [{"name": c.name, "issuer": c.issuer, "date": _day(c.date)} for c in profile.certifications],
    }
    kept: dict[str, Any] = _without_empty(answer)
    return kept


def _profile(link: Link) -> dict[str, str]:
    return {"network": link.network, "username": link.username, "url": _url(link.url)}


def _skills(profile: ResumeProfile) -> list[dict[str, Any]]:
    """Named groups with their keywords; a skill of no group stands for itself."""
    groups = profile.skill_groups
    grouped = {skill.casefold() for group in groups for skill in group.skills}
    alone = SkillGroup("", tuple(skill for skill in profile.skills if skill.casefold() not in grouped))
    return [
        {"name": group.name, "level": group.level, "keywords": list(group.skills)} if group.name else {"name": skill}
        for group in (*groups, alone)
        for skill in (group.skills if not group.name else ("",))
    ]


def _url(text: str) -> str:
    return text if _URL.fullmatch(text) else ""


def _day(partial: str) -> str:
    return partial if _DAY.fullmatch(partial) else ""


def _work(job: Experience, name: str) -> dict[str, Any]:
    return {
        name: job.company,
        "position": job.title,
        "location": job.location,
        "url": _url(job.url),
        "startDate": _day(job.start),
        "endDate": _day(job.end),
        "summary": job.description,
        "highlights": list(job.highlights),
    }


def _study(study: Education) -> dict[str, str]:
    return {
        "institution": study.institution,
        "studyType": study.degree,
        "area": study.field,
        "startDate": _day(study.start),
        "endDate": _day(study.end),
    }


def _project(project: Project) -> dict[str, Any]:
    return {
        "name": project.name,
        "description": project.description,
        "startDate": _day(project.start),
        "endDate": _day(project.end),
        "url": _url(project.url),
        "highlights": list(project.highlights),
    }


def _without_empty(value: Any) -> Any:
    if isinstance(value, dict):
        kept = {key: _without_empty(item) for key, item in value.items()}
        return {key: item for key, item in kept.items() if item not in ("", [], {})}
    if isinstance(value, list):
        return [item for item in map(_without_empty, value) if item not in ("", [], {})]
    return value.strip() if isinstance(value, str) else value
