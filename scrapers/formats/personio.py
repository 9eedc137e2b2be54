"""Personio career sites: an XML document a company, the description in named pieces."""

from collections.abc import Iterable, Iterator
from html import escape

from scrapers.board import Board, Found, Item
from scrapers.draft import Draft
from scrapers.formats import rss
from scrapers.formats.companies import Company, each_company
from scrapers.formats.fields import inner, need, need_code, text, texts
from scrapers.normalise.when import moment
from scrapers.posting import Http


def fetch(board: Board, http: Http) -> Iterable[Found]:
    def items(base: str, company: Company) -> Iterator[Found]:
        for row in rss.items(http.get(f"{base}/xml"), tag="position", root="workzag-jobs"):
            yield {**row, "company_name": company.name, "site": base}

    return each_company(board, items)


def read(item: Item) -> Draft:
    offices = (text(item, "office"), *_all(inner(item, "additionalOffices").get("office")))
    return Draft(
        source_id=need_code(item, "id"),
        url=f"{text(item, 'site')}/job/{need_code(item, 'id')}",
        title=need(item, "name"),
        company=text(item, "subcompany") or text(item, "company_name"),
        location="; ".join(filter(None, offices)),
        html=_description(item),
        salary_in_text=True,
        job_type=f"{text(item, 'employmentType')} {text(item, 'schedule')}".replace("permanent part", "part"),
        seniority=_level(item),
        regions=offices,
        tags=tuple(filter(None, (text(item, "department"), text(item, "recruitingCategory")))),
        posted_at=moment(item.get("createdAt")),
        raw=item,
    )


def _level(item: Item) -> str:
    """Personio's "experienced" is anyone past entry, so the title may say more."""
    return text(item, "seniority").replace("experienced", "").replace("student", "intern")


def _all(value: object) -> tuple[str, ...]:
    return texts([value] if isinstance(value, str) else value)


def _description(item: Item) -> str:
    pieces = inner(item, "jobDescriptions").get("jobDescription")
    each = pieces if isinstance(pieces, list) else [pieces]
    found = (piece for piece in each if isinstance(piece, dict))
    return "".join(f"<h3>{escape(text(piece, 'name'))}</h3>{text(piece, 'value')}" for piece in found)
