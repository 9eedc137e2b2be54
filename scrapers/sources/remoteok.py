"""Remote OK: one JSON list of the newest hundred; its first element is a legal notice, and a salary of 0 is unknown."""

import re
from collections.abc import Iterable
from datetime import timedelta

from scrapers.board import Board, Invitation, Item
from scrapers.draft import Draft
from scrapers.formats.fields import need, need_code, number, rows, text, texts
from scrapers.normalise.when import moment
from scrapers.posting import Http

# Appended to every description, with a tag made from the reader's own address: noise, and not for storing.
_TAIL = re.compile(r"(?:<br\s*/?>|\s)*Please mention the word \*\*.*\Z", re.DOTALL)
_FORMS = frozenset({"full time", "part time", "contract", "freelance"})


def fetch(board: Board, http: Http) -> Iterable[Item]:
    for row in rows(http.get(f"{board.base_url}/api").json(), "a list"):
        if "legal" not in row:
            yield row


def read(item: Item) -> Draft:
    return Draft(
        source_id=need_code(item, "id", "slug"),
        url=need(item, "url"),
        title=need(item, "position"),
        company=text(item, "company"),
        location=text(item, "location"),
        html=_TAIL.sub("", text(item, "description")),
        salary_min=number(item, "salary_min"),
        salary_max=number(item, "salary_max"),
        salary_currency="USD",
        remote="remote",
        job_type=_form(texts(item.get("tags"))),
        tags=texts(item.get("tags")),
        posted_at=moment(item.get("date")) or moment(item.get("epoch")),
        raw={name: value for name, value in item.items() if name != "description"},
    )


def _form(tags: tuple[str, ...]) -> str:
    """The one form of work among the tags; adverts that carry them all say nothing by it."""
    forms = {tag.lower().replace("-", " ") for tag in tags} & _FORMS
    return forms.pop() if len(forms) == 1 else ""


SOURCE = Board(
    name="remoteok",
    homepage="https://remoteok.com",
    base_url="https://remoteok.com",
    terms="Link back to the posting's Remote OK address, with follow, and name Remote OK as the source.",
    min_interval=timedelta(hours=1),
    fetch=fetch,
    read=read,
    invitation=Invitation("https://remoteok.com/api: its first element allows use that links back", "/api"),
)
