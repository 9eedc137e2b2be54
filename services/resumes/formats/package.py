"""Parts of a zipped document, never more of them than the limits allow, and XML without entities or addresses."""

import io
import zipfile
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from services.resumes.errors import ReadingError, Reason
from services.resumes.limits import XML_BYTES


class Package:
    """A zip archive that `detect` has let pass."""

    def __init__(self, data: bytes) -> None:
        self.archive = zipfile.ZipFile(io.BytesIO(data))
        self.names = frozenset(self.archive.namelist())

    def xml(self, name: str) -> Element | None:
        """None when the part is missing; raises `ReadingError` when it is not what it says it is."""
        if name not in self.names:
            return None
        try:
            with self.archive.open(name) as part:
                data = part.read(XML_BYTES + 1)
        except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
            raise ReadingError(Reason.CORRUPT, f"{name}: {type(error).__name__}") from error
        if len(data) > XML_BYTES:
            raise ReadingError(Reason.TOO_LARGE, name)
        return parsed(data, name)


def parsed(data: bytes, name: str) -> Element:
    """Raises `ReadingError` corrupt for broken XML and for XML that declares entities."""
    try:
        root: Element = fromstring(data, forbid_dtd=False, forbid_entities=True, forbid_external=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise ReadingError(Reason.CORRUPT, f"{name}: {type(error).__name__}") from error
    return root


def local(tag: str) -> str:
    """A tag or attribute without its namespace, so that every edition of a format reads alike."""
    return tag.rpartition("}")[2]


def attribute(element: Element, name: str) -> str:
    return next((value for key, value in element.attrib.items() if local(key) == name), "")


def child(element: Element | None, *path: str) -> Element | None:
    for name in path:
        element = next((item for item in element if local(item.tag) == name), None) if element is not None else None
    return element
