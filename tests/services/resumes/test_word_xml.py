"""Word 2003's XML, which many programs still write with the ending .doc."""

from services.resumes.reader import ResumeReader

NAMESPACES = (
    'xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml" '
    'xmlns:wx="http://schemas.microsoft.com/office/word/2003/auxHint"'
)


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def document(*blocks: str) -> bytes:
    body = f"<w:body><wx:sect>{''.join(blocks)}</wx:sect></w:body>"
    return f'<?xml version="1.0"?><w:wordDocument {NAMESPACES}>{body}</w:wordDocument>'.encode()


def test_headings_between_borders_are_read(reader: ResumeReader) -> None:
    bordered = f"<wx:pBdrGroup><wx:borders/>{paragraph('Employment')}</wx:pBdrGroup>"
    nested = f"<wx:sub-section>{bordered}{paragraph('Map Printer, Tavistock Charts')}</wx:sub-section>"
    text = reader.extract(document(paragraph("Ilse Marwitz"), nested), "cv.doc")
    assert [line.text for line in text.lines] == ["Ilse Marwitz", "Employment", "Map Printer, Tavistock Charts"]
