"""The small pieces: dates, headings, chunks, places, scores."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.resumes.chunks import OVERLAP, SIZE, split
from services.resumes.contact.places import place_score
from services.resumes.periods.dates import find_dates
from services.resumes.periods.month_names import NAMES
from services.resumes.profile import Experience, Language, ResumeProfile
from services.resumes.scoring.evaluation import Score, alike, same_date, score, score_besides
from services.resumes.scoring.truth import Truth, read_truth
from services.resumes.sections.headings import Kind, heading_kind
from services.resumes.text import Box, ExtractedText, Line, Run, Style

RANGES = {
    "Mar 2021 – Present": ("2021-03", "", True),
    "2021-03-01 —": ("2021-03", "", True),
    "2019-06-01 - 2021-02-28": ("2019-06", "2021-02", False),
    "since January 2016": ("2016-01", "", True),
    "2018-Mar - 2021-Jun": ("2018-03", "2021-06", False),
    "2019, May – 2020, June": ("2019-05", "2020-06", False),
    "září 2017 až dosud": ("2017-09", "", True),
    "září 2000 až květen 2008": ("2000-09", "2008-05", False),
    "1. 9. 2017 – 31. 8. 2020": ("2017-09", "2020-08", False),
    "tháng 7/2018 - tháng 2/2021": ("2018-07", "2021-02", False),
    "tháng 3/2021 - nay": ("2021-03", "", True),
    "كانون الثاني 2020 – شباط 2021": ("2020-01", "2021-02", False),
    "siječanj 2019. – danas": ("2019-01", "", True),
    "Desde 2019": ("2019", "", True),  # not "Des", which is December
    "2015 to June 2016": ("2015", "2016-06", False),
    "Jan – Mar 2020": ("2020-01", "2020-03", False),
    "2012 年 09 月 - 至今": ("2012-09", "", True),
    "平成30年4月～令和2年3月": ("2018-04", "2020-03", False),
    "4 月 2019 – 11 月 2022": ("2019-04", "2022-11", False),
    "3월 2020 – 현재": ("2020-03", "", True),
    "2014-16": ("2014", "2016", False),
    "03/2021 – 05/2022": ("2021-03", "2022-05", False),
    "01.03.2018 bis 31.12.2020": ("2018-03", "2020-12", False),
    "Mai 2019 - heute": ("2019-05", "", True),
    "septembre 2019 à aujourd'hui": ("2019-09", "", True),
    "enero de 2019 a marzo de 2020": ("2019-01", "2020-03", False),
    "gennaio 2019 – in corso": ("2019-01", "", True),
    "10/19 - 12/20": ("2019-10", "2020-12", False),
    "Summer 2021": ("2021", "", False),
}


@pytest.mark.parametrize(("words", "expected"), RANGES.items())
def test_date_forms(words: str, expected: tuple[str, str, bool]) -> None:
    (span,) = find_dates(words)
    assert (span.start, span.end, span.current) == expected


def test_a_line_of_nothing_but_years_has_an_end() -> None:
    assert len(find_dates("2019 " * 400)) == 24


MONTH_NAMES = [(name.replace("_", " "), number) for number, names in enumerate(NAMES, 1) for name in names]


@pytest.mark.parametrize(("name", "number"), MONTH_NAMES)
def test_months_in_any_case(name: str, number: int) -> None:
    """In capitals too, where Turkish has a dotted I and Greek another sigma than in small letters."""
    shouted = [form for form in (name.upper(), name.upper().replace("I", "İ")) if len(form) == len(name)]
    for written in (name, name.capitalize(), *shouted):
        assert [span.start for span in find_dates(f"{written} 2019")] == [f"2019-{number:02d}"], written


@pytest.mark.parametrize(
    "words", ["raised $2000", "Python 3.11", "200 people", "1,2020 units", "room 2020b", "+1 2025550199"]
)
def test_numbers_that_are_no_dates(words: str) -> None:
    assert find_dates(words) == ()


@given(st.text(max_size=200))
def test_spans_lie_in_their_text_and_do_not_overlap(words: str) -> None:
    end = 0
    for span in find_dates(words):
        assert end <= span.at < span.to <= len(words)
        assert span.start[:4].isdigit()
        end = span.to


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Relevant Work Experience", Kind.EXPERIENCE),
        ("BERUFSERFAHRUNG", Kind.EXPERIENCE),
        ("Expérience professionnelle :", Kind.EXPERIENCE),
        ("Education & Certifications", Kind.EDUCATION),
        ("学歴", Kind.EDUCATION),
        ("教育背景", Kind.EDUCATION),
        ("Skills & Interests", Kind.SKILLS),
        ("Language Skills", Kind.LANGUAGES),
        ("S K I L L S", Kind.SKILLS),
        ("Competências técnicas", Kind.SKILLS),
        ("Istruzione e formazione", Kind.EDUCATION),
        ("Volunteer Experience", Kind.VOLUNTEERING),
        ("3. Projects", Kind.PROJECTS),
        ("Sobre mí", Kind.SUMMARY),
        ("Idiomas", Kind.LANGUAGES),
        ("Skills in a sentence about cooking", None),
        ("Acme Corp", None),
        ("", None),
    ],
)
def test_headings_in_eight_languages(words: str, kind: Kind | None) -> None:
    assert heading_kind(words) is kind


@pytest.mark.parametrize(
    "words", ["Boise, ID", "Tromsø, Norway", "Springfield, Massachusetts, USA", "Remote", "東京都渋谷区"]
)
def test_places(words: str) -> None:
    assert place_score(words) >= 2


@pytest.mark.parametrize(
    "words", ["Software Engineer", "Quillmark", "jane@example.org", "Cut costs, raised sales, hired staff and left"]
)
def test_no_places(words: str) -> None:
    assert place_score(words) < 2


def text_of(rows: list[tuple[str, bool]]) -> ExtractedText:
    lines = tuple(
        Line(1, Box(0, 20.0 * at, 300, 20.0 * at + 12), (Run(words, Style(bold=bold, size=16 if bold else 12)),))
        for at, (words, bold) in enumerate(rows)
    )
    return ExtractedText("pdf", 1, lines)


sentences = st.lists(
    st.text("abcdefg ", min_size=3, max_size=400).map(lambda words: words.strip() + "x."), min_size=1, max_size=30
)


@given(work=sentences, school=sentences)
def test_chunks_keep_to_their_section_and_lose_nothing(work: list[str], school: list[str]) -> None:
    rows = [
        ("Experience", True),
        *((words, False) for words in work),
        ("Education", True),
        *((words.upper(), False) for words in school),
    ]
    chunks = split(text_of(rows))
    assert [chunk.number for chunk in chunks] == list(range(len(chunks)))
    for chunk in chunks:
        assert len(chunk.text) <= SIZE
        assert not (chunk.section == "experience" and "X." in chunk.text)
        assert not (chunk.section == "education" and "x." in chunk.text)
    for section, texts in (("experience", work), ("education", [words.upper() for words in school])):
        whole = "\n".join(chunk.text for chunk in chunks if chunk.section == section)
        for words in texts:
            assert words in whole or len(words) > SIZE - OVERLAP


def test_following_chunks_overlap() -> None:
    words = [f"Sentence number {number} says very little about anything at all." for number in range(60)]
    first, second, *_ = split(text_of([("Experience", True), *((row, False) for row in words)]))
    shared = next(size for size in range(len(second.text), 0, -1) if first.text.endswith(second.text[:size]))
    assert 100 < shared <= OVERLAP


def test_scores_count_both_ways() -> None:
    truth = Truth(values={"name": ["Jane Roe"], "skills": ["Go", "Rust"], "company": ["Acme"]})
    profile = ResumeProfile(name="Jane Roe", skills=("Go", "Excel", "Word"), experience=(Experience(company="Other"),))
    scores, notes = score(profile, truth)
    assert (scores["skills"].right, scores["skills"].wrong, scores["skills"].missed) == (1, 2, 1)
    assert scores["company"].f1 == 0
    assert scores["name"].f1 == 1
    assert "skills: missed 'Rust'" in notes


def test_the_smaller_sections_are_scored_where_the_truth_speaks_of_them(tmp_path: Path) -> None:
    values = [
        {"path": "languages[0].language", "value": "Welsh", "visible": True},
        {"path": "languages[1].language", "value": "Breton", "visible": False},
        {"path": "certificates[0].name", "value": "Rope Card", "visible": True},
    ]
    path = tmp_path / "cv.truth.json"
    path.write_text(json.dumps({"values": values}), "utf-8")
    profile = ResumeProfile(languages=(Language("Welsh"), Language("Breton"), Language("Cornish")))
    scores, notes = score_besides(profile, read_truth(path))
    assert scores == {"languages": Score(right=1, wrong=1), "certifications": Score(missed=1)}
    assert notes == ["languages: wrong 'Cornish'", "certifications: missed 'Rope Card'"]


def test_what_matches_and_what_does_not() -> None:
    assert alike("ACME, Inc.", "Acme Inc")
    assert not alike("Acme", "Acne")
    assert same_date("2021-03", "2021-03-15")
    assert same_date("2021", "2021-03")
    assert not same_date("2021-04", "2021-03")
    assert Score(right=3, wrong=1, missed=2).f1 == pytest.approx(2 / 3)
