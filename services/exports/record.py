"""An analysis in the words of its published contract: groups of skills, years per position, advice."""

from collections.abc import Iterator, Mapping
from typing import Any

from services.resume_insights import years_between

ADVICE = ("job_recommendations", "strengths", "weaknesses")


def record(profile: Mapping[str, Any], insights: Mapping[str, Any]) -> dict[str, Any]:
    """JSON-safe. What a résumé does not say is null where the contract promises a key, and left out elsewhere."""
    person = {name: profile[name] or None for name in ("name", "email", "phone", "location")}
    linkedin = linkedin_of(profile)
    return {
        "personal_info": {
            **person,
            **({"linkedin_url": linkedin} if linkedin else {}),
            "total_work_years": profile["years_of_experience"],
        },
        "skills": {"Technical": insights["skills"]["technical"], "Soft Skills": insights["skills"]["soft"]},
        "experience": [_without_null(position(job, profile["as_of"])) for job in profile["experience"]],
        "education": [study(one) for one in profile["education"]],
        "summary": profile["summary"] or None,
        **{name: insights[name] for name in ADVICE},
    }


def linkedin_of(profile: Mapping[str, Any]) -> str | None:
    return next((link["url"] for link in profile["links"] if "linkedin" in link["url"]), None)


def position(job: Mapping[str, Any], as_of: str) -> dict[str, Any]:
    return {
        "company": job["company"],
        "role": job["title"],
        "years": years_between(job["start"], job["end"], current=job["current"], as_of=as_of),
        "description": "\n".join(part for part in (job["description"], *job["highlights"]) if part),
        "start_date": job["start"] or None,
        "end_date": "present" if job["current"] else job["end"] or None,
    }


def study(one: Mapping[str, Any]) -> dict[str, Any]:
    year = one["end"][:4]
    return {
        "degree": ", ".join(part for part in (one["degree"], one["field"]) if part),
        "institution": one["institution"],
        "year": int(year) if year.isdigit() else None,
    }


def rows(facts: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """A record as (section, key, value), one row a value. Entries are numbered: "Company 1", "Role 1"."""
    for key, value in facts["personal_info"].items():
        yield "PERSONAL INFORMATION", _LABELS.get(key, key), _shown(value)
    for group, skills in facts["skills"].items():
        yield from (("SKILLS", group, skill) for skill in skills)
    for section, name in (("WORK EXPERIENCE", "experience"), ("EDUCATION", "education")):
        for number, entry in enumerate(facts[name], start=1):
            for key, value in entry.items():
                yield section, f"{_LABELS.get(key, key)} {number}", _shown(value)
    yield "SUMMARY", "Summary", _shown(facts["summary"])
    for name in ADVICE:
        section = name.replace("_", " ").upper()
        yield from ((section, str(number), text) for number, text in enumerate(facts[name], start=1))


_LABELS = {
    "name": "Name",
    "email": "Email",
    "phone": "Phone",
    "location": "Location",
    "linkedin_url": "LinkedIn",
    "total_work_years": "Total Work Years",
    "company": "Company",
    "role": "Role",
    "years": "Years",
    "description": "Description",
    "start_date": "Start Date",
    "end_date": "End Date",
    "degree": "Degree",
    "institution": "Institution",
    "year": "Year",
}


def _shown(value: object) -> str:
    return "" if value is None else str(value)


def _without_null(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value is not None}
