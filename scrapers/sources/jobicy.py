"""Jobicy: the newest hundred remote postings; names arrive escaped, places in one text between commas."""

from collections.abc import Iterable

from scrapers.board import Board, Found, Invitation, Item
from scrapers.draft import Draft
from scrapers.formats.fields import listed, need, need_code, number, text, texts
from scrapers.normalise.when import moment
from scrapers.posting import Http


def fetch(board: Board, http: Http) -> Iterable[Found]:
    answer = http.get(f"{board.base_url}/api/v2/remote-jobs", params={"count": 100}).json()
    return listed(answer, "jobs")


def read(item: Item) -> Draft:
    """The first version of the interface named the salary `annualSalaryMin`; some mirrors still do."""
    place = text(item, "jobGeo")
    return Draft(
        source_id=need_code(item, "id"),
        url=need(item, "url"),
        title=need(item, "jobTitle"),
        company=text(item, "companyName"),
        location=place,
        html=text(item, "jobDescription") or text(item, "jobExcerpt"),
        salary_min=number(item, "salaryMin") or number(item, "annualSalaryMin"),
        salary_max=number(item, "salaryMax") or number(item, "annualSalaryMax"),
        salary_currency=text(item, "salaryCurrency"),
        salary_period=text(item, "salaryPeriod"),
        remote="remote",
        job_type=" ".join(texts(item.get("jobType"))),
        seniority=text(item, "jobLevel").replace("Any", ""),
        regions=texts(place),
        tags=texts(item.get("jobIndustry")),
        posted_at=moment(item.get("pubDate")),
        raw=item,
    )


SOURCE = Board(
    name="jobicy",
    homepage="https://jobicy.com",
    base_url="https://jobicy.com",
    terms="Name Jobicy with a direct link, and let every apply button lead to the posting's Jobicy address.",
    fetch=fetch,
    read=read,
    invitation=Invitation(
        "https://github.com/Jobicy/remote-jobs-api: a public API for showing postings elsewhere", "/api/v2/"
    ),
)
