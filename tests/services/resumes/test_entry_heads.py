"""Employers drawn exactly like the headings of the sections: they are no sections."""

from services.resumes.sections.finding import sections
from services.resumes.sections.headings import Kind
from services.resumes.text import Style
from services.resumes.understanding import read_profile
from tests.services.resumes.drawing import BOLD, LARGE, PLAIN, at, page
from tests.services.resumes.small_sections import AS_OF

HEAD = Style("Body", 10.0, bold=True)


def test_what_stands_right_below_a_heading_and_looks_like_it_opens_the_first_entry() -> None:
    lines = [at(60, 20, "Ilse Marwitz", LARGE)]
    lines += [at(60, 60, "Summary", HEAD), at(60, 76, "Printer of sea charts with a steady hand and twelve seasons.")]
    lines += [at(60, 110, "Work Experience", HEAD)]
    top = 130
    for house, post, period in [
        ("Tavistock, Exeter", "Engraver", "May 2019 – Present"), ("Lowther, Leeds", "Printer", "June 2014 – April 2019")
    ]:  # fmt: skip
        lines += [at(60, top, house, HEAD), at(60, top + 14, period), at(200, top + 14, post, BOLD)]
        lines += [at(200, top + 28, "Looked after the plates of forty charts.", PLAIN)]
        top += 52
    lines += [at(60, top + 10, "Skills", HEAD), at(60, top + 26, "Etching, Gilding, Lettering")]
    text = page(*lines)
    kinds = [part.kind for part in sections(text)]
    assert kinds == [None, Kind.SUMMARY, Kind.EXPERIENCE, Kind.SKILLS]
    found = read_profile(text, as_of=AS_OF)
    assert [(job.company, job.title, job.start) for job in found.experience] == [
        ("Tavistock", "Engraver", "2019-05"),
        ("Lowther", "Printer", "2014-06"),
    ]
    assert found.skills == ("Etching", "Gilding", "Lettering")
