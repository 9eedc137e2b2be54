"""Files made to hurt: small to send, large, endless or wrong to read."""

import io
import zipfile
import zlib
from collections.abc import Callable

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TYPES = '<Types><Override PartName="/word/document.xml" ContentType="wordprocessingml.document.main+xml"/></Types>'


def pdf(objects: list[bytes], root: int = 1) -> bytes:
    """A PDF of the given object bodies, numbered from 1, with a correct cross-reference table."""
    out = io.BytesIO()
    out.write(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    for place in places:
        out.write(b"%010d 00000 n \n" % place)
    out.write(b"trailer<</Size %d/Root %d 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, root, start))
    return out.getvalue()


def stream(data: bytes, more: bytes = b"") -> bytes:
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (more, len(data), data)


def one_page(content: bytes, resources: bytes = b"/Font<</F 5 0 R>>", extra: tuple[bytes, ...] = ()) -> bytes:
    return pdf([
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<<%s>>>>" % resources,
        content,
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        *extra,
    ])  # fmt: skip


def flate_bomb(megabytes: int = 400) -> bytes:
    """A content stream of text operators that unpacks to hundreds of megabytes."""
    packer = zlib.compressobj(9)
    block = b"BT /F 9 Tf 10 10 Td (aaaaaaaaaaaaaaaa) Tj ET\n" * 20_000
    packed = [packer.compress(block) for _ in range(megabytes * 1_000_000 // len(block))]
    packed.append(packer.flush())
    return one_page(stream(b"".join(packed), b"/Filter/FlateDecode"))


def many_pages(count: int = 10_000) -> bytes:
    kids = b" ".join(b"3 0 R" for _ in range(count))
    return pdf([
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]>>",
    ])  # fmt: skip


def cyclic_pages() -> bytes:
    return pdf([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2/Parent 2 0 R>>"])


def cyclic_forms() -> bytes:
    form = stream(b"/X Do /X Do", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R>>>>")
    return one_page(stream(b"/X Do"), b"/XObject<</X 6 0 R>>", (form,))


def deep_arrays(depth: int = 200_000) -> bytes:
    return one_page(stream(b"[" * depth + b"]" * depth + b" TJ"))


def locked() -> bytes:
    file = io.BytesIO()
    canvas = Canvas(file, encrypt=StandardEncryption("secret", canPrint=0))
    canvas.drawString(50, 700, "Nobody reads this")
    canvas.save()
    return file.getvalue()


def package(parts: dict[str, bytes | str]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return file.getvalue()


def word(body: str, prolog: str = "") -> bytes:
    document = f"{prolog}<w:document {WORD}><w:body>{body}</w:body></w:document>"
    return package({"[Content_Types].xml": TYPES, "word/document.xml": document})


def zip_bomb() -> bytes:
    return package({"[Content_Types].xml": TYPES, "word/document.xml": b" " * 150_000_000})


def lying_zip() -> bytes:
    """The directory says ten bytes; the entry holds fifty million."""
    data = bytearray(package({"[Content_Types].xml": TYPES, "word/document.xml": b"<a>" + b" " * 50_000_000 + b"</a>"}))
    real = (50_000_007).to_bytes(4, "little")
    position = data.find(real)
    while position >= 0:
        data[position : position + 4] = (10).to_bytes(4, "little")
        position = data.find(real, position + 4)
    return bytes(data)


def external_entity() -> bytes:
    prolog = '<!DOCTYPE d [<!ENTITY leak SYSTEM "file:///etc/passwd">]>'
    return word("<w:p><w:r><w:t>Name &leak;</w:t></w:r></w:p>", prolog)


def laughing_entities() -> bytes:
    lines = ['<!ENTITY a0 "ha ha ha ha ha ha ha ha">']
    lines += [f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)]
    return word("<w:p><w:r><w:t>&a9;</w:t></w:r></w:p>", f"<!DOCTYPE d [{''.join(lines)}]>")


def deep_tables(depth: int = 20_000) -> bytes:
    return word("<w:tbl><w:tr><w:tc>" * depth + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * depth)


def many_paragraphs() -> bytes:
    return word("<w:p><w:r><w:t>x</w:t></w:r></w:p>" * 300_000)


def deep_rtf() -> bytes:
    return b"{\\rtf1 " + b"{" * 500_000 + b"a" + b"}" * 500_000 + b"}"


def huge_font_count() -> bytes:
    """One page with a hundred thousand separate words, each its own object."""
    words = b"".join(b"BT /F 6 Tf %d %d Td (w%d) Tj ET " % (n % 600, n % 800, n) for n in range(100_000))
    return one_page(stream(zlib.compress(words), b"/Filter/FlateDecode"))


HOSTILE: dict[str, Callable[[], bytes]] = {
    "flate_bomb": flate_bomb,
    "many_pages": many_pages,
    "cyclic_pages": cyclic_pages,
    "cyclic_forms": cyclic_forms,
    "deep_arrays": deep_arrays,
    "locked": locked,
    "zip_bomb": zip_bomb,
    "lying_zip": lying_zip,
    "external_entity": external_entity,
    "laughing_entities": laughing_entities,
    "deep_tables": deep_tables,
    "many_paragraphs": many_paragraphs,
    "deep_rtf": deep_rtf,
    "many_words": huge_font_count,
    "half_a_pdf": lambda: one_page(stream(b"BT /F 12 Tf 50 700 Td (Jane Roe) Tj ET"))[:300],
    "empty": lambda: b"",
    "zeros": lambda: b"\x00" * 100_000,
    "picture": lambda: b"\x89PNG\r\n\x1a\n" + b"\x01" * 5_000,
    "program": lambda: b"\x7fELF" + bytes(range(256)) * 50,
    "long_line": lambda: b"a" * 5_000_000 + b"@",
    "many_ats": lambda: b"a@" * 100_000,
    "old_word_without_text": lambda: (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le") + b"\x00" * 9_000
    ),
}
