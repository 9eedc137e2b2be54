"""A résumé that we wrote is read back as it was: what an applicant tracking system sees is what the person meant."""

import random
from collections import defaultdict
from datetime import UTC, date, datetime

import pytest

from services.exports.document import document_of
from services.exports.pdf import write_pdf
from services.exports.word import write_docx
from services.resumes.profile import (
    Certification,
    Education,
    Experience,
    Language,
    Link,
    Project,
    Publication,
    ResumeProfile,
    SkillGroup,
)
from services.resumes.reader import ResumeReader
from services.resumes.scoring.evaluation import Score, score, values_of, whole_jobs
from services.resumes.scoring.truth import TrueJob, Truth

DAY = date(2026, 5, 1)
NOW = datetime(2026, 5, 1, tzinfo=UTC)
WRITERS = {"pdf": write_pdf, "docx": write_docx}
LEAST = 0.98
GIVEN = ("Ines", "Tomasz", "Olúwaṣeun", "Mei-Ling", "Søren", "Chiara", "Joaquín", "Priya")
FAMILY = ("Vasquez Ortega", "Kowalczyk", "Adébáyọ̀", "Thorvaldsen", "de la Fuente", "O’Connell", "Nakamura", "Brandt")
PLACES = ("Lisbon, Portugal", "Leeds, UK", "Gdańsk, Poland", "Austin, TX", "Bergen, Norway")
EMPLOYERS = (
    "Quillmark",
    "Nordlys Shipping AS",
    "Grain & Ember Ltd",
    "City of Leeds",
    "Vantor GmbH",
    "St. Brigid Hospital",
)
TITLES = ("Staff Nurse", "Backend Engineer", "Head of Logistics", "Welder", "Product Manager", "Data Analyst")
DONE = (
    "Cut the time of the nightly import from 9 hours to 40 minutes, and wrote down how",
    "Led a team of six through two audits without a finding",
    "Trained 14 new colleagues; nine of them still work there",
    "Planned the move of the archive",
)
SCHOOLS = (
    "University of Porto",
    "Leeds Trinity University",
    "Gdańsk University of Technology",
    "Bergen Cathedral School",
)
DEGREES = (("BSc", "Nursing"), ("MSc", "Computer Science"), ("BA", "History"), ("Diploma", "Welding Technology"))
SKILLS = (
    *("Python", "PostgreSQL", "Kubernetes", "Docker", "Terraform", "Excel", "Power BI", "SAP", "TIG Welding", "Triage"),
    *("Wound Care", "Negotiation", "Route Planning", "Budgeting", "React", "TypeScript", "Go", "Rust", "Figma", "Git"),
    *("Scrum", "Machine Learning", "Statistics", "Blueprint Reading", "Forklift Operation", "Public Speaking"),
)


def someone(seed: int) -> ResumeProfile:
    """A person put together by chance; the same for the same seed."""
    chance = random.Random(seed)
    name = f"{chance.choice(GIVEN)} {chance.choice(FAMILY)}"
    skills = tuple(chance.sample(SKILLS, chance.randint(3, len(SKILLS))))
    cut = chance.randint(1, len(skills))
    groups = (SkillGroup("Tools", skills[:cut]), SkillGroup("", skills[cut:]))
    return ResumeProfile(
        name=name,
        email=f"person{seed}@example.org",
        phone=f"+44 20 7946 0{chance.randint(100, 999)}",
        location=chance.choice(PLACES),
        links=(Link(f"https://github.com/person{seed}", "GitHub", f"person{seed}"),)[: chance.randint(0, 1)],
        headline=chance.choice(("", "Engineer who writes things down")),
        summary=chance.choice(("", "Twelve years of work with people and machines. Likes small, plain solutions.")),
        skills=skills,
        skill_groups=groups if chance.random() < 0.7 else (),
        experience=_career(chance),
        education=_studies(chance),
        projects=(Project("Tidetable", "A calendar of the tides", highlights=("Used by two harbours",)),)[: seed % 2],
        publications=(Publication("On the Reading of Tides", "Harbour Press", "2019"),)[: seed % 3],
        certifications=(Certification("Certified Harbour Pilot", "Maritime Authority", "2021-06"),)[: seed % 2],
        languages=(Language("English", "native"), Language("German", "B2")),
        volunteering=(Experience("Sea Rescue Society", "Crew Member", "", "2018", "2020"),)[: seed % 2],
    )


def _career(chance: random.Random) -> tuple[Experience, ...]:
    year, jobs = 2026, []
    for number in range(chance.randint(1, 7)):
        start = year - chance.randint(1, 3)
        current = number == 0 and chance.random() < 0.5
        jobs.append(
            Experience(
                chance.choice(EMPLOYERS),
                chance.choice(TITLES),
                chance.choice(("", chance.choice(PLACES))),
                f"{start}-{chance.randint(1, 12):02}",
                "" if current else f"{year}-{chance.randint(1, 12):02}",
                current=current,
                highlights=tuple(chance.sample(DONE, chance.randint(0, len(DONE)))),
            )
        )
        year = start - chance.randint(0, 1)
    return tuple(jobs)


def _studies(chance: random.Random) -> tuple[Education, ...]:
    studies = []
    for school in chance.sample(SCHOOLS, chance.randint(1, 2)):
        degree, field = chance.choice(DEGREES)
        studies.append(Education(school, degree, field, "", f"{chance.randint(1998, 2004)}-09", "2008-06"))
    return tuple(studies)


def truth_of(profile: ResumeProfile) -> Truth:
    """What the page shows. Dates of other sections may be read or not."""
    values = values_of(profile) | {"degree": [one.degree for one in profile.education]}
    jobs = [TrueJob(job.company, job.title, job.start) for job in profile.experience]
    elsewhere = {"dates": [day for one in profile.volunteering for day in (one.start, one.end)]}
    return Truth(values, elsewhere, jobs, [one.field for one in profile.education])


@pytest.mark.parametrize("form", WRITERS)
def test_what_we_wrote_reads_back(form: str) -> None:
    """Over everybody and each field; of jobs, all three of company, title and start in one row."""
    fields: defaultdict[str, Score] = defaultdict(Score)
    jobs, wrong = Score(), []
    with ResumeReader() as reader:
        for seed in range(16):
            profile = someone(seed)
            written = WRITERS[form](document_of(profile, "Experience"), now=NOW)
            found = reader.understand(reader.extract(written, f"cv.{form}"), as_of=DAY)
            scores, differences = score(found, truth_of(profile))
            for name, one in scores.items():
                fields[name].add(one)
            jobs.add(whole_jobs(found.experience, truth_of(profile).jobs))
            wrong += [f"{seed} {note}" for note in differences]
    assert {name: one.f1 for name, one in fields.items() if one.f1 < LEAST} == {}, wrong
    assert jobs.recall >= LEAST, wrong
