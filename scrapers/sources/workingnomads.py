"""Working Nomads: one list of remote postings; tags are one text between commas."""

from collections.abc import Iterable

from scrapers.board import Board, Found, Item
from scrapers.draft import Draft
from scrapers.formats.fields import need, rows, text, texts
from scrapers.normalise.when import moment
from scrapers.posting import Http


def fetch(board: Board, http: Http) -> Iterable[Found]:
    return rows(http.get(f"{board.base_url}/api/exposed_jobs/").json(), "a list")


def read(item: Item) -> Draft:
    """There is no id; the address holds one, between slashes."""
    url = need(item, "url")
    place = text(item, "location")
    return Draft(
        source_id=url.rstrip("/").rpartition("/")[2],
        url=url,
        title=need(item, "title"),
        company=text(item, "company_name"),
        location=place,
        html=text(item, "description"),
        salary_in_text=True,
        remote="remote",
        regions=(place,) if place else (),
        tags=(*texts(item.get("category_name")), *texts(item.get("tags"))),
        posted_at=moment(item.get("pub_date")),
        raw=item,
    )


SOURCE = Board(
    name="workingnomads",
    homepage="https://www.workingnomads.com",
    base_url="https://www.workingnomads.com",
    terms="Public list, linked from the site itself; link to the posting's Working Nomads address.",
    fetch=fetch,
    read=read,
)
