"""A profile in the JSON Resume schema (1.0.0)."""

from typing import Any

from services.resumes.profile import Education, Experience, Link, Project, ResumeProfile


def to_json_resume(profile: ResumeProfile) -> dict[str, Any]:
    """Empty values are left out, as the schema asks."""
    plain = [link for link in profile.links if not link.network and "://" in link.url]
    answer = {
        "basics": {
            "name": profile.name,
            "label": profile.headline,
            "email": profile.email,
            "phone": profile.phone,
            "url": plain[0].url if plain else "",
            "summary": profile.summary,
            "location": {"address": profile.location} if profile.location else {},
            "profiles": [_profile(link) for link in profile.links if link not in plain],
        },
        "work": [_work(job, "name") for job in profile.experience],
        "volunteer": [_work(job, "organization") for job in profile.volunteering],
        "education": [_study(study) for study in profile.education],
        "skills": [
            {"name": group.name, "level": group.level, "keywords": list(group.skills)}
            if group.name
            else {"name": skill}
            for group in profile.skill_groups
            for skill in (group.skills if not group.name else ("",))
        ],
        "languages": [{"language": item.name, "fluency": item.level} for item in profile.languages],
        "projects": [_project(project) for project in profile.projects],
        "publications": [
            {"name": p.name, "publisher": p.publisher, "releaseDate": p.date} for p in profile.publications
        ],
        "certificates": [{"name": c.name, "issuer": c.issuer, "date": c.date} for c in profile.certifications],
    }
    kept: dict[str, Any] = _without_empty(answer)
    return kept


def _profile(link: Link) -> dict[str, str]:
    url = link.url if "://" in link.url else ""
    return {"network": link.network, "username": link.username, "url": url}


def _work(job: Experience, name: str) -> dict[str, Any]:
    return {
        name: job.company,
        "position": job.title,
        "location": job.location,
        "url": job.url,
        "startDate": job.start,
        "endDate": job.end,
        "summary": job.description,
        "highlights": list(job.highlights),
    }


def _study(study: Education) -> dict[str, str]:
    return {
        "institution": study.institution,
        "studyType": study.degree,
        "area": study.field,
        "startDate": study.start,
        "endDate": study.end,
    }


def _project(project: Project) -> dict[str, Any]:
    return {
        "name": project.name,
        "description": project.description,
        "startDate": project.start,
        "endDate": project.end,
        "url": project.url,
        "highlights": list(project.highlights),
    }


def _without_empty(value: Any) -> Any:
    if isinstance(value, dict):
        kept = {key: _without_empty(item) for key, item in value.items()}
        return {key: item for key, item in kept.items() if item not in ("", [], {})}
    return [_without_empty(item) for item in value] if isinstance(value, list) else value
