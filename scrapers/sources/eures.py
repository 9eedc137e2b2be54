"""EURES, the European job mobility portal: a search interface that takes JSON and answers fifty at a time."""

from collections.abc import Iterator
from datetime import timedelta

from scrapers.board import Board, Found, Item
from scrapers.draft import Draft
from scrapers.formats import eures, nuts
from scrapers.formats.fields import inner, listed, need_code, text, texts
from scrapers.normalise.when import moment
from scrapers.posting import Http

_PAGE = 50
_SEARCH = "/eures/api/jv-searchengine/public/jv-search/search"


def fetch(board: Board, http: Http) -> Iterator[Found]:
    """Options: `pages` (10 unless told), `countries` as lower-case codes, `keywords`."""
    words, codes = list(board.options.get("keywords", ())), list(board.options.get("countries", ()))
    for page in range(1, int(board.options.get("pages", 10)) + 1):
        answer = http.post(board.base_url + _SEARCH, eures.search(page, _PAGE, words, codes)).json()
        found = listed(answer, "jvs")
        yield from found
        if len(found) < _PAGE:
            return


def read(item: Item) -> Draft:
    where = nuts.places(item.get("locationMap"))
    return Draft(
        source_id=need_code(item, "id"),
        url=f"https://europa.eu/eures/portal/jv-se/jv-details/{need_code(item, 'id')}",
        title=eures.said(item, "title"),
        company=text(inner(item, "employer"), "name"),
        location="; ".join(where),
        html=eures.said(item, "description"),
        job_type=" ".join((*texts(item.get("positionScheduleCodes")), text(item, "positionOfferingCode"))),
        regions=nuts.countries(item.get("locationMap")),
        language=next(iter(texts(item.get("availableLanguages"))), ""),
        posted_at=moment(item.get("creationDate")) or moment(item.get("lastModificationDate")),
        raw=item,
    )


SOURCE = Board(
    name="eures",
    homepage="https://eures.europa.eu",
    base_url="https://europa.eu",
    terms="Public search of the European Commission, without a published contract; link to the posting's EURES page.",
    min_interval=timedelta(hours=6),
    fetch=fetch,
    read=read,
    promises=frozenset({"posted_at", "location"}),
)
