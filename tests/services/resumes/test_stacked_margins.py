"""A margin with the headings, and beside each job its end above its start, at the middle of the job's height."""

import pytest

from services.resumes.page.layout import in_reading_order
from services.resumes.text import Line, Style
from services.resumes.understanding import read_profile
from tests.services.resumes.drawing import BOLD, HEADING, at, page
from tests.services.resumes.small_sections import AS_OF, NAME

GREY = Style("Body", 9.0, colour="888888")
JOBS = [
    ("Map Printer", "Tavistock Charts", "09/2019", "Present", 3),
    ("Engraver", "Lowther Plates", "05/2014", "08/2019", 2),
    ("Apprentice", "Cray & Moss", "10/2009", "04/2014", 1),
]
STUDIES = [("Diploma, Engraving", "Yarrow School of Arts", "09/2005", "06/2009", 1)]


def entries(top: float, rows: list[tuple[str, str, str, str, int]]) -> list[Line]:
    lines: list[Line] = []
    for name, house, start, end, texts in rows:
        lines += [at(122, top, name, BOLD), at(400, top, house)]
        lines += [at(122, top + 12 * (number + 1), f"– Did thing number {number}.") for number in range(texts)]
        centre = top + 6 * texts + 5
        lines += [at(48, centre - 10, end, GREY), at(48, centre + 1, start, GREY)]
        top += 12 * texts + 22
    return lines


@pytest.mark.parametrize("studies", [[], STUDIES])
def test_each_period_is_whole_and_beside_its_entry(studies: list[tuple[str, str, str, str, int]]) -> None:
    lines = [NAME, at(48, 100, "Work Experience", HEADING), *entries(124, JOBS)]
    if studies:
        lines += [at(48, 300, "Education", HEADING), *entries(324, studies)]
    profile = read_profile(page(*in_reading_order(lines, 595, 842)), as_of=AS_OF)
    assert [(job.title, job.company, job.start, job.end) for job in profile.experience] == [
        ("Map Printer", "Tavistock Charts", "2019-09", ""),
        ("Engraver", "Lowther Plates", "2014-05", "2019-08"),
        ("Apprentice", "Cray & Moss", "2009-10", "2014-04"),
    ]
    assert [(study.start, study.end) for study in profile.education] == [("2005-09", "2009-06") for _ in studies]
