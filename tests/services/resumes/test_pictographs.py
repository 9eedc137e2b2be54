"""Characters beyond the first plane in a PDF: small pictures are no writing, letters of rare scripts are whole."""

import json

import pytest

from services.resumes.reader import ResumeReader


def page(unicode: str) -> bytes:
    """A page that says "A Paloma Quist", whose font gives that "A" as `unicode`."""
    code = unicode.encode("utf-16-be").hex().upper()
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /A def /CMapType 2 def\n"
        "1 begincodespacerange <00> <FF> endcodespacerange\n"
        f"1 beginbfchar <41> <{code}> endbfchar\nendcmap end end"
    )
    shown = "BT /F1 12 Tf 60 700 Td (A Paloma Quist) Tj 0 -20 Td (paloma@example.org) Tj ET"
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        f"<</Length {len(shown)}>>stream\n{shown}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>",
        f"<</Length {len(cmap)}>>stream\n{cmap}\nendstream",
    ]
    body, places = "%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj{one}endobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer<</Root 1 0 R/Size {len(objects) + 1}>>"
    return f"{body}{end}\nstartxref\n{len(body)}\n%%EOF".encode()


@pytest.mark.parametrize(
    ("unicode", "first"), [("\U0001f44b", "Paloma Quist"), ("\U0001d400", "\U0001d400 Paloma Quist")]
)
def test_no_half_of_a_character_is_left(reader: ResumeReader, unicode: str, first: str) -> None:
    text = reader.extract(page(unicode), "cv.pdf")
    assert text.lines[0].text == first
    json.dumps(text.plain, ensure_ascii=False).encode("utf-8")  # as Postgres and every client want it
