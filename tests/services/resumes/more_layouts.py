"""More structures: a dark sidebar, no headings, roles under one employer, dates first, spaced letters, scripts."""

import io
from collections.abc import Callable

import docx
from reportlab.lib.colors import HexColor
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont

from tests.services.resumes.layouts import MONTHS, WIDTH, Pen, iso, plain_header, short
from tests.services.resumes.people import Person

MESES = [
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
]


def dark_sidebar(person: Person) -> bytes:
    """White words on a dark left column; dates below, prose in place of bullets."""
    pen = Pen()
    pen.canvas.setFillColor(HexColor("#1d2b3a"))
    pen.canvas.rect(0, 0, 190, 850, stroke=0, fill=1)
    for number, word in enumerate(person.name.split()):
        pen.text(24, word, 20, "Helvetica-Bold", "#ffffff")
        del number
    pen.gap(14)
    for heading, lines in (
        ("Contact", [person.email, person.phone, person.city, f"github.com/{person.github}"]),
        ("Skills", [skill for skills in person.skills.values() for skill in skills]),
    ):
        pen.text(24, heading, 12, "Helvetica-Bold", "#ffffff")
        for words in lines:
            pen.text(24, words, 8.5, "Helvetica", "#ffffff")
        pen.gap(14)
    pen.y = 780
    pen.text(215, "About", 13, "Helvetica-Bold", "#1d2b3a")
    pen.paragraph(215, person.summary, 340)
    pen.gap()
    pen.text(215, "Work experience", 13, "Helvetica-Bold", "#1d2b3a")
    for job in person.jobs:
        pen.text(215, f"{job.title}, {job.company}", 11, "Helvetica-Bold")
        pen.text(215, f"{short(job)}, {job.city}", 9, "Helvetica-Oblique", "#555555")
        pen.paragraph(215, " ".join(job.duties), 340)
        pen.gap(9)
    pen.text(215, "Education", 13, "Helvetica-Bold", "#1d2b3a")
    for study in person.studies:
        pen.text(215, f"{study.degree}, {study.area}", 11, "Helvetica-Bold")
        pen.text(215, f"{study.school}, {study.start} – {study.end}", 9, "Helvetica-Oblique", "#555555")
        pen.gap(6)
    return pen.done()


def employer_place_date(person: Person) -> bytes:
    """Employer | place | date in one row, the title alone below; headings with letters spaced apart."""
    pen = Pen()
    pen.text(150, " ".join(person.name.upper()).replace("   ", "     "), 18, "Times-Bold")
    pen.text(
        120,
        f"{person.email}  •  {person.phone}  •  {person.city}",
        9,
        "Times-Roman",
    )
    pen.text(120, f"github.com/{person.github}", 9, "Times-Roman")
    pen.gap()
    pen.text(50, "E X P E R I E N C E", 12, "Times-Roman")
    for job in person.jobs:
        pen.text(50, f"{job.company} | {job.city} | {short(job, ' — ')}", 10.5, "Times-Bold")
        pen.text(50, job.title, 10.5, "Times-Italic")
        pen.bullets(60, job.duties, 460)
        pen.gap(6)
    pen.text(50, "E D U C A T I O N", 12, "Times-Roman")
    for study in person.studies:
        pen.text(50, f"{study.school} | {study.start} — {study.end}", 10.5, "Times-Bold")
        pen.text(50, f"{study.degree} in {study.area}", 10.5, "Times-Italic")
    pen.gap()
    pen.text(50, "S K I L L S", 12, "Times-Roman")
    pen.paragraph(
        50, " | ".join(skill for skills in person.skills.values() for skill in skills), 480, 10.5, "Times-Roman"
    )
    return pen.done()


def date_on_top(person: Person) -> bytes:
    """The date opens each entry in a line of its own, then title, then employer; Spanish."""
    pen = Pen()
    pen.text(50, person.name, 24, "Helvetica")
    pen.text(50, person.headline, 12, "Helvetica", "#888888")
    for words in (person.city, person.phone, person.email, f"https://github.com/{person.github}"):
        pen.text(50, words, 9)
    pen.gap()
    pen.text(50, "Experiencia laboral", 14, "Helvetica-Bold")
    for job in person.jobs:
        end = f"{MESES[job.end[1] - 1]} de {job.end[0]}" if job.end else "actualidad"
        pen.text(50, f"{MESES[job.start[1] - 1]} de {job.start[0]} - {end}", 9, "Helvetica", "#888888")
        pen.text(50, job.title, 11, "Helvetica-Bold")
        pen.text(50, f"{job.company} - {job.city}", 10)
        pen.bullets(60, job.duties, 460)
        pen.gap(10)
    pen.text(50, "Formación académica", 14, "Helvetica-Bold")
    for study in person.studies:
        pen.text(50, f"{study.start} - {study.end}", 9, "Helvetica", "#888888")
        pen.text(50, f"{study.degree} in {study.area}", 11, "Helvetica-Bold")
        pen.text(50, study.school, 10)
        pen.gap(6)
    pen.text(50, "Habilidades", 14, "Helvetica-Bold")
    for skills in person.skills.values():
        for skill in skills:
            pen.text(50, skill, 10, move=False)
            pen.text(180, "●●●●○", 10)
    return pen.done()


def headless(person: Person) -> bytes:
    """No section heading at all: employers in bold with dates, schools the same way, a line of skills."""
    pen = Pen()
    pen.text(50, person.name, 18, "Helvetica-Bold")
    pen.text(50, f"{person.city} | {person.phone} | {person.email} | github.com/{person.github}", 9)
    pen.gap(14)
    for job in person.jobs:
        pen.right(545, short(job, "-"), 10, "Helvetica-Bold")
        pen.text(50, job.company, 10, "Helvetica-Bold")
        pen.text(50, job.title, 10, "Helvetica-Oblique")
        pen.bullets(60, job.duties, 460)
        pen.gap(10)
    for study in person.studies:
        pen.right(545, f"{study.start}-{study.end}", 10, "Helvetica-Bold")
        pen.text(50, study.school, 10, "Helvetica-Bold")
        pen.text(50, f"{study.degree} in {study.area}", 10, "Helvetica-Oblique")
        pen.gap(10)
    pen.paragraph(50, "Skills: " + ", ".join(skill for skills in person.skills.values() for skill in skills), 480)
    return pen.done()


def word_sidebar(person: Person) -> bytes:
    """Word: the whole page is one table of two cells, skills left and career right; dates by year in brackets."""
    document = docx.Document()
    left, right = document.add_table(rows=1, cols=2).rows[0].cells
    left.paragraphs[0].add_run(person.name).bold = True
    for words in (person.email, person.phone, person.city, f"github.com/{person.github}"):
        left.add_paragraph(words)
    left.add_paragraph().add_run("SKILLS").bold = True
    for skills in person.skills.values():
        for skill in skills:
            left.add_paragraph(skill, style="List Bullet")
    right.paragraphs[0].add_run("WORK HISTORY").bold = True
    for job in person.jobs:
        paragraph = right.add_paragraph()
        paragraph.add_run(job.company).bold = True
        paragraph.add_run(f" ({short(job, ' to ', 'now')})")
        right.add_paragraph().add_run(job.title).italic = True
        for words in job.duties:
            right.add_paragraph(words, style="List Bullet")
    right.add_paragraph().add_run("EDUCATION").bold = True
    for study in person.studies:
        paragraph = right.add_paragraph()
        paragraph.add_run(study.school).bold = True
        paragraph.add_run(f" ({study.start} to {study.end})")
        right.add_paragraph().add_run(f"{study.degree} in {study.area}").italic = True
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def labelled(person: Person) -> bytes:
    """A form: every value behind its label, as the European curriculum has it."""
    pen = Pen()
    pen.text(50, "Curriculum vitae", 16, "Helvetica-Bold")

    def pair(label: str, value: str) -> None:
        pen.text(50, label, 9, "Helvetica", "#555555", move=False)
        pen.text(210, value, 10)

    pen.text(50, "PERSONAL INFORMATION", 11, "Helvetica-Bold")
    for label, value in (
        ("Name", person.name),
        ("Address", person.city),
        ("Telephone", person.phone),
        ("E-mail", person.email),
        ("GitHub", f"github.com/{person.github}"),
    ):
        pair(label, value)
    pen.gap()
    pen.text(50, "WORK EXPERIENCE", 11, "Helvetica-Bold")
    for job in person.jobs:
        pair("Dates", short(job))
        pair("Position held", job.title)
        pair("Employer", f"{job.company}, {job.city}")
        pair("Activities", job.duties[0])
        pen.gap(8)
    pen.text(50, "EDUCATION AND TRAINING", 11, "Helvetica-Bold")
    for study in person.studies:
        pair("Dates", f"{study.start} – {study.end}")
        pair("Qualification awarded", f"{study.degree} in {study.area}")
        pair("Institution", study.school)
        pen.gap(8)
    pen.text(50, "SKILLS", 11, "Helvetica-Bold")
    for name, skills in person.skills.items():
        pair(name, ", ".join(skills))
    return pen.done()


def several_roles(person: Person) -> bytes:
    """One employer with two roles below it, each with its own dates; the third job stands alone."""
    pen = Pen()
    plain_header(pen, person)
    pen.text(50, "EXPERIENCE", 12, "Helvetica-Bold")
    first, second, third = person.jobs
    second.company = first.company
    for group in ([first, second], [third]):
        pen.right(545, group[0].city)
        pen.text(50, group[0].company, 11, "Helvetica-Bold")
        for job in group:
            pen.right(545, short(job), 10, "Helvetica-Oblique")
            pen.text(50, job.title, 10, "Helvetica-Oblique")
            pen.bullets(60, job.duties, 460)
            pen.gap(4)
        pen.gap(6)
    pen.text(50, "EDUCATION", 12, "Helvetica-Bold")
    for study in person.studies:
        pen.right(545, str(study.end))
        pen.text(50, f"{study.school} — {study.degree}, {study.area}", 10, "Helvetica-Bold")
        study.start = study.end
    pen.gap()
    pen.text(50, "SKILLS", 12, "Helvetica-Bold")
    for skills in person.skills.values():
        x = 50.0
        for skill in skills:
            pen.text(x, skill, 9, move=False)
            x += pen.canvas.stringWidth(skill, "Helvetica", 9) + 18
        pen.gap(14)
    return pen.done()


def japanese(person: Person) -> bytes:
    """Japanese headings, dates and employers; names and skills of the trade stay as they are."""
    pdfmetrics.registerFont(UnicodeCIDFont("HeiseiKakuGo-W5"))
    font = "HeiseiKakuGo-W5"
    pen = Pen()
    person.name, person.city = "佐久間 遥", "長野県松本市"
    for job, company, title in zip(
        person.jobs,
        ("株式会社みずうみ堂", "北アルプス製薬株式会社", "合同会社ことり"),
        ("システムエンジニア", "品質管理主任", "営業担当"),
        strict=True,
    ):
        job.company, job.title = company, title
    for study, school, degree, area in zip(
        person.studies, ("信州山岳大学", "松本中央大学"), ("修士", "学士"), ("情報工学", "機械工学"), strict=True
    ):
        study.school, study.degree, study.area = school, degree, area
    pen.text(50, person.name, 20, font)
    for words in (
        f"住所: {person.city}",
        f"電話: {person.phone}",
        f"メール: {person.email}",
        f"github.com/{person.github}",
    ):
        pen.text(50, words, 10, font)
    pen.gap()
    pen.text(50, "職務経歴", 14, font, "#224488")
    for job in person.jobs:
        end = f"{job.end[0]}年{job.end[1]}月" if job.end else "現在"
        pen.text(50, f"{job.start[0]}年{job.start[1]}月 ～ {end}　{job.company}", 11, font)
        pen.text(50, job.title, 10, font)
        pen.text(62, "・新しい業務の手順書を作成し、後輩の指導を担当。", 10, font)
        pen.gap(6)
    pen.text(50, "学歴", 14, font, "#224488")
    for study in person.studies:
        pen.text(50, f"{study.start}年 ～ {study.end}年　{study.school}", 11, font)
        pen.text(50, f"{study.area} {study.degree}", 10, font)
        pen.gap(6)
    pen.text(50, "スキル", 14, font, "#224488")
    pen.text(50, "、".join(skill for skills in person.skills.values() for skill in skills), 9, font)
    return pen.done()


def bold_comma_line(person: Person) -> bytes:
    """Title, employer and place in one line and ISO dates at the right; no bullets, short prose; interests below."""
    pen = Pen()
    pen.text(WIDTH / 2 - 60, person.name, 20, "Times-Bold")
    pen.text(WIDTH / 2 - 150, f"{person.phone} · {person.email} · {person.city}", 10, "Times-Roman")
    pen.text(WIDTH / 2 - 60, f"github.com/{person.github}", 10, "Times-Roman")
    pen.text(50, "Career", 14, "Times-Bold", "#333366")
    for job in person.jobs:
        pen.right(545, iso(job), 9, "Times-Roman")
        pen.text(50, f"{job.title}, {job.company}, {job.city}", 10.5, "Times-Bold")
        pen.paragraph(50, job.duties[0], 480, 10, "Times-Roman")
        pen.gap(5)
    pen.text(50, "Academic qualifications", 14, "Times-Bold", "#333366")
    for study in person.studies:
        pen.right(545, f"{study.start} / {study.end}", 9, "Times-Roman")
        pen.text(50, f"{study.degree} {study.area}, {study.school}", 10.5, "Times-Bold")
    pen.text(50, "Technical skills", 14, "Times-Bold", "#333366")
    for name, skills in person.skills.items():
        pen.text(50, f"{name} – {', '.join(skills)}", 10, "Times-Roman")
    pen.text(50, "Interests", 14, "Times-Bold", "#333366")
    pen.text(50, f"Sailing, chess, reading since {MONTHS[0]} 1999", 10, "Times-Roman")
    return pen.done()


LAYOUTS: dict[str, tuple[str, Callable[[Person], bytes]]] = {
    "dark_sidebar": ("pdf", dark_sidebar),
    "employer_place_date": ("pdf", employer_place_date),
    "date_on_top": ("pdf", date_on_top),
    "headless": ("pdf", headless),
    "word_sidebar": ("docx", word_sidebar),
    "labelled": ("pdf", labelled),
    "several_roles": ("pdf", several_roles),
    "japanese": ("pdf", japanese),
    "bold_comma_line": ("pdf", bold_comma_line),
}
