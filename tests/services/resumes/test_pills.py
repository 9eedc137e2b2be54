"""Tags in boxes of their own, and the block of contact details beside a title."""

import io

from reportlab.pdfgen.canvas import Canvas

from services.resumes.formats.pdf import read_pdf
from services.resumes.page.layout import in_reading_order
from services.resumes.text import Box, Line, Run, Style

TAGS = (("Radar", "Fog signals", "R"), ("Ice", "Sluices", "VTS Emden"))


def drawn(*, boxed: bool) -> bytes:
    """Two rows of tags, nearer to one another than columns are."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842))
    canvas.setFont("Helvetica", 10)
    canvas.drawString(60, 780, "Tomma Harms brings ships home in fog and writes it down.")
    for number, row in enumerate(TAGS):
        x, y = 60.0, 700.0 - 20 * number
        for tag in row:
            width = canvas.stringWidth(tag, "Helvetica", 10)
            if boxed:
                canvas.setFillGray(0.92)
                canvas.roundRect(x - 1, y - 4, width + 2, 15, 3, stroke=0, fill=1)
                canvas.setFillGray(0)
            canvas.drawString(x, y, tag)
            x += width + 4.2
    canvas.save()
    return buffer.getvalue()


def test_each_box_holds_a_text_of_its_own() -> None:
    texts = [line.text for line in read_pdf(drawn(boxed=True)).lines]
    assert texts[1:] == [tag for row in TAGS for tag in row]
    assert [line.text for line in read_pdf(drawn(boxed=False)).lines][1:] == [" ".join(row) for row in TAGS]


def line(text: str, x: float, y: float, style: Style = Style("Sans", 10.0)) -> Line:
    return Line(1, Box(x, y, x + 5.0 * len(text), y + style.size), (Run(text, style),))


def test_contact_details_beside_the_title_are_no_column_of_the_page() -> None:
    heavy = Style("Serif", 14.0, bold=True)
    lines = [
        line("Pilot", 30, 40, Style("Serif", 20.0)),
        line("Radar", 40, 90),
        line("Ice", 200, 97),
        line("Fog", 40, 112),
    ]
    for number, text in enumerate(("Tomma", "Harms", "tomma@harms.example", "+49 491 555 0107", "Emden")):
        lines.append(line(text, 385, 25.0 + 19 * number))
    lines += [line("Experience", 30, 150, heavy)]
    for number, job in enumerate(("Pilot, Hafen Emden", "Mate, Reederei Sund")):
        y = 180.0 + 80 * number
        lines += [
            line(f"{2017 - number} – {2021 - 4 * number}", 30, y),
            line(job, 158, y, Style("Sans", 10.0, bold=True)),
        ]
        lines += [line("Wangerooge" if number else "Leer", 30, y + 18)]
        lines += [line("• " + "Brought ninety ships home in fog, and wrote it down for the others.", 170, y + 36)]
        lines += [line("• " + "Trained two mates for the examination of the chamber of pilots.", 170, y + 50)]
    texts = [one.text for one in in_reading_order(lines, 595.0, 842.0)]
    assert set(texts[: texts.index("Experience")]) == {one.text for one in lines if one.box.top < 150}
    assert texts[texts.index("Experience") :] == [one.text for one in lines if one.box.top >= 150]
