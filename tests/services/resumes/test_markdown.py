"""Markdown: what stresses words is no part of them."""

from datetime import date

import pytest

from services.resumes.formats.plain import read_txt
from services.resumes.understanding import read_profile


@pytest.mark.parametrize(
    ("dates", "title", "school"),
    [
        ("`2019-03 - 2022-01`", "__Hafenlotsin__, Brückmann Reederei, Bremen", "__Jade Hochschule__"),
        ("*2019-03 - 2022-01*", "**Hafenlotsin**, Brückmann Reederei, Bremen", "***Jade Hochschule***"),
        ("_2019-03 - 2022-01_", "_Hafenlotsin_, Brückmann Reederei, Bremen", "_Jade Hochschule_"),
    ],
)
def test_the_marks_of_markdown_are_no_part_of_what_they_stress(dates: str, title: str, school: str) -> None:
    text = f"# Tomma Harms\n\n## Experience\n\n{dates}\n{title}\n\n- Took over the snake_case_tool of 2020\n\n"
    text += f"## Education\n\n`2012-09 - 2016-07`\n{school}\n\n- Bachelor of Science, Nautik\n"
    profile = read_profile(read_txt(text.encode()), as_of=date(2026, 1, 1))
    job = profile.experience[0]
    assert (job.title, job.company, job.start, job.end) == ("Hafenlotsin", "Brückmann Reederei", "2019-03", "2022-01")
    assert job.highlights == ("Took over the snake_case_tool of 2020",)
    assert profile.education[0].institution == "Jade Hochschule"
