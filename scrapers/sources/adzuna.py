"""Adzuna: many boards in one search interface, by country and with the operator's own key."""

from collections.abc import Iterator

from scrapers.board import Board, Found, Item
from scrapers.draft import Draft
from scrapers.formats.fields import inner, listed, need, number, text, texts
from scrapers.normalise.when import moment
from scrapers.posting import Http, Params

_PAGE = 50
_CURRENCIES = {"au": "AUD", "br": "BRL", "ca": "CAD", "ch": "CHF", "gb": "GBP", "in": "INR", "mx": "MXN", "nz": "NZD",
               "pl": "PLN", "sg": "SGD", "uk": "GBP", "us": "USD", "za": "ZAR"}  # fmt: skip


def fetch(board: Board, http: Http) -> Iterator[Found]:
    """Options: `app_id`, `app_key`, and at will `countries` ("gb"), `what` to search for, and `pages`."""
    params: Params = {"app_id": board.required("app_id"), "app_key": board.required("app_key")}
    params = {**params, "results_per_page": _PAGE, "what": str(board.options.get("what", ""))}
    for country in board.options.get("countries", ("gb",)):
        for page in range(1, int(board.options.get("pages", 5)) + 1):
            url = f"{board.base_url}/v1/api/jobs/{country}/search/{page}"
            found = listed(http.get(url, params=params).json(), "results")
            yield from ({**row, "country": country} for row in found)
            if len(found) < _PAGE:
                break


def read(item: Item) -> Draft:
    """A predicted salary is Adzuna's guess and no fact of the posting, so it is left out."""
    place = inner(item, "location")
    stated = text(item, "salary_is_predicted") != "1"
    country = text(item, "country") or next(iter(texts(place.get("area"))), "").lower()
    return Draft(
        source_id=need(item, "id"),
        url=need(item, "redirect_url"),
        title=need(item, "title"),
        company=text(inner(item, "company"), "display_name"),
        location=text(place, "display_name"),
        html=text(item, "description"),
        salary_min=number(item, "salary_min") if stated else None,
        salary_max=number(item, "salary_max") if stated else None,
        salary_currency=_CURRENCIES.get(country, "EUR"),
        job_type=" ".join((text(item, "contract_time"), text(item, "contract_type"))),
        regions=tuple(texts(place.get("area"))[:1]) or (country.upper(),),
        tags=texts([text(inner(item, "category"), "label")]),
        posted_at=moment(item.get("created")),
        raw=item,
    )


SOURCE = Board(
    name="adzuna",
    homepage="https://www.adzuna.com",
    base_url="https://api.adzuna.com",
    terms='Off until the operator brings a key. Show "Jobs by Adzuna" with their mark, and link to the address given.',
    enabled=False,
    fetch=fetch,
    read=read,
)
