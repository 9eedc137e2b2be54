"""Himalayas: a hundred thousand remote postings, newest first, in pages that hold twenty whatever is asked for."""

from collections.abc import Iterator

from scrapers.board import Board, Found, Invitation, Item
from scrapers.draft import Draft
from scrapers.formats.fields import listed, need, need_code, number, text, texts
from scrapers.normalise.when import moment
from scrapers.posting import Http

_PAGE = 20


def fetch(board: Board, http: Http) -> Iterator[Found]:
    """Option `pages` says how far back to read; the newest thousand postings otherwise."""
    for page in range(int(board.options.get("pages", 50))):
        answer = http.get(f"{board.base_url}/jobs/api", params={"limit": _PAGE, "offset": page * _PAGE}).json()
        found = listed(answer, "jobs")
        yield from found
        if len(found) < _PAGE:
            return


def read(item: Item) -> Draft:
    places = texts(item.get("locationRestrictions"))
    return Draft(
        source_id=need_code(item, "guid", "applicationLink").partition("/companies/")[2] or need(item, "guid"),
        url=need(item, "applicationLink", "guid"),
        title=need(item, "title"),
        company=text(item, "companyName"),
        location=", ".join(places) or ("Worldwide" if item.get("locationRestrictions") == [] else ""),
        html=text(item, "description") or text(item, "excerpt"),
        salary_min=number(item, "minSalary"),
        salary_max=number(item, "maxSalary"),
        salary_currency=text(item, "currency"),
        salary_period=text(item, "salaryPeriod"),
        remote="remote",
        job_type=text(item, "employmentType"),
        seniority=" ".join(texts(item.get("seniority"))[:1]),
        regions=places,
        tags=tuple(tag.replace("-", " ") for tag in texts(item.get("categories"))),
        posted_at=moment(item.get("pubDate")),
        expires_at=moment(item.get("expiryDate")),
        raw=item,
    )


SOURCE = Board(
    name="himalayas",
    homepage="https://himalayas.app",
    base_url="https://himalayas.app",
    terms="Public API; link back to the posting's Himalayas address and name Himalayas as the source.",
    fetch=fetch,
    read=read,
    promises=frozenset({"company", "posted_at", "expires_at"}),
    invitation=Invitation("https://himalayas.app/api: a public API for showing postings elsewhere", "/jobs/api"),
)
