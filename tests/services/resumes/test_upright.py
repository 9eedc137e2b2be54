"""Headings that lie on their side beside what they announce."""

import io
from datetime import date

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from services.resumes.formats.placed import Word
from services.resumes.formats.upright import laid_flat
from services.resumes.reader import ResumeReader
from services.resumes.sections.finding import sections
from services.resumes.sections.headings import Kind
from services.resumes.text import Box, Style
from services.resumes.understanding import read_profile

SECTIONS = {
    "Work Experience": ["Otaru City Hospital, Otaru", "Ward Nurse", "Apr 2014 - Sep 2020", "- Planned discharges",
                        "- Taught new nurses", "- Met wards", "- Wrote a form"],
    "Education": ["BSc Nursing, Kita University", "Apr 2010 - Mar 2014", "With honours", "and a prize"],
    "Skills": ["Wound care, Excel", "Triage", "Dialysis"],
}  # fmt: skip


def page(*, upwards: bool) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4)
    canvas.setFont("Helvetica", 20)
    canvas.drawString(90, 780, "Sayaka Nishimura")
    y = 740.0
    for heading, texts in SECTIONS.items():
        canvas.setFont("Helvetica-Bold", 12)
        width = canvas.stringWidth(heading)
        canvas.saveState()
        canvas.translate(60 if upwards else 50, y + 9 - (width if upwards else 0))
        canvas.rotate(90 if upwards else -90)
        canvas.drawString(0, 0, heading)
        canvas.restoreState()
        canvas.setFont("Helvetica", 10)
        for number, text in enumerate(texts):
            canvas.drawString(90, y - 14 * number, text)
        y -= max(14 * len(texts), width) + 20
    canvas.save()
    return buffer.getvalue()


def test_headings_on_their_side_are_read_up_and_down(reader: ResumeReader) -> None:
    for upwards in (True, False):
        text = reader.extract(page(upwards=upwards), "cv.pdf")
        assert [(part.kind, part.title) for part in sections(text)] == [
            (None, ""),
            (Kind.EXPERIENCE, "Work Experience"),
            (Kind.EDUCATION, "Education"),
            (Kind.SKILLS, "Skills"),
        ]
        profile = read_profile(text, as_of=date(2026, 1, 1))
        assert profile.name == "Sayaka Nishimura"
        assert [(job.company, job.start, len(job.highlights)) for job in profile.experience] == [
            ("Otaru City Hospital", "2014-04", 4)
        ]


def test_a_phrase_stands_level_with_the_text_or_in_its_own_middle() -> None:
    side = [Word("Work", Box(40, 140, 52, 170), Style(), upright=True),
            Word("Life", Box(40, 110, 52, 135), Style(), upright=True)]  # fmt: skip
    level = Word("Nurse", Box(90, 110, 150, 122), Style())
    assert laid_flat([*side, level])[1] == Word("Work Life", Box(40, 110, 52, 122), Style())
    assert laid_flat([*side, level._replace(box=Box(90, 300, 150, 312))])[1].box == Box(40, 134, 52, 146)
    assert laid_flat([level]) == [level]
