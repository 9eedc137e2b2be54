"""Teamtailor career sites: a JSON Feed a company, each item with its schema.org `JobPosting`."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from scrapers.board import Board, Found, Item
from scrapers.draft import Draft
from scrapers.formats import jsonld
from scrapers.formats.companies import Company, each_company
from scrapers.formats.fields import inner, listed, need, need_code, text
from scrapers.posting import Http

_MOST_PAGES = 50


def fetch(board: Board, http: Http) -> Iterable[Found]:
    def items(base: str, company: Company) -> Iterator[Found]:
        url = f"{base}/jobs.json"
        for _ in range(_MOST_PAGES):
            feed = http.get(url).json()
            for row in listed(feed, "items"):
                yield {**row, "company_name": text(feed, "title") or company.name}
            url = text(feed, "next_url")
            if not url:
                return

    return each_company(board, items)


def read(item: Item) -> Draft:
    node = {"title": text(item, "title"), "datePosted": text(item, "date_published"), **inner(item, "_jobposting")}
    draft = jsonld.read(
        node, url=need(item, "url"), source_id=need_code(item, "id"), company=text(item, "company_name")
    )
    return replace(draft, html=draft.html or text(item, "content_html"), salary_in_text=True, raw=item)
