"""Tables drawn with lines: each row of cells is read whole, whatever stands level with whatever."""

import io
from collections.abc import Sequence
from datetime import date

import docx
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from services.resumes.formats.placed import Word
from services.resumes.formats.words import lines_of
from services.resumes.page.tables import around_tables, tables
from services.resumes.profile import ResumeProfile
from services.resumes.reader import ResumeReader
from services.resumes.sections.finding import sections
from services.resumes.sections.headings import Kind
from services.resumes.text import Box, ExtractedText, Line, Run, Style
from services.resumes.understanding import read_profile
from tests.services.resumes.hostile import package

AS_OF = date(2026, 11, 1)
HEIGHT = A4[1]
JOBS = [
    (["04/2014 - 09/2020"], ["Otaru City Hospital", "Ward Nurse", "- Planned discharges", "- Taught new nurses"]),
    (
        ["10/2020 - present"],
        ["Hokusetsu Home Care", "Team Manager", "- Planned visits of eight", "- Met wards", "- Wrote a form"],
    ),
]


class Sheet:
    """Draws ruled rows downwards; every cell is centred from top to bottom, as office programs do."""

    def __init__(self) -> None:
        self.buffer = io.BytesIO()
        self.canvas = Canvas(self.buffer, pagesize=A4)
        self.top = 60.0

    def text(self, text: str, size: float = 10, font: str = "Helvetica") -> None:
        self.canvas.setFont(font, size)
        self.canvas.drawString(50, HEIGHT - self.top, text)
        self.top += size * 1.7

    def row(self, cells: Sequence[Sequence[str]], edges: Sequence[float], font: str = "Helvetica") -> None:
        tall = max(len(cell) for cell in cells) * 12 + 8
        self.canvas.setFont(font, 9)
        self.canvas.rect(edges[0], HEIGHT - self.top - tall, edges[-1] - edges[0], tall)
        for x in edges[1:-1]:
            self.canvas.line(x, HEIGHT - self.top, x, HEIGHT - self.top - tall)
        for cell, x in zip(cells, edges, strict=False):
            y = self.top + (tall - 12 * len(cell)) / 2 + 9
            for number, line in enumerate(cell):
                self.canvas.drawString(x + 4, HEIGHT - y - 12 * number, line)
        self.top += tall

    def done(self) -> bytes:
        self.canvas.save()
        return self.buffer.getvalue()


def read(reader: ResumeReader, sheet: Sheet) -> tuple[ExtractedText, ResumeProfile]:
    text = reader.extract(sheet.done(), "cv.pdf")
    return text, read_profile(text, as_of=AS_OF)


def test_a_period_in_the_middle_of_its_cell_belongs_to_the_header(reader: ResumeReader) -> None:
    sheet = Sheet()
    sheet.text("Sayaka Nishimura", 18)
    sheet.top += 10
    for title, rows in (("Professional experience", JOBS), ("Education", [(["2010 - 2014"], ["Kita University"])])):
        sheet.row([["Period"], [title]], (50, 180, 540), "Helvetica-Bold")
        for cells in rows:
            sheet.row(cells, (50, 180, 540))
        sheet.top += 14
    text, profile = read(reader, sheet)
    assert [part.kind for part in sections(text)] == [None, Kind.EXPERIENCE, Kind.EDUCATION]
    assert [(job.company, job.title, job.start, len(job.highlights)) for job in profile.experience] == [
        ("Otaru City Hospital", "Ward Nurse", "2014-04", 2),
        ("Hokusetsu Home Care", "Team Manager", "2020-10", 3),
    ]
    assert [(study.institution, study.start) for study in profile.education] == [("Kita University", "2010")]


def test_no_line_runs_through_a_border(reader: ResumeReader) -> None:
    sheet = Sheet()
    sheet.text("Sayaka Nishimura", 18)
    edge = 54 + stringWidth("Hokusetsu Home Care", "Helvetica", 9) + 1
    sheet.row([["Hokusetsu Home Care"], ["Team Manager"]], (50, edge, 540))
    sheet.row([["Otaru"], ["Ward Nurse"]], (50, edge, 540))
    text, _ = read(reader, sheet)
    assert [line.text for line in text.lines][1:] == ["Hokusetsu Home Care", "Team Manager", "Otaru", "Ward Nurse"]


def test_a_cell_of_paragraphs_is_read_whole_and_a_wrapped_one_as_one_line(reader: ResumeReader) -> None:
    sheet = Sheet()
    sheet.row([["04/2014 - 09/2020", ""], ["Otaru Hospital"]], (50, 180, 540))
    sheet.row([["Ward Nurse", "Otaru"], ["- Planned discharges", "- Taught", "- Met wards"]], (50, 180, 540))
    sheet.row([["Hokusetsu Home", "Care Company"], ["Manager"], ["- One", "- Two", "- Three"]], (50, 128, 260, 540))
    text, _ = read(reader, sheet)
    assert [line.text for line in text.lines] == [
        "04/2014 - 09/2020", "Otaru Hospital",
        "Ward Nurse", "Otaru", "- Planned discharges", "- Taught", "- Met wards",
        "Hokusetsu Home Care Company", "Manager", "- One", "- Two", "- Three",
    ]  # fmt: skip


def test_columns_named_in_unknown_words_are_no_entry(reader: ResumeReader) -> None:
    sheet = Sheet()
    sheet.text("Experience", 14, "Helvetica-Bold")
    edges = (50, 160, 330, 450, 540)
    sheet.row([["Jakso"], ["Talo"], ["Toimi"], ["Muu"]], edges, "Helvetica-Bold")
    sheet.row([["04/2014 - 09/2020"], ["Otaru City Hospital"], ["Ward Nurse"], ["day and night"]], edges)
    sheet.row([["10/2020 - 02/2024"], ["Hokusetsu Home Care"], ["Team Manager"], ["days"]], edges)
    _, profile = read(reader, sheet)
    assert [(job.company, job.title) for job in profile.experience] == [
        ("Otaru City Hospital", "Ward Nurse"),
        ("Hokusetsu Home Care", "Team Manager"),
    ]


def test_two_tall_cells_are_columns(reader: ResumeReader) -> None:
    sheet = Sheet()
    left = [f"left {number}" for number in range(6)]
    right = [f"right {number}" for number in range(8)]
    sheet.row([["Name"], ["Sayaka"]], (50, 200, 540))
    sheet.row([left, right], (50, 200, 540))
    text, _ = read(reader, sheet)
    assert [line.text for line in text.lines] == ["Name", "Sayaka", *left, *right]


def stroke(x0: float, top: float, x1: float, bottom: float) -> Box:
    return Box(x0, top, max(x1, x0 + 0.5), max(bottom, top + 0.5))


def test_what_makes_a_table() -> None:
    across = [stroke(0, y, 300, y) for y in (0, 20, 60)]
    down = [stroke(x, 0, x, 60) for x in (0, 100, 300)]
    (table,) = tables(across, down)
    assert [[round(edge) for edge in band.edges] for band in table.bands] == [[0, 100, 300]] * 2
    assert tables(across, []) == []  # rulers
    assert tables(across[:1], down[1:2]) == []  # a cross
    assert tables([across[0], across[2]], [down[0], down[2]]) == []  # a frame
    lower = [[box._replace(top=box.top + 200, bottom=box.bottom + 200) for box in boxes] for boxes in (across, down)]
    assert len(tables([*across, *lower[0]], [*down, *lower[1]])) == 2


def test_a_small_table_in_a_column_is_left_to_the_columns() -> None:
    (table,) = tables([stroke(0, y, 100, y) for y in (0, 20, 60)], [stroke(x, 0, x, 60) for x in (0, 50, 100)])
    lines = [Line(1, Box(x, 5, x + 40, 15), (Run(text, Style()),)) for x, text in ((5, "a"), (55, "b"), (300, "c"))]
    assert around_tables(lines, [table], lambda some: some[::-1]) == lines[::-1]


def test_a_written_space_between_han_words_stays() -> None:
    words = [Word("大学", Box(0, 0, 20, 10), Style()), Word("学士", Box(21, 0, 41, 10), Style())]
    assert lines_of(words, 1)[0].text == "大学学士"
    assert lines_of([words[0], words[1]._replace(spaced=True)], 1)[0].text == "大学 学士"


def table_of(*rows: Sequence[Sequence[str]]) -> bytes:
    document = docx.Document()
    document.add_paragraph("Sayaka Nishimura")
    for cells in rows:
        table = document.add_table(rows=1, cols=len(cells))
        for cell, texts in zip(table.rows[0].cells, cells, strict=True):
            cell.paragraphs[0].text = texts[0]
            for text in texts[1:]:
                cell.add_paragraph(text)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def test_cells_of_a_word_table_are_read_whole_where_their_lines_do_not_match(reader: ResumeReader) -> None:
    page = table_of(
        [["2014 - 2020", "Otaru"], ["Ward Nurse", "Otaru City Hospital"]],
        [["Ward Nurse", "Otaru"], ["Planned discharges", "Taught nurses", "Met wards"]],
        [["2014 -", "2020"], ["Team Manager", "Hokusetsu", "Days"]],
    )
    assert reader.extract(page, "cv.docx").plain.split("\n") == [
        "Sayaka Nishimura",
        "2014 - 2020   Ward Nurse", "Otaru   Otaru City Hospital",
        "Ward Nurse", "Otaru", "Planned discharges", "Taught nurses", "Met wards",
        "2014 -   Team Manager", "2020   Hokusetsu", "Days",
    ]  # fmt: skip


def test_wide_spaces_part_a_line_of_han_characters(reader: ResumeReader) -> None:
    rows = ["氏名_三宅_陽斗", "2018年4月～現在_東海精密工業株式会社", "三宅_陽斗"]
    text = reader.extract("\n".join(rows).replace("_", "\u3000").encode(), "cv.txt")
    parts = [line.text.replace("\u3000", "_") for line in text.lines]
    assert parts == ["氏名_三宅_陽斗", "2018年4月～現在", "東海精密工業株式会社", "三宅_陽斗"]


def test_a_line_break_in_an_opendocument_cell_loses_nothing(reader: ResumeReader) -> None:
    cell = '<table:table-cell><text:p text:style-name="{}">{}</text:p></table:table-cell>'
    rows = [("Contact", "+353 1 555 0100<text:line-break/>sayaka@post.example"), ("Skills", "Triage, Excel")]
    body = "".join(
        f"<table:table-row>{cell.format('B', one)}{cell.format('', other)}</table:table-row>" for one, other in rows
    )
    content = (
        '<office:document-content xmlns:office="urn:o" xmlns:text="urn:t" xmlns:table="urn:b" xmlns:style="urn:s" '
        'xmlns:fo="urn:f"><office:automatic-styles><style:style style:name="B"><style:text-properties '
        'style:font-weight-asian="bold"/></style:style></office:automatic-styles><office:body><office:text>'
        f"<text:p>Sayaka</text:p><table:table>{body}</table:table></office:text></office:body></office:document-content>"
    )
    files = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content}
    text = reader.extract(package(files), "cv.odt")
    assert [line.text for line in text.lines] == [
        "Sayaka", "Contact", "+353 1 555 0100", "sayaka@post.example", "Skills", "Triage, Excel",
    ]  # fmt: skip
    assert [line.text for line in text.lines if line.style.bold] == ["Contact", "Skills"]
