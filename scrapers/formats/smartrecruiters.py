"""SmartRecruiters' posting API: a list in pages of a hundred, the text of each posting behind its own address."""

from collections.abc import Iterable, Iterator

from core.errors import AppError
from scrapers.board import Board, Found, Item
from scrapers.draft import Draft
from scrapers.formats.companies import Company, each_company
from scrapers.formats.fields import inner, listed, need, need_code, number, text
from scrapers.normalise.when import moment
from scrapers.posting import Http

_PAGE = 100
_SECTIONS = ("companyDescription", "jobDescription", "qualifications", "additionalInformation")
_SITE = "https://jobs.smartrecruiters.com"


def fetch(board: Board, http: Http) -> Iterable[Found]:
    """Option `details=False` leaves the texts out, which saves a request a posting."""

    def items(base: str, company: Company) -> Iterator[Found]:
        url = f"{base}/v1/companies/{company.slug}/postings"
        offset = 0
        while True:
            answer = http.get(url, params={"limit": _PAGE, "offset": offset}).json()
            page = listed(answer, "content")
            for row in page:
                detail = _detail(http, f"{url}/{text(row, 'id')}") if board.options.get("details", True) else {}
                yield {**row, **detail, "company_slug": company.slug, "company_name": company.name}
            offset += _PAGE
            if not page or offset >= (number(answer, "totalFound") or 0):
                return

    return each_company(board, items)


def _detail(http: Http, url: str) -> Item:
    """{} when a posting's own page does not answer: its line in the list is worth keeping."""
    try:
        found = http.get(url).json()
    except AppError:
        return {}
    return {"jobAd": found.get("jobAd"), "postingUrl": found.get("postingUrl")} if isinstance(found, dict) else {}


def read(item: Item) -> Draft:
    company, place = inner(item, "company"), inner(item, "location")
    number_, slug = need_code(item, "id"), text(company, "identifier") or text(item, "company_slug")
    city = ", ".join(filter(None, (text(place, "city"), text(place, "region"), text(place, "country").upper())))
    return Draft(
        source_id=number_,
        url=text(item, "postingUrl") or f"{_SITE}/{slug}/{number_}",
        title=need(item, "name"),
        company=text(company, "name") or text(item, "company_name"),
        location=text(place, "fullLocation") or city,
        html=_description(item),
        salary_in_text=True,
        remote=_workplace(place),
        job_type=text(inner(item, "typeOfEmployment"), "label"),
        seniority=text(inner(item, "experienceLevel"), "label").replace("Not Applicable", ""),
        regions=(text(place, "country").upper(),),
        tags=tuple(filter(None, (text(inner(item, name), "label") for name in ("department", "function")))),
        language=text(inner(item, "language"), "code"),
        posted_at=moment(item.get("releasedDate")),
        raw=item,
    )


def _workplace(place: Item) -> str:
    if place.get("hybrid") is True:
        return "hybrid"
    if place.get("remote") is True:
        return "remote"
    return "on-site" if place.get("remote") is False and place.get("hybrid") is False else ""


def _description(item: Item) -> str:
    sections = (inner(item, "jobAd", "sections", name) for name in _SECTIONS)
    return "".join(f"<h3>{text(part, 'title')}</h3>{text(part, 'text')}" for part in sections if text(part, "text"))
