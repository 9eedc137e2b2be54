"""One person's three jobs in many forms of a header: each must be read whole."""

from collections.abc import Callable

import pytest

from services.resumes.text import Line, Run, Style
from tests.services.resumes.drawing import BOLD, PLAIN, at
from tests.services.resumes.small_sections import ITALIC, jobs

Job = tuple[str, str, str, list[str]]
THREE: list[Job] = [
    ("Tavistock Marine", "Print Manager, Charts", "Mar 2019 – Present",
     ["Runs three shifts and the two ships of the house.", "Cut the waste of paper by nine percent in 2021."]),
    ("Lowther Plates", "Senior Engraver", "Jun 2014 – Feb 2019", ["Etched the plates of two banks for years."]),
    ("Dunmore Ink", "Sales Assistant", "Jul 2011 – May 2014", ["Sold ink in seven colours to printers of the west."]),
]  # fmt: skip
WHOLE = [
    ("Print Manager, Charts", "Tavistock Marine", "2019-03", ""),
    ("Senior Engraver", "Lowther Plates", "2014-06", "2019-02"),
    ("Sales Assistant", "Dunmore Ink", "2011-07", "2014-05"),
]
Rows = list[list[tuple[float, list[tuple[str, Style]]]]]


def plain(x: float, text: str, style: Style = PLAIN) -> list[tuple[float, list[tuple[str, Style]]]]:
    return [(x, [(text, style)])]


def in_one_paragraph(company: str, title: str, period: str, told: list[str]) -> Rows:
    head = (60.0, [(f"{title}, {company}", BOLD), (f" ({period}). {told[0]}", PLAIN)])
    return [[head], *(plain(60, text) for text in told[1:])]


def behind_the_period(company: str, title: str, period: str, told: list[str]) -> Rows:
    return [plain(60, f"{period}: {title}, {company}"), *(plain(60, text) for text in told)]


def points_of_a_list(company: str, title: str, period: str, told: list[str]) -> Rows:
    return [plain(60, f"• {title}, {company} ({period})"), *(plain(75, f"– {text}") for text in told)]


def before_a_colon(company: str, title: str, period: str, told: list[str]) -> Rows:
    head = (200.0, [(f"{title}: ", ITALIC), (told[0], PLAIN)])
    return [plain(60, period) + plain(200, company, BOLD), [head], *(plain(200, text) for text in told[1:])]


def below_a_description(company: str, title: str, period: str, told: list[str]) -> Rows:
    house = "A maker of fine things with ninety people and offices in three towns."
    return [
        plain(60, company, BOLD) + plain(400, period), plain(60, house), plain(60, title, BOLD),
        *(plain(75, f"• {text}") for text in told),
    ]  # fmt: skip


def behind_a_place_in_brackets(company: str, title: str, period: str, told: list[str]) -> Rows:
    return [plain(60, f"{company} (Exeter, UK), {title}", BOLD), plain(60, period), *(plain(75, text) for text in told)]


def above_a_department(company: str, title: str, period: str, told: list[str]) -> Rows:
    rows = [plain(60, company, BOLD), plain(60, "Department of Charts and Maps"), plain(60, title, ITALIC)]
    return [rows[0], rows[1], rows[2] + plain(400, period), *(plain(75, f"• {text}") for text in told)]


def above_a_remark(company: str, title: str, period: str, told: list[str]) -> Rows:
    remark = plain(60, "Reporting to the Managing Director", ITALIC)
    return [plain(60, f"{title}, {company}", BOLD) + plain(400, period), remark, *(plain(75, f"• {t}") for t in told)]


def above_a_dated_project(company: str, title: str, period: str, told: list[str]) -> Rows:
    project = plain(60, "Project: Harbour atlas, 2020", BOLD)
    rest = [plain(75, f"• {text}") for text in told]
    return [plain(60, title, BOLD) + plain(400, period), plain(60, company, ITALIC), *rest, project, *rest]


def with_marks_of_markdown(company: str, title: str, period: str, told: list[str]) -> Rows:
    return [plain(60, f"### {title}, {company}"), plain(60, f"*{period}*"), *(plain(75, f"- {text}") for text in told)]


FORMS = [
    in_one_paragraph, behind_the_period, points_of_a_list, before_a_colon, below_a_description,
    behind_a_place_in_brackets, above_a_department, above_a_remark, above_a_dated_project, with_marks_of_markdown,
]  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_a_header_is_read_whole_in_the_form(form: Callable[[str, str, str, list[str]], Rows]) -> None:
    lines: list[Line] = []
    top = 110.0
    for job in THREE:
        for row in form(*job):
            for x, parts in row:
                line = at(x, top, "".join(text for text, _ in parts))
                lines.append(Line(line.page, line.box, tuple(Run(text, style) for text, style in parts)))
            top += 14
        top += 14
    assert jobs(*lines) == WHOLE


def test_a_name_above_the_first_header_is_its_employer_even_with_a_blank_between() -> None:
    found = jobs(
        at(60, 110, "Tavistock Marine", BOLD), at(60, 124, "11 years 2 months"),
        at(60, 145, "Print Manager, Charts", BOLD), at(60, 159, "March 2019 - Present (7 years)"),
        at(60, 173, "Runs three shifts and the two ships of the house."),
        at(60, 194, "Senior Engraver", BOLD), at(60, 208, "June 2014 - February 2019 (4 years 9 months)"),
        at(60, 236, "Dunmore Ink", BOLD), at(60, 250, "Sales Assistant", BOLD), at(60, 264, "July 2011 - May 2014"),
    )  # fmt: skip
    assert [(title, company) for title, company, _, _ in found] == [
        ("Print Manager, Charts", "Tavistock Marine"),
        ("Senior Engraver", "Tavistock Marine"),
        ("Sales Assistant", "Dunmore Ink"),
    ]


def test_work_from_home_is_a_place_of_one_part_and_from_opens_a_period() -> None:
    found = jobs(
        at(60, 110, "Vice President, Finance, Kestrel, Boston, MA"), at(60, 124, "since 2019"), at(75, 138, "• Cut."),
        at(60, 166, "Director, Growth, Bluebird, Remote"), at(60, 180, "from 2016 to 2019"), at(75, 194, "• Built it."),
        at(60, 222, "Analyst, Northbound, Austin, TX"), at(60, 236, "from 2014 to 2016"), at(75, 250, "• Drew it."),
    )  # fmt: skip
    assert found == [
        ("Vice President, Finance", "Kestrel", "2019", ""),
        ("Director, Growth", "Bluebird", "2016", "2019"),
        ("Analyst", "Northbound", "2014", "2016"),
    ]


def test_a_title_in_italics_opens_the_text_behind_a_period_in_brackets() -> None:
    def entry(top: float, company: str, period: str, title: str, told: str) -> Line:
        row = at(60, top, f"{company} ({period}). {title}. {told}")
        parts = ((company, BOLD), (f" ({period}). ", PLAIN), (f"{title}. ", ITALIC), (told, PLAIN))
        return Line(row.page, row.box, tuple(Run(text, style) for text, style in parts))

    found = jobs(
        entry(110, "Tavistock Marine", "2019 – Present", "Print Manager, Charts", "Runs three shifts of the house."),
        entry(138, "Lowther Plates", "2014 – 2019", "Senior Engraver", "Etched the plates of two banks."),
    )
    assert found == [
        ("Print Manager, Charts", "Tavistock Marine", "2019", ""),
        ("Senior Engraver", "Lowther Plates", "2014", "2019"),
    ]
