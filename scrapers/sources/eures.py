"""EURES, the European job mobility portal: a search interface that takes JSON and answers fifty at a time."""

from collections.abc import Iterator
from datetime import timedelta

from scrapers.board import Board, Found, Item
from scrapers.draft import Draft
from scrapers.formats.fields import inner, listed, need, text, texts
from scrapers.normalise.when import moment
from scrapers.posting import Http

_PAGE = 50
_SEARCH = "/eures/api/jv-searchengine/public/jv-search/search"
_ALIASES = {"EL": "GR", "UK": "GB"}  # Eurostat's codes where they differ from ISO 3166


def fetch(board: Board, http: Http) -> Iterator[Found]:
    """Options: `pages` (10 unless told), `countries` as lower-case codes, `keywords`."""
    words = [{"keyword": word, "specificSearchCode": "EVERYWHERE"} for word in board.options.get("keywords", ())]
    codes = list(board.options.get("countries", ()))
    for page in range(1, int(board.options.get("pages", 10)) + 1):
        search = {"resultsPerPage": _PAGE, "page": page, "sortSearch": "MOST_RECENT", "keywords": words}
        answer = http.post(board.base_url + _SEARCH, {**search, "locationCodes": codes, "requestLanguage": "en"}).json()
        found = listed(answer, "jvs")
        yield from found
        if len(found) < _PAGE:
            return


def read(item: Item) -> Draft:
    countries = tuple(_ALIASES.get(code.upper(), code.upper()) for code in inner(item, "locationMap"))
    return Draft(
        source_id=need(item, "id"),
        url=f"https://europa.eu/eures/portal/jv-se/jv-details/{need(item, 'id')}",
        title=need(item, "title"),
        company=text(inner(item, "employer"), "name"),
        location=", ".join(countries),
        html=text(item, "description"),
        job_type=" ".join((*texts(item.get("positionScheduleCodes")), text(item, "positionOfferingCode"))),
        regions=countries,
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
