"""LinkedIn's guest pages: cards of a public search, without the posting's text. Off unless the operator turns it on."""

from collections.abc import Iterator
from datetime import timedelta

from selectolax.lexbor import LexborHTMLParser, LexborNode

from scrapers.board import Board, Found, Item
from scrapers.draft import Draft
from scrapers.formats.fields import need, need_code, text
from scrapers.normalise.when import moment
from scrapers.posting import Http

_PAGE = 25
_SEARCH = "/jobs-guest/jobs/api/seeMoreJobPostings/search"


def fetch(board: Board, http: Http) -> Iterator[Found]:
    """Options: `keywords`, `location`, and `pages` (4 unless told)."""
    asked = {name: str(board.options.get(name, "")) for name in ("keywords", "location")}
    for page in range(int(board.options.get("pages", 4))):
        html = http.get(board.base_url + _SEARCH, params={**asked, "start": page * _PAGE}).text
        cards = LexborHTMLParser(html).css("[data-entity-urn]")
        yield from map(_card, cards)
        if not cards:
            return


def _card(card: LexborNode) -> Item:
    link, when = card.css_first("a[href*='/jobs/view/']"), card.css_first("time")
    names = {"title": "h3", "company": "h4", "location": ".job-search-card__location"}
    found = {name: (node.text(strip=True) if (node := card.css_first(path)) else "") for name, path in names.items()}
    urn = card.attributes.get("data-entity-urn") or ""
    href = (link.attributes.get("href") if link else "") or ""
    posted = (when.attributes.get("datetime") if when else "") or ""
    return {**found, "id": urn.rpartition(":")[2], "url": href.partition("?")[0], "date": posted}


def read(item: Item) -> Draft:
    return Draft(
        source_id=need_code(item, "id"),
        url=need(item, "url"),
        title=need(item, "title"),
        company=text(item, "company"),
        location=text(item, "location"),
        posted_at=moment(item.get("date")),
        raw=item,
    )


SOURCE = Board(
    name="linkedin",
    homepage="https://www.linkedin.com",
    base_url="https://www.linkedin.com",
    terms="Off: LinkedIn's user agreement and robots.txt forbid automated reading. The risk is the operator's.",
    min_interval=timedelta(hours=12),
    enabled=False,
    fetch=fetch,
    read=read,
)
