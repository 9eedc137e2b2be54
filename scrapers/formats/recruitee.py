"""Recruitee career sites: all offers in one answer; amounts are texts, and the salary has its own period."""

from collections.abc import Iterable, Iterator

from scrapers.board import Board, Found, Item
from scrapers.draft import Draft
from scrapers.formats.companies import Company, each_company
from scrapers.formats.fields import inner, listed, need, need_code, number, text, texts
from scrapers.normalise.when import moment
from scrapers.posting import Http

_WORKPLACES = (("hybrid", "hybrid"), ("remote", "remote"), ("on_site", "on-site"))


def fetch(board: Board, http: Http) -> Iterable[Found]:
    """Option `tokens`: by company, for those whose careers site asks for one."""

    def items(base: str, company: Company) -> Iterator[Found]:
        token = board.options.get("tokens", {}).get(company.slug)
        headers = {"X-Careers-Sites-Token": str(token)} if token else {}
        answer = http.get(f"{base}/api/offers/", headers=headers).json()
        for row in listed(answer, "offers"):
            yield {**row, "company_name": text(row, "company_name") or company.name}

    return each_company(board, items)


def read(item: Item) -> Draft | None:
    if text(item, "status") not in {"", "published"}:
        return None
    pay = inner(item, "salary")
    return Draft(
        source_id=need_code(item, "id"),
        url=need(item, "careers_url"),
        title=need(item, "title"),
        company=text(item, "company_name"),
        location=text(item, "location") or ", ".join(filter(None, (text(item, "city"), text(item, "country")))),
        html=text(item, "description") + text(item, "requirements"),
        salary_min=number(pay, "min"),
        salary_max=number(pay, "max"),
        salary_currency=text(pay, "currency"),
        salary_period=text(pay, "period"),
        remote=next((word for flag, word in _WORKPLACES if item.get(flag) is True), ""),
        job_type=text(item, "employment_type_code"),
        seniority=text(item, "experience_code").replace("experienced", "professional"),
        regions=texts(item.get("locations"), "country_code") or (text(item, "country_code"),),
        tags=(*texts(item.get("tags")), *filter(None, (text(item, "department"),))),
        posted_at=moment(item.get("published_at")) or moment(item.get("created_at")),
        expires_at=moment(item.get("close_at")),
        raw=item,
    )
