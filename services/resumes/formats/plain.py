"""Text without a layout: plain text in any encoding, and HTML."""

import re
import unicodedata

from charset_normalizer import from_bytes
from selectolax.lexbor import LexborHTMLParser

from services.resumes.errors import ReadingError, Reason
from services.resumes.formats.code_pages import told_by_letters
from services.resumes.formats.grid import Grid, plain_rows
from services.resumes.limits import CHARACTERS
from services.resumes.text import ExtractedText

MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
MOST_BYTES = CHARACTERS * 4
CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
UNSEEN = re.compile(r"display:\s*none|visibility:\s*hidden|font-size:\s*0|opacity:\s*0(?![.\d])", re.IGNORECASE)
BLOCKS = "p, div, li, h1, h2, h3, h4, h5, h6, tr, section, article, header, footer, ul, ol, table"


def read_txt(data: bytes) -> ExtractedText:
    return _from_text(decoded(data[:MOST_BYTES]), "txt", truncated=len(data) > MOST_BYTES)


def decoded(data: bytes) -> str:
    """By its mark, as UTF-8, as UTF-16 without a mark, by its letters, or by its statistics."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start > len(data) - 4:  # a character cut by the limit
            return data.decode("utf-8", "replace")
    if told := told_by_letters(data[:20_000]):
        return data.decode(told, "replace")
    guess = from_bytes(data[:20_000]).best()
    return data.decode(guess.encoding if guess else "cp1252", "replace")


def read_html(data: bytes) -> ExtractedText:
    tree = LexborHTMLParser(decoded(data[:MOST_BYTES]))
    for node in tree.css("script, style, template, noscript, head"):
        node.decompose()
    hidden = []
    for node in tree.css("[hidden], [style]"):
        if "hidden" in node.attributes or UNSEEN.search(node.attributes.get("style") or ""):
            hidden.append(node.text())
            node.decompose()
    for node in tree.css("br"):
        node.replace_with("\n")
    for node in tree.css(BLOCKS):
        node.insert_before("\n")
        node.insert_after("\n")
    return _from_text(tree.body.text() if tree.body else "", "html", hidden=" ".join(hidden))


def _from_text(text: str, kind: str, *, truncated: bool = False, hidden: str = "") -> ExtractedText:
    clean = CONTROL.sub("", unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))[:CHARACTERS])
    grid = Grid(truncated=truncated or len(text) > CHARACTERS)
    if not clean.strip():
        raise ReadingError(Reason.NO_TEXT)
    plain_rows(clean, grid)
    return grid.text(kind, " ".join(hidden.split()))
