"""Forms whose parts are numbered, as the development banks': a part's name may run into its text."""

from datetime import date

from services.resumes.page.rows import rows
from services.resumes.sections.finding import sections
from services.resumes.sections.headings import Kind
from services.resumes.sections.numbered import numbered_parts
from services.resumes.text import Box, ExtractedText, Line, Run, Style
from services.resumes.understanding import read_profile

FORM = [
    "1. Name of Expert: Halvard Pilskog",
    "2. Nationality: Norwegian",
    "3. Education:",
    "Institution (degree)\tQualification obtained\tPeriod",
    "Bergen School of Hydraulics\tMSc, Water Engineering\t2001 – 2003",
    "4. Membership of Professional Bodies: Guild of Dam Keepers",
    "5. Key Qualifications: Flood forecasting, Sluice design, QGIS",
    "6. Employment Record:",
    "From / To\t2011 – Present",
    "Employer\tPilskog & Daughters",
    "Position held\tReservoir Adviser",
    "Detailed tasks\t– Rebuilt the spillway in Odda.",
    "From / To\t2003 – 2010",
    "Employer\tVestlandet Kraft",
    "Position held\tDam Warden",
    "Detailed tasks\t– Kept nine dams.",
    "7. Certification: I certify that this describes me.",
]


def lines(texts: list[str]) -> list[Line]:
    found = []
    for number, text in enumerate(texts):
        for at, part in enumerate(text.split("\t")):
            x, top = 50.0 + 160 * at, 40.0 + 16 * number
            label, colon, value = part.partition(": ")
            runs = [Run(label + colon, Style(bold=True)), Run(value)] if value else [Run(part)]
            found.append(Line(1, Box(x, top, x + 5 * len(part), top + 12), tuple(runs)))
    return found


def test_the_parts_are_sections_and_their_values_are_read() -> None:
    text = ExtractedText("pdf", 1, tuple(lines(FORM)))
    assert [part.kind for part in sections(text) if part.rows or part.title] == [
        None, Kind.EDUCATION, Kind.OTHER, Kind.SKILLS, Kind.EXPERIENCE, Kind.CERTIFICATIONS,
    ]  # fmt: skip
    profile = read_profile(text, as_of=date(2026, 1, 1))
    assert [(job.title, job.company, job.start) for job in profile.experience] == [
        ("Reservoir Adviser", "Pilskog & Daughters", "2011"),
        ("Dam Warden", "Vestlandet Kraft", "2003"),
    ]
    assert profile.skills == ("Flood forecasting", "Sluice design", "QGIS")
    assert [study.institution for study in profile.education] == ["Bergen School of Hydraulics"]


def test_other_numbers_are_left_alone() -> None:
    papers = [f"{number}. Pilskog, H.: On dams, part {'i' * number}" for number in range(1, 8)]
    found = rows(lines(papers))
    assert numbered_parts(found) == (found, {})
    gaps = ["1. Name: A", "3. Education: B", "2. Skills: C", "7. Languages: D", "9. Experience: E"]
    found = rows(lines(gaps))
    assert numbered_parts(found)[1] == {}
