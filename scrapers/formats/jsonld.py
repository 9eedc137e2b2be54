"""schema.org `JobPosting`, as many sites embed it for search engines, and as Teamtailor's feed carries it."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from scrapers.board import Item
from scrapers.draft import Draft
from scrapers.errors import MalformedItem
from scrapers.formats.fields import inner, number, text, texts
from scrapers.normalise.when import moment


def in_page(html: str) -> Iterator[Item]:
    """Every `JobPosting` of a page's JSON-LD scripts, also inside lists and graphs."""
    for script in LexborHTMLParser(html).css('script[type="application/ld+json"]'):
        try:
            yield from _found(json.loads(script.text()))
        except (ValueError, RecursionError):
            continue


def _found(node: Any) -> Iterator[Item]:
    if isinstance(node, list):
        for each in node:
            yield from _found(each)
    elif isinstance(node, Mapping):
        if "JobPosting" in texts(node.get("@type")):
            yield node
        yield from _found(node.get("@graph") or [])


def read(node: Item, *, url: str = "", source_id: str = "", company: str = "") -> Draft:
    """A draft of a `JobPosting`; the arguments stand in for what it leaves out. Raise `MalformedItem`."""
    if not text(node, "title"):
        raise MalformedItem("missing title")
    places = tuple(dict.fromkeys(filter(None, map(_place, _list(node.get("jobLocation"))))))
    wanted = tuple(text(each, "name") for each in _list(node.get("applicantLocationRequirements")))
    pay = inner(node, "baseSalary")
    amount = inner(pay, "value")
    return Draft(
        source_id=source_id or text(inner(node, "identifier"), "value") or text(node, "url") or url,
        url=url or text(node, "url"),
        title=text(node, "title"),
        company=text(inner(node, "hiringOrganization"), "name") or company,
        location="; ".join(places) or ", ".join(filter(None, wanted)),
        html=text(node, "description"),
        salary_min=number(amount, "minValue") or number(amount, "value") or number(pay, "value"),
        salary_max=number(amount, "maxValue") or number(amount, "value") or number(pay, "value"),
        salary_currency=text(pay, "currency") or text(node, "salaryCurrency"),
        salary_period=text(amount, "unitText"),
        remote="remote" if "TELECOMMUTE" in texts(node.get("jobLocationType")) else "",
        job_type=" ".join(texts(node.get("employmentType"))),
        regions=tuple(filter(None, wanted)) or places,
        posted_at=moment(node.get("datePosted")),
        expires_at=moment(node.get("validThrough")),
        raw=node,
    )


def _list(value: object) -> list[Item]:
    each = value if isinstance(value, list) else [value]
    return [node for node in each if isinstance(node, Mapping)]


def _place(node: Item) -> str:
    """Town and country; a region repeats one of them as often as not, so it is left out when there is a town."""
    address = inner(node, "address")
    country = address.get("addressCountry")
    named = text(country, "name") if isinstance(country, Mapping) else text(address, "addressCountry")
    town = text(address, "addressLocality") or text(address, "addressRegion")
    return ", ".join(filter(None, (town, named))) or text(node, "name")
