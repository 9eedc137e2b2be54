"""Eurostat's regions: "DE212" is Munich, in Bavaria ("DE2"), in Germany. Kept to the level that postings speak of."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pycountry

_ALIASES = {"EL": "GR", "UK": "GB"}  # Eurostat's codes where they differ from ISO 3166
_TABLE = Path(__file__).with_name("nuts.tsv")


def country(code: str) -> str:
    """ISO 3166 alpha-2 of a country's code, "" where it is none."""
    two = _ALIASES.get(code.strip().upper(), code.strip().upper())
    return two if pycountry.countries.get(alpha_2=two) else ""


def region(code: str) -> str:
    """The name of a region, or of the larger one that it lies in; "" when neither is known."""
    code = code.strip().upper()
    return next((_names()[code[:length]] for length in range(len(code), 2, -1) if code[:length] in _names()), "")


def countries(location_map: Any) -> tuple[str, ...]:
    """ISO 3166 codes of the same, each once."""
    codes = location_map if isinstance(location_map, Mapping) else ()
    return tuple(dict.fromkeys(filter(None, (country(str(code)) for code in codes))))


def places(location_map: Any) -> tuple[str, ...]:
    """Of {"IE": ["IE061"], "DE": []}: "Eastern and Midland, Ireland" and "Germany", each once."""
    if not isinstance(location_map, Mapping):
        return ()
    found: dict[str, None] = {}
    for code, regions in location_map.items():
        whole = pycountry.countries.get(alpha_2=country(str(code)))
        if whole is None:
            continue
        name = getattr(whole, "common_name", whole.name)
        each = (
            regions
            if isinstance(regions, list | tuple)
            else list(regions)
            if isinstance(regions, Mapping)
            else [regions]
        )
        named = [region(one) for one in each if isinstance(one, str)]
        found |= dict.fromkeys([f"{one}, {name}" for one in named if one] or [name])
    return tuple(found)


@cache
def _names() -> dict[str, str]:
    rows = (line.partition("\t") for line in _TABLE.read_text(encoding="utf-8").splitlines())
    return {code: name for code, _, name in rows if name and not code.startswith("#")}
