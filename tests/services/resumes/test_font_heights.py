"""Fonts that lie about their height: a line is as high as its font all the same."""

import re
from pathlib import Path

from fpdf import FPDF

from services.exports.fonts import faces_for
from services.resumes.reader import ResumeReader


def dated_rail(ascent: int, descent: int) -> bytes:
    """A date in a rail beside what it dates; figures have no descenders and the text beside them has."""
    pdf = FPDF(unit="pt", format="A4")
    pdf.set_auto_page_break(auto=False)
    pdf.add_page()
    pdf.add_font("Fira", "", next(face.path for face in faces_for("", Path()).faces if not face.style))
    pdf.set_font("Fira", "", 11)
    for number, (year, text) in enumerate([("2016", "Agency, Yarrow Quay"), ("2009", "map maker")]):
        pdf.text(57, 100 + 22 * number, year)
        pdf.text(148, 100 + 22 * number, text)
    return _told(bytes(pdf.output()), ascent, descent)


def _told(data: bytes, *values: int) -> bytes:
    """With other values in the font's descriptor, as long as the old ones: nothing else in the file moves."""
    for key, value in zip((b"Ascent", b"Descent"), values, strict=True):
        old = re.search(rb"/%s (-?\d+)" % key, data)
        assert old is not None
        data = data.replace(old[0], b"/%s %s" % (key, str(value).encode().rjust(len(old[1]), b"0")))
    return data


def test_a_font_without_depth_gives_lines_of_one_height(reader: ResumeReader) -> None:
    lines = reader.extract(dated_rail(615, 0), "cv.pdf").lines
    assert len({round(line.box.bottom - line.box.top, 1) for line in lines}) == 1
    assert len({line.style.size for line in lines}) == 1
    assert len({round(line.box.top, 1) for line in lines}) == 2
