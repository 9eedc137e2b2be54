"""Greenhouse job boards: the whole list in one answer, `content` being HTML that was escaped once more."""

import html
import re
from collections.abc import Iterable, Iterator

from scrapers.board import Board, Found, Item
from scrapers.draft import Draft
from scrapers.formats.companies import Company, each_company
from scrapers.formats.fields import inner, listed, need, need_code, number, parts, text, texts
from scrapers.normalise.when import moment
from scrapers.posting import Http

_WORKPLACE = re.compile(r"workplace|work ?place|location type|remote|work (?:type|model|arrangement)", re.IGNORECASE)
_EMPLOYMENT = re.compile(r"employment|job type|contract type|time type|commitment", re.IGNORECASE)


def fetch(board: Board, http: Http) -> Iterable[Found]:
    def items(base: str, company: Company) -> Iterator[Found]:
        params = {"content": "true", "pay_transparency": "true"}
        answer = http.get(f"{base}/v1/boards/{company.slug}/jobs", params=params).json()
        for row in listed(answer, "jobs"):
            yield {**row, "company_name": text(row, "company_name") or company.name}

    return each_company(board, items)


def read(item: Item) -> Draft:
    pay = next(iter(parts(item.get("pay_input_ranges"))), {})
    offices = texts(item.get("offices"), "location") or texts(item.get("offices"))
    location = text(inner(item, "location"), "name")
    return Draft(
        source_id=need_code(item, "id"),
        url=need(item, "absolute_url"),
        title=need(item, "title"),
        company=text(item, "company_name"),
        location=location,
        html=html.unescape(text(item, "content")),
        salary_min=_units(number(pay, "min_cents")),
        salary_max=_units(number(pay, "max_cents")),
        salary_currency=text(pay, "currency_type"),
        salary_in_text=True,
        remote=_metadata(item, _WORKPLACE),
        job_type=_metadata(item, _EMPLOYMENT),
        regions=(location,) if location else offices,
        tags=texts(item.get("departments")),
        language=text(item, "language"),
        posted_at=moment(item.get("first_published")) or moment(item.get("updated_at")),
        expires_at=moment(item.get("application_deadline")),
        raw=item,
    )


def _units(cents: float | None) -> float | None:
    return cents / 100 if cents else None


def _metadata(item: Item, name: re.Pattern[str]) -> str:
    """Companies name their own fields; a value counts when the field's name says what it is about."""
    fields = parts(item.get("metadata"))
    found = (text(each, "value") for each in fields if name.search(text(each, "name")))
    return next(filter(None, found), "")
