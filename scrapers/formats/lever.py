"""Lever postings: a list a company; times are milliseconds, and the description comes in pieces."""

from collections.abc import Iterable, Iterator

from scrapers.board import Board, Found, Item
from scrapers.draft import Draft
from scrapers.formats.companies import Company, each_company
from scrapers.formats.fields import inner, need, need_code, number, parts, rows, text, texts
from scrapers.normalise.when import moment
from scrapers.posting import Http


def fetch(board: Board, http: Http) -> Iterable[Found]:
    def items(base: str, company: Company) -> Iterator[Found]:
        for row in rows(http.get(f"{base}/v0/postings/{company.slug}", params={"mode": "json"}).json(), "a list"):
            yield {**row, "company_name": company.name}

    return each_company(board, items)


def read(item: Item) -> Draft:
    kinds = inner(item, "categories")
    pay = inner(item, "salaryRange")
    place = text(kinds, "location")
    return Draft(
        source_id=need_code(item, "id"),
        url=need(item, "hostedUrl"),
        title=need(item, "text"),
        company=text(item, "company_name"),
        location=place,
        html=_description(item),
        salary_min=number(pay, "min"),
        salary_max=number(pay, "max"),
        salary_currency=text(pay, "currency"),
        salary_period=text(pay, "interval"),
        remote=text(item, "workplaceType").replace("unspecified", ""),
        job_type=text(kinds, "commitment"),
        regions=(*(texts(kinds.get("allLocations")) or (place,)), text(item, "country")),
        tags=tuple(filter(None, (text(kinds, "department"), text(kinds, "team")))),
        posted_at=moment(item.get("createdAt")),
        raw=item,
    )


def _description(item: Item) -> str:
    lists = "".join(
        f"<h3>{text(part, 'text')}</h3><ul>{text(part, 'content')}</ul>" for part in parts(item.get("lists"))
    )
    return "".join((text(item, "description"), lists, text(item, "additional"), text(item, "salaryDescription")))
