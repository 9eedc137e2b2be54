"""Structures of a third kind: tables, centred text, tabs, Markdown, inline labels, one-line rows in Chinese."""

import io
from collections.abc import Callable

import docx
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.shared import Inches
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont

from tests.services.resumes.layouts import WIDTH, Pen, numeric, plain_header, short
from tests.services.resumes.people import Person


def tabular(person: Person) -> bytes:
    """Jobs as a table: period, employer, position in three columns, with a header row."""
    pen = Pen()
    plain_header(pen, person)
    pen.text(50, "Work History", 13, "Helvetica-Bold")
    for x, words in ((50, "Period"), (190, "Employer"), (360, "Position")):
        pen.text(x, words, 9, "Helvetica-Bold", "#555555", move=False)
    pen.gap(15)
    for job in person.jobs:
        pen.text(50, short(job), 10, move=False)
        pen.text(190, job.company, 10, move=False)
        pen.text(360, job.title, 10)
        pen.gap(4)
    pen.gap(10)
    pen.text(50, "Education", 13, "Helvetica-Bold")
    for study in person.studies:
        pen.text(50, f"{study.start} – {study.end}", 10, move=False)
        pen.text(190, study.school, 10, move=False)
        pen.text(360, f"{study.degree} in {study.area}", 10)
        pen.gap(4)
    pen.gap(10)
    pen.text(50, "Skills", 13, "Helvetica-Bold")
    pen.paragraph(50, ", ".join(skill for skills in person.skills.values() for skill in skills), 480)
    return pen.done()


def centred(person: Person) -> bytes:
    """Every header line is centred; dates in brackets behind the title."""
    pen = Pen()

    def middle(words: str, size: float, font: str = "Helvetica") -> None:
        pen.text((WIDTH - pen.canvas.stringWidth(words, font, size)) / 2, words, size, font)

    middle(person.name, 22, "Times-Bold")
    middle(person.headline, 12, "Times-Italic")
    middle(f"{person.city}  |  {person.phone}  |  {person.email}", 10, "Times-Roman")
    middle(f"github.com/{person.github}", 10, "Times-Roman")
    for heading in ("PROFESSIONAL EXPERIENCE", "EDUCATION", "SKILLS"):
        pen.gap(10)
        middle(heading, 12, "Times-Bold")
        if heading.startswith("PROF"):
            for job in person.jobs:
                middle(job.company, 11, "Times-Bold")
                middle(f"{job.title} ({short(job)})", 11, "Times-Italic")
                pen.bullets(60, job.duties, 470)
                pen.gap(6)
        elif heading == "EDUCATION":
            for study in person.studies:
                middle(study.school, 11, "Times-Bold")
                middle(f"{study.degree} in {study.area} ({study.start} – {study.end})", 11, "Times-Italic")
        else:
            middle(" • ".join(skill for skills in person.skills.values() for skill in skills), 8, "Times-Roman")
    return pen.done()


def word_tabs(person: Person) -> bytes:
    """Word: employer and place, then title and dates, the second of each at a right tab."""
    document = docx.Document()

    def row(left: str, right: str, *, bold: bool = False, italic: bool = False) -> None:
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.tab_stops.add_tab_stop(Inches(6), WD_TAB_ALIGNMENT.RIGHT)
        run = paragraph.add_run(f"{left}\t{right}")
        run.bold, run.italic = bold, italic

    document.add_paragraph().add_run(person.name).bold = True
    document.add_paragraph(f"{person.email} | {person.phone} | {person.city} | github.com/{person.github}")
    document.add_paragraph().add_run("PROFESSIONAL EXPERIENCE").bold = True
    for job in person.jobs:
        row(job.company, job.city, bold=True)
        row(job.title, short(job, " - "), italic=True)
        for words in job.duties:
            document.add_paragraph(words, style="List Bullet")
    document.add_paragraph().add_run("EDUCATION").bold = True
    for study in person.studies:
        row(study.school, str(study.end), bold=True)
        study.start = study.end
        row(f"{study.degree} in {study.area}", "", italic=True)
    document.add_paragraph().add_run("ADDITIONAL SKILLS").bold = True
    document.add_paragraph("; ".join(skill for skills in person.skills.values() for skill in skills))
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def markdown(person: Person) -> bytes:
    """A text file in Markdown."""
    lines = [
        f"# {person.name}",
        "",
        f"{person.city} · {person.phone} · <{person.email}> · https://github.com/{person.github}",
        "",
        "## Experience",
        "",
    ]
    for job in person.jobs:
        lines += [
            f"### {job.title}, {job.company}",
            "",
            f"*{short(job)}*",
            "",
            *(f"- {words}" for words in job.duties),
            "",
        ]
    lines += ["## Education", ""]
    for study in person.studies:
        lines += [f"### {study.school}", "", f"{study.degree} in {study.area}, {study.start} – {study.end}", ""]
    lines += ["## Skills", "", *(f"- **{name}:** {', '.join(skills)}" for name, skills in person.skills.items())]
    return "\n".join(lines).encode()


def inline_labels(person: Person) -> bytes:
    """Portuguese, every value behind its label and a colon."""
    pen = Pen()
    pen.text(50, person.name, 18, "Helvetica-Bold")
    for words in (
        f"E-mail: {person.email}",
        f"Telefone: {person.phone}",
        f"Endereço: {person.city}",
        f"GitHub: {person.github}",
    ):
        pen.text(50, words, 10)
    pen.gap()
    pen.text(50, "Experiência Profissional", 13, "Helvetica-Bold")
    for job in person.jobs:
        pen.text(50, f"Empresa: {job.company}", 10)
        pen.text(50, f"Cargo: {job.title}", 10)
        pen.text(50, f"Período: {numeric(job, 'atual')}", 10)
        pen.bullets(60, job.duties, 460)
        pen.gap(9)
    pen.text(50, "Formação Acadêmica", 13, "Helvetica-Bold")
    for study in person.studies:
        pen.text(50, f"{study.degree} in {study.area} – {study.school} ({study.start} - {study.end})", 10)
    pen.gap()
    pen.text(50, "Competências", 13, "Helvetica-Bold")
    for skills in person.skills.values():
        pen.bullets(60, skills, 300)
    return pen.done()


def chinese(person: Person) -> bytes:
    """Chinese: period, employer and position spread over one row each."""
    font = "STSong-Light"
    pdfmetrics.registerFont(UnicodeCIDFont(font))
    person.name, person.city = "欧阳书瑶", "浙江省绍兴市"
    names = (("云岫信息技术有限公司", "后端工程师"), ("青柠食品集团", "市场经理"), ("拾光设计工作室", "平面设计师"))
    for job, (company, title) in zip(person.jobs, names, strict=True):
        job.company, job.title = company, title
    for study, school, degree, area in zip(
        person.studies, ("鉴湖大学", "会稽理工学院"), ("硕士", "本科"), ("统计学", "机械工程"), strict=True
    ):
        study.school, study.degree, study.area = school, degree, area
    pen = Pen()
    pen.text(260, person.name, 20, font)
    pen.text(120, f"电话：{person.phone}   邮箱：{person.email}   地址：{person.city}", 9, font)
    pen.text(220, f"github.com/{person.github}", 9, font)
    pen.gap()
    pen.text(50, "工作经历", 14, font, "#2255aa")
    for job in person.jobs:
        end = f"{job.end[0]}.{job.end[1]:02d}" if job.end else "至今"
        pen.text(50, f"{job.start[0]}.{job.start[1]:02d} - {end}", 10, font, move=False)
        pen.text(200, job.company, 10, font, move=False)
        pen.text(430, job.title, 10, font)
        pen.text(60, "• 负责核心模块的设计与实现，推动流程优化，提升交付效率。", 10, font)
        pen.gap(6)
    pen.text(50, "教育背景", 14, font, "#2255aa")
    for study in person.studies:
        pen.text(50, f"{study.start} - {study.end}", 10, font, move=False)
        pen.text(200, study.school, 10, font, move=False)
        pen.text(430, f"{study.area}（{study.degree}）", 10, font)
    pen.gap(6)
    pen.text(50, "专业技能", 14, font, "#2255aa")
    pen.text(50, "、".join(skill for skills in person.skills.values() for skill in skills), 9, font)
    return pen.done()


def title_opposite(person: Person) -> bytes:
    """Employer on the left and title at the right edge of one row; the dates in italics below; prose."""
    pen = Pen()
    plain_header(pen, person)
    pen.text(50, "experience", 15, "Helvetica", "#119977")
    for job in person.jobs:
        pen.right(545, job.title, 10.5, "Helvetica")
        pen.text(50, job.company, 10.5, "Helvetica-Bold")
        pen.text(50, f"{short(job)} ({job.city})", 9, "Helvetica-Oblique")
        pen.paragraph(50, " ".join(job.duties), 490)
        pen.gap(8)
    pen.text(50, "education", 15, "Helvetica", "#119977")
    for study in person.studies:
        pen.right(545, f"{study.degree}, {study.area}", 10.5, "Helvetica")
        pen.text(50, study.school, 10.5, "Helvetica-Bold")
        pen.text(50, f"{study.start} – {study.end}", 9, "Helvetica-Oblique")
        pen.gap(6)
    pen.text(50, "skills", 15, "Helvetica", "#119977")
    for number, skill in enumerate(skill for skills in person.skills.values() for skill in skills):
        pen.text(50 + 170 * (number % 3), skill, 10, move=number % 3 == 2)
    return pen.done()


LAYOUTS: dict[str, tuple[str, Callable[[Person], bytes]]] = {
    "tabular": ("pdf", tabular),
    "centred": ("pdf", centred),
    "word_tabs": ("docx", word_tabs),
    "markdown": ("md", markdown),
    "inline_labels": ("pdf", inline_labels),
    "chinese": ("pdf", chinese),
    "title_opposite": ("pdf", title_opposite),
}
