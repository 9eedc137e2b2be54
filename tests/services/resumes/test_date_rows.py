"""Rows that hold nothing but a period: above the header, at its end, or below the text of their job."""

from services.resumes.periods.dates import find_dates
from tests.services.resumes.drawing import BOLD, at
from tests.services.resumes.small_sections import ITALIC, jobs

WHOLE = [
    ("Print Manager", "Tavistock Charts", "2019-03", ""),
    ("Engraver", "Lowther Plates", "2013-06", "2019-02"),
    ("Sales Assistant", "Dunmore Ink", "2010-01", "2013-05"),
]


def test_a_period_below_the_text_dates_the_job_above_it() -> None:
    found = jobs(
        at(60, 110, "Print Manager", BOLD),
        at(60, 124, "• Runs three shifts and the two ships of the house."),
        at(60, 138, "Tavistock Charts – Plymouth – Mar 2019 – Present", ITALIC),
        at(60, 166, "Engraver", BOLD), at(60, 180, "• Etched the plates of two banks."),
        at(60, 194, "Lowther Plates – Exeter – Jun 2013 – Feb 2019", ITALIC),
        at(60, 222, "Sales Assistant", BOLD), at(60, 236, "• Sold ink in seven colours."),
        at(60, 250, "Dunmore Ink – Exeter – Jan 2010 – May 2013", ITALIC),
    )  # fmt: skip
    assert found == WHOLE


def test_a_heavy_period_closes_the_header_that_a_heavy_name_opens() -> None:
    found = jobs(
        at(60, 110, "Tavistock Charts", BOLD), at(60, 124, "Print Manager"), at(60, 138, "Tamarford"),
        at(60, 152, "Mar 2019 - Present", BOLD), at(72, 166, "Runs three shifts and the two ships of the house"),
        at(72, 180, "and the shop."),
        at(60, 208, "Lowther Plates", BOLD), at(60, 222, "Engraver"), at(60, 236, "Okehurst"),
        at(60, 250, "Jun 2013 - Feb 2019", BOLD), at(72, 264, "Etched the plates of two banks"), at(72, 278, "too."),
        at(60, 306, "Dunmore Ink", BOLD), at(60, 320, "Sales Assistant"), at(60, 334, "Okehurst"),
        at(60, 348, "Jan 2010 - May 2013", BOLD), at(72, 362, "Sold ink in seven colours to printers."),
    )  # fmt: skip
    assert found == WHOLE


def test_a_year_amid_a_text_dates_nothing_where_periods_stand_alone_at_the_right() -> None:
    found = jobs(
        at(440, 110, "Mar 2019 - Present"), at(60, 124, "Tavistock Charts", BOLD), at(60, 138, "Print Manager", ITALIC),
        at(72, 152, "Passed every audit of the county since 2019 with no remark"),
        at(72, 166, "Closed out the register and did the bank deposit"),
        at(440, 180, "Jun 2013 - Feb 2019"), at(60, 194, "Lowther Plates", BOLD), at(60, 208, "Engraver", ITALIC),
        at(72, 222, "Etched the plates of two banks"), at(72, 236, "Taught the trade to six apprentices of the city"),
        at(440, 250, "Jan 2010 - May 2013"), at(60, 264, "Dunmore Ink", BOLD), at(60, 278, "Sales Assistant", ITALIC),
        at(72, 292, "Sold ink in seven colours"),
    )  # fmt: skip
    assert found == WHOLE


def test_a_period_that_opens_with_a_small_month_heads_a_sentence_about_a_job() -> None:
    found = jobs(
        at(60, 110, "mars 2019 – aujourd’hui : Directrice d’imprimerie, Tavistock Charts (Lyon).", BOLD),
        at(72, 124, "• Trois équipes et deux navires."),
        at(60, 150, "juin 2013 – févr. 2019 : Graveuse, Lowther Plates (Lyon).", BOLD),
        at(72, 164, "• Plaques de deux banques."),
        at(60, 190, "janv. 2010 – mai 2013 : Vendeuse, Dunmore Ink (Lyon).", BOLD),
        heading="Expériences",
    )  # fmt: skip
    assert [(company, start) for _, company, start, _ in found] == [
        ("Tavistock Charts", "2019-03"),
        ("Lowther Plates", "2013-06"),
        ("Dunmore Ink", "2010-01"),
    ]


def test_months_in_figures_need_no_space_around_the_dash() -> None:
    spans = [find_dates(text)[0] for text in ("2016.02-2019.02", "2016/02-2019/02", "2016.02.01-2019.02.28")]
    assert {(span.start, span.end) for span in spans} == {("2016-02", "2019-02")}
