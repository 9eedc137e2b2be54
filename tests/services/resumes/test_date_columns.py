"""Periods at the right edge in rows of their own: level with nothing, they date what stands beside them."""

import pytest

from services.resumes.page.layout import in_reading_order
from services.resumes.text import Line
from services.resumes.understanding import read_profile
from tests.services.resumes.drawing import BOLD, HEADING, at, page
from tests.services.resumes.small_sections import AS_OF, NAME

ENTRIES = [
    ("Map Printer, Tavistock Charts", "NOV 2019 - NOW"),
    ("Engraver, Lowther Plates", "MAY 2014 - OCT 2019"),
    ("Colour Mixer, Dunmore Ink", "FEB 2012 - APR 2014"),
    ("Apprentice, Cray & Moss", "SEP 2009 - JAN 2012"),
]


def drawn(lowered: float) -> list[Line]:
    lines = [NAME, at(60, 90, "Work Experience", HEADING)]
    for number, (names, period) in enumerate(ENTRIES):
        top = 120 + 60 * number
        lines += [at(60, top, names, BOLD), at(420, top + lowered, period)]
        lines += [
            at(80, top + 25, "• Looked after the printing of sea charts"),
            at(80, top + 38, "• Mixed the inks by hand"),
        ]
    return lines


@pytest.mark.parametrize("lowered", [4.0, 12.0])
def test_each_is_read_beside_its_entry(lowered: float) -> None:
    found = read_profile(page(*in_reading_order(drawn(lowered), 595, 842)), as_of=AS_OF).experience
    assert [job.start for job in found] == ["2019-11", "2014-05", "2012-02", "2009-09"]
    assert [f"{job.title}, {job.company}" for job in found] == [names for names, _ in ENTRIES]
