"""Where skills stand when no heading of theirs does: behind labels, under half a heading, among other things."""

from datetime import date

import pytest

from services.resumes.profile import ResumeProfile
from services.resumes.text import Box, Line, Run, Style
from services.resumes.understanding import read_profile
from tests.services.resumes.drawing import BOLD, HEADING, LARGE, PLAIN, at, column, page

AS_OF = date(2026, 11, 1)
LISTS = (("Ovens ", "Deck ovens, Wood firing"), ("Office ", "Excel, Loafmaster"))
HEAD = (
    at(40, 30, "Jane Roe", LARGE),
    at(40, 60, "jane@example.org"),
    at(40, 100, "Experience", HEADING),
    at(40, 120, "Baker, Quillmark, 2019 - 2021"),
    at(40, 134, "Ran the marketing and the sales of the bakery and kept its books in order"),
    at(40, 154, "Education", HEADING),
    at(40, 174, "BSc Marketing, Quillmark University, 2015 - 2018"),
)


def read(*lines: Line) -> ResumeProfile:
    return read_profile(page(*HEAD, *lines), as_of=AS_OF)


def additional(*texts: str, title: str = "Additional information") -> tuple[str, ...]:
    return read(at(40, 200, title, HEADING), *column(40, 222, *texts)).skills


@pytest.mark.parametrize("label", ["Skills", "Computer", "Software", "IT", "EDV", "Ofimática", "Bureautique", "Tools"])
def test_a_label_names_a_list_of_skills_under_any_heading(label: str) -> None:
    assert additional("Hobbies: Rowing, Chess", f"{label}: Loafmaster, Excel") == ("Loafmaster", "Excel")


def test_lists_beside_labels_we_know_are_skills_and_what_the_labels_name_is_not() -> None:
    rows = (
        "Treasurer of the bakers' choir, which sings on Sundays",
        "Ovens: Deck ovens, Wood firing",
        "Languages: English (native), Welsh (fluent)",
        "Nationality: British",
        "Awards: Golden Loaf, Silver Spoon",
    )
    assert additional(*rows) == ("Deck ovens", "Wood firing")


def test_languages_that_nobody_speaks_are_skills() -> None:
    rows = ("Languages: Go, Kotlin, COBOL", "Languages: English (native), Igbo (fluent)")
    assert additional(*rows) == ("Go", "Kotlin", "COBOL")


def test_a_heading_that_is_understood_in_part_names_skills() -> None:
    assert additional("Proofing:", "Costing:", "Deck ovens:", title="Skills and Tech") == (
        "Proofing",
        "Costing",
        "Deck ovens",
    )


def test_capitals_within_a_list_open_no_section() -> None:
    rows = column(40, 222, "Proofing", "Wood firing", "Costing", "HACCP", "Deck ovens")
    assert read(at(40, 200, "Skills", HEADING), *rows).skills[-2:] == ("HACCP", "Deck ovens")


def test_running_text_gives_tools_and_no_general_words() -> None:
    rows = (
        at(40, 200, "Projects", HEADING),
        at(40, 222, "Moved the marketing and finance reports of the shop to Power BI and PostgreSQL"),
        at(40, 320, "Languages", HEADING),
        at(40, 340, "English, Spanish"),
    )
    assert read(*rows).skills == ("Power BI", "PostgreSQL")
    more = at(40, 236, "Kept PostgreSQL and Power BI running for the shop in the years after that")
    again = read(*rows[:2], more, *rows[2:])
    assert [group.skills for group in again.skill_groups] == [("Power BI", "PostgreSQL")]


def test_two_labels_in_a_row_keep_their_columns_where_one_list_wraps() -> None:
    rows = (
        at(40, 200, "Skills", HEADING),
        at(40, 222, "Ovens — Deck ovens, Wood"),
        at(300, 222, "Office — Excel, Loafmaster"),
        at(40, 235, "firing, Steam"),
        at(40, 256, "Shop — Pricing, Display"),
    )
    groups = {group.name: group.skills for group in read(*rows).skill_groups}
    assert groups == {
        "Ovens": ("Deck ovens", "Wood firing", "Steam"),
        "Office": ("Excel", "Loafmaster"),
        "Shop": ("Pricing", "Display"),
    }


def test_lists_set_apart_do_not_run_into_each_other() -> None:
    rows = [
        at(40, 222, "Proofing, Wood firing, Control of allergens"),
        at(40, 246, "Loafmaster, Excel, Point of sale"),
        at(40, 270, "Pricing, Display, Ordering of flour"),
    ]
    text = column(40, 320, *["A line of the text that follows"] * 20, pitch=12.0)
    assert len(read(at(40, 200, "Skills", HEADING), *rows, at(40, 300, "Interests", HEADING), *text).skills) == 9


def test_prizes_and_languages_below_a_list_are_no_skills() -> None:
    rows = [
        *column(40, 222, "Proofing", "Wood firing", "Costing"),
        at(40, 300, "Golden Loaf, Bakers Monthly, 2021"),
    ]
    assert read(at(40, 200, "Skills", HEADING), *rows).skills == ("Proofing", "Wood firing", "Costing")
    rows = [
        at(40, 222, "Proofing, Wood firing,"),
        at(40, 236, "Costing, Steam"),
        at(40, 250, "Welsh (native), Irish (good)"),
    ]
    assert read(at(40, 200, "Skills", HEADING), *rows).skills == ("Proofing", "Wood firing", "Costing", "Steam")


def test_a_label_of_languages_beside_them_is_no_skill_in_small_letters() -> None:
    rows = [
        at(40, 222, "Języki"),
        at(200, 222, "polski (ojczysty)"),
        at(200, 236, "angielski (B2)"),
        at(40, 250, "Inne"),
        at(200, 250, "Wypiek chleba, Kosztorysy"),
    ]
    assert read(at(40, 200, "Umiejętności", HEADING), *rows).skills == ("Wypiek chleba", "Kosztorysy")


def test_words_in_cells_go_on_below_in_small_letters() -> None:
    rows = [
        at(40, 222, "Planes", BOLD),
        at(120, 222, "Revit", BOLD),
        at(200, 222, "Eficiencia", BOLD),
        at(40, 234, "funcionales", BOLD),
        at(200, 234, "energética", BOLD),
    ]
    assert read(at(40, 200, "Skills", HEADING), *rows).skills == (
        "Planes funcionales",
        "Revit",
        "Eficiencia energética",
    )


def skills(*texts: str, title: str = "Skills") -> tuple[str, ...]:
    return read(at(40, 200, title, HEADING), *column(40, 222, *texts)).skills


def test_a_section_of_more_than_skills_gives_what_its_labels_say() -> None:
    rows = (
        "Treasurer, Bakers' Choir, 2019 - 2021",
        "Tools: Loafmaster, Excel",
        "Languages: English (native), Welsh (fluent)",
        "Interests: Rowing, Chess",
    )
    assert skills(*rows, title="Leadership and skills") == ("Loafmaster", "Excel")


def test_two_skills_that_are_known_are_two_and_one_that_holds_an_and_is_one() -> None:
    assert skills("• Proficient in Python and Java", "• Knowledge of Excel") == ("Python", "Java", "Excel")
    assert skills("Radio and hand signals, Manejo de solo, Excel and Tableau") == (
        "Radio and hand signals",
        "Manejo de solo",
        "Excel",
        "Tableau",
    )


def test_columns_that_rate_are_no_skills_nor_are_their_titles() -> None:
    cells = [("Skill", "Level", "Years"), ("Python", "Expert", "8"), ("Proofing", "Basic", "2"), ("Excel", "Good", "5")]
    rows = [
        at(x, 222 + 14 * number, text)
        for number, row in enumerate(cells)
        for x, text in zip((40, 160, 260), row, strict=True)
    ]
    assert read(at(40, 200, "Skills", HEADING), *rows).skills == ("Python", "Proofing", "Excel")


def test_what_pages_repeat_and_promise_is_no_skill() -> None:
    rows = ("Proofing", "Costing", "Jane Roe - Page 2", "References available upon request")
    assert skills(*rows) == ("Proofing", "Costing")


def test_a_dot_that_opens_a_name_stays_and_wide_spaces_part_names() -> None:
    assert skills("C++, C#, .NET, Node.js") == ("C++", "C#", ".NET", "Node.js")
    wide = "Lattice boom                 API RP 2D              Radio and hand signals"
    assert skills(wide) == ("Lattice boom", "API RP 2D", "Radio and hand signals")


def test_skills_of_words_that_also_name_sections_stay() -> None:
    assert skills("Toolbox talks, Rope access, Technical skills") == ("Toolbox talks", "Rope access")


def test_a_label_in_a_colour_and_face_of_its_own_opens_a_list_behind_its_bullet() -> None:
    grey = Style("Sans", 10.6, colour="4d4d4d")
    runs = [(Run("• ", PLAIN), Run(label, grey), Run(rest, PLAIN)) for label, rest in LISTS]
    rows = [Line(1, Box(40, 222 + 20 * number, 300, 232 + 20 * number), each) for number, each in enumerate(runs)]
    groups = read(at(40, 200, "Skills", HEADING), *rows).skill_groups
    assert [(group.name, group.skills) for group in groups] == [
        ("Ovens", ("Deck ovens", "Wood firing")),
        ("Office", ("Excel", "Loafmaster")),
    ]


def test_a_heading_beside_the_middle_of_its_list_is_no_item_of_it() -> None:
    rows = [
        at(175, 215, "WOOD FIRING, PROOFING, CONTROL OF ALLERGENS AND"),
        at(114, 224, "SKILLS", BOLD),
        at(175, 232, "STEAM, COSTING"),
    ]
    assert "SKILLS" not in read(at(40, 195, "Skills", HEADING), *rows).skills


def test_languages_that_nobody_speaks_are_skills_under_a_heading_of_their_own() -> None:
    rows = [at(40, 222, "C++ Python Julia"), at(40, 260, "Tools", HEADING), at(40, 282, "Git, Loafmaster")]
    assert read(at(40, 200, "Languages", HEADING), *rows).skills == ("C++", "Python", "Julia", "Git", "Loafmaster")


def test_two_known_words_in_one_row_of_many_are_one_skill() -> None:
    assert skills("Python", "REST APIs", "Docker") == ("Python", "REST APIs", "Docker")
