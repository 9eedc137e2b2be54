"""RSS 2.0 feeds as plain items: tag names without their namespace, repeated tags as lists."""

from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element, ParseError  # only the types: parsing is defusedxml's

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from scrapers.errors import UnreadableAnswer
from scrapers.posting import Reply


def items(reply: Reply, tag: str = "item", root: str = "rss") -> Iterator[dict[str, Any]]:
    """Yield each `tag` element as a dict. Raise `UnreadableAnswer` for anything that is not such a document."""
    document = parsed(reply)
    if _name(document) != root:
        context = {"reason": "shape", "expected": root}
        raise UnreadableAnswer(f"A {root} document was expected; <{_name(document)}> came.", context=context)
    for element in document.iter():
        if _name(element) == tag:
            yield fields(element)


def parsed(reply: Reply) -> Element:
    """The document's root; entities and external references are refused unread."""
    try:
        root: Element = fromstring(reply.content)
    except (ParseError, DefusedXmlException, ValueError, LookupError, RecursionError) as error:
        raise UnreadableAnswer("The answer is not whole XML.", context={"reason": "xml"}) from error
    return root


def fields(element: Element) -> dict[str, Any]:
    """Children by name: text for a leaf, a dict for a branch, a list where a name repeats.

    A name of an extension ("media:title") never takes the place of the feed's own.
    """
    found: dict[str, Any] = {}
    own = {child.tag for child in element}
    for child in element:
        if "}" in str(child.tag) and _name(child) in own:
            continue
        name, value = _name(child), fields(child) if len(child) else (child.text or "").strip()
        if name not in found:
            found[name] = value
        elif isinstance(found[name], list):
            found[name].append(value)
        else:
            found[name] = [found[name], value]
    return found


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]
