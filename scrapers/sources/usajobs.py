"""USAJobs: every opening of the United States government, with the operator's own key and registered mail address."""

from collections.abc import Iterator

from scrapers.board import Board, Found, Invitation, Item
from scrapers.draft import Draft
from scrapers.formats.federal import countries, duties, is_remote, remuneration
from scrapers.formats.fields import inner, listed, need, need_code, number, text, texts
from scrapers.normalise.when import moment
from scrapers.posting import Http, Params


def fetch(board: Board, http: Http) -> Iterator[Found]:
    """Options: `key` and `email`, as registered, and `pages`."""
    headers = {"Authorization-Key": board.required("key"), "User-Agent": board.required("email")}
    for page in range(1, int(board.options.get("pages", 10)) + 1):
        params: Params = {"ResultsPerPage": 250, "Page": page, "Fields": "full"}
        result = inner(http.get(board.base_url + "/api/search", params=params, headers=headers).json(), "SearchResult")
        yield from listed(result, "SearchResultItems")
        if page >= (number(inner(result, "UserArea"), "NumberOfPages") or 0):
            return


def read(item: Item) -> Draft:
    advert = inner(item, "MatchedObjectDescriptor")
    pay, period = remuneration(advert)
    details = inner(advert, "UserArea", "Details")
    parts = [text(details, "JobSummary"), *duties(details), text(advert, "QualificationSummary")]
    return Draft(
        source_id=need_code(item, "MatchedObjectId"),
        url=need(advert, "PositionURI").replace(":443/", "/"),
        title=need(advert, "PositionTitle"),
        company=text(advert, "OrganizationName"),
        location=text(advert, "PositionLocationDisplay"),
        text="\n\n".join(filter(None, parts)),
        salary_min=number(pay, "MinimumRange") if period else None,
        salary_max=number(pay, "MaximumRange") if period else None,
        salary_currency="USD",
        salary_period=period,
        remote="remote" if is_remote(advert) else "",
        job_type=" ".join(texts(advert.get("PositionSchedule"), "Name")[:1]),
        regions=countries(advert) or ("US",),
        tags=texts(advert.get("JobCategory"), "Name"),
        posted_at=moment(advert.get("PublicationStartDate")),
        expires_at=moment(advert.get("ApplicationCloseDate")),
        raw=item,
    )


SOURCE = Board(
    name="usajobs",
    homepage="https://www.usajobs.gov",
    base_url="https://data.usajobs.gov",
    terms="Off until the operator brings a key and the mail address it is registered for.",
    enabled=False,
    needs=("key", "email"),
    fetch=fetch,
    read=read,
    invitation=Invitation("https://developer.usajobs.gov: for holders of a key", "/api/"),
)
