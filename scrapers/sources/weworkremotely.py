"""We Work Remotely: an RSS feed a category. Titles read "Company: Title"; a posting may stand in several categories."""

from collections.abc import Iterable

from scrapers.board import Board, Found, Item
from scrapers.draft import Draft
from scrapers.formats import rss
from scrapers.formats.fields import need, need_code, text, texts
from scrapers.formats.headquarters import split_headquarters
from scrapers.formats.parts import each_part
from scrapers.normalise.when import moment
from scrapers.posting import Http

CATEGORIES = (
    "remote-programming-jobs", "remote-full-stack-programming-jobs", "remote-front-end-programming-jobs",
    "remote-back-end-programming-jobs", "remote-devops-sysadmin-jobs", "remote-design-jobs", "remote-product-jobs",
    "remote-customer-support-jobs", "remote-sales-and-marketing-jobs", "remote-management-and-finance-jobs",
    "all-other-remote-jobs",
)  # fmt: skip


def fetch(board: Board, http: Http) -> Iterable[Found]:
    return each_part(CATEGORIES, lambda name: rss.items(http.get(f"{board.base_url}/categories/{name}.rss")))


def read(item: Item) -> Draft:
    company, colon, title = need(item, "title").partition(": ")
    headquarters, html = split_headquarters(text(item, "description"))
    regions = texts([text(item, "region"), text(item, "country"), text(item, "state")])
    return Draft(
        source_id=need_code(item, "guid", "link").rstrip("/").rpartition("/")[2],
        url=need(item, "link", "guid"),
        title=title if colon else company,
        company=company if colon else None,
        location=text(item, "region") or text(item, "country") or headquarters,
        html=html,
        salary_in_text=True,
        remote="remote",
        job_type=text(item, "type"),
        regions=regions[:1] if regions and "anywhere" in regions[0].lower() else regions,
        tags=(*texts(item.get("category")), *texts(item.get("skills"))),
        posted_at=moment(item.get("pubDate")),
        expires_at=moment(item.get("expires_at")),
        raw=item,
    )


SOURCE = Board(
    name="weworkremotely",
    homepage="https://weworkremotely.com",
    base_url="https://weworkremotely.com",
    terms="Public RSS feeds; link to the posting's We Work Remotely address and name it as the source.",
    fetch=fetch,
    read=read,
)
