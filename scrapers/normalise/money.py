"""Currencies and pay periods by the names that postings give them."""

import re

from scrapers.normalise.words import pattern

CODES = (
    "USD|EUR|GBP|CHF|CAD|AUD|NZD|SGD|HKD|JPY|CNY|INR|KRW|BRL|MXN|ARS|CLP|COP|PEN|UYU|SEK|NOK|DKK|ISK|PLN|CZK|HUF"
    "|RON|BGN|UAH|RUB|TRY|ILS|AED|SAR|QAR|EGP|ZAR|NGN|KES|GHS|MAD|TND|PHP|IDR|MYR|THB|VND|TWD|PKR|BDT|LKR|KZT|GEL|RSD"
)
_CODES = rf"\b(?:{CODES})(?![a-z])"
# Signs before the code they stand for. "kr" is missing on purpose: three countries use it.
_SIGN_LIST = """
    USD us$ $ dollars; CAD ca$ c$ cad$; AUD au$ a$; NZD nz$; HKD hk$; SGD sg$ s$; BRL r$; MXN mx$; TWD nt$;
    EUR € euros euro; GBP £ pounds; JPY ¥ 円; CNY rmb 元; INR ₹ rs. rs; KRW ₩; RUB ₽; TRY ₺; ILS ₪; VND ₫; THB ฿;
    PHP ₱; UAH ₴ grn; NGN ₦; PLN zł zl; CZK kč; RON lei; CHF fr. sfr; BGN лв; IDR rp; MYR rm; HUF ft
"""
_SIGNS = {sign: row.split()[0] for row in _SIGN_LIST.split(";") for sign in row.split()[1:]}


def _whole(sign: str) -> str:
    """A sign made of letters must not be the end or the start of a word."""
    before = r"(?<![^\W\d_])" if sign[0].isalpha() else ""
    return before + re.escape(sign) + (r"(?![^\W\d_])" if sign[-1].isalpha() else "")


# Longer signs first: "US$" is not read as "$".
CURRENCY = re.compile(
    "|".join([_CODES, *map(_whole, sorted(_SIGNS, key=len, reverse=True))]),
    re.IGNORECASE,
)

_CODE = re.compile(_CODES, re.IGNORECASE)

# What a full year holds, by the usual full-time convention (40 hours, 52 weeks).
PER_YEAR = {"hour": 2080, "day": 260, "week": 52, "month": 12, "year": 1}
_PERIODS = (
    ("hour", pattern("""
        hour(?:s|ly)?; hrs?; h; stunde; stündlich; std; heure; horaire; hora; ora; godz(?:inę)?; uur; timme; p\\.?h
     """)),
    ("day", pattern("days?; daily; tag; täglich; tagessatz; jour; journalier; tjm; día; dia; giorno; p\\.?d; dzień")),
    ("week", pattern("week(?:s|ly)?; wk; p\\.?w; woche; wöchentlich; semaine; semana; settimana")),
    ("month", pattern("""
        month(?:s|ly)?; mo; mth; p\\.?c?\\.?m; monat(?:lich)?; mois; mensuel(?:le)?; mes; mensual(?:es)?; mês; mensal;
        mese; mensile; mies(?:ięcznie)?; miesiąc; maand; månad; måned; měsíc; měsíčně
     """)),
    ("year", pattern("""
        years?; yearly; yr; annual(?:ly)?; annum; p\\.?a; jahr(?:esgehalt)?; jährlich; par an; annuel(?:le)?; año;
        anual(?:es)?; ano; anno; annuo; ral; rok; rocznie; jaar; år; lpa; ctc; ote
     """)),
)  # fmt: skip
# "40 hours per week" is working time, not pay.
_NOT_PAY = re.compile(
    r"\d+\s*(?:[-–]\s*\d+\s*)?(?:hours?|hrs?|h|stunden|std\.?|heures|horas)\s*(?:/|per|a|pro|par|por)\s*"
    r"(?:week|woche|semaine|semana|wk|w)\b",
    re.IGNORECASE,
)


def currency_of(text: str) -> str | None:
    """ISO 4217 of the first currency named, None if none is. A code outweighs a sign; "$" alone is USD."""
    found = _CODE.search(text) or CURRENCY.search(text)
    if found is None:
        return None
    sign = found.group().lower()
    return _SIGNS.get(sign, sign.upper())


def period_of(text: str) -> str | None:
    """A key of `PER_YEAR`, from a period field ("HOURLY", "per-year-salary", "1 YEAR") or from salary text."""
    text = _NOT_PAY.sub(" ", text.replace("_", " "))
    hits = [(found.start(), period) for period, words in _PERIODS if (found := words.search(text))]
    return min(hits)[1] if hits else None
