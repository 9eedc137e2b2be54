"""Structures that only the section as a whole explains: dates in the rail of headings, plain employers, headings that
say nothing, a name in the second column, employers before a state, pages that go on with a column.
"""

from collections.abc import Callable

from tests.services.resumes.layouts import WIDTH, Pen, iso, numeric, plain_header, short
from tests.services.resumes.people import Job, Person


def dated_rail(person: Person) -> bytes:
    """Headings and dates share a narrow left column; what they announce and date stands beside them."""
    pen = Pen()
    plain_header(pen, person)
    pen.gap(10)
    pen.text(50, "Career", 12, "Helvetica-Bold", "#225577")
    for job in person.jobs:
        pen.text(60, iso(job), 9, "Helvetica", "#444444", move=False)
        pen.text(190, f"{job.company} — {job.title}", 10, "Helvetica-Bold")
        pen.text(190, job.city, 8, "Helvetica-Oblique")
        pen.bullets(190, job.duties, 350)
        pen.gap(8)
    pen.text(50, "Education", 12, "Helvetica-Bold", "#225577")
    for study in person.studies:
        pen.text(60, f"{study.start} / {study.end}", 9, "Helvetica", "#444444", move=False)
        pen.text(190, f"{study.school} — {study.degree}, {study.area}", 10)
        pen.gap(6)
    pen.text(50, "Skills", 12, "Helvetica-Bold", "#225577")
    pen.paragraph(50, ", ".join(skill for skills in person.skills.values() for skill in skills), 490)
    return pen.done()


def plain_employer(person: Person) -> bytes:
    """Title in bold with its date; the employer below in the plain style of the text, its town at the right edge."""
    pen = Pen()
    plain_header(pen, person)
    pen.text(50, "Experience", 13, "Helvetica-Bold")
    for job in person.jobs:
        pen.right(545, short(job))
        pen.text(50, job.title, 10, "Helvetica-Bold")
        pen.right(545, job.city)
        pen.text(50, job.company, 10)
        pen.bullets(70, job.duties, 450)
        pen.gap(8)
    pen.text(50, "Education", 13, "Helvetica-Bold")
    for study in person.studies:
        pen.right(545, f"{study.start} – {study.end}")
        pen.text(50, f"{study.degree}, {study.area}", 10, "Helvetica-Bold")
        pen.text(50, study.school, 10)
        pen.gap(6)
    pen.text(50, "Skills", 13, "Helvetica-Bold")
    pen.paragraph(50, ", ".join(skill for skills in person.skills.values() for skill in skills), 490)
    return pen.done()


def ornamented_text(person: Person) -> bytes:
    """Text without any style: headings between stars, the date above, the town in brackets behind the employer."""
    lines = [
        person.name,
        f"Mail: {person.email}   Phone: {person.phone}",
        f"{person.city}",
        f"github.com/{person.github}",
    ]
    lines += ["", "* Employment *", ""]
    for job in person.jobs:
        duties = " ".join(job.duties)
        lines += [short(job, " - "), f"{job.company} ({job.city.partition(',')[0]})", job.title, duties, ""]
    lines += ["* Education *", ""]
    for study in person.studies:
        lines += [f"{study.start} - {study.end}", study.school, f"{study.degree} in {study.area}", ""]
    lines += ["* Skills *", *(skill for skills in person.skills.values() for skill in skills)]
    return "\n".join(lines).encode()


def comma_triples(person: Person) -> bytes:
    """Title, employer and town between commas, the date behind them in brackets; nothing is bold; Dutch."""
    lines = [
        person.name,
        person.email,
        person.phone,
        person.city,
        f"github.com/{person.github}",
        "",
        "Werkervaring",
        "",
    ]
    for job in person.jobs:
        town = job.city.partition(",")[0]
        lines += [
            f"{job.title}, {job.company}, {town} ({numeric(job, 'heden')})",
            *(f"- {duty}" for duty in job.duties),
            "",
        ]
    lines += ["Opleiding", ""]
    lines += [f"{study.degree}, {study.area}, {study.school} ({study.start} - {study.end})" for study in person.studies]
    lines += ["", "Vaardigheden", ", ".join(skill for skills in person.skills.values() for skill in skills)]
    return "\n".join(lines).encode()


def connected(person: Person) -> bytes:
    """Polish: "title w employer" in bold, a word too common to cut at unless every entry has it."""
    pen = Pen()
    plain_header(pen, person)

    def date(job: Job) -> str:
        end = f"{job.end[1]:02d}.{job.end[0]}" if job.end else "obecnie"
        return f"{job.start[1]:02d}.{job.start[0]} - {end}"

    pen.text(50, "Kariera", 13, "Helvetica-Bold")
    for job in person.jobs:
        pen.text(50, f"{job.title} w {job.company}", 10, "Helvetica-Bold")
        pen.text(50, date(job), 9, "Helvetica", "#777777")
        pen.bullets(60, job.duties, 460)
        pen.gap(8)
    pen.text(50, "Edukacja", 13, "Helvetica-Bold")
    for study in person.studies:
        pen.text(50, f"{study.degree}, {study.area}", 10, "Helvetica-Bold")
        pen.text(50, f"{study.school}, {study.start} - {study.end}", 9, "Helvetica", "#777777")
        pen.gap(5)
    pen.text(50, "Technologie", 13, "Helvetica-Bold")
    pen.paragraph(50, ", ".join(skill for skills in person.skills.values() for skill in skills), 490)
    return pen.done()


def own_headings(person: Person) -> bytes:
    """Centred, and every heading is the person's own phrase: the sections are known by what they hold."""
    pen = Pen()

    def middle(words: str, size: float, font: str = "Helvetica") -> None:
        pen.text((WIDTH - pen.canvas.stringWidth(words, font, size)) / 2, words, size, font)

    middle(person.name, 22, "Times-Bold")
    middle(f"{person.city} - {person.phone} - {person.email}", 10, "Times-Roman")
    middle(f"github.com/{person.github}", 10, "Times-Roman")
    pen.gap(14)
    middle("Ports of call", 14, "Times-Italic")
    for job in person.jobs:
        pen.gap(6)
        middle(short(job, " to "), 9, "Times-Roman")
        middle(job.title, 10, "Times-Bold")
        middle(f"{job.company} · {job.city}", 10, "Times-Roman")
        for duty in job.duties:
            middle(duty, 10, "Times-Roman")
    pen.gap(14)
    middle("Under good masters", 14, "Times-Italic")
    for study in person.studies:
        pen.gap(6)
        middle(f"{study.start} to {study.end}", 9, "Times-Roman")
        middle(f"{study.degree}, {study.area}", 10, "Times-Bold")
        middle(study.school, 10, "Times-Roman")
    pen.gap(14)
    middle("In the sea chest", 14, "Times-Italic")
    pen.gap(6)
    middle(", ".join(skill for skills in person.skills.values() for skill in skills), 9, "Times-Roman")
    return pen.done()


def second_column_name(person: Person) -> bytes:
    """Contact, skills and languages in the left column; the name opens the right one; no bold but in the headings."""
    pen = Pen()
    top = pen.y
    pen.text(36, "Contact", 11, "Helvetica-Bold")
    for words in (person.phone, person.email, person.city, f"github.com/{person.github}"):
        pen.text(36, words, 8)
    pen.gap()
    pen.text(36, "Skills", 11, "Helvetica-Bold")
    for skill in (skill for skills in person.skills.values() for skill in skills):
        pen.text(36, skill, 8)
    pen.y = top
    pen.text(212.7, person.name, 20, "Helvetica-Bold")
    pen.text(212.7, person.headline, 10)
    pen.gap(14)
    pen.text(212.7, "Experience", 11, "Helvetica-Bold")
    for job in person.jobs:
        pen.text(212.7, job.company, 10, "Helvetica-Bold")
        pen.text(212.7, job.title, 9)
        pen.text(212.7, short(job), 9, "Helvetica-Oblique")
        pen.bullets(225, job.duties, 320)
        pen.gap(6)
    pen.text(212.7, "Education", 11, "Helvetica-Bold")
    for study in person.studies:
        pen.text(212.7, study.school, 10, "Helvetica-Bold")
        pen.text(212.7, f"{study.degree}, {study.area}", 9)
        pen.text(212.7, f"{study.start} – {study.end}", 9, "Helvetica-Oblique")
        pen.gap(6)
    return pen.done()


def before_a_state(person: Person) -> bytes:
    """Title in bold with the date; below it employer and country, as a town and its country would stand."""
    pen = Pen()
    plain_header(pen, person)
    pen.text(50, "Employment", 13, "Helvetica-Bold")
    for job in person.jobs:
        pen.right(545, short(job))
        pen.text(50, job.title, 10, "Helvetica-Bold")
        pen.text(50, f"{job.company}, Victoria", 10, "Helvetica-Oblique")
        pen.bullets(60, job.duties, 460)
        pen.gap(8)
    pen.text(50, "Education", 13, "Helvetica-Bold")
    for study in person.studies:
        pen.right(545, f"{study.start} – {study.end}")
        pen.text(50, f"{study.degree} in {study.area}", 10, "Helvetica-Bold")
        pen.text(50, study.school, 10, "Helvetica-Oblique")
        pen.gap(6)
    pen.text(50, "Skills", 13, "Helvetica-Bold")
    pen.paragraph(50, ", ".join(skill for skills in person.skills.values() for skill in skills), 490)
    return pen.done()


def column_over_pages(person: Person) -> bytes:
    """Two columns over two pages: the left one goes on above the fold of the next page, beside nothing."""
    pen = Pen()
    pen.text(46, person.name, 20, "Helvetica-Bold")
    pen.text(46, f"{person.email}   {person.phone}", 9)
    pen.text(46, f"{person.city}   github.com/{person.github}", 9)
    pen.gap(20)
    top = pen.y
    pen.text(317, "Education", 13, "Helvetica-Bold", "#333399")
    for study in person.studies:
        pen.text(317, study.school, 10, "Helvetica-Bold")
        pen.text(317, f"{study.degree}, {study.area}", 10)
        pen.text(317, f"{study.start} – {study.end}", 8)
        pen.gap()
    pen.text(317, "Skills", 13, "Helvetica-Bold", "#333399")
    for skill in (skill for skills in person.skills.values() for skill in skills):
        pen.text(317, skill, 10)
    pen.y = top
    pen.text(46, "Experience", 13, "Helvetica-Bold", "#333399")
    for number, job in enumerate(person.jobs):
        if number == len(person.jobs) - 1:
            pen.canvas.showPage()
            pen.y = 780
        pen.text(46, job.company, 10, "Helvetica-Bold")
        pen.text(46, job.title, 10)
        pen.text(46, iso(job).replace(" / ", " – "), 8)
        for duty in job.duties:
            pen.paragraph(56, duty, 220)
        pen.gap(14)
    return pen.done()


LAYOUTS: dict[str, tuple[str, Callable[[Person], bytes]]] = {
    "dated_rail": ("pdf", dated_rail),
    "plain_employer": ("pdf", plain_employer),
    "ornamented_text": ("txt", ornamented_text),
    "comma_triples": ("txt", comma_triples),
    "connected": ("pdf", connected),
    "own_headings": ("pdf", own_headings),
    "second_column_name": ("pdf", second_column_name),
    "before_a_state": ("pdf", before_a_state),
    "column_over_pages": ("pdf", column_over_pages),
}
