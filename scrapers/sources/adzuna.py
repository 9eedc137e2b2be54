"""Adzuna: many boards in one search interface, by country and with the operator's own key."""

from collections.abc import Iterator

from scrapers.board import Board, Found, Invitation, Item
from scrapers.draft import Draft
from scrapers.formats.fields import code, inner, listed, need, need_code, number, text, texts
from scrapers.normalise.when import moment
from scrapers.posting import Http, Params

_PAGE = 50
_CURRENCIES = {"au": "AUD", "br": "BRL", "ca": "CAD", "ch": "CHF", "gb": "GBP", "in": "INR", "mx": "MXN", "nz": "NZD",
               "pl": "PLN", "sg": "SGD", "uk": "GBP", "us": "USD", "za": "ZAR"}  # fmt: skip


def fetch(board: Board, http: Http) -> Iterator[Found]:
    """Options: `app_id`, `app_key`, and at will `countries` ("gb"), `what` to search for, and `pages`."""
    keys = {name: board.required(name) for name in board.needs}
    params: Params = {**keys, "results_per_page": _PAGE, "what": str(board.options.get("what", ""))}
    for country in board.options.get("countries", ("gb",)):
        for page in range(1, int(board.options.get("pages", 5)) + 1):
            at = f"{board.base_url}/v1/api/jobs/{country}/search/{page}"
            found = listed(http.get(at, params=params).json(), "results")
            yield from ({**row, "country": country} for row in found)
            if len(found) < _PAGE:
                break


def read(item: Item) -> Draft:
    """A predicted salary is Adzuna's guess and no fact of the posting, so it is left out."""
    place, stated = inner(item, "location"), code(item, "salary_is_predicted") == "0"
    return Draft(
        source_id=need_code(item, "id"),
        url=need(item, "redirect_url"),
        title=need(item, "title"),
        company=text(inner(item, "company"), "display_name"),
        location=text(place, "display_name"),
        html=text(item, "description"),
        salary_min=number(item, "salary_min") if stated else None,
        salary_max=number(item, "salary_max") if stated else None,
        salary_currency=_CURRENCIES.get(text(item, "country"), "EUR"),
        job_type=" ".join((text(item, "contract_time"), text(item, "contract_type"))),
        regions=(text(item, "country").upper(),),
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
    needs=("app_id", "app_key"),
    fetch=fetch,
    read=read,
    invitation=Invitation("https://developer.adzuna.com/overview: for holders of a key", "/v1/api/"),
)
