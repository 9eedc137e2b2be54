"""Forms that list when somebody came and went, a line each: read as periods."""

from datetime import date

from services.resumes.entries.milestones import lived
from services.resumes.formats.placed import Word
from services.resumes.formats.words import lines_of
from services.resumes.page.rows import rows
from services.resumes.text import Box, ExtractedText, Line, Run, Style
from services.resumes.understanding import read_profile


def table(*cells: tuple[str, ...]) -> ExtractedText:
    lines = []
    for number, row in enumerate(cells):
        for at, text in enumerate(row):
            if text:
                x = (60, 140, 170)[at] if len(row) > 1 else 170
                box = Box(x, 20 * number, x + 10 * len(text), 20 * number + 10)
                lines.append(Line(1, box, (Run(text, Style()),)))
    return ExtractedText("pdf", 1, tuple(lines))


REGISTER = table(
    ("山田太郎",),
    ("学歴",),
    ("2004年", "4", "北高等学校\u3000普通科\u3000入学"),
    ("2007年", "3", "同校 卒業"),
    ("2007年", "4", "西工業大学\u3000機械工学 入学"),
    ("2011年", "3", "西工業大学\u3000機械工学 卒業（学士）"),
    ("職歴",),
    ("2011年", "4", "株式会社東メタル 入社"),
    ("製造部",),
    ("2014年", "9", "株式会社東メタル 一身上の都合により退社"),
    ("2014年", "10", "南治具有限会社 入社"),
    ("設計担当",),
    ("現在に至る",),
    ("以上",),
)


def test_what_began_and_what_ended_is_one_period() -> None:
    profile = read_profile(REGISTER, as_of=date(2026, 1, 1))
    assert [(job.company, job.title, job.start, job.end, job.current) for job in profile.experience] == [
        ("株式会社東メタル", "製造部", "2011-04", "2014-09", False),
        ("南治具有限会社", "設計担当", "2014-10", "", True),
    ]
    assert [(study.institution, study.start, study.end) for study in profile.education] == [
        ("北高等学校", "2004-04", "2007-03"),
        ("西工業大学", "2007-04", "2011-03"),
    ]
    assert profile.education[1].degree == "学士"


def test_years_and_months_in_cells_are_one_date() -> None:
    found = rows(REGISTER.lines)
    assert found[2].lines[0].text == "2004年4月"
    assert [row.text for row in rows(table(("2004", "15", "apples")).lines)] == ["2004   15   apples"]


def test_a_second_firm_of_the_same_time_is_ended_by_its_own_name() -> None:
    events = table(
        ("2011年", "4", "株式会社東メタル 入社"),
        ("2012年", "4", "南治具有限会社 入社"),
        ("2013年", "5", "株式会社東メタル 退社"),
    )
    assert [row.text.split() for row in lived(rows(events.lines))] == [
        ["2011年4月～2013年5月", "株式会社東メタル"],
        ["2012年4月", "南治具有限会社"],
    ]


def test_other_texts_are_left_alone() -> None:
    found = rows(table(("2011年", "4", "新製品を採用した"), ("以上",), ("顧客の退社を防いだ",)).lines)
    assert lived(found) == found


def test_a_few_han_letters_far_apart_are_a_word() -> None:
    letters = [Word(text, Box(x, 0, x + 10, 10), Style()) for text, x in (("学", 100), ("歴", 120))]
    assert [line.text for line in lines_of(letters, 1)] == ["学歴"]
    far = [letters[0], letters[1]._replace(box=Box(160, 0, 170, 10))]
    assert [line.text for line in lines_of(far, 1)] == ["学", "歴"]
    word = Word("大学", Box(120, 0, 140, 10), Style())
    assert [line.text for line in lines_of([letters[0], word], 1)] == ["学", "大学"]
