"""What a file is, by its bytes. The name is never asked: a renamed file is still what it is."""

import io
import re
import zipfile

from services.resumes.errors import ReadingError, Reason
from services.resumes.limits import FILE_BYTES, ZIP_ENTRIES, ZIP_RATIO, ZIP_TOTAL

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_OLE = "EncryptedPackage".encode("utf-16-le")
WORD_OLE = "WordDocument".encode("utf-16-le")
BINARY = re.compile(rb"[\x01-\x06\x0e-\x1a\x1c-\x1f]")
FOREIGN = (
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"II*\x00",
    b"MM\x00*",
    b"\x7fELF",
    b"MZ",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
    b"BZh",
    b"\xfd7zXZ",
    b"\xca\xfe\xba\xbe",
    b"%!PS",
    b"ID3",
    b"OggS",
    b"SQLite",
)
UNICODE_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")


def kind_of(data: bytes) -> str:
    """pdf, docx, odt, doc, rtf, wordml, html or txt; raises `ReadingError` for what cannot be a résumé."""
    if len(data) > FILE_BYTES:
        raise ReadingError(Reason.TOO_LARGE, f"{len(data)} bytes")
    head = data[:1024]
    if b"%PDF-" in head:
        return "pdf"
    if data.startswith(b"PK"):
        return _zip_kind(data)
    if data.startswith(OLE):
        return _ole_kind(data)
    if head.lstrip().startswith(b"{\\rtf"):
        return "rtf"
    return _text_kind(data)


def _text_kind(data: bytes) -> str:
    if not data.strip(b"\x00\t\r\n "):
        raise ReadingError(Reason.NO_TEXT if data else Reason.CORRUPT, "empty file")
    marked = data.startswith(UNICODE_MARKS)
    if data.startswith(FOREIGN) and not marked:
        raise ReadingError(Reason.UNSUPPORTED_TYPE)
    head = data[:4096].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if (
        b"<w:worddocument" in head
        or b"schemas.microsoft.com/office/word/2003/wordml" in head
        or b"<pkg:package" in head
    ):
        return "wordml"
    if head.startswith((b"<!doctype html", b"<html")) or (head.startswith(b"<?xml") and b"<html" in head):
        return "html"
    if not marked and not _looks_like_text(data[:65536]):
        raise ReadingError(Reason.UNSUPPORTED_TYPE)
    return "txt"


def _looks_like_text(sample: bytes) -> bool:
    """Few control characters; zero bytes only as UTF-16 puts them, on one side of each pair."""
    if b"\x00" in sample:
        even, odd = sample[::2].count(0), sample[1::2].count(0)
        return max(even, odd) > len(sample) * 0.2 and min(even, odd) < len(sample) * 0.02
    return len(BINARY.findall(sample)) <= len(sample) * 0.005


def _ole_kind(data: bytes) -> str:
    if ENCRYPTED_OLE in data:
        raise ReadingError(Reason.ENCRYPTED)
    if WORD_OLE not in data:
        raise ReadingError(Reason.UNSUPPORTED_TYPE)
    return "doc"


def _zip_kind(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            _refuse_bombs(entries, len(data))
            names = {entry.filename for entry in entries}
            if any(entry.flag_bits & 0x1 for entry in entries):
                raise ReadingError(Reason.ENCRYPTED)
            if "word/document.xml" in names or _content_type(archive, names):
                return "docx"
            if "content.xml" in names and b"opendocument.text" in _mimetype(archive, names):
                return "odt"
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError, EOFError, RuntimeError) as error:
        raise ReadingError(Reason.CORRUPT, type(error).__name__) from error
    raise ReadingError(Reason.UNSUPPORTED_TYPE)


def _refuse_bombs(entries: list[zipfile.ZipInfo], size: int) -> None:
    """Sizes as the directory declares them; unpacking later reads no more than it was told."""
    total = sum(entry.file_size for entry in entries)
    if len(entries) > ZIP_ENTRIES or total > ZIP_TOTAL or (total > 2**20 and total > size * ZIP_RATIO):
        raise ReadingError(Reason.TOO_LARGE, f"{len(entries)} entries, {total} bytes unpacked")


def _content_type(archive: zipfile.ZipFile, names: set[str]) -> bool:
    if "[Content_Types].xml" not in names:
        return False
    with archive.open("[Content_Types].xml") as part:
        return b"wordprocessingml.document.main" in part.read(2**18)


def _mimetype(archive: zipfile.ZipFile, names: set[str]) -> bytes:
    if "mimetype" not in names:
        return b"opendocument.text"
    with archive.open("mimetype") as part:
        return part.read(256)
