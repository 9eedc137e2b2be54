"""Languages a person speaks: where levels stand, what is a language that no list knows, and what is none."""

from datetime import date

import pytest

from services.resumes.text import Style
from services.resumes.understanding import read_profile
from tests.services.resumes.drawing import HEADING, LARGE, at, column, page

AS_OF = date(2026, 11, 1)
HEAD = (at(40, 30, "Jane Roe", LARGE), at(40, 60, "jane@example.org"), at(40, 90, "Languages", HEADING))
GREY = Style("Body", 9.0, colour="999999")


def read(*rows: str) -> list[tuple[str, str]]:
    profile = read_profile(page(*HEAD, *column(40, 110, *rows)), as_of=AS_OF)
    return [(language.name, language.level) for language in profile.languages]


@pytest.mark.parametrize(
    "row",
    [
        "English (native), French (B2)",
        "English: native | French: B2",
        "English native · French B2",
        "English – native; French – B2",
        "English: native French: B2",
        "English, native; French, B2",
    ],
)
def test_a_level_stands_behind_its_language_in_any_form(row: str) -> None:
    assert read(row) == [("English", "native"), ("French", "B2")]


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ("العربية (اللغة الأم)، الإنجليزية (جيد)", [("العربية", "اللغة الأم"), ("الإنجليزية", "جيد")]),
        ("עברית: שפת אם, אנגלית: שוטף", [("עברית", "שפת אם"), ("אנגלית", "שוטף")]),
        ("한국어 (원어민), 영어 (비즈니스)", [("한국어", "원어민"), ("영어", "비즈니스")]),
        ("Tiếng Việt (bản ngữ), Tiếng Anh (khá)", [("Tiếng Việt", "bản ngữ"), ("Tiếng Anh", "khá")]),
        ("polski ojczysty, angielski B2", [("polski", "ojczysty"), ("angielski", "B2")]),
        ("日本語（母語）、英語（TOEIC 640点）", [("日本語", "母語"), ("英語", "TOEIC 640点")]),
    ],
)
def test_scripts_without_capitals_name_languages_too(row: str, found: list[tuple[str, str]]) -> None:
    assert read(row) == found


def test_a_language_that_no_list_knows_is_one_where_it_has_a_level_like_the_others() -> None:
    assert read("English (fluent), Quillish (native)", "Jane Roe") == [("English", "fluent"), ("Quillish", "native")]


def test_a_label_before_a_language_is_its_level() -> None:
    assert read("Mother tongue: Welsh", "Other languages: English (C2), French (B1)") == [
        ("Welsh", "Mother tongue"),
        ("English", "C2"),
        ("French", "B1"),
    ]


def test_levels_beside_and_below_are_given_to_their_languages() -> None:
    lines = [at(40, 110, "English"), at(240, 110, "Native", GREY), at(40, 126, "Twi"), at(240, 126, "Fluent", GREY)]
    lines += [at(40, 150, "French"), at(40, 163, "Conversational", GREY)]
    profile = read_profile(page(*HEAD, *lines), as_of=AS_OF)
    found = [(language.name, language.level) for language in profile.languages]
    assert found == [("English", "Native"), ("Twi", "Fluent"), ("French", "Conversational")]


def test_languages_under_a_heading_for_skills_are_found() -> None:
    lines = [
        *HEAD[:2],
        at(40, 90, "Skills", HEADING),
        *column(40, 110, "Proofing, Costing", "Languages: English (C2), French (B1)"),
    ]
    profile = read_profile(page(*lines), as_of=AS_OF)
    assert [language.name for language in profile.languages] == ["English", "French"]
    assert profile.skills == ("Proofing", "Costing")


@pytest.mark.parametrize(
    "row", ["Scottish Gaelic (fluent), Mandarin Chinese (B2)", "Scottish Gaelic fluent · Mandarin Chinese B2"]
)
def test_a_language_of_two_words_that_are_both_languages_is_one(row: str) -> None:
    assert read(row) == [("Scottish Gaelic", "fluent"), ("Mandarin Chinese", "B2")]


@pytest.mark.parametrize("title", ["Language: Proficiency", "Language / Proficiency"])
def test_the_titles_of_a_table_are_no_language(title: str) -> None:
    assert read(title, "English: native", "Welsh: fluent") == [("English", "native"), ("Welsh", "fluent")]
