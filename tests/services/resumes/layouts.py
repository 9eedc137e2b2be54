"""Layouts to read against, none of them copied from a theme: each draws a person in its own structure."""

import io
from collections.abc import Callable

import docx
from docx.shared import Pt
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

from services.resumes.scoring.truth import TrueJob, Truth
from tests.services.resumes.people import Job, Person, Study

MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
MONATE = [
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
]
WIDTH, HEIGHT = A4


def truth_of(person: Person) -> Truth:
    truth = Truth()
    for name in ("name", "email", "phone"):
        truth.add(name, getattr(person, name))
    truth.add("location", person.city)
    truth.add("links", f"github.com/{person.github}")
    for job in person.jobs:
        truth.add("company", job.company)
        truth.add("title", job.title)
        start = f"{job.start[0]}-{job.start[1]:02d}"
        truth.add("dates", start)
        truth.add("dates", f"{job.end[0]}-{job.end[1]:02d}" if job.end else None)
        truth.jobs.append(TrueJob(job.company, job.title, start))
    for study in person.studies:
        truth.add("institution", study.school)
        truth.add("degree", study.degree)
        truth.areas.append(study.area)
        truth.add("dates", str(study.start) if study.start != study.end else None)
        truth.add("dates", str(study.end))
    for skills in person.skills.values():
        for skill in skills:
            truth.add("skills", skill)
    return truth


def short(job: Job, dash: str = " – ", now: str = "Present") -> str:
    def point(at: tuple[int, int]) -> str:
        return f"{MONTHS[at[1] - 1]} {at[0]}"

    return point(job.start) + dash + (point(job.end) if job.end else now)


def numeric(job: Job, now: str = "heute") -> str:
    def point(at: tuple[int, int]) -> str:
        return f"{at[1]:02d}/{at[0]}"

    return f"{point(job.start)} - {point(job.end) if job.end else now}"


def iso(job: Job) -> str:
    end = f"{job.end[0]}-{job.end[1]:02d}" if job.end else "present"
    return f"{job.start[0]}-{job.start[1]:02d} / {end}"


class Pen:
    """Draws downwards from the top of a page."""

    def __init__(self) -> None:
        self.file = io.BytesIO()
        self.canvas = Canvas(self.file, pagesize=A4)
        self.y = HEIGHT - 60

    def text(
        self,
        x: float,
        words: str,
        size: float = 10,
        font: str = "Helvetica",
        colour: str = "#000000",
        *,
        move: bool = True,
    ) -> None:
        self.canvas.setFont(font, size)
        self.canvas.setFillColor(HexColor(colour))
        self.canvas.drawString(x, self.y, words)
        if move:
            self.y -= size * 1.35

    def right(self, x: float, words: str, size: float = 10, font: str = "Helvetica") -> None:
        self.canvas.setFont(font, size)
        self.canvas.setFillColor(HexColor("#000000"))
        self.canvas.drawRightString(x, self.y, words)

    def paragraph(self, x: float, words: str, width: float, size: float = 10, font: str = "Helvetica") -> None:
        for line in simpleSplit(words, font, size, width):
            self.text(x, line, size, font)

    def bullets(self, x: float, texts: list[str], width: float, mark: str = "•") -> None:
        for words in texts:
            lines = simpleSplit(words, "Helvetica", 10, width - 12)
            for number, line in enumerate(lines):
                self.text(x, f"{mark} {line}" if number == 0 else f"   {line}")

    def gap(self, points: float = 8) -> None:
        self.y -= points

    def done(self) -> bytes:
        self.canvas.save()
        return self.file.getvalue()


def plain_header(pen: Pen, person: Person, x: float = 50) -> None:
    pen.text(x, person.name, 20, "Helvetica-Bold")
    pen.text(x, person.headline, 12)
    pen.text(x, f"{person.email} | {person.phone} | {person.city} | github.com/{person.github}", 9)
    pen.gap()


def skills_inline(pen: Pen, person: Person, x: float, width: float) -> None:
    for name, skills in person.skills.items():
        pen.paragraph(x, f"{name}: {', '.join(skills)}", width)


def title_first(person: Person) -> bytes:
    """Title bold with the date at the right edge, employer and place in italics below."""
    pen = Pen()
    plain_header(pen, person)
    pen.text(50, "Professional Summary", 13, "Helvetica-Bold", "#224466")
    pen.paragraph(50, person.summary, 490)
    pen.gap()
    pen.text(50, "Employment History", 13, "Helvetica-Bold", "#224466")
    for job in person.jobs:
        pen.right(545, short(job))
        pen.text(50, job.title, 10, "Helvetica-Bold")
        pen.text(50, f"{job.company}, {job.city}", 10, "Helvetica-Oblique")
        pen.bullets(58, job.duties, 480)
        pen.gap()
    pen.text(50, "Education", 13, "Helvetica-Bold", "#224466")
    for study in person.studies:
        pen.right(545, f"{study.start} – {study.end}")
        pen.text(50, f"{study.degree} in {study.area}", 10, "Helvetica-Bold")
        pen.text(50, study.school, 10, "Helvetica-Oblique")
        pen.gap(4)
    pen.text(50, "Core Skills", 13, "Helvetica-Bold", "#224466")
    skills_inline(pen, person, 50, 490)
    return pen.done()


def heading_rail(person: Person) -> bytes:
    """Headings in a narrow rail on the left, level with what they announce; employer first, one line."""
    pen = Pen()
    plain_header(pen, person, 180)

    def rail(words: str) -> None:
        pen.gap(10)
        pen.text(50, words, 12, "Helvetica-Bold", "#aa3311", move=False)

    rail("Profile")
    pen.paragraph(180, person.summary, 360)
    rail("Work")
    for job in person.jobs:
        pen.text(180, f"{job.company} — {job.title}", 11, "Helvetica-Bold")
        pen.text(180, f"{short(job, ' to ')} · {job.city}", 9, "Helvetica", "#666666")
        pen.bullets(184, job.duties, 360, "-")
        pen.gap(6)
    rail("Education")
    for study in person.studies:
        pen.text(180, study.school, 11, "Helvetica-Bold")
        pen.text(180, f"{study.degree}, {study.area} ({study.start}-{study.end})")
    rail("Skills")
    pen.paragraph(180, " · ".join(skill for skills in person.skills.values() for skill in skills), 360)
    return pen.done()


def right_sidebar(person: Person) -> bytes:
    """Two independent columns; the narrow right one holds contact, skills as a list, and studies."""
    pen = Pen()
    pen.text(50, person.name.upper(), 22, "Helvetica-Bold")
    pen.text(50, person.headline, 12)
    pen.gap(20)
    top = pen.y
    pen.text(50, "EXPERIENCE", 12, "Helvetica-Bold", "#006655")
    for job in person.jobs:
        pen.text(50, job.title, 11, "Helvetica-Bold")
        pen.text(50, job.company, 10, "Helvetica", "#006655")
        pen.text(50, f"{short(job)} | {job.city}", 9, "Helvetica", "#777777")
        pen.bullets(54, job.duties, 320)
        pen.gap()
    pen.y = top - 6
    pen.text(410, "CONTACT", 12, "Helvetica-Bold", "#006655")
    for words in (person.phone, person.city, f"github.com/{person.github}"):
        pen.text(410, words, 9)
    user, domain = person.email.split("@")
    pen.text(410, f"{user}@", 9)
    pen.text(410, domain, 9)
    pen.gap()
    pen.text(410, "SKILLS", 12, "Helvetica-Bold", "#006655")
    for name, skills in person.skills.items():
        pen.text(410, name, 10, "Helvetica-Bold")
        for skill in skills:
            pen.text(410, skill, 9)
    pen.gap()
    pen.text(410, "EDUCATION", 12, "Helvetica-Bold", "#006655")
    for study in person.studies:
        pen.paragraph(410, f"{study.degree} in {study.area}", 150, 9, "Helvetica-Bold")
        pen.paragraph(410, study.school, 150, 9)
        pen.text(410, f"{study.start} - {study.end}", 9)
        pen.gap(4)
    return pen.done()


def date_rail(person: Person) -> bytes:
    """German: dates in a column on the left, title and employer in one line beside them."""
    pen = Pen()
    pen.text(50, person.name, 18, "Helvetica-Bold")
    pen.text(50, f"{person.city} · {person.phone} · {person.email}", 9)
    pen.text(50, f"github.com/{person.github}", 9)
    pen.gap()
    pen.text(50, "Berufserfahrung", 13, "Helvetica-Bold")
    for job in person.jobs:
        pen.text(50, numeric(job), 9, move=False)
        pen.text(170, job.title, 10, "Helvetica-Bold")
        pen.text(170, f"{job.company}, {job.city}", 10)
        pen.bullets(174, job.duties, 370)
        pen.gap(6)
    pen.text(50, "Ausbildung", 13, "Helvetica-Bold")
    for study in person.studies:
        pen.text(50, f"{study.start} - {study.end}", 9, move=False)
        pen.text(170, f"{study.degree} {study.area}", 10, "Helvetica-Bold")
        pen.text(170, study.school, 10)
        pen.gap(6)
    pen.text(50, "Kenntnisse", 13, "Helvetica-Bold")
    for name, skills in person.skills.items():
        pen.text(50, name, 9, "Helvetica-Bold", move=False)
        pen.text(170, ", ".join(skills))
    return pen.done()


def one_line(person: Person) -> bytes:
    """Everything about a job in one line: "Title at Company (dates)"; French headings in capitals."""
    pen = Pen()
    pen.text(50, person.name, 16, "Times-Bold")
    for words in (person.email, person.phone, person.city, f"GitHub: {person.github}"):
        pen.text(50, words, 10, "Times-Roman")
    pen.gap()
    pen.text(50, "EXPÉRIENCE PROFESSIONNELLE", 11, "Times-Roman")
    for job in person.jobs:
        pen.text(50, f"{job.title} at {job.company} ({short(job, ' - ')})", 10, "Times-Bold")
        pen.bullets(60, job.duties, 470, "–")
        pen.gap(5)
    pen.text(50, "FORMATION", 11, "Times-Roman")
    for study in person.studies:
        pen.text(50, f"{study.school}, {study.degree} in {study.area}, {study.start} - {study.end}", 10, "Times-Roman")
    pen.gap(5)
    pen.text(50, "COMPÉTENCES", 11, "Times-Roman")
    pen.paragraph(50, ", ".join(skill for skills in person.skills.values() for skill in skills), 480, 10, "Times-Roman")
    return pen.done()


def stacked(person: Person) -> bytes:
    """Employer with ISO dates, its address, then the title; volunteering below, which is no work."""
    pen = Pen()
    plain_header(pen, person)
    pen.text(50, "Work", 15, "Helvetica-Bold", "#884400")
    for job in person.jobs:
        pen.right(545, iso(job))
        pen.text(50, job.company, 11, "Helvetica-Bold")
        pen.text(
            50,
            f"https://www.{''.join(c for c in job.company.lower() if c.isalpha())}.example",
            8,
            "Helvetica",
            "#0000cc",
        )
        pen.text(50, job.title, 10, "Helvetica-Oblique")
        pen.text(50, "Highlights", 10, "Helvetica-Bold")
        pen.bullets(60, job.duties, 470)
        pen.gap()
    pen.text(50, "Volunteer", 15, "Helvetica-Bold", "#884400")
    pen.right(545, "2015-01 / 2016-02")
    pen.text(50, "River Watch", 11, "Helvetica-Bold")
    pen.text(50, "Volunteer Coordinator", 10, "Helvetica-Oblique")
    pen.gap()
    pen.text(50, "Education", 15, "Helvetica-Bold", "#884400")
    studies_side_by_side(pen, person.studies)
    pen.text(50, "Skills", 15, "Helvetica-Bold", "#884400")
    top = pen.y
    for number, (name, skills) in enumerate(person.skills.items()):
        pen.y = top
        x = 50 + 250 * number
        pen.text(x, name, 10, "Helvetica-Bold")
        pen.text(x, "Advanced", 9, "Helvetica-Oblique")
        for skill in skills:
            pen.text(x + 12, skill, 10)
    return pen.done()


def studies_side_by_side(pen: Pen, studies: list[Study]) -> None:
    top = pen.y
    for number, study in enumerate(studies):
        pen.y = top
        x = 50 + 250 * number
        pen.text(x, study.school, 11, "Helvetica-Bold")
        pen.text(x, f"{study.degree} - {study.area}", 10)
        pen.text(x, f"{study.start} - {study.end}", 9)
    pen.gap()


def word_table(person: Person) -> bytes:
    """Word: contact in a table, jobs in rows of two cells, bullets as list paragraphs."""
    document = docx.Document()
    document.add_heading(person.name, level=0)
    document.add_paragraph(person.headline)
    table = document.add_table(rows=2, cols=2)
    for cell, words in zip(
        (cell for row in table.rows for cell in row.cells),
        (person.email, person.phone, person.city, f"github.com/{person.github}"),
        strict=True,
    ):
        cell.text = words
    document.add_heading("Experience", level=1)
    for job in person.jobs:
        row = document.add_table(rows=1, cols=2).rows[0]
        row.cells[0].paragraphs[0].add_run(job.title).bold = True
        row.cells[0].add_paragraph(job.company)
        row.cells[1].text = short(job)
        for words in job.duties:
            document.add_paragraph(words, style="List Bullet")
    document.add_heading("Education", level=1)
    for study in person.studies:
        document.add_paragraph(f"{study.school}\t{study.start} – {study.end}").runs[0].bold = True
        document.add_paragraph(f"{study.degree} in {study.area}")
    document.add_heading("Skills", level=1)
    for name, skills in person.skills.items():
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{name}: ").bold = True
        paragraph.add_run(", ".join(skills)).font.size = Pt(10)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def plain_text(person: Person) -> bytes:
    """A text file with pipes and no style at all."""
    lines = [
        person.name.upper(),
        f"{person.city} | {person.phone} | {person.email} | github.com/{person.github}",
        "",
        "SUMMARY",
        person.summary,
        "",
        "EXPERIENCE",
    ]
    for job in person.jobs:
        lines += [f"{job.title} | {job.company} | {short(job, ' - ')}", *(f"* {words}" for words in job.duties), ""]
    lines += ["EDUCATION"]
    for study in person.studies:
        lines += [f"{study.degree} in {study.area}, {study.school}, {study.start}-{study.end}"]
    lines += ["", "SKILLS", *(f"{name}: {', '.join(skills)}" for name, skills in person.skills.items())]
    return "\n".join(lines).encode("utf-16")


LAYOUTS: dict[str, tuple[str, Callable[[Person], bytes]]] = {
    "title_first": ("pdf", title_first),
    "heading_rail": ("pdf", heading_rail),
    "right_sidebar": ("pdf", right_sidebar),
    "date_rail": ("pdf", date_rail),
    "one_line": ("pdf", one_line),
    "stacked": ("pdf", stacked),
    "word_table": ("docx", word_table),
    "plain_text": ("txt", plain_text),
}
