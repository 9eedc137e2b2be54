"""The Muse: half a million postings in pages of twenty; "Flexible / Remote" stands among the places."""

from collections.abc import Iterator

from scrapers.board import Board, Found, Invitation, Item
from scrapers.draft import Draft
from scrapers.formats.fields import inner, listed, need, need_code, number, text, texts
from scrapers.normalise.when import moment
from scrapers.posting import Http


def fetch(board: Board, http: Http) -> Iterator[Found]:
    """Options: `pages` to read (20 unless told), and `key`, which raises the hourly limit."""
    key = {"api_key": str(board.options["key"])} if board.options.get("key") else {}
    for page in range(1, int(board.options.get("pages", 20)) + 1):
        answer = http.get(
            f"{board.base_url}/api/public/jobs", params={"page": page, "descending": "true", **key}
        ).json()
        yield from listed(answer, "results")
        if page >= (number(answer, "page_count") or 0):
            return


def read(item: Item) -> Draft:
    places = texts(item.get("locations"))
    remote = any("remote" in place.lower() for place in places)
    towns = tuple(place for place in places if "remote" not in place.lower())
    return Draft(
        source_id=need_code(item, "id"),
        url=text(inner(item, "refs"), "landing_page"),
        title=need(item, "name"),
        company=text(inner(item, "company"), "name"),
        location="; ".join(places),
        html=text(item, "contents"),
        salary_in_text=True,
        remote="remote" if remote else "",
        seniority=" ".join(texts(item.get("levels"))[:1]),
        regions=towns,
        tags=(*texts(item.get("categories")), *texts(item.get("tags"))),
        posted_at=moment(item.get("publication_date")),
        raw=item,
    )


SOURCE = Board(
    name="themuse",
    homepage="https://www.themuse.com",
    base_url="https://www.themuse.com",
    terms="Public API, 500 requests an hour without a key; link to the posting's page on The Muse.",
    fetch=fetch,
    read=read,
    invitation=Invitation("https://www.themuse.com/developers/api/v2: a public API, key or none", "/api/public/"),
)
