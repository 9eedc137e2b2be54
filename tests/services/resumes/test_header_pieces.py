"""Which piece of a header is the post, the employer, the place, the degree: one small page for each rule."""

import pytest

from services.resumes.entries.signs import house_sign, post_sign
from services.resumes.profile import Experience
from services.resumes.scoring.evaluation import whole_jobs
from services.resumes.scoring.truth import TrueJob
from services.resumes.studies.grades import without_grade
from services.resumes.text import Line, Run, Style
from tests.services.resumes.drawing import BOLD, PLAIN, at
from tests.services.resumes.small_sections import ITALIC, jobs, studies


def test_a_post_under_an_employer_named_once_stands_at_its_date_as_the_others_do() -> None:
    found = jobs(
        at(60, 110, "Pemberton Rook LLP"), at(60, 124, "Senior Associate (September 2020 – Present)"),
        at(80, 138, "• Second chair in a trial of nine days."),
        at(60, 160, "Associate (September 2016 – August 2020)"), at(80, 174, "• Drafted pleadings of many pages."),
        at(60, 196, "Hall Inkwell Ltd"), at(60, 210, "Trainee Solicitor (September 2014 – August 2016)"),
        at(80, 224, "• Seats in property and family law."),
    )  # fmt: skip
    assert [(title, company) for title, company, _, _ in found] == [
        ("Senior Associate", "Pemberton Rook LLP"),
        ("Associate", "Pemberton Rook LLP"),
        ("Trainee Solicitor", "Hall Inkwell Ltd"),
    ]


def test_sentences_above_a_date_are_neither_post_nor_employer() -> None:
    found = jobs(
        at(60, 110, "Ran the yard of a builder at every season of the year."),
        at(60, 124, "11/2020-Present"), at(160, 124, "Rail Alliance Ltd, Programme Director", BOLD),
        at(60, 138, "Introduced carbon targets at every stage gate."),
        at(60, 152, "04/2017-10/2020"), at(160, 152, "Rail Alliance Ltd, Head of Delivery", BOLD),
        at(60, 166, "Ran the response to an embankment slip."),
    )  # fmt: skip
    assert [(title, company) for title, company, _, _ in found] == [
        ("Programme Director", "Rail Alliance Ltd"),
        ("Head of Delivery", "Rail Alliance Ltd"),
    ]


def test_places_in_brackets_need_no_gazetteer_where_every_entry_has_one() -> None:
    found = jobs(
        at(60, 110, "Foreman Plant (Gqeberhaa)"), at(300, 110, "Feb 2018 – Present"), at(60, 124, "TIG welder"),
        at(60, 152, "Uiten Exhausts (Kariegaa)"), at(300, 152, "Jan 2009 – Apr 2012"), at(60, 166, "Machine setter"),
    )  # fmt: skip
    assert [company for _, company, _, _ in found] == ["Foreman Plant", "Uiten Exhausts"]


def test_places_behind_commas_in_a_script_without_capitals() -> None:
    found = jobs(
        at(60, 110, "03/2021 - 현재"), at(180, 110, "백엔드 개발자"), at(180, 124, "하늘소프트, 성남마을"),
        at(60, 152, "07/2018 - 02/2021"), at(180, 152, "서버 개발자"), at(180, 166, "두레소프트, 바다마을"),
    )  # fmt: skip
    assert [company for _, company, _, _ in found] == ["하늘소프트", "두레소프트"]


def test_a_town_is_an_employer_where_the_place_stands_elsewhere() -> None:
    found = jobs(
        at(60, 110, "Lead Installer, Sequoia Solar"), at(60, 124, "02/22 - now"), at(200, 124, "Visalia, CA"),
        at(60, 152, "Electrician, Bright"), at(60, 166, "06/19 - 01/22"), at(200, 166, "Tulare, CA"),
        at(60, 194, "Apprentice, Local Hundred"), at(60, 208, "01/15 - 05/19"), at(200, 208, "Fresno, CA"),
    )  # fmt: skip
    assert [company for _, company, _, _ in found] == ["Sequoia Solar", "Bright", "Local Hundred"]


def test_a_slash_between_an_employer_and_its_place() -> None:
    found = jobs(
        at(60, 110, "Florist", BOLD), at(300, 110, "2019 – 2021"), at(60, 124, "Heroik / Wexleyford"),
        at(60, 152, "Clerk", BOLD), at(300, 152, "2015 – 2018"), at(60, 166, "Stribe / Ottermouth"),
    )  # fmt: skip
    assert [(title, company) for title, company, _, _ in found] == [("Florist", "Heroik"), ("Clerk", "Stribe")]


def test_a_second_post_keeps_its_comma_as_the_first_did() -> None:
    found = jobs(
        at(60, 110, "Brigham Hospital", BOLD), at(300, 110, "Boston, MA"),
        at(60, 124, "Charge Nurse, Cardiac ICU", BOLD), at(300, 124, "May 2021 – Present"),
        at(80, 138, "• Lead shifts of fourteen nurses."),
        at(60, 160, "Staff Nurse, Surgical ICU", BOLD), at(300, 160, "February 2018 – April 2021"),
        at(80, 174, "• Cared for two patients."),
    )  # fmt: skip
    assert [(title, company) for title, company, _, _ in found] == [
        ("Charge Nurse, Cardiac ICU", "Brigham Hospital"),
        ("Staff Nurse, Surgical ICU", "Brigham Hospital"),
    ]


def test_what_stands_where_places_stand_is_one() -> None:
    def header(top: float, words: str, place: str) -> Line:
        line = at(60, top, f"{words} ({place})", BOLD)
        return Line(line.page, line.box, (Run(f"{words} (", BOLD), Run(place, PLAIN), Run(")", BOLD)))

    found = jobs(
        header(110, "Clerk, Budomix", "Leeds"), at(60, 124, "2018 - 2020", ITALIC), at(80, 138, "• Three motorways."),
        header(210, "Stagier, Starosta", "Quernmoot"), at(60, 224, "2011 - 2012", ITALIC),
    )  # fmt: skip
    assert [company for _, company, _, _ in found] == ["Budomix", "Starosta"]


def test_letters_borrowed_from_another_font_part_no_name() -> None:
    other = Style("Fallback", 14.0, italic=True)

    def mixed(top: float, first: str, rest: str) -> Line:
        line = at(60, top, first + rest, ITALIC)
        return Line(line.page, line.box, (Run(first, other), Run(rest, ITALIC)))

    found = jobs(
        at(60, 110, "Egesan Ltd", BOLD), at(300, 110, "2020 – 2022"), mixed(124, "İK ", "Uzmanı"),
        at(60, 152, "Çarşı Ltd", BOLD), at(300, 152, "2017 – 2020"), mixed(166, "İK ", "Uzman Yardımcısı"),
    )  # fmt: skip
    assert [title for title, _, _, _ in found] == ["İK Uzmanı", "İK Uzman Yardımcısı"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Legal Practice Course, Brightwell University", ("Legal Practice Course", "", "Brightwell University")),
        ("BEng Tongwell University", ("BEng", "", "Tongwell University")),
        ("Master of Horticulture, Royal Garden Society", ("Master", "Horticulture", "Royal Garden Society")),
        ("北海道看護大学 看護学 学士", ("学士", "看護学", "北海道看護大学")),
        ("B.S., Marine Transport; Maine Maritime Academy; 3.4", ("B.S.", "Marine Transport", "Maine Maritime Academy")),
        (
            "BSc (Hons) in Applied Physics, University of Lagos",
            ("BSc (Hons)", "Applied Physics", "University of Lagos"),
        ),
    ],
)
def test_a_study_on_one_line(line: str, expected: tuple[str, str, str]) -> None:
    found = studies(at(60, 110, line), at(460, 110, "2012 – 2015"))
    degree, field, institution = found[0]
    assert (f"{degree} {field}".split(), institution) == (f"{expected[0]} {expected[1]}".split(), expected[2]) or (
        {degree, field, institution} == {*expected}
    )


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("A levels (AAB)", "A levels"),
        ("Hochschule Osnabrück, 1,9", "Hochschule Osnabrück"),
        ("Durham University, 2:1", "Durham University"),
        ("Trinity College Dublin (II.1)", "Trinity College Dublin"),
        ("부산대학교 (3.9/4.5)", "부산대학교"),
        ("Laurea (110/110 e lode)", "Laurea"),
        ("Steuerfachwirtin (sehr gut)", "Steuerfachwirtin"),
        ("GPA: 3.9", ""),
        ("First class", ""),
        ("BSc (Hons)", "BSc (Hons)"),
        ("BA", "BA"),
        ("Master 2", "Master 2"),
        ("High School, CA", "High School, CA"),
        ("Certificate, 2015", "Certificate, 2015"),
    ],
)
def test_grades_are_neither_degrees_nor_schools(written: str, name: str) -> None:
    assert without_grade(written) == name


@pytest.mark.parametrize("post", ["Quandler (m/w/d)", "Zwiebler II", "Ejecutiva de ronda", "Farkler:in"])
def test_a_post_by_its_spelling(post: str) -> None:
    assert post_sign(post) > house_sign(post)


@pytest.mark.parametrize("house", ["ООО «Ромашка»", "quandle.io", "PayHarbor", "3M", "A&O"])
def test_a_house_by_its_spelling(house: str) -> None:
    assert house_sign(house) > post_sign(house)


def test_a_job_that_the_page_shows_in_part_counts_neither_way() -> None:
    read = (Experience(title="Chief Mate", company="NOAA"), Experience(title="Cook", company="Bowdoin", start="2003"))
    hidden = [TrueJob("NOAA", "Chief Mate", "2014-09")]
    score = whole_jobs(read, [TrueJob("Bowdoin", "Cook", "2003-05")], hidden)
    assert (score.right, score.wrong, score.missed) == (1, 0, 0)
    assert whole_jobs(read, [TrueJob("Bowdoin", "Cook", "2003-05")]).wrong == 1


def test_brackets_of_another_height_are_part_of_the_title() -> None:
    def both(top: float, title: str, more: str) -> Line:
        row = at(60, top, f"{title} {more}")
        return Line(row.page, row.box, (Run(f"{title} ", ITALIC), Run(more, ITALIC._replace(size=11.4))))

    found = jobs(
        at(60, 110, "Tavistock Woods", BOLD), at(400, 110, "2019 – Present"), both(124, "Ranger", "(Trails)"),
        at(60, 152, "Lowther Mills", BOLD), at(400, 152, "2013 – 2019"), both(166, "Assistant Ranger", "(Water)"),
    )  # fmt: skip
    assert [title for title, _, _, _ in found] == ["Ranger (Trails)", "Assistant Ranger (Water)"]


def test_a_town_is_an_employer_where_brackets_behind_it_hold_the_place_of_every_job() -> None:
    def entry(top: float, name: str, place: str, period: str) -> list[Line]:
        row = at(60, top, f"{name} ({place})")
        return [Line(row.page, row.box, (Run(f"{name} ", BOLD), Run(f"({place})", PLAIN))), at(60, top + 14, period)]

    found = jobs(
        *entry(110, "Ski Instructor, Salem", "Obervogelgsang", "2019 – Present"),
        *entry(152, "Web Developer, Tavistock Charts", "London", "2013 – 2019"),
        *entry(194, "Engraver, Lowther Plates", "Paris", "2010 – 2013"),
    )
    assert [company for _, company, _, _ in found] == ["Salem", "Tavistock Charts", "Lowther Plates"]


def test_a_place_has_as_many_parts_as_those_of_the_other_entries() -> None:
    found = jobs(
        at(60, 110, "2019 – Present"), at(160, 110, "Tavistock Charts, Lyon, France"), at(160, 124, "Chief Printer"),
        at(60, 152, "2013 – 2019"), at(160, 152, "Peace Union, Obervogelgsang, Senegal"), at(160, 166, "Engraver"),
        at(60, 194, "2010 – 2013"), at(160, 194, "Dunmore Ink, Cairo, Egypt"), at(160, 208, "Sales Assistant"),
    )  # fmt: skip
    assert [company for _, company, _, _ in found] == ["Tavistock Charts", "Peace Union", "Dunmore Ink"]


def test_a_place_that_a_narrow_column_broke_at_its_comma_is_one() -> None:
    found = jobs(
        at(60, 110, "2019 – Present"), at(160, 110, "WOLVERCHART", BOLD), at(420, 110, "Englewood Cliffs,"),
        at(160, 124, "Chief Printer, Maps", ITALIC), at(420, 124, "NJ"), at(160, 138, "• Runs three shifts."),
        at(60, 166, "2013 – 2019"), at(160, 166, "LOWTHER", BOLD), at(420, 166, "Camden, NJ"),
        at(160, 180, "Engraver, Plates", ITALIC), at(160, 194, "• Etched the plates of two banks."),
    )  # fmt: skip
    assert [(title, company) for title, company, _, _ in found] == [
        ("Chief Printer, Maps", "WOLVERCHART"),
        ("Engraver, Plates", "LOWTHER"),
    ]


def test_an_employer_before_its_place_is_no_part_of_it_though_the_others_have_two() -> None:
    found = jobs(
        at(60, 110, "Painter, Tavistock Charts, Boston, MA"), at(60, 124, "2019 – Present"),
        at(60, 152, "Teacher, Freelance, New York, NY"), at(60, 166, "2013 – 2019"),
        at(60, 194, "Assistant, Vera Molina, London"), at(60, 208, "2010 – 2013"),
    )  # fmt: skip
    assert [company for _, company, _, _ in found] == ["Tavistock Charts", "Freelance", "Vera Molina"]


def test_a_tail_that_no_gazetteer_knows_is_shed_once() -> None:
    found = jobs(
        at(60, 110, "Zabrnik, Tavistock, Boston", BOLD), at(60, 124, "2019 – Present"),
        at(60, 152, "Odrnik, Lowther, Boston", BOLD), at(60, 166, "2013 – 2019"),
        at(60, 194, "Malrnik, Urzad Gminny, Obervogel", BOLD), at(60, 208, "2010 – 2013"),
    )  # fmt: skip
    assert {part for title, company, _, _ in found[2:] for part in (title, company)} == {"Malrnik", "Urzad Gminny"}


@pytest.mark.parametrize(
    "header",
    ["__{}__, {}, Exeter", "*{}*, {}, Exeter", "**{}** {}, Exeter", "`{}` {}, Exeter", "{}*, {}, Exeter"],
)
def test_marks_of_emphasis_part_names_and_belong_to_none(header: str) -> None:
    found = jobs(
        at(60, 110, "2019 – Present"), at(60, 124, header.format("Wheelwrighting", "Globex")),
        at(60, 152, "2013 – 2019"), at(60, 166, header.format("Sales Assistant", "Dunmore Ink")),
    )  # fmt: skip
    assert not any(mark in f"{title}{company}" for title, company, _, _ in found for mark in "*_`")
    assert ("Sales Assistant", "Dunmore Ink") in [(title, company) for title, company, _, _ in found]


@pytest.mark.parametrize("order", [(0, 1, 2), (1, 0, 2), (1, 2, 0)])
def test_three_names_between_commas_in_every_entry_are_post_employer_and_town(order: tuple[int, int, int]) -> None:
    told = [
        ("Print Manager", "Wexcombe Halls", "Yarde Wood"),
        ("Night Porter", "Travel Westmark", "Ackock Green"),
        ("Sales Assistant", "Harbell", "Digmouth"),
    ]
    periods = ["2019 – Present", "2013 – 2019", "2010 – 2013"]
    rows = [
        at(60, 110 + 40 * number, f"{period}: {', '.join(names[at_] for at_ in order)}")
        for number, (period, names) in enumerate(zip(periods, told, strict=True))
    ]
    texts = [at(76, 124 + 40 * number, "• Kept the books of the house in good order.") for number in range(3)]
    found = jobs(*[line for pair in zip(rows, texts, strict=True) for line in pair])
    assert [(title, company) for title, company, _, _ in found] == [names[:2] for names in told]


@pytest.mark.parametrize("mark", ["{", "§", "Ø", "ª", "^"])
def test_signs_that_open_three_rows_at_one_edge_are_marks_of_a_list(mark: str) -> None:
    found = jobs(
        at(60, 110, "05/2017–today"), at(200, 110, "Lead Printer, Tavistock Charts", ITALIC),
        at(200, 124, mark), at(214, 124, "Ran nine presses of the house and both ships."),
        at(200, 138, mark), at(214, 138, "Auditor of types since 2021, with 36 printers trained."),
        at(60, 160, "03/2008–04/2017"), at(200, 160, "Engraver, Lowther Plates", ITALIC),
        at(200, 174, mark), at(214, 174, "Member of the guild board for plates."),
    )  # fmt: skip
    assert [(title, company) for title, company, _, _ in found] == [
        ("Lead Printer", "Tavistock Charts"),
        ("Engraver", "Lowther Plates"),
    ]


def test_a_town_behind_a_space_is_no_part_of_a_name_set_without_spaces() -> None:
    found = jobs(
        at(60, 110, "主治医师 at 青松儿童医院 武汉"), at(400, 110, "2020 - Now"), at(80, 124, "负责日常诊疗。"),
        at(60, 150, "住院医师 at 白云医院 武汉"), at(400, 150, "2017 - 2020"), at(80, 164, "参加门诊轮值。"),
    )  # fmt: skip
    assert [company for _, company, _, _ in found] == ["青松儿童医院", "白云医院"]
