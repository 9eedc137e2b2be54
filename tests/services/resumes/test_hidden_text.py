"""What is in a file and not on its page is dropped and reported, however it is hidden; what can be seen stays."""

import io
from collections.abc import Callable

import pytest
from PIL import Image
from reportlab.lib.colors import Color, black, white
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from services.resumes.reader import ResumeReader
from tests.services.resumes.hostile import package, word
from tests.services.resumes.hostile_documents import NAMES, ODT

TRICK = "WITCHCRAFT"
NAVY = Color(0.1, 0.1, 0.3)
WORD14 = "http://schemas.microsoft.com/office/word/2010/wordml"
Paint = Callable[[Canvas], None]


def pdf(paint: Paint) -> bytes:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(600, 800))
    canvas.setFont("Helvetica", 12)
    for row, text in enumerate(("Jane Roe", "jane@example.org", "Experience", "Baker, Quillmark, 2019 - 2021")):
        canvas.drawString(60, 700 - 20 * row, text)
    paint(canvas)
    canvas.save()
    return file.getvalue()


def say(canvas: Canvas, *, x: float = 60, y: float = 500, mode: int = 0) -> None:
    text = canvas.beginText(x, y)
    text.setTextRenderMode(mode)
    text.textLine(TRICK)
    canvas.drawText(text)


def patch(canvas: Canvas, colour: Color) -> None:
    canvas.setFillColor(colour)
    canvas.rect(50, 490, 300, 30, fill=1, stroke=0)


def in_colour(colour: Color) -> Paint:
    def paint(canvas: Canvas) -> None:
        canvas.setFillColor(colour)
        say(canvas)

    return paint


def on_a_veil(ground: Color, veil: Color, opacity: float) -> Paint:
    """White words on a shape that lets the one below shine through."""

    def paint(canvas: Canvas) -> None:
        patch(canvas, ground)
        patch(canvas, Color(veil.red, veil.green, veil.blue, alpha=opacity))
        in_colour(white)(canvas)

    return paint


def faint(opacity: float) -> Paint:
    def paint(canvas: Canvas) -> None:
        canvas.setFillAlpha(opacity)
        say(canvas)

    return paint


def scaled(across: float, down: float) -> Paint:
    def paint(canvas: Canvas) -> None:
        canvas.translate(60, 500)
        canvas.scale(across, down)
        say(canvas, x=0, y=0)

    return paint


def clipped(x: float) -> Paint:
    def paint(canvas: Canvas) -> None:
        hole = canvas.beginPath()
        hole.rect(x, 480, 200, 60)
        canvas.clipPath(hole, stroke=0, fill=0)
        say(canvas)

    return paint


def under_a_patch(canvas: Canvas) -> None:
    say(canvas)
    patch(canvas, white)


def under_a_picture(canvas: Canvas) -> None:
    say(canvas)
    canvas.drawImage(ImageReader(Image.effect_noise((60, 20), 90).convert("RGB")), 50, 490, 300, 30)


def under_a_clear_picture(canvas: Canvas) -> None:
    say(canvas)
    canvas.drawImage(ImageReader(Image.new("RGBA", (60, 20), (255, 0, 0, 40))), 50, 490, 300, 30, mask="auto")


def on_a_patch(ground: Color, ink: Color) -> Paint:
    def paint(canvas: Canvas) -> None:
        patch(canvas, ground)
        canvas.setFillColor(ink)
        say(canvas)

    return paint


def run(properties: str) -> bytes:
    kept = "<w:p><w:r><w:t>Jane Roe</w:t></w:r></w:p>"
    return word(f"{kept}<w:p><w:r><w:rPr>{properties}</w:rPr><w:t>{TRICK}</w:t></w:r></w:p>")


def odt(body: str, properties: str = "", more: str = "") -> bytes:
    names = f'{NAMES} xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
    style = f'<style:style style:name="T"><style:text-properties {properties}/></style:style>'
    styles = f"<office:automatic-styles>{style}{more}</office:automatic-styles>"
    text = f"<office:body><office:text><text:p>Jane Roe</text:p>{body}</office:text></office:body>"
    content = f"<office:document-content {names}>{styles}{text}</office:document-content>"
    return package({"mimetype": ODT, "content.xml": content})


def span(properties: str) -> bytes:
    return odt(f'<text:p><text:span text:style-name="T">{TRICK}</text:span></text:p>', properties)


def odt_cell(ground: str) -> bytes:
    """White words in a cell of that colour."""
    style = f'<style:style style:name="C"><style:table-cell-properties fo:background-color="{ground}"/></style:style>'
    words = f'<text:p><text:span text:style-name="T">{TRICK}</text:span></text:p>'
    row = f'<table:table-row><table:table-cell table:style-name="C">{words}</table:table-cell></table:table-row>'
    return odt(f"<table:table>{row}</table:table>", 'fo:color="#ffffff"', style)


def rtf(text: str) -> bytes:
    colours = r"{\colortbl;\red255\green255\blue255;\red0\green0\blue90;}"
    return f"{{\\rtf1{colours} Jane Roe\\par {text} after\\par}}".encode()


HIDDEN = {
    "white": pdf(in_colour(white)),
    "nearly white": pdf(in_colour(Color(0.97, 0.97, 0.97))),
    "tiny": pdf(scaled(0.05, 0.05)),
    "flat": pdf(scaled(1, 0.01)),
    "under the page": pdf(lambda canvas: say(canvas, y=-60)),
    "beside the page": pdf(lambda canvas: say(canvas, x=700)),
    "no ink": pdf(lambda canvas: say(canvas, mode=3)),
    "a mere clip": pdf(lambda canvas: say(canvas, mode=7)),
    "clipped": pdf(clipped(300)),
    "under a patch": pdf(under_a_patch),
    "under a picture": pdf(under_a_picture),
    "transparent": pdf(faint(0.0)),
    "nearly transparent": pdf(faint(0.02)),
    "navy on navy": pdf(on_a_patch(NAVY, NAVY)),
    "docx vanish": run("<w:vanish/>"),
    "docx vanish for good": run("<w:specVanish/>"),
    "docx white": run('<w:color w:val="FFFFFF"/>'),
    "docx colour of the paper": run('<w:color w:themeColor="background1"/>'),
    "docx tiny": run('<w:sz w:val="2"/>'),
    "docx no ink": run(f'<w14:textFill xmlns:w14="{WORD14}"><w14:noFill/></w14:textFill>'),
    "odt display": span('text:display="none"'),
    "white on a faint navy veil": pdf(on_a_veil(white, NAVY, 0.05)),
    "white on a white veil over white": pdf(on_a_veil(white, white, 0.2)),
    "odt white": span('fo:color="#fefefe"'),
    "odt white on a white cell": odt_cell("#ffffff"),
    "odt white on a clear cell": odt_cell("transparent"),
    "odt tiny": span('fo:font-size="1pt"'),
    "odt field": odt(f'<text:p><text:hidden-text text:is-hidden="true">{TRICK}</text:hidden-text></text:p>'),
    "odt paragraph": odt(f"<text:p><text:hidden-paragraph/>{TRICK}</text:p>"),
    "odt section": odt(f'<text:section text:display="none"><text:p>{TRICK}</text:p></text:section>'),
    "rtf hidden": rtf(rf"{{\v {TRICK}}}"),
    "rtf hidden until": rtf(rf"\v {TRICK}\v0 "),
    "rtf white": rtf(rf"{{\cf1 {TRICK}}}"),
    "rtf tiny": rtf(rf"{{\fs2 {TRICK}}}"),
    "html": f"<html><body><p>Jane Roe</p><p style='DISPLAY: none'>{TRICK}</p></body></html>".encode(),
}
SEEN = {
    "white on navy": pdf(on_a_patch(NAVY, white)),
    "white on a white veil over navy": pdf(on_a_veil(NAVY, white, 0.2)),
    "black on white": pdf(on_a_patch(white, black)),
    "half transparent": pdf(faint(0.5)),
    "inside its clip": pdf(clipped(50)),
    "under a clear picture": pdf(under_a_clear_picture),
    "docx white on navy": run('<w:color w:val="FFFFFF"/><w:shd w:fill="000080"/>'),
    "odt navy": span('fo:color="#000080"'),
    "odt white on navy": span('fo:color="#ffffff" fo:background-color="#000080"'),
    "odt white in a navy cell": odt_cell("#000080"),
    "rtf white on navy": rtf(rf"{{\cf1\highlight2 {TRICK}}}"),
    "rtf navy": rtf(rf"{{\cf2 {TRICK}}}"),
    "html": f"<html><body><p>Jane Roe</p><p style='opacity: 0.9'>{TRICK}</p></body></html>".encode(),
}


@pytest.mark.parametrize("how", HIDDEN)
def test_it_is_dropped_and_reported(reader: ResumeReader, how: str) -> None:
    text = reader.extract(HIDDEN[how], "cv.bin")
    assert text.plain.startswith("Jane Roe")
    assert TRICK not in text.plain
    assert "hidden_text" in text.flags
    assert TRICK in text.hidden


@pytest.mark.parametrize("how", SEEN)
def test_what_can_be_seen_stays(reader: ResumeReader, how: str) -> None:
    text = reader.extract(SEEN[how], "cv.bin")
    assert TRICK in text.plain
    assert "hidden_text" not in text.flags
