"""How skills are set on a page: parted by marks or by nothing, wrapped, grouped, with levels behind or below."""

from datetime import date

import pytest

from services.resumes.formats.placed import Word
from services.resumes.formats.words import lines_of
from services.resumes.profile import ResumeProfile
from services.resumes.sections.headings import Kind, heading_kind
from services.resumes.text import Box, Line, Style
from services.resumes.understanding import read_profile
from tests.services.resumes.drawing import BOLD, HEADING, LARGE, PLAIN, at, column, page

AS_OF = date(2026, 11, 1)
ITALIC = Style("Body", 10.0, italic=True)
HEAD = (
    at(40, 30, "Jane Roe", LARGE),
    at(40, 60, "jane@example.org"),
    at(40, 100, "Experience", HEADING),
    at(40, 120, "Baker, Quillmark, 2019 - 2021"),
    at(40, 200, "Skills", HEADING),
)


def read(*lines: Line) -> ResumeProfile:
    return read_profile(page(*HEAD, *lines), as_of=AS_OF)


@pytest.mark.parametrize("mark", [" ◆ ", " ❖ ", " ► ", "، ", " ~ ", " ¦ ", " → "])
def test_any_mark_parts_a_list(mark: str) -> None:
    assert read(at(40, 222, mark.join(["Proofing", "Wood firing", "Costing"]))).skills == (
        "Proofing",
        "Wood firing",
        "Costing",
    )


def test_a_row_of_names_parted_by_spaces_is_a_list() -> None:
    row = at(40, 222, "Commercial litigation Marine insurance Disclosure Python Mediation advocacy")
    wanted = ("Commercial litigation", "Marine insurance", "Disclosure", "Python", "Mediation advocacy")
    assert read(row).skills == wanted


def test_a_long_name_alone_in_its_row_is_one_skill() -> None:
    rows = column(40, 222, "Cross Functional Team Leadership", "Budget Planning and Control", "Costing")
    assert read(*rows).skills == ("Cross Functional Team Leadership", "Budget Planning and Control", "Costing")


def test_an_item_that_a_narrow_column_wrapped_is_one() -> None:
    tight = [
        at(40, top, text)
        for top, text in [(222, "Whole-animal"), (235, "Butchery"), (257, "Proofing"), (279, "Costing")]
    ]
    assert read(*tight).skills == ("Whole-animal Butchery", "Proofing", "Costing")
    even = column(40, 222, "Gestione", "fornitori", "Forno", "Registro", "Impasti")
    assert read(*even).skills == ("Gestione fornitori", "Forno", "Registro", "Impasti")


def test_a_name_wrapped_beside_a_level_is_whole() -> None:
    rows = [
        *(at(x, 222, text) for x, text in [(40, "Triage"), (160, "Proofing"), (280, "Planification des")]),
        *(at(x, 235, text, ITALIC) for x, text in [(40, "confirmé"), (160, "confirmé")]),
        at(280, 235, "tournées"),
        at(280, 248, "confirmé", ITALIC),
    ]
    assert set(read(*rows).skills) == {"Triage", "Proofing", "Planification des tournées"}


def test_group_names_in_italics_are_no_skills() -> None:
    rows = [
        at(40, 222, "Ovens", ITALIC),
        *column(40, 236, "Wood firing", "Proofing"),
        at(40, 264, "Office", ITALIC),
        *column(40, 278, "Costing", "Rotas"),
    ]
    profile = read(*rows)
    assert profile.skills == ("Wood firing", "Proofing", "Costing", "Rotas")
    assert [group.name for group in profile.skill_groups] == ["Ovens", "Office"]


def test_the_face_that_a_script_falls_back_to_is_no_group_name() -> None:
    eastern = Style("Other", 9.0)
    rows = [
        at(40, 222, "Axure", BOLD),
        at(40, 240, "SQL", BOLD),
        at(40, 258, "用户访谈", eastern),
        at(40, 276, "数据分析", eastern),
    ]
    assert read(*rows).skills == ("Axure", "SQL", "用户访谈", "数据分析")


def test_a_line_that_only_happens_to_be_larger_is_no_group_name() -> None:
    rows = [
        at(40, 222, "Proofing"),
        at(40, 236, "Relativity", Style("Body", 11.0)),
        at(40, 250, "Costing"),
        at(40, 264, "Rotas"),
    ]
    assert read(*rows).skills == ("Proofing", "Relativity", "Costing", "Rotas")


def test_levels_behind_names_are_taken_off_and_words_that_only_look_like_them_stay() -> None:
    assert read(*column(40, 222, "CATIA ileri", "SMED orta", "Yalın üretim orta")).skills == (
        "CATIA",
        "SMED",
        "Yalın üretim",
    )
    learning = ("Machine learning", "Deep learning", "Reinforcement learning")
    assert read(at(40, 222, ", ".join(learning), PLAIN)).skills == learning


def test_a_list_under_no_heading_is_found_below_the_work() -> None:
    lines = [
        at(40, 30, "Jane Roe", LARGE),
        at(40, 60, "jane@example.org"),
        *column(40, 100, "Baker", "Quillmark", "May 2019 - June 2021", "– Kept two ovens warm through the winter."),
        at(40, 190, "Proofing, Wood firing, Costing, School trips, Harp."),
        at(40, 210, "English (Native), French (B1), Welsh (A2)."),
    ]
    wanted = ("Proofing", "Wood firing", "Costing", "School trips", "Harp")
    assert read_profile(page(*lines), as_of=AS_OF).skills == wanted


def test_skills_drawn_like_headings_above_their_levels_are_skills() -> None:
    lines = []
    for number, name in enumerate(("Haemofiltration", "Wood firing", "Costing")):
        lines += [at(40, 260 + 40 * number, name, HEADING), at(40, 280 + 40 * number, "Advanced", BOLD)]
    rest = [at(40, 420, "Education", HEADING), at(40, 440, "BSc Biology, Ostfeld University, 2015")]
    rest += [at(40, 470, "Interests", HEADING), at(40, 490, "Sailing")]
    profile = read_profile(page(*HEAD[:-1], *lines, *rest), as_of=AS_OF)
    assert set(profile.skills) == {"Haemofiltration", "Wood firing", "Costing"}


def test_languages_among_skills_are_no_skills_and_one_alone_is() -> None:
    rows = [at(40, 222, "Languages: English (Native), French (B2)"), at(40, 236, "Kitchen: Proofing, Costing")]
    assert read(*rows).skills == ("Proofing", "Costing")
    assert read(at(40, 222, "Palaeography, Latin, Proofing")).skills == ("Palaeography", "Latin", "Proofing")


def test_justified_text_is_a_list_and_no_row_of_cells() -> None:
    row = [at(x, 222, text) for x, text in [(40, "USABILITY"), (120, "TESTING,"), (200, "DIARY"), (260, "STUDIES")]]
    assert read(*row).skills == ("USABILITY TESTING", "DIARY STUDIES")


def test_what_belongs_to_the_page_is_no_skill() -> None:
    rows = column(40, 222, "Proofing", "Wood firing", "Page 1 / 2", "© Quillmark 2024", "Jane Roe", "21 June 2024")
    assert read(*rows).skills == ("Proofing", "Wood firing")


def test_columns_of_bullets_are_all_read() -> None:
    rows = [at(40, 222, "• Proofing"), at(240, 222, "• Costing"), at(40, 236, "• Rotas"), at(240, 236, "• Harp")]
    assert set(read(*rows).skills) == {"Proofing", "Costing", "Rotas", "Harp"}


def test_labels_that_a_row_opens_with_are_group_names_in_east_and_west() -> None:
    rows = column(40, 222, "语言 Java, Go, Lua", "中间件 Kafka, Redis", "工具 Docker")
    rows[2] = at(40, 250, "工具 Docker, Jenkins")
    profile = read(*rows)
    assert profile.skills == ("Java", "Go", "Lua", "Kafka", "Redis", "Docker", "Jenkins")
    assert [group.name for group in profile.skill_groups] == ["语言", "中间件", "工具"]


def test_the_heading_again_before_the_first_dash_of_a_list_is_no_skill() -> None:
    rows = column(40, 222, "Skills – Proofing", "– Costing", "– Rotas")
    assert read(*rows).skills == ("Proofing", "Costing", "Rotas")


def words_apart(text: str, *gaps: float, top: float = 222) -> list[Word]:
    """Words of a row, each letter 5 points wide, with these gaps between them."""
    found: list[Word] = []
    x = 40.0
    for word, gap in zip(text.split(), [*gaps, 0.0], strict=True):
        found.append(Word(word, Box(x, top, x + 5 * len(word), top + 10), PLAIN))
        x += 5 * len(word) + gap
    return found


def test_chips_nearer_than_columns_are_parted_by_more_than_the_space_of_their_row() -> None:
    def texts(words: list[Word]) -> list[str]:
        prose = words_apart("we bake it at dawn in old ovens", *[2.5] * 7, top=300)
        return [line.text for line in lines_of([*words, *prose], 1)[:-1]]

    chips = words_apart("Ground handling Budget control Costing", 2.5, 8, 2.5, 8)
    assert texts(chips) == ["Ground handling", "Budget control", "Costing"]
    justified = words_apart("We served four hundred covers", 7.5, 8, 7.5, 8)
    assert texts(justified) == ["We served four hundred covers"]
    dated = words_apart("From March 2019 on", 2.5, 8, 2.5)
    assert texts(dated) == ["From March 2019 on"]


def test_what_a_section_of_skills_holds_beside_them_is_none() -> None:
    rows = column(
        40,
        222,
        "Oven: Proofing, Wood firing, Costing",
        "Languages: English",
        "Certifications: Food Hygiene Level 3, First Aid",
        "Interests: Rowing, Chess",
    )
    assert read(*rows).skills == ("Proofing", "Wood firing", "Costing")


def test_names_set_flush_right_are_a_list_without_parents() -> None:
    names = ["Wood firing", "Proofing", "Whole-animal butchery", "Costing"]
    rows = [at(300 - 5 * len(name), 222 + 14 * number, name) for number, name in enumerate(names)]
    assert read(*rows).skills == tuple(names)


def test_languages_are_found_in_a_section_of_skills_and_languages() -> None:
    assert heading_kind("Skills & Languages") is heading_kind("Languages and skills") is Kind.SKILLS
    assert heading_kind("Language skills") is Kind.LANGUAGES


def test_dots_lead_from_a_name_to_its_list_or_its_level() -> None:
    rows = column(40, 222, "Oven ............ Proofing, Wood firing", "Desk .... Costing, Rotas")
    assert read(*rows).skills == ("Proofing", "Wood firing", "Costing", "Rotas")
    rated = column(40, 222, "Proofing ............ Advanced", "Wood firing ...... Advanced")
    assert read(*rated).skills == ("Proofing", "Wood firing")


def test_headings_in_the_first_person() -> None:
    told = {"What I use": Kind.SKILLS, "What I speak": Kind.LANGUAGES, "What I have studied": Kind.EDUCATION}
    assert {text: heading_kind(text) for text in told} == told


def test_a_label_set_higher_than_its_list_is_a_label() -> None:
    labelled = [("Oven", "Proofing, Wood firing"), ("Desk", "Costing, Rotas")]
    rows = [
        line
        for number, (label, names) in enumerate(labelled)
        for line in (at(40, 222 + 20 * number, label), at(160, 227.5 + 20 * number, names))
    ]
    assert read(*rows).skills == ("Proofing", "Wood firing", "Costing", "Rotas")
