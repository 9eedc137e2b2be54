"""Hebrew and Arabic pages: read from the right, whichever way the producer wrote the letters."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from fpdf import FPDF

from services.exports.fonts import faces_for
from services.resumes.formats.placed import Word
from services.resumes.formats.right_to_left import drawn, in_logical_order, mirrored, reads_from_right
from services.resumes.formats.words import lines_of
from services.resumes.profile import ResumeProfile
from services.resumes.reader import ResumeReader
from services.resumes.sections.finding import sections
from services.resumes.sections.headings import Kind
from services.resumes.text import Box, ExtractedText, Line, Run, Style
from services.resumes.understanding import read_profile

AS_OF = date(2026, 11, 1)
BOLD = Style(bold=True)


def line(text: str, *, style: Style | None = None) -> Line:
    return Line(1, Box(100, 10, 100 + 6 * len(text), 22), (Run(text, style or Style()),))


def read_back(visual: str, *, from_right: bool = True) -> str:
    return in_logical_order(line(visual), from_right=from_right).text


@pytest.mark.parametrize(
    ("logical", "visual"),
    [
        ("שלום עולם", "םלוע םולש"),
        ("מפתחת תוכנה, Orbit Labs", "Orbit Labs ,הנכות תחתפמ"),
        ("פיתוח ב-Java 11", "Java 11-ב חותיפ"),
        ("שיפור של 40% בביצועים", "םיעוציבב 40% לש רופיש"),
        ("ניהול 6 מפתחים (Backend) ב-AWS", "AWS-ב )Backend( םיחתפמ 6 לוהינ"),
        ("03/2019 – 06/2023", "06/2023 – 03/2019"),
        ("03/2019 – 06/2023", "03/2019 – 06/2023"),  # drawn in its own direction
        ("חיפה | +972 54-123-4567 | noa@example.co.il", "noa@example.co.il | +972 54-123-4567 | הפיח"),
        ("• ניהול צוות", "תווצ לוהינ •"),
        ("Python, C++, עבודה", "הדובע ,Python, C++"),
        ("بنسبة 30%", "%30 ةبسنب"),
        ("منذ 2020-04", "04-2020 ذنم"),
        ("2014.06 ~ 2019.09", "2019.09 ~ 2014.06"),
        ("2014.06 ~", "~ 2014.06"),
        ("noa.ben@example-", "noa.ben@example-"),  # a Latin line that a hyphen breaks
    ],
)
def test_a_drawn_line_is_put_in_the_order_it_is_read(logical: str, visual: str) -> None:
    assert read_back(visual) == logical


def test_a_hebrew_name_in_an_english_line_turns_alone() -> None:
    assert read_back("Tel Aviv: דוד ןב העונ (1984)", from_right=False) == "Tel Aviv: נועה בן דוד (1984)"
    assert read_back("(a) Python 3", from_right=False) == "(a) Python 3"


def test_runs_keep_their_style_and_link() -> None:
    bold = Run("ןולא", BOLD, "https://alon.example")
    turned = in_logical_order(Line(1, Box(0, 0, 9, 9), (Run("הפיח ,", Style()), bold)), from_right=True)
    assert [(run.text, run.style.bold, run.link) for run in turned.runs] == [
        ("אלון", True, "https://alon.example"),
        (", חיפה", False, ""),
    ]


def boxes(text: str, *, start: float = 100.0, width: float = 6.0) -> list[tuple[str, Box]]:
    """Each letter to the left of the one before it."""
    return [(letter, Box(start - width * at, 0, start - width * (at - 1), 10)) for at, letter in enumerate(text)]


def test_a_ligature_is_told_by_its_box_and_its_lam_comes_first() -> None:
    (alef, _), (lam, place), (other, last) = boxes("الأ")
    for pair in ((lam, other), (other, lam)):
        assert drawn([(alef, Box(107, 0, 113, 10)), (pair[0], place), (pair[1], place)])[::-1] == "الأ"
    assert drawn([("\ufefb", last)])[::-1] == "لا"  # a presentation form holds two letters
    assert drawn([("\ufed3", place), ("\ufef2", last)])[::-1] == "في"


def test_slanted_words_do_not_run_into_each_other() -> None:
    one, other = Word("ןושאר", Box(40, 0, 70, 12), Style()), Word("ראות", Box(69, 0, 99, 12), Style())
    joined = lines_of([one, other], 1)[0]
    parted = lines_of([one._replace(spaced=True), other], 1)[0]
    assert in_logical_order(joined, from_right=True).text == "תוארראשון"
    assert in_logical_order(parted, from_right=True).text == "תואר ראשון"


def test_a_mark_stays_behind_its_letter() -> None:
    letter, mark, after = ("ש", Box(50, 0, 56, 10)), ("\u05c1", Box(54, 0, 55, 10)), ("ל", Box(44, 0, 50, 10))
    for given in ([letter, mark, after], [mark, letter, after], [after, letter, mark]):
        assert drawn(given)[::-1] == "ש\u05c1ל"


def test_a_page_reads_from_the_right_when_most_of_its_letters_do() -> None:
    assert reads_from_right([line("נועה בן דוד"), line("Python")])
    assert not reads_from_right([line("Noa Ben David"), line("נועה")])
    assert not reads_from_right([line("2020")])
    assert mirrored(mirrored(Box(10, 1, 30, 2), 600), 600) == Box(10, 1, 30, 2)
    assert mirrored(Box(10, 1, 30, 2), 600).x0 == 570


# Pages

HEBREW = {
    "name": "רונית אלמוג",
    "headings": ("ניסיון תעסוקתי", "השכלה", "כישורים", "שפות"),
    "jobs": [
        ("מנהלת מוצר", "גלבוע מערכות", "03/2019 – 06/2023", "הובלת צוות של 6 אנשים"),
        ("אנליסטית", "Harbour Data", "01/2015 – 02/2019", "דוחות ב-SQL"),
    ],
    "study": ("תואר ראשון בכלכלה", "אוניברסיטת חיפה", "2011 – 2014"),
    "skills": ("SQL", "ניהול פרויקטים", "Excel"),
    "tongue": "עברית",
}
ARABIC = {
    "name": "سلمى الخطيب",
    "headings": ("الخبرة العملية", "التعليم", "المهارات", "اللغات"),
    "jobs": [
        ("محاسبة", "شركة النور", "04/2020 – 05/2024", "إعداد الميزانية"),
        ("مدققة", "Petra Logistics", "09/2016 – 03/2020", "تسوية الحسابات"),
    ],
    "study": ("بكالوريوس اقتصاد", "الجامعة الأردنية", "2012 – 2016"),
    "skills": ("SAP", "الإدارة", "Excel"),
    "tongue": "العربية",
}


def test_a_word_has_the_look_of_its_letters_not_of_the_comma_behind_it(reader: ResumeReader) -> None:
    pen = RightPen()
    pen.put("רונית אלמוג", size=22)
    pen.put("נהלת", 545, bold=True, step=False)
    pen.put(", גלבוע", 545 - pen.width("נהלת", bold=True))
    lines = reader.extract(pen.done(), "cv.pdf").lines
    (row,) = [line for line in lines if "גלבוע" in line.text]
    assert row.text == "נהלת, גלבוע"
    assert [(run.text.strip(" ,"), run.style.bold) for run in row.runs] == [("נהלת", True), ("גלבוע", False)]


class RightPen:
    """Writes against a right edge, downwards."""

    def __init__(self) -> None:
        self.pdf = FPDF(unit="pt", format="A4")
        self.pdf.set_auto_page_break(auto=False)
        self.pdf.add_page()
        for face in faces_for("", Path()).faces:
            self.pdf.add_font("Fira", face.style, face.path)
        self.pdf.set_text_shaping(use_shaping_engine=True)
        self.top = 50.0

    def put(
        self, text: str, right: float = 545.0, *, size: float = 11.0, bold: bool = False, step: bool = True
    ) -> None:
        self.pdf.set_font("Fira", "B" if bold else "", size)
        self.pdf.set_xy(right - 200, self.top)
        self.pdf.cell(200, size * 1.4, text, align="R")
        self.top += size * 1.6 if step else 0

    def width(self, text: str, *, bold: bool) -> float:
        self.pdf.set_font("Fira", "B" if bold else "", 11.0)
        return float(self.pdf.get_string_width(text))

    def done(self) -> bytes:
        return bytes(self.pdf.output())


def one_column(person: dict) -> bytes:  # type: ignore[type-arg]
    pen = RightPen()
    pen.put(person["name"], size=22)
    pen.put("salma@example.jo | +962 7 9012 3456")
    work, school, able, tongues = person["headings"]
    pen.put(work, size=14, bold=True)
    for title, company, when, did in person["jobs"]:
        pen.put(when, 210, step=False)
        pen.put(title, bold=True)
        pen.put(company)
        pen.put("• " + did)
        pen.top += 6
    pen.put(school, size=14, bold=True)
    degree, place, when = person["study"]
    pen.put(when, 210, step=False)
    pen.put(degree, bold=True)
    pen.put(place)
    pen.put(able, size=14, bold=True)
    pen.put(", ".join(person["skills"]))
    pen.put(tongues, size=14, bold=True)
    pen.put(person["tongue"])
    return pen.done()


def two_columns(person: dict) -> bytes:  # type: ignore[type-arg]
    """The narrow column on the right, which is read first."""
    pen = RightPen()
    work, school, able, tongues = person["headings"]
    pen.put(person["name"], size=22)
    top = pen.top + 20
    pen.top = top
    pen.put(able, size=14, bold=True)
    for skill in person["skills"]:
        pen.put(skill)
    pen.put(tongues, size=14, bold=True)
    pen.put(person["tongue"])
    pen.put("salma@example.jo")
    pen.top = top + 3
    for heading, entries in ((work, person["jobs"]), (school, [person["study"]])):
        pen.put(heading, 360, size=14, bold=True)
        for title, company, when, *did in entries:
            pen.put(title, 360, bold=True)
            pen.put(company, 360)
            pen.put(when, 360)
            for text in did:
                pen.put("• " + text, 360)
            pen.top += 5
    return pen.done()


def read(reader: ResumeReader, page: bytes) -> tuple[ExtractedText, ResumeProfile]:
    text = reader.extract(page, "cv.pdf")
    return text, read_profile(text, as_of=AS_OF)


@pytest.mark.parametrize("draw", [one_column, two_columns])
@pytest.mark.parametrize("person", [HEBREW, ARABIC], ids=["hebrew", "arabic"])
def test_a_page_from_the_right_is_read_whole(reader: ResumeReader, draw: Callable[[dict], bytes], person: dict) -> None:  # type: ignore[type-arg]
    text, profile = read(reader, draw(person))
    assert profile.name == person["name"]
    assert [part.kind for part in sections(text) if part.kind] in (
        [Kind.EXPERIENCE, Kind.EDUCATION, Kind.SKILLS, Kind.LANGUAGES],
        [Kind.SKILLS, Kind.LANGUAGES, Kind.EXPERIENCE, Kind.EDUCATION],
    )
    assert [(job.title, job.company, job.start, job.end) for job in profile.experience] == [
        (title, company, *("-".join(reversed(month.split("/"))) for month in when.split(" – ")))
        for title, company, when, _ in person["jobs"]
    ]
    assert set(person["skills"]) == set(profile.skills)
    assert profile.education[0].start == person["study"][2][:4]


def test_places_are_shown_on_the_real_page(reader: ResumeReader) -> None:
    text, profile = read(reader, one_column(HEBREW))
    assert text.mirrored.keys() == {1}
    assert ExtractedText.from_dict(text.to_dict()) == text
    x0, _, x1, _ = profile.evidence["name"].box
    assert 540 <= x1 <= 550
    assert x0 > 350
    name = next(found for found in text.lines if found.text == HEBREW["name"])
    assert name.box.x0 < 60  # as if the page began where it is read from
