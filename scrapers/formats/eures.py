"""EURES' search: what it wants to be asked with, and the languages that it answers in."""

from collections.abc import Mapping, Sequence
from typing import Any

from scrapers.board import Item
from scrapers.formats.fields import inner, text

# A search that leaves one of these out, be it empty, is refused.
_EMPTY_CODES = (
    "requiredExperience", "positionSchedule", "sector", "educationAndQualificationLevel", "positionOffering",
    "euresFlag", "otherBenefits",
)  # fmt: skip
_EMPTY: Mapping[str, Any] = {
    "publicationPeriod": None,
    "minNumberPost": None,
    "sessionId": "offerline",
    **{f"{name}Codes": [] for name in _EMPTY_CODES},
    **{name: [] for name in ("occupationUris", "skillUris", "requiredLanguages")},
}


def search(page: int, size: int, words: Sequence[str], countries: Sequence[str]) -> Mapping[str, Any]:
    """The newest postings that name any of `words`, in `countries` (lower-case codes); () is all."""
    return {
        **_EMPTY,
        "resultsPerPage": size,
        "page": page,
        "sortSearch": "MOST_RECENT",
        "keywords": [{"keyword": word, "specificSearchCode": "EVERYWHERE"} for word in words],
        "locationCodes": list(countries),
        "requestLanguage": "en",
    }


def said(item: Item, name: str) -> str:
    """A text of the posting, or of the first of its translations that has it."""
    translations = (each for each in inner(item, "translations").values() if isinstance(each, Mapping))
    return text(item, name) or next(filter(None, (text(each, name) for each in translations)), "")
