"""USAJobs' own ways of saying things: codes for periods, and where and whether from home."""

from scrapers.board import Item
from scrapers.formats.fields import inner, parts, text, texts

# Codes since 2018, words before. "Without compensation" and "fee basis" are periods of no salary.
_RATES = {
    **dict.fromkeys(("PA", "PER YEAR", "PER ANNUM"), "year"),
    **dict.fromkeys(("PH", "PER HOUR"), "hour"),
    **dict.fromkeys(("PD", "PER DAY"), "day"),
    **dict.fromkeys(("PM", "PER MONTH"), "month"),
}


def remuneration(advert: Item) -> tuple[Item, str]:
    """The first range of pay and its period, "" where it is for none that makes a year."""
    pay = next(iter(parts(advert.get("PositionRemuneration"))), {})
    return pay, _RATES.get(text(pay, "RateIntervalCode").strip().upper(), "")


def countries(advert: Item) -> tuple[str, ...]:
    """The countries of duty, each once: some openings are at embassies and bases."""
    places = parts(advert.get("PositionLocation"))
    return tuple(dict.fromkeys(filter(None, (text(place, "CountryCode") for place in places))))


def duties(details: Item) -> tuple[str, ...]:
    """A list of paragraphs, or one text."""
    said = details.get("MajorDuties")
    return (said,) if isinstance(said, str) else texts(said)


def is_remote(advert: Item) -> bool:
    """By its mark, which came as a truth value and as text, or by the place that is written for it."""
    marked = inner(advert, "UserArea", "Details").get("RemoteIndicator")
    return str(marked).lower() == "true" or "anywhere in the u.s" in text(advert, "PositionLocationDisplay").lower()
