"""Bytes of any kind to text: asks `detect`, then the format's own file."""

from collections.abc import Callable

from services.resumes.formats.detect import kind_of
from services.resumes.formats.legacy import read_doc
from services.resumes.formats.odt import read_odt
from services.resumes.formats.pdf import read_pdf
from services.resumes.formats.plain import read_html, read_txt
from services.resumes.formats.rtf import read_rtf
from services.resumes.formats.word import read_docx, read_wordml
from services.resumes.text import ExtractedText

READERS: dict[str, Callable[[bytes], ExtractedText]] = {
    "pdf": read_pdf,
    "docx": read_docx,
    "wordml": read_wordml,
    "odt": read_odt,
    "doc": read_doc,
    "rtf": read_rtf,
    "html": read_html,
    "txt": read_txt,
}


def read(data: bytes) -> ExtractedText:
    """Raises `ReadingError`, and whatever a parser raises when the file surprises it."""
    return READERS[kind_of(data)](data)
