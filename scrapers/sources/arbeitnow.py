"""Arbeitnow: postings in Germany and remote, in pages; the next page is counted, not followed."""

from collections.abc import Iterator

from scrapers.board import Board, Found, Invitation, Item
from scrapers.draft import Draft
from scrapers.formats.fields import inner, listed, need, need_code, text, texts
from scrapers.normalise.when import moment
from scrapers.posting import Http

_MOST_PAGES = 20


def fetch(board: Board, http: Http) -> Iterator[Found]:
    for page in range(1, _MOST_PAGES + 1):
        answer = http.get(f"{board.base_url}/api/job-board-api", params={"page": page}).json()
        yield from listed(answer, "data")
        if not inner(answer, "links").get("next"):
            return


def read(item: Item) -> Draft:
    place = text(item, "location")
    return Draft(
        source_id=need_code(item, "slug"),
        url=need(item, "url"),
        title=need(item, "title"),
        company=text(item, "company_name"),
        location=place,
        html=text(item, "description"),
        salary_in_text=True,
        remote="remote" if item.get("remote") is True else "",
        job_type=" ".join(texts(item.get("job_types"))),
        regions=(place,) if place else (),
        tags=texts(item.get("tags")),
        posted_at=moment(item.get("created_at")),
        raw=item,
    )


SOURCE = Board(
    name="arbeitnow",
    homepage="https://www.arbeitnow.com",
    base_url="https://www.arbeitnow.com",
    terms="Free public API; link to the posting's Arbeitnow address.",
    fetch=fetch,
    read=read,
    invitation=Invitation("https://www.arbeitnow.com/blog/job-board-api: a free public API, no key needed", "/api/"),
)
