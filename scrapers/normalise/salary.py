"""Salary as whole units of currency a year, from numbers with a period or from text."""

import re
from dataclasses import dataclass
from typing import NamedTuple

from scrapers.normalise.money import CODES, CURRENCY, PER_YEAR, currency_of, period_of

# A board that means a year and says 24 means an hour: nobody is paid so little, and RemoteOK carries such rows.
_HOURLY_BELOW = 1_000
_MONTHLY_BELOW = 10_000
# Currencies whose yearly salaries have five digits at least, so that four digits can only be a month.
_STRONG = frozenset(["USD", "EUR", "GBP", "CHF", "CAD", "AUD", "NZD", "SGD", "PLN", "SEK", "NOK", "DKK", "CZK"])
# Where even a month's pay has five digits, by how much.
_MONTH_IS_LARGER = {"SEK": 12, "NOK": 12, "DKK": 8, "CZK": 20, "PLN": 3}
_LEAST, _MOST = 500, 2_000_000_000
_MOST_STRONG = 5_000_000  # above it stands a company's funding, not a person's pay
# "L" and "cr" are Indian: a lakh is 1e5, a crore 1e7.
_SCALES = {
    **dict.fromkeys(("k", "tsd", "mil"), 1e3),
    **dict.fromkeys(("m", "mio", "million"), 1e6),
    **dict.fromkeys(("l", "lpa", "lac", "lacs", "lakh", "lakhs"), 1e5),
    **dict.fromkeys(("cr", "crore"), 1e7),
    **dict.fromkeys(("万", "万円"), 1e4),
}
_NUMBER = re.compile(
    rf"(?:(?<![\w.,])|(?<={CODES}))"
    r"(?P<digits>\d+(?:[.,'’]\d+)*(?:[   ]\d{3}(?!\d)(?:[.,]\d{2}(?!\d))?)*)"
    r"(?:[.,][-–—](?!\s*\d))?\s?(?P<scale>k|tsd\.?|mio\.?|million|mil|m|lakhs?|lacs?|lpa|l|cr(?:ore)?|万円?)?"
    r"(?![^\W_])(?P<percent>\s?%)?",
    re.IGNORECASE,
)
_GLUE = re.compile(
    r"^[\s\W]*(?:to|bis|à|a|al|hasta|et|e|und|and|y|do|until|up to|–|—|-|~|to up to)?[\s\W]*$", re.IGNORECASE
)
_ONLY_MOST = re.compile(
    r"\b(?:up\s?to|bis zu|jusqu'[àa]|hasta|max(?:imum|\.)?|at most|fino a|até|do)\W*$", re.IGNORECASE
)
_ONLY_LEAST = re.compile(
    r"\b(?:from|starting(?: at)?|ab|à partir de|desde|min(?:imum|destens|\.)?|at least|a partire? d[ae]|od|over)"
    r"[^\d]{0,12}$",
    re.IGNORECASE,
)
_LABELLED = re.compile(
    r"^[\s\-*•]*(?:base |annual |yearly )?(?:salary|compensation|pay|gehalt|jahresgehalt|salaire|rémunération|salario)"
    r"(?: range)?\s*:\s*(?P<rest>.{3,120})$",
    re.IGNORECASE | re.MULTILINE,
)
_INDIAN = re.compile(r"\d\s?(?:lpa|lakhs?|lacs?|cr(?:ore)?)\b", re.IGNORECASE)
_PENSION = re.compile(r"\b40[13]\s?\(?[kb]\)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Salary:
    """Whole units of `currency` a year. All None when nothing is known."""

    low: int | None = None
    high: int | None = None
    currency: str | None = None


class _Amount(NamedTuple):
    value: float
    scaled: bool
    start: int
    end: int


def salary(
    text: str, low: float | None, high: float | None, currency: str | None, period: str, *, unsaid: bool = False
) -> Salary:
    """Numbers win over text. Zero, negative and impossible amounts are unknown.

    Numbers without a period are a year's, unless the board has a field for it that it left `unsaid`: then they are what
    numbers of that size are.
    """
    code = currency_of(currency or "") or (currency or "").strip().upper() or None
    stated = period_of(period)
    if stated == "year" and 0 < max(low or 0, high or 0) < _HOURLY_BELOW:
        low, high = (low or 0) * 1_000, (high or 0) * 1_000  # "75 to 95 a year" leaves the thousands to the reader
    usual = _guess(high or low, code, bare=True) if unsaid else "year"
    if unsaid and _could_be_either(high or low, code):
        return Salary()
    known = _settled(_positive(low), _positive(high), code, stated or usual)
    if known.low is None and known.high is None and text:
        return salary_text(text, code, period)
    return known


def labelled(description: str) -> str:
    """The rest of the first line of a description that opens by naming pay; "" if there is none."""
    found = _LABELLED.search(description)
    return found["rest"] if found else ""


def salary_text(text: str, currency: str | None = None, period: str = "") -> Salary:
    """Read the first amount or range of a salary line ("€60.000 – 75.000", "$18 - $22/hr", "12-18 LPA")."""
    text = _PENSION.sub(" ", text)
    found = _amounts(text)
    code = currency_of(text) or currency or ("INR" if _INDIAN.search(text) else "JPY" if "万円" in text else None)
    if not found or not (code or any(amount.scaled for amount in found)):
        return Salary()
    first = _first_paid(text, found)
    low, high = _ends(text, found, first)
    bare = not any(amount.scaled for amount in found[first : first + 2])
    return _settled(low, high, code, period_of(text) or period_of(period) or _guess(high or low, code, bare=bare))


def _amounts(text: str) -> list[_Amount]:
    return [
        _Amount(_value(hit["digits"], hit["scale"]), bool(hit["scale"]), hit.start(), hit.end())
        for hit in _NUMBER.finditer(text)
        if not hit["percent"] and len(hit["digits"]) <= len("1,000,000,000.00")
    ]


def _value(digits: str, scale: str | None) -> float:
    number = float(_plain_number(re.sub(r"['’\s]", "", digits), scaled=bool(scale)))
    return number * _SCALES[scale.lower().rstrip(".")] if scale else number


def _plain_number(digits: str, *, scaled: bool) -> str:
    """Tell thousands from decimals: the last separator is decimal unless three digits follow it or it repeats."""
    marks = [mark for mark in digits if mark in ".,"]
    if not marks:
        return digits
    last = marks[-1]
    whole, _, rest = digits.rpartition(last)
    thousands = (len(rest) == 3 and not scaled) or marks.count(last) > 1  # noqa: PLR2004 - a group of thousands
    whole = re.sub(r"[.,]", "", whole)
    return whole + rest if thousands else f"{whole}.{rest}"


def _first_paid(text: str, found: list[_Amount]) -> int:
    """Index of the first amount with a currency or a scale beside it; a stray number before it is no salary."""
    for index, amount in enumerate(found):
        after = re.split(r"[^\w\s]\s?\d", text[amount.end : amount.end + 6])[0]  # a sign before a number is that one's
        around = text[max(0, amount.start - 6) : amount.start] + " " + after
        if amount.scaled or CURRENCY.search(around):
            gap = _between(text, found[index - 1], amount) if index else ""
            joined = gap.strip() and _GLUE.match(gap)
            return index - 1 if joined else index
    return 0


def _between(text: str, left: _Amount, right: _Amount) -> str:
    """What stands between two amounts, currency and period words put aside."""
    gap = CURRENCY.sub(" ", text[left.end : right.start])
    return re.sub(r"(?:/|per|p\.?)\s?(?:hour|hr|h|day|month|mo|year|yr|annum|a)\b\.?", " ", gap, flags=re.IGNORECASE)


def _ends(text: str, found: list[_Amount], first: int) -> tuple[float | None, float | None]:
    amount = found[first]
    following = found[first + 1] if first + 1 < len(found) else None
    gap = _between(text, amount, following) if following else ""
    if following and gap.strip() and _GLUE.match(gap):
        return _same_scale(amount, following), following.value
    before = CURRENCY.sub("", text[: amount.start])
    if _ONLY_MOST.search(before):
        return None, amount.value
    if _ONLY_LEAST.search(before) or text[amount.end : amount.end + 2].lstrip().startswith("+"):
        return amount.value, None
    return amount.value, amount.value


def _same_scale(low: _Amount, high: _Amount) -> float:
    """In "120-150k" the scale of the second number is the first one's too."""
    if high.scaled and not low.scaled and low.value < _HOURLY_BELOW:
        for scale in (1e3, 1e5, 1e6, 1e7, 1e4):
            if low.value * scale <= high.value < low.value * scale * 20:
                return low.value * scale
    return low.value


def _guess(amount: float | None, currency: str | None, *, bare: bool) -> str:
    if amount is not None and bare and currency in _STRONG:
        if amount < _HOURLY_BELOW:
            return "hour"
        if amount < _MONTHLY_BELOW * _MONTH_IS_LARGER.get(currency or "", 1):
            return "month"
    return "year"


def _could_be_either(amount: float | None, currency: str | None) -> bool:
    """Too much for most months, too little for most years: without a period nobody can tell."""
    month = _MONTHLY_BELOW * _MONTH_IS_LARGER.get(currency or "", 1)
    return amount is not None and currency in _STRONG and month <= amount < 2 * month


def _positive(amount: float | None) -> float | None:
    return amount if amount is not None and 0 < amount < float(_MOST) else None


def _settled(low: float | None, high: float | None, currency: str | None, period: str) -> Salary:
    top = high or low
    if top is not None and period == "year" and top < _HOURLY_BELOW:
        period = "hour"
    most = _MOST_STRONG if currency in _STRONG else _MOST
    ends = [_yearly(end, period, most) for end in (low, high)]
    if ends[0] is not None and ends[1] is not None:
        ends = sorted(ends)  # type: ignore[type-var]
    known = ends[0] is not None or ends[1] is not None
    return Salary(ends[0], ends[1], currency if known else None)


def _yearly(amount: float | None, period: str, most: int) -> int | None:
    if amount is None:
        return None
    year = round(amount * PER_YEAR[period])
    return year if _LEAST <= year <= most else None
