"""Remotive: one list of all remote postings. The board asks for at most four fetches a day."""

from collections.abc import Iterable
from datetime import timedelta

from scrapers.board import Board, Found, Invitation, Item
from scrapers.draft import Draft
from scrapers.formats.fields import listed, need, need_code, text, texts
from scrapers.normalise.when import moment
from scrapers.posting import Http


def fetch(board: Board, http: Http) -> Iterable[Found]:
    answer = http.get(f"{board.base_url}/api/remote-jobs").json()
    return listed(answer, "jobs")


def read(item: Item) -> Draft:
    place = text(item, "candidate_required_location")
    return Draft(
        source_id=need_code(item, "id"),
        url=need(item, "url"),
        title=need(item, "title"),
        company=text(item, "company_name"),
        location=place,
        html=text(item, "description"),
        salary_text=text(item, "salary"),
        remote="remote",
        job_type=text(item, "job_type"),
        regions=texts(place),
        tags=(*filter(None, (text(item, "category"),)), *texts(item.get("tags"))),
        posted_at=moment(item.get("publication_date")),
        raw=item,
    )


SOURCE = Board(
    name="remotive",
    homepage="https://remotive.com",
    base_url="https://remotive.com",
    terms="Link back to the posting's Remotive address and name Remotive; at most four fetches a day; no resale.",
    min_interval=timedelta(hours=6),
    fetch=fetch,
    read=read,
    invitation=Invitation(
        "https://github.com/remotive-com/remote-jobs-api: anybody may read it, four times a day", "/api/"
    ),
)
