"""Landing.jobs: European technology postings. There is no company field; the address carries the company's slug."""

from collections.abc import Iterator

from scrapers.board import Board, Found, Item
from scrapers.draft import Draft
from scrapers.formats.companies import titled
from scrapers.formats.fields import need, need_code, number, parts, rows, text, texts
from scrapers.normalise.when import moment
from scrapers.posting import Http


def fetch(board: Board, http: Http) -> Iterator[Found]:
    """Ends at a page that is empty or a repetition: the board may ignore the offset."""
    before: list[Item] = []
    for offset in range(0, 500, 50):
        found = rows(http.get(f"{board.base_url}/api/v1/jobs", params={"limit": 50, "offset": offset}).json(), "a list")
        yield from found
        if found == before or not found:
            return
        before = found


def read(item: Item) -> Draft:
    url = need(item, "url")
    places = tuple(filter(None, map(_place, parts(item.get("locations")) or [item])))
    return Draft(
        source_id=need_code(item, "id"),
        url=url,
        title=need(item, "title"),
        company=titled(url.partition("/at/")[2].partition("/")[0]),
        location="; ".join(places),
        html="".join(f"<div>{text(item, part)}</div>" for part in ("role_description", "main_requirements", "perks")),
        salary_min=number(item, "gross_salary_low"),
        salary_max=number(item, "gross_salary_high"),
        salary_currency=text(item, "currency_code"),
        remote="remote" if item.get("remote") is True else "",
        job_type=text(item, "type"),
        regions=places,
        tags=texts(item.get("tags")),
        posted_at=moment(item.get("published_at")),
        expires_at=moment(item.get("expires_at")),
        raw=item,
    )


def _place(item: Item) -> str:
    return ", ".join(
        filter(None, (text(item, "city"), text(item, "country_name") or text(item, "country_code").upper()))
    )


SOURCE = Board(
    name="landingjobs",
    homepage="https://landing.jobs",
    base_url="https://landing.jobs",
    terms="Public API; link to the posting's Landing.jobs address.",
    fetch=fetch,
    read=read,
)
