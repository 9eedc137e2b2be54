"""Well-formed documents made to hurt: each is what its format allows, and too much of it."""

import math
import random
import zlib
from collections.abc import Callable

from tests.services.resumes.hostile import OLE, TYPES, WORD, one_page, package, pdf, stream

ODT = "application/vnd.oasis.opendocument.text"
NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text", "table", "style")
)
# Bytes that do not pack: beside them the rest of a package may unpack to many times its size without being refused.
BALLAST = {"ballast.bin": random.Random(5).randbytes(120_000)}
FONT = b"/Font<</F 5 0 R>>"


def odt(body: str, prolog: str = "") -> bytes:
    content = f"{prolog}<office:document-content {NAMES}><office:body><office:text>{body}</office:text></office:body>"
    return package({"mimetype": ODT, "content.xml": content + "</office:document-content>", **BALLAST})


def docx(body: str, **parts: str) -> bytes:
    document = f"<w:document {WORD}><w:body>{body}</w:body></w:document>"
    named = {f"word/{name}.xml": part for name, part in parts.items()}
    return package({"[Content_Types].xml": TYPES, "word/document.xml": document, **named, **BALLAST})


def packed(content: bytes) -> bytes:
    return stream(zlib.compress(content, 9), b"/Filter/FlateDecode")


def cell(text: str = "x") -> str:
    return f"<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"


def styles(parents: dict[str, str]) -> str:
    made = "".join(
        f'<w:style w:styleId="{name}"><w:basedOn w:val="{parent}"/></w:style>' for name, parent in parents.items()
    )
    return f"<w:styles {WORD}>{made}</w:styles>"


def styled(count: int, parents: dict[str, str]) -> bytes:
    line = '<w:p><w:pPr><w:pStyle w:val="S0"/></w:pPr><w:r><w:t>Jane Roe</w:t></w:r></w:p>'
    return docx(line * count, styles=styles(parents))


def unicode_font(letters: bytes, meaning: bytes) -> bytes:
    """Text in a font that says itself what its letters mean."""
    cid = (
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/Helvetica/CIDSystemInfo<</Registry(A)/Ordering(I)/Supplement 0>>>>"
    )
    outer = (
        b"<</Type/Font/Subtype/Type0/BaseFont/Helvetica/Encoding/Identity-H/DescendantFonts[7 0 R]/ToUnicode 8 0 R>>"
    )
    text = packed(b"BT /F 12 Tf 50 700 Td <%s> Tj ET" % letters)
    return one_page(text, b"/Font<</F 6 0 R>>", (outer, cid, stream(meaning)))


def forms(depth: int, each: int) -> bytes:
    """A form that draws the next one several times: each to the power of depth."""
    made = []
    for level in range(depth):
        body = b"/X Do " * each if level < depth - 1 else b"BT /F 9 Tf 10 10 Td (x) Tj ET"
        inner = b"/Resources<<%s/XObject<</X %d 0 R>>>>" % (FONT, 7 + level)
        made.append(stream(body, b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]" + inner))
    return one_page(stream(b"/X Do"), FONT + b"/XObject<</X 6 0 R>>", tuple(made))


def words(count: int) -> bytes:
    return b"".join(b"BT /F 6 Tf %d %d Td (word%d) Tj ET " % (n * 7 % 600, n * 13 % 800, n) for n in range(count))


def linked(links: int, count: int) -> bytes:
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<<%s>>/Annots[%s]>>"
    uri = b"<</Type/Annot/Subtype/Link/Rect[0 0 600 800]/A<</S/URI/URI(https://example.org/%d)>>>>"
    return pdf([
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        page % (FONT, b" ".join(b"%d 0 R" % (6 + n) for n in range(links))),
        packed(words(count)),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        *(uri % n for n in range(links)),
    ])  # fmt: skip


def full_pages(pages: int, count: int) -> bytes:
    return pdf([
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (b"3 0 R " * pages, pages),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<<%s>>>>" % FONT,
        packed(words(count)),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ])  # fmt: skip


def turned(count: int) -> bytes:
    """Every word at an angle of its own."""
    return b"".join(
        b"BT /F 9 Tf %f %f %f %f 300 400 Tm (turned %d) Tj ET " % (*_matrix(angle), angle) for angle in range(count)
    )


def _matrix(angle: float) -> tuple[float, float, float, float]:
    return math.cos(angle), math.sin(angle), -math.sin(angle), math.cos(angle)


def twice_packed() -> bytes:
    once = zlib.compress(b"BT /F 9 Tf (a) Tj ET " * 10_000_000, 9)
    return one_page(stream(zlib.compress(once, 9), b"/Filter[/FlateDecode/FlateDecode]"))


DOCUMENTS: dict[str, Callable[[], bytes]] = {
    "odt_paragraphs": lambda: odt("<text:p>x</text:p>" * 300_000),
    "odt_nested_spans": lambda: odt("<text:p>" + "<text:span>" * 50_000 + "x" + "</text:span>" * 50_000 + "</text:p>"),
    "odt_two_thousand_million_spaces": lambda: odt('<text:p>a<text:s text:c="2000000000"/>b</text:p>'),
    "odt_a_million_million_cells": lambda: odt(
        '<table:table><table:table-row table:number-rows-repeated="1000000"><table:table-cell '
        'table:number-columns-repeated="1000000"><text:p>x</text:p></table:table-cell></table:table-row></table:table>'
    ),
    "odt_entity": lambda: odt("<text:p>&x;</text:p>", '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
    "odt_bomb": lambda: package({"mimetype": ODT, "content.xml": b"<a>" + b" " * 110_000_000, **BALLAST}),
    "rtf_words": lambda: b"{\\rtf1 " + b"\\par a" * 1_000_000 + b"}",
    "rtf_binary": lambda: b"{\\rtf1 Jane Roe \\bin2147483647 abc}",
    "rtf_huge_number": lambda: b"{\\rtf1 " + b"\\u-99999999999999999999999999 ?" * 10_000 + b"}",
    "rtf_fonts": lambda: b"{\\rtf1 {\\fonttbl" + b"{\\f1\\fcharset999999 X;}" * 200_000 + b"} Jane Roe}",
    "docx_runs": lambda: docx("<w:p>" + "<w:r><w:t>x</w:t></w:r>" * 350_000 + "</w:p>"),
    "docx_wide_row": lambda: docx("<w:tbl><w:tr>" + cell() * 180_000 + "</w:tr></w:tbl>"),
    "docx_large_table": lambda: docx("<w:tbl>" + ("<w:tr>" + cell() * 250 + "</w:tr>") * 400 + "</w:tbl>"),
    "docx_huge_span": lambda: docx(
        '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2000000000"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>'
    ),
    "docx_tabs": lambda: docx("<w:p><w:r>" + "<w:tab/>" * 1_000_000 + "</w:r></w:p>"),
    "docx_cyclic_styles": lambda: styled(1, {"S0": "S1", "S1": "S0"}),
    "docx_long_style_chain": lambda: styled(2_000, {f"S{n}": f"S{n + 1}" for n in range(40_000)}),
    "docx_headers": lambda: docx(
        "<w:p/>",
        **{f"header{n}": f"<w:hdr {WORD}>{'<w:p><w:r><w:t>h</w:t></w:r></w:p>' * 2_000}</w:hdr>" for n in range(200)},
    ),
    "doc_noise": lambda: OLE + "WordDocument".encode("utf-16-le") + random.Random(1).randbytes(2_000_000),
    "txt_one_line": lambda: b"word " * 1_000_000,
    "txt_years": lambda: ((b"2019 " * 400)[:1990] + b"\n") * 100,
    "txt_months": lambda: b"EXPERIENCE\n" + ((b"01/2019 " * 400)[:1990] + b"\n") * 100,
    "txt_marks": ("e" + "\u0301" * 150_000).encode,
    "pdf_one_text": lambda: one_page(packed(b"BT /F 9 Tf 10 10 Td (" + b"a" * 20_000_000 + b") Tj ET")),
    "pdf_shifted_letters": lambda: one_page(packed(b"BT /F 9 Tf 10 10 Td [" + b"(a) -100 " * 1_000_000 + b"] TJ ET")),
    "pdf_links": lambda: linked(10_000, 8_000),
    "pdf_forms": lambda: one_page(
        stream(b"/X Do " * 20_000),
        FONT + b"/XObject<</X 6 0 R>>",
        (
            stream(
                b"BT /F 9 Tf 9 9 Td (hi) Tj ET", b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<<%s>>" % FONT
            ),
        ),
    ),
    "pdf_forms_in_forms": lambda: forms(depth=12, each=6),
    "pdf_letter_of_thousands": lambda: unicode_font(
        b"0041" * 100_000, b"1 beginbfchar <0041> <" + b"0041" * 5_000 + b"> endbfchar"
    ),
    "pdf_many_meanings": lambda: unicode_font(
        b"00410042", b"100 beginbfrange " + b"<0000><FFFF><0041> " * 20_000 + b" endbfrange"
    ),
    "pdf_endless_page": lambda: one_page(stream(b"BT /F 1 Tf 1e30 1e30 Td (a) Tj ET")).replace(
        b"[0 0 600 800]", b"[-1e38 -1e38 1e38 1e38]"
    ),
    "pdf_lines": lambda: one_page(packed(b"0 0 m 10 10 l S 5 5 20 20 re f\n" * 500_000)),
    "pdf_turned_words": lambda: one_page(packed(turned(3_000))),
    "pdf_full_pages": lambda: full_pages(40, 12_000),
    "pdf_packed_twice": twice_packed,
}
