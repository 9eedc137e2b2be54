"""Years above and below the bars of a time line."""

from datetime import date

from services.resumes.page.layout import in_reading_order
from services.resumes.page.timelines import with_periods
from services.resumes.text import Box, ExtractedText, Line, Run, Style
from services.resumes.understanding import read_profile

SMALL = Style("Sans", 8.0)


def line(text: str, x: float, y: float, style: Style = Style("Sans", 11.0)) -> Line:
    return Line(1, Box(x, y, x + 0.5 * style.size * len(text), y + style.size), (Run(text, style),))


def page() -> list[Line]:
    heavy = Style("Sans", 14.0, bold=True)
    lines = [line("Tomma Harms", 60, 30, Style("Sans", 24.0)), line("Work Experience", 165, 80, heavy)]
    jobs = [("2017", 110, "2021", 118, "Pilot, Hafen Emden"), ("2014", 95, "2017", 92, "Mate, Reederei Sund")]
    for number, (start, x, end, below, title) in enumerate(jobs):
        y = 110.0 + 60 * number
        lines += [line(start, x, y - 3, SMALL), line(title, 165, y, Style("Sans", 11.0, bold=True))]
        lines += [line(end, below, y + 8, SMALL), line("• Brought ninety ships home in fog.", 165, y + 15)]
    return [*lines, line("Languages", 165, 240, heavy), line("German", 120, 262), line("Native", 165, 262)]


def test_both_years_date_the_job_between_them() -> None:
    ordered = in_reading_order(page(), 595.0, 842.0)
    profile = read_profile(ExtractedText("pdf", 1, tuple(ordered)), as_of=date(2026, 1, 1))
    assert [(job.title, job.company, job.start, job.end) for job in profile.experience] == [
        ("Pilot", "Hafen Emden", "2017", "2021"),
        ("Mate", "Reederei Sund", "2014", "2017"),
    ]


def test_a_column_of_years_is_no_time_line() -> None:
    years = [line(str(2010 + n), 60, 100.0 + 12 * n, SMALL) for n in range(6)]
    texts = [line("Prize of the pilots", 165, 105.0 + 12 * n) for n in range(6)]
    assert with_periods([*years, *texts]) == [*years, *texts]
