"""Application forms: a small caption and the value below it in every cell."""

import io
from datetime import date

import docx
from docx.shared import Pt, RGBColor
from reportlab.pdfgen.canvas import Canvas

from services.resumes.page.captioned import are_captions
from services.resumes.profile import ResumeProfile
from services.resumes.reader import ResumeReader
from services.resumes.sections.headings import Kind, heading_kind
from services.resumes.text import Style
from services.resumes.understanding import read_profile

AS_OF = date(2026, 11, 1)
JOBS = [
    [[("Employer", "Erie Lantern Works"), ("Job title", "Glazier")],
     [("Location", "Erie, PA"), ("From / To (mm/yyyy)", "08/2016 - Present")],
     [("Supervisor", "Dana Wolcott"), ("Hours per week", "40")],
     [("Duties", "Passed each county test since 2018 with no fault")]],
    [[("Employer", "Sara's Windows"), ("Job title", "Cutter")],
     [("Location", "Erie, PA"), ("From / To (mm/yyyy)", "09/2011 - 07/2016")],
     [("Supervisor", "Pat Monahan"), ("Hours per week", "35")],
     [("Duties", "Cut and ground six hundred panes a week")]],
]  # fmt: skip
EXPECTED = [("Glazier", "Erie Lantern Works", "2016-08", ""), ("Cutter", "Sara's Windows", "2011-09", "2016-07")]
GREY = (0.45, 0.45, 0.45)


def jobs(profile: ResumeProfile) -> list[tuple[str, str, str, str]]:
    return [(job.title, job.company, job.start, job.end) for job in profile.experience]


def test_captions_above_their_values_on_paper(reader: ResumeReader) -> None:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(595, 842))
    canvas.setFont("Helvetica-Bold", 14)
    canvas.drawString(50, 800, "Marla Stank")
    canvas.setFont("Helvetica-Bold", 10)
    canvas.drawString(50, 770, "SECTION C – EMPLOYMENT HISTORY (most recent first)")
    y = 760.0
    for rows in JOBS:
        for cells in rows:
            y -= 26
            width = 500 / len(cells)
            for number, (caption, value) in enumerate(cells):
                x = 45 + width * number
                canvas.rect(x, y, width, 26)
                canvas.setFont("Helvetica", 7)
                canvas.setFillColorRGB(*GREY)
                canvas.drawString(x + 4, y + 17, caption)
                canvas.setFont("Helvetica", 9)
                canvas.setFillColorRGB(0, 0, 0)
                canvas.drawString(x + 4, y + 6, value)
        y -= 14
    canvas.save()
    profile = read_profile(reader.extract(file.getvalue(), "form.pdf"), as_of=AS_OF)
    assert jobs(profile) == EXPECTED


def test_captions_above_their_values_in_word(reader: ResumeReader) -> None:
    document = docx.Document()
    document.add_paragraph("Marla Stank")
    document.add_heading("Section C – Employment history (most recent first)")
    for rows in JOBS:
        table = document.add_table(rows=0, cols=2)
        for cells in rows:
            for cell, (caption, value) in zip(table.add_row().cells, cells, strict=False):
                run = cell.paragraphs[0].add_run(caption)
                run.font.size, run.font.color.rgb = Pt(7), RGBColor(0x77, 0x77, 0x77)
                cell.add_paragraph(value)
        document.add_paragraph()
    document.add_paragraph("Signature __________________")
    file = io.BytesIO()
    document.save(file)
    profile = read_profile(reader.extract(file.getvalue(), "form.docx"), as_of=AS_OF)
    assert jobs(profile) == EXPECTED
    assert "Signature" not in " ".join((profile.experience[-1].description, *profile.experience[-1].highlights))


def test_what_is_no_caption() -> None:
    plain, bold, grey = Style(), Style(bold=True), Style(size=8.0, colour="777777")
    assert are_captions([("Employer", grey), ("Tools", grey)], [plain])
    assert are_captions([("Tools", grey)], [plain])
    assert not are_captions([("Acme", bold), ("Globex", bold)], [plain])  # two names above their texts
    assert not are_captions([("Employer", plain)], [plain])
    assert not are_captions([("Employer", grey), ("Tools", plain)], [plain])
    assert not are_captions([("2019 – 2021", grey)], [plain])


def test_headings_of_forms() -> None:
    assert heading_kind("SECTION B – EDUCATION") is Kind.EDUCATION
    assert heading_kind("Teil 3: Berufserfahrung") is Kind.EXPERIENCE
    assert heading_kind("Employment history (most recent first)") is Kind.EXPERIENCE
    assert heading_kind("Section leader") is None
    assert heading_kind("Part A") is None
