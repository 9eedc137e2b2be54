"""Names of skills out of their lists: wrapped, joined by "and", behind a level; and lists under a smaller heading."""

from datetime import date

import pytest

from services.resumes.profile import ResumeProfile
from services.resumes.text import Line, Run, Style
from services.resumes.understanding import read_profile
from tests.services.resumes.drawing import HEADING, LARGE, PLAIN, at, column, page

AS_OF = date(2026, 11, 1)
HEAD = (at(40, 30, "Jane Roe", LARGE), at(40, 60, "jane@example.org"))


def read(*lines: Line) -> ResumeProfile:
    return read_profile(page(*HEAD, *lines), as_of=AS_OF)


def skills(*texts: str) -> tuple[str, ...]:
    return read(at(40, 200, "Skills", HEADING), *column(40, 222, *texts)).skills


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Systems: Linux and Windows", ("Linux", "Windows")),
        ("Programming: (Beginner) Python, Java", ("Python", "Java")),
        ("Food and beverage, Proofing", ("Food and beverage", "Proofing")),
        ("Studio: Pro Tools, Reaper, Mixing", ("Pro Tools", "Reaper", "Mixing")),
    ],
)
def test_names_within_one_line(text: str, names: tuple[str, ...]) -> None:
    assert skills(text) == names


def test_a_skill_that_reads_like_a_heading_is_a_skill() -> None:
    cells = [("Script editing", "Reaper"), ("Pro Tools", "Interviewing")]
    rows = [at(40 + 180 * n, 222 + 30 * m, text) for m, row in enumerate(cells) for n, text in enumerate(row)]
    assert set(read(at(40, 200, "Skills", HEADING), *rows).skills) == {text for row in cells for text in row}


def test_studies_of_two_words_are_what_was_studied() -> None:
    cells = [("Field studies", "Costing"), ("Diary studies", "Surveys"), ("Proofing", "Rotas")]
    rows = [at(40 + 180 * n, 222 + 14 * m, text) for m, row in enumerate(cells) for n, text in enumerate(row)]
    assert set(read(at(40, 200, "Skills", HEADING), *rows).skills) == {text for row in cells for text in row}
    assert skills("Research: Field studies, Surveys") == ("Field studies", "Surveys")


def test_good_may_open_the_name_that_the_next_line_ends() -> None:
    assert skills("Proofing, Wood firing, Dough lamination, Good", "baking practice") == (
        "Proofing",
        "Wood firing",
        "Dough lamination",
        "Good baking practice",
    )


def test_words_set_flush_right_go_on_below() -> None:
    rows = (("Costing", 222), ("Dough", 236), ("lamination", 246), ("Proofing", 262))
    lines = [at(400 - 5 * len(text), top, text) for text, top in rows]
    assert set(read(at(340, 200, "Skills", HEADING), *lines).skills) == {"Costing", "Dough lamination", "Proofing"}


def test_words_that_lead_elsewhere_are_no_skill_among_others() -> None:
    rows = (at(40, 222, "Ovens: Proofing, HTML, CSS"), at(40, 236, "See my loaves", link="https://example.org/loaves"))
    assert read(at(40, 200, "Skills", HEADING), *rows).skills == ("Proofing", "HTML", "CSS")


def test_a_profile_holds_a_smaller_heading() -> None:
    profile = read(
        at(40, 100, "Profile", HEADING),
        at(40, 122, "Baker of sourdough who keeps the books of three shops in order."),
        at(40, 150, "Skills", Style("Body", 10.4)),
        at(40, 166, "Proofing, Wood firing, Costing"),
        at(40, 200, "Education", HEADING),
        at(40, 222, "BSc Baking, University of Crumb, 2015 - 2018"),
    )
    assert profile.skills == ("Proofing", "Wood firing", "Costing")
    assert profile.summary == "Baker of sourdough who keeps the books of three shops in order."


def test_a_word_for_languages_in_its_own_style_labels_them() -> None:
    box = at(40, 236, "Languages English (native), Samoan (fluent)").box
    runs = (Run("Languages ", Style("Other", 10.0)), Run("English (native), Samoan (fluent)", PLAIN))
    rows = (at(40, 200, "Skills", HEADING), at(40, 222, "Proofing, Wood firing, Costing"), Line(1, box, runs))
    profile = read(*rows)
    assert profile.skills == ("Proofing", "Wood firing", "Costing")
    assert [(language.name, language.level) for language in profile.languages] == [
        ("English", "native"),
        ("Samoan", "fluent"),
    ]


def test_the_foot_of_a_page_is_no_language() -> None:
    rows = column(40, 222, "English (native)", "Welsh (fluent)", "© Jane Roe 2026")
    assert [language.name for language in read(at(40, 200, "Languages", HEADING), *rows).languages] == [
        "English",
        "Welsh",
    ]


def test_a_list_ends_where_its_line_does() -> None:
    rows = (
        at(40, 100, "Projects", HEADING),
        at(40, 122, "Loaf counter, 2021"),
        at(40, 136, "Tech stack: Python, Redis"),
        at(40, 150, "Counted loaves for nine bakeries, among them the three largest of the county, since spring"),
        at(40, 164, "and told the millers by noon how much flour each of them had to bring, by the hour"),
    )
    assert read(*rows).skills == ("Python", "Redis")


def test_an_employer_and_its_town_are_no_list() -> None:
    rows = (
        at(40, 100, "Experience", HEADING),
        at(40, 122, "Baker"),
        at(300, 122, "2019 - 2021"),
        at(40, 136, "Kept the ovens of three shops warm through all the nights of two long winters"),
        at(40, 172, "Fleet Bakery, MND"),
        at(300, 172, "Seoul, S.Korea"),
    )
    assert not set(read(*rows).skills) & {"Fleet Bakery", "MND", "Seoul", "S.Korea"}
