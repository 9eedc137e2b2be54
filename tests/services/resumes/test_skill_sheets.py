"""Tables of one row a job: period, employer, what was done, post. The long cell is text wherever it stands."""

import io
from datetime import date

import docx
import pytest

from services.resumes.page.beside_text import text_cell
from services.resumes.page.forms import is_table_head
from services.resumes.page.rows import rows
from services.resumes.reader import ResumeReader
from services.resumes.text import Box, Line, Run
from services.resumes.understanding import read_profile
from tests.services.resumes.test_tables import Sheet, read

AS_OF = date(2026, 11, 1)
HEAD = [["Period"], ["Company"], ["Tasks"], ["Role"]]
JOBS: list[list[list[str]]] = [
    [["2019 - 2024"], ["Amber & Vole", "Tromso"], ["- Moved the ledgers", "- Wrote rules", "- Ran audits"], ["Scribe"]],
    [["2014 - 2019"], ["Piet & Daughters", "Bergen"], ["- Kept the books", "- Paid the crews"], ["Keeper of Accounts"]],
    [["2011 - 2014"], ["Fjordbuss", "Bergen"], ["- Sold tickets"], ["Steward"]],
]  # fmt: skip
EXPECTED = [
    ("Amber & Vole", "Scribe", "2019"),
    ("Piet & Daughters", "Keeper of Accounts", "2014"),
    ("Fjordbuss", "Steward", "2011"),
]


def test_the_post_behind_the_text_is_the_post(reader: ResumeReader) -> None:
    sheet = Sheet()
    sheet.text("Solveig Aurdal", 18)
    sheet.text("Work experience", 14, "Helvetica-Bold")
    for cells in [HEAD, *JOBS]:
        sheet.row(cells, (50, 130, 260, 430, 560))
    _, profile = read(reader, sheet)
    assert [(job.company, job.title, job.start) for job in profile.experience] == EXPECTED


def test_the_same_in_word(reader: ResumeReader) -> None:
    document = docx.Document()
    document.add_paragraph("Solveig Aurdal")
    document.add_heading("Work experience")
    table = document.add_table(rows=0, cols=4)
    for cells in [HEAD, *JOBS]:
        for cell, texts in zip(table.add_row().cells, cells, strict=True):
            cell.text = "\n".join(texts)
    file = io.BytesIO()
    document.save(file)
    profile = read_profile(reader.extract(file.getvalue(), "cv.docx"), as_of=AS_OF)
    assert [(job.company, job.title, job.start) for job in profile.experience] == EXPECTED


def test_a_name_that_its_cell_broke_is_one_name(reader: ResumeReader) -> None:
    sheet = Sheet()
    sheet.text("Solveig Aurdal", 18)
    sheet.text("Work experience", 14, "Helvetica-Bold")
    for cells in (
        [["2019 - 2024"], ["Northern Lighthouse", "Commission"], ["Keeper"]],
        [["2015"], ["Vardo"], ["Rigger"]],
    ):
        sheet.row(cells, (50, 130, 222, 400))
    _, profile = read(reader, sheet)
    assert [job.company for job in profile.experience] == ["Northern Lighthouse Commission", "Vardo"]


@pytest.mark.parametrize(
    ("cells", "at"),
    [
        ([["2019"], ["Acme"], ["- built", "- sold"], ["Smith"]], 2),
        ([["2019"], ["Acme", "Smith", "- built", "- sold"]], None),  # two cells: the second has its header with it
        ([["2019"], ["- built"], ["- sold"], ["Smith"]], None),  # which of the two is the text?
        ([["Java"], ["- built", "- sold"], ["Smith"]], None),  # nothing dates it
        ([["2019"], ["Acme", "Cork", "Ireland", "EU"], ["- built", "- sold"]], None),
    ],
)
def test_which_cell_is_text(cells: list[list[str]], at: int | None) -> None:
    assert text_cell(cells) == at


@pytest.mark.parametrize(
    ("texts", "heads"),
    [
        (["期間", "会社名", "業務内容", "役割"], True),
        (["Period", "Employer", "Tools", "Position"], True),
        (["2019", "Employer", "Position"], False),
        (["Acme", "Engineer", "Cork"], False),
        (["Duration", "Oboe", "Bassoon"], False),
    ],
)
def test_a_row_that_names_columns(texts: list[str], heads: bool) -> None:
    lines = [Line(1, Box(100.0 * n, 10, 100.0 * n + 50, 22), (Run(text),)) for n, text in enumerate(texts)]
    assert is_table_head(rows(lines)[0]) is heads
