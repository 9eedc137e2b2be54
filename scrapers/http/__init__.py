"""The polite client: one way out, with robots, rates, caps and the address guard. Nothing here knows a board."""

from scrapers.http.answer import Answer
from scrapers.http.breaker import Breaker
from scrapers.http.cache import ConditionalCache, MemoryCache, Stored
from scrapers.http.client import Limits, PoliteClient
from scrapers.http.rate import MemoryRateGate, RateGate

__all__ = [
    "Answer",
    "Breaker",
    "ConditionalCache",
    "Limits",
    "MemoryCache",
    "MemoryRateGate",
    "PoliteClient",
    "RateGate",
    "Stored",
]
