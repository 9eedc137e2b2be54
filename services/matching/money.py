"""Salaries in different currencies, compared roughly.

The rates are mid-market values of mid-2025 rounded to two or three digits, good enough to tell 40,000 from 80,000 and
no better. They are fixed on purpose: a score must not move because a market did. An unknown currency compares with
nothing.
"""

RATES_AS_OF = "2025-07"
US_DOLLARS_PER_UNIT = {
    "USD": 1.0, "EUR": 1.17, "GBP": 1.36, "CHF": 1.25, "CAD": 0.73, "AUD": 0.66, "NZD": 0.60, "SEK": 0.105,
    "NOK": 0.099, "DKK": 0.157, "PLN": 0.275, "CZK": 0.0475, "HUF": 0.0029, "RON": 0.23, "BGN": 0.60, "TRY": 0.025,
    "UAH": 0.024, "ILS": 0.30, "AED": 0.272, "SAR": 0.267, "QAR": 0.275, "EGP": 0.02, "ZAR": 0.056, "NGN": 0.00065,
    "KES": 0.0077, "INR": 0.0116, "PKR": 0.0035, "BDT": 0.0082, "LKR": 0.0033, "JPY": 0.0068, "CNY": 0.139,
    "HKD": 0.127, "TWD": 0.034, "KRW": 0.00073, "SGD": 0.78, "MYR": 0.236, "THB": 0.031, "IDR": 0.000061,
    "PHP": 0.0175, "VND": 0.000038, "BRL": 0.18, "MXN": 0.053, "ARS": 0.0008, "CLP": 0.00105, "COP": 0.00025,
    "PEN": 0.28,
}  # fmt: skip
SIGNS = {"$": "USD", "US$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "zł": "PLN", "R$": "BRL"}


def code(currency: str | None) -> str | None:
    """The ISO 4217 code we have a rate for, or None."""
    if not currency:
        return None
    name = SIGNS.get(currency.strip(), currency.strip().upper())
    return name if name in US_DOLLARS_PER_UNIT else None


def convert(amount: float, source: str, target: str) -> float:
    """Both are codes from `code`."""
    if source == target:
        return amount
    return amount * US_DOLLARS_PER_UNIT[source] / US_DOLLARS_PER_UNIT[target]


def written(low: float | None, high: float | None, currency: str | None) -> str:
    """`60,000–80,000 EUR`, `from 60,000 EUR`, `up to 80,000 EUR`, or an empty string."""
    unit = f" {currency}" if currency else ""
    if low is not None and high is not None and low != high:
        return f"{low:,.0f}–{high:,.0f}{unit}"
    if low is not None:
        return f"{low:,.0f}{unit}" if low == high else f"from {low:,.0f}{unit}"
    return f"up to {high:,.0f}{unit}" if high is not None else ""
