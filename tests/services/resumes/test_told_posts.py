"""Jobs told as sentences, and entries that are no jobs though a heading promised work."""

import pytest

from services.resumes.text import Line, Run
from tests.services.resumes.drawing import BOLD, HEADING, PLAIN, at
from tests.services.resumes.small_sections import jobs, told

SENTENCES = [
    ("Presently working as Lead Printer in Tavistock Charts since March 2019", "• Worked as {} in {} from {}"),
    ("• Currently employed with Tavistock Charts as a Lead Printer since March 2019", "• Served as an {} at {}, {}"),
]
EARLIER = [("Engraver", "Lowther Plates", "June 2013 to February 2019"), ("Apprentice", "Dunmore Ink", "2010 to 2013")]


@pytest.mark.parametrize(("first", "form"), SENTENCES)
def test_a_sentence_names_the_post_and_the_house(first: str, form: str) -> None:
    found = jobs(
        at(60, 110, first if first[0] == "•" else f"• {first}"), at(80, 124, "Runs three shifts and two ships."),
        at(60, 150, form.format(*EARLIER[0])), at(80, 164, "Etched the plates of two banks."),
        at(60, 190, form.format(*EARLIER[1])), at(80, 204, "Mixed ink in seven colours."),
    )  # fmt: skip
    assert [(title, company) for title, company, _, _ in found] == [
        ("Lead Printer", "Tavistock Charts"),
        ("Engraver", "Lowther Plates"),
        ("Apprentice", "Dunmore Ink"),
    ]


def test_names_set_apart_within_the_sentence_are_told_from_its_words() -> None:
    lines: list[Line] = []
    for number, (title, company, period) in enumerate(EARLIER):
        line = at(60, 110 + 40 * number, f"Worked as {title} in {company}, Exeter from {period}")
        runs = (Run("Worked as ", PLAIN), Run(title, BOLD), Run(f" in {company}, Exeter from {period}", PLAIN))
        lines += [Line(line.page, line.box, runs), at(80, 124 + 40 * number, "• Kept the books of the house.")]
    assert [(title, company) for title, company, _, _ in jobs(*lines)] == [job[:2] for job in EARLIER]


def test_entries_without_any_post_beside_a_section_of_whole_jobs_are_projects() -> None:
    worked, _ = told(
        at(60, 110, "Harbour atlas migration (Feb 2022 – Nov 2022)", BOLD), at(60, 124, "Moved 400 maps to a press."),
        at(60, 150, "County revenue sheets (Mar 2021 – Aug 2021)", BOLD), at(60, 164, "Checked sums of nine towns."),
        at(60, 210, "Career history", HEADING),
        at(60, 240, "Tavistock Charts, Print Manager", BOLD), at(400, 240, "2019 – Present"),
        at(60, 254, "• Runs three shifts."),
        at(60, 280, "Lowther Plates, Senior Engraver", BOLD), at(400, 280, "2013 – 2019"),
        at(60, 294, "• Etched the plates of banks."),
        heading="Relevant experience",
    )  # fmt: skip
    assert [(job.title, job.company) for job in worked] == [
        ("Print Manager", "Tavistock Charts"),
        ("Senior Engraver", "Lowther Plates"),
    ]
