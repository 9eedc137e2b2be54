"""One section drawn line by line, and what is read from it: for rules that need a few rows and nothing else."""

from datetime import date

from services.resumes.profile import Education, Experience
from services.resumes.text import Line, Style
from services.resumes.understanding import read_profile
from tests.services.resumes.drawing import HEADING, LARGE, PLAIN, at, page

AS_OF = date(2026, 11, 1)
ITALIC = Style("Body", 10.0, italic=True)
SMALL = Style("Body", 8.0)
NAME = at(60, 20, "Ilse Marwitz", LARGE)
MIDDLE = 300.0


def told(*rows: Line, heading: str = "Work Experience") -> tuple[tuple[Experience, ...], tuple[Education, ...]]:
    drawn = [at(60, 80, heading, HEADING), *rows] if heading else rows
    profile = read_profile(page(NAME, *drawn), as_of=AS_OF)
    return profile.experience, profile.education


def jobs(*rows: Line, heading: str = "Work Experience") -> list[tuple[str, str, str, str]]:
    return [(job.title, job.company, job.start, job.end) for job in told(*rows, heading=heading)[0]]


def studies(*rows: Line) -> list[tuple[str, str, str]]:
    return [(study.degree, study.field, study.institution) for study in told(*rows, heading="Education")[1]]


def middle(top: float, words: str, style: Style = PLAIN) -> Line:
    return at(MIDDLE - 0.25 * style.size * len(words), top, words, style)
