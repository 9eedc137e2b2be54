"""Hacker News "Who is hiring?": the newest monthly thread, by Algolia's search; each top-level comment is an advert."""

from collections.abc import Iterator
from datetime import timedelta

from scrapers.board import Board, Found, Invitation, Item
from scrapers.draft import Draft
from scrapers.errors import UnreadableAnswer
from scrapers.formats.fields import code, listed, need_code, text
from scrapers.formats.whoishiring import header
from scrapers.normalise.when import moment
from scrapers.posting import Http, Params


def fetch(board: Board, http: Http) -> Iterator[Found]:
    search: Params = {"tags": "story,author_whoishiring", "query": "hiring", "hitsPerPage": 12}
    answer = http.get(f"{board.base_url}/api/v1/search_by_date", params=search).json()
    threads = listed(answer, "hits")
    story = next(
        (code(thread, "objectID") for thread in threads if "who is hiring" in text(thread, "title").lower()), ""
    )
    if not story:
        raise UnreadableAnswer("No monthly thread was found.", context={"reason": "shape"})
    comments: Params = {"tags": f"comment,story_{story}", "hitsPerPage": 1000}
    answer = http.get(f"{board.base_url}/api/v1/search_by_date", params=comments).json()
    for row in listed(answer, "hits"):
        if code(row, "parent_id") == story:
            yield row


def read(item: Item) -> Draft | None:
    found = header(text(item, "comment_text"))
    if found is None:
        return None
    return Draft(
        source_id=need_code(item, "objectID"),
        url=f"https://news.ycombinator.com/item?id={need_code(item, 'objectID')}",
        title=found.title,
        company=found.company,
        location=found.location,
        html=text(item, "comment_text"),
        salary_text=found.salary,
        remote=found.remote,
        job_type=found.job_type,
        posted_at=moment(item.get("created_at")),
        raw=item,
    )


SOURCE = Board(
    name="hackernews",
    homepage="https://news.ycombinator.com",
    base_url="https://hn.algolia.com",
    terms="Public search by Algolia; comments belong to their authors, so link to the comment.",
    min_interval=timedelta(hours=6),
    fetch=fetch,
    read=read,
    promises=frozenset({"posted_at"}),
    invitation=Invitation("https://hn.algolia.com/api: a public search API", "/api/v1/"),
)
