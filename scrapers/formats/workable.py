"""Workable's public widget: one answer a company; a posting in several places is repeated with one shortcode."""

from collections.abc import Iterable, Iterator
from typing import Any

from scrapers.board import Board, Found, Item
from scrapers.draft import Draft
from scrapers.formats.companies import Company, each_company
from scrapers.formats.fields import inner, listed, need, need_code, text
from scrapers.normalise.when import moment
from scrapers.posting import Http


def fetch(board: Board, http: Http) -> Iterable[Found]:
    def items(base: str, company: Company) -> Iterator[Found]:
        answer = http.get(f"{base}/api/v1/widget/accounts/{company.slug}", params={"details": "true"}).json()
        name = text(inner(answer), "name")
        for row in _joined(listed(answer, "jobs")):
            yield {**row, "company_name": name or company.name}

    return each_company(board, items)


def _joined(jobs: list[Item]) -> Iterable[Item]:
    """One row a shortcode, with the places of all its repetitions; rows without one stay as they are."""
    by_code: dict[str, dict[str, Any]] = {}
    for number, row in enumerate(jobs):
        first = by_code.setdefault(text(row, "shortcode") or f"#{number}", {**row, "places": []})
        first["places"] += [place for place in (_place(row),) if place and place not in first["places"]]
    return by_code.values()


def _place(row: Item) -> str:
    parts = dict.fromkeys(text(row, name).strip() for name in ("city", "state", "country"))
    return ", ".join(filter(None, parts))


def read(item: Item) -> Draft:
    places = tuple(item["places"])
    return Draft(
        source_id=need_code(item, "shortcode"),
        url=need(item, "url", "shortlink"),
        title=need(item, "title"),
        company=text(item, "company_name"),
        location="; ".join(places),
        html=text(item, "description"),
        salary_in_text=True,
        remote="remote" if item.get("telecommuting") is True else text(item, "workplace_type"),
        job_type=text(item, "employment_type"),
        seniority=text(item, "experience"),
        regions=places,
        tags=tuple(filter(None, (text(item, "department"), text(item, "function"), text(item, "industry")))),
        posted_at=moment(item.get("published_on")) or moment(item.get("created_at")),
        raw=item,
    )
