"""Ashby job boards: one answer a company, compensation included when asked for."""

from collections.abc import Iterable, Iterator

from scrapers.board import Board, Found, Item
from scrapers.draft import Draft
from scrapers.formats.companies import Company, each_company
from scrapers.formats.fields import inner, listed, need, need_code, number, parts, text, texts
from scrapers.normalise.when import moment
from scrapers.posting import Http


def fetch(board: Board, http: Http) -> Iterable[Found]:
    def items(base: str, company: Company) -> Iterator[Found]:
        url = f"{base}/posting-api/job-board/{company.slug}"
        answer = http.get(url, params={"includeCompensation": "true"}).json()
        for row in listed(answer, "jobs"):
            yield {**row, "company_name": company.name}

    return each_company(board, items)


def read(item: Item) -> Draft | None:
    """Unlisted postings are left out."""
    if item.get("isListed") is False:
        return None
    pay = _salary(item)
    place = text(item, "location")
    return Draft(
        source_id=need_code(item, "id"),
        url=need(item, "jobUrl"),
        title=need(item, "title"),
        company=text(item, "company_name"),
        location=place,
        html=text(item, "descriptionHtml"),
        text=text(item, "descriptionPlain"),
        salary_min=number(pay, "minValue"),
        salary_max=number(pay, "maxValue"),
        salary_currency=text(pay, "currencyCode"),
        salary_period=text(pay, "interval"),
        remote=_workplace(item),
        job_type=text(item, "employmentType"),
        seniority="intern" if text(item, "employmentType") == "Intern" else "",
        regions=(place, *texts(item.get("secondaryLocations"), "location"), text(_address(item), "addressCountry")),
        tags=tuple(dict.fromkeys(filter(None, (text(item, "department"), text(item, "team"))))),
        posted_at=moment(item.get("publishedAt")),
        raw=item,
    )


def _workplace(item: Item) -> str:
    """`isRemote` tells only where the field beside it is there and empty: for hybrid postings it is true as well."""
    unsaid = "workplaceType" in item and item["workplaceType"] is None
    return text(item, "workplaceType") or ("remote" if unsaid and item.get("isRemote") is True else "")


def _address(item: Item) -> Item:
    return inner(item, "address", "postalAddress")


def _salary(item: Item) -> Item:
    told = parts(inner(item, "compensation").get("summaryComponents"))
    return next((part for part in told if text(part, "compensationType") == "Salary"), {})
