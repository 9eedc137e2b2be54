"""Which short lines part a résumé: by their words in many languages, by their signs, by the style they share."""

from datetime import date

import pytest

from services.resumes.page.mending import one_line
from services.resumes.sections.finding import sections
from services.resumes.sections.headings import Kind, heading_kind
from services.resumes.text import Style
from services.resumes.understanding import read_profile
from tests.services.resumes.drawing import BOLD, HEADING, LARGE, at, column, page

AS_OF = date(2026, 11, 1)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Where I've been", Kind.EXPERIENCE),
        ("Wo ich gearbeitet habe", Kind.EXPERIENCE),
        ("Gdzie pracowałam", Kind.EXPERIENCE),
        ("Neler yapabilirim", Kind.SKILLS),
        ("Ce que je sais faire", Kind.SKILLS),
        ("ΕΚΠΑΙΔΕΥΣΗ", Kind.EDUCATION),
        ("EĞİTİM", Kind.EDUCATION),
        ("FORMACION", Kind.EDUCATION),
        ("COMPETENCES", Kind.SKILLS),
        ("Dovednosti / Skills", Kind.SKILLS),
        ("특기 · 보유 기술", None),
        ("보유 기술", Kind.SKILLS),
        ("特技・スキル", Kind.SKILLS),
        ("■自己PR", Kind.SUMMARY),
        ("III. Work Experience (continued)", Kind.EXPERIENCE),
        ("שירות צבאי", Kind.OTHER),
        ("Military service", Kind.OTHER),
        ("Selected talks", Kind.PUBLICATIONS),
        ("Hobby’s", Kind.INTERESTS),
        ("Résumé", Kind.SUMMARY),
        ("職務経歴書", None),
        ("Jane Roe", None),
        ("Public speaking", None),
    ],
)
def test_headings_are_known_by_their_words(text: str, kind: Kind | None) -> None:
    assert heading_kind(text) is kind


def test_a_sign_that_most_headings_bear_makes_headings_of_the_others() -> None:
    rows = column(40, 30, "Jane Roe", "jane@example.org", "■ Experience", "Baker, Quillmark, 2019 - 2021", "■ Skills")
    rows += column(40, 100, "• Proofing", "• Costing", "■ Beehives", "• Three of them")
    found = sections(page(*rows))
    assert [part.title for part in found] == ["", "■ Experience", "■ Skills", "■ Beehives"]
    assert read_profile(page(*rows), as_of=AS_OF).skills == ("Proofing", "Costing")


def test_the_end_of_a_name_in_the_style_of_headings_is_no_heading() -> None:
    rows = [at(40, 30, "Jane Roe", LARGE), at(40, 60, "jane@example.org"), at(40, 90, "EXPERIENCE", BOLD)]
    rows += [at(40, 106, "2016 - 2020"), *column(140, 106, "SALT, BREAD AND", "DAUGHTERS", style=BOLD)]
    rows += [at(140, 134, "Baker of rolls"), at(40, 160, "2012 - 2016"), at(140, 160, "QUILLMARK", BOLD)]
    rows += [at(140, 174, "Apprentice"), at(40, 200, "EDUCATION", BOLD), at(40, 216, "2010 - 2012, Guild School")]
    assert [part.title for part in sections(page(*rows))] == ["", "EXPERIENCE", "EDUCATION"]


def test_a_word_of_one_letter_is_no_sign_of_headings() -> None:
    rows = [at(40, 30, "Jane Roe", LARGE), at(40, 60, "jane@example.org"), at(40, 90, "EXPERIENCE", BOLD)]
    for top in (106, 162):
        rows += [at(40, top, "• Name of the school"), at(240, top, "Guild School"), at(40, top + 14, "o formazione")]
    assert [part.title for part in sections(page(*rows))] == ["", "EXPERIENCE"]


def test_numbers_before_headings_are_no_bullets() -> None:
    rows = [at(40, 30, "Jane Roe", LARGE), at(40, 60, "jane@example.org"), at(40, 90, "1. Experience")]
    rows += [at(40, 110, "Baker, Quillmark, 2019 - 2021"), at(40, 140, "2. Skills"), at(40, 160, "Proofing, Costing")]
    rows += [at(40, 190, "3. Beehives"), at(40, 210, "Three of them.")]
    assert [part.kind for part in sections(page(*rows))] == [None, Kind.EXPERIENCE, Kind.SKILLS, Kind.OTHER]


def test_headings_may_differ_by_their_slant_alone() -> None:
    slanted = Style("Body", 10.0, italic=True)
    rows = [at(40, 30, "Jane Roe", LARGE), at(40, 60, "jane@example.org"), at(40, 90, "Experience", slanted)]
    rows += [
        at(40, 104, "Baker, Quillmark, 2019 - 2021"),
        at(40, 118, "Kept two ovens."),
        at(40, 140, "Skills", slanted),
    ]
    rows += [at(40, 154, "Proofing, Costing"), at(40, 176, "Beehives", slanted), at(40, 190, "Three of them.")]
    assert [part.kind for part in sections(page(*rows))] == [None, Kind.EXPERIENCE, Kind.SKILLS, Kind.OTHER]


def test_an_employer_with_dates_in_the_style_of_headings_is_no_heading() -> None:
    rows = [at(40, 30, "Jane Roe", LARGE), at(40, 60, "jane@example.org")]
    rows += [at(40, 100, "Experience", HEADING), at(40, 120, "2019 - 2021 Quillmark", HEADING), at(40, 140, "Baker")]
    rows += [at(40, 170, "Education", HEADING), at(40, 190, "BSc Biology, Ostfeld University, 2015")]
    assert [part.kind for part in sections(page(*rows))] == [None, Kind.EXPERIENCE, Kind.EDUCATION]


def test_a_heading_like_no_other_parts_the_text_far_below_the_rest() -> None:
    other = Style("Else", 11.0, bold=True)
    rows = [at(40, 30, "Jane Roe", LARGE), at(40, 60, "jane@example.org")]
    rows += [at(40, 100, "Experience", HEADING), *column(40, 120, "Baker, Quillmark, 2019 - 2021", "Kept two ovens.")]
    rows += [at(40, 160, "Education", HEADING), *column(40, 180, "BSc Biology, Ostfeld University, 2015", "Merit.")]
    rows += [at(40, 240, "Awards", other), *column(40, 256, "Golden Whisk, 2020", "Given by the guild.")]
    assert [part.kind for part in sections(page(*rows))] == [None, Kind.EXPERIENCE, Kind.EDUCATION, Kind.AWARDS]


def test_capitals_within_another_script_are_no_style_of_headings() -> None:
    rows = column(
        0,
        0,
        "山田 花子",
        "hana@example.jp",
        "",
        "自己PR",
        "丁寧に働きます。",
        "",
        "職歴",
        style=Style("", 14.0),
        pitch=16,
    )
    rows += column(
        0,
        128,
        "2019年4月 - 2021年3月",
        "会社名: 株式会社アオ",
        "役職: 店長",
        "",
        "スキル",
        "会計、調理",
        style=Style("", 14.0),
        pitch=16,
    )
    assert [part.kind for part in sections(page(*rows))] == [None, Kind.SUMMARY, Kind.EXPERIENCE, Kind.SKILLS]


def test_rulers_of_any_sign_are_no_text() -> None:
    rows = column(
        0, 0, "Jane Roe", "jane@example.org", "", "+--------+", "| Skills |", "+--------+", "> Proofing", "> Costing"
    )
    assert read_profile(page(*rows), as_of=AS_OF).skills == ("Proofing", "Costing")


def test_bold_words_that_say_nothing_stay_in_their_section() -> None:
    rows = [at(40, 30, "Jane Roe", LARGE), at(40, 60, "jane@example.org"), at(40, 100, "Skills", HEADING)]
    rows += [
        at(40, 120, "Ovens", BOLD),
        at(40, 134, "Proofing, Costing"),
        at(40, 152, "Office", BOLD),
        at(40, 166, "Rotas, Excel"),
    ]
    assert [part.kind for part in sections(page(*rows))] == [None, Kind.SKILLS]


def test_a_line_that_ends_within_a_word_is_no_heading() -> None:
    """Where headings are as heavy as the employers' names, an employer that breaks over its line begins like one."""
    rows = [at(40, 30, "Jane Roe", LARGE), at(40, 60, "jane@example.org"), at(40, 100, "Experience", BOLD)]
    rows += [at(40, 120, "2019 - 2021"), at(60, 134, "Quillmark Con-", BOLD), at(60, 148, "fectioners, Baker")]
    rows += [at(40, 190, "Education", BOLD), at(40, 210, "BSc Biology, Ostfeld University, 2015")]
    assert [part.kind for part in sections(page(*rows))] == [None, Kind.EXPERIENCE, Kind.EDUCATION]


def test_a_word_broken_over_two_lines_is_whole() -> None:
    broken = one_line(at(40, 30, "Quillmark, Flight Con-"), at(40, 44, "troller"))
    assert broken.text == "Quillmark, Flight Controller"
    assert one_line(at(40, 30, "Shift A-"), at(40, 44, "level")).text == "Shift A- level"
