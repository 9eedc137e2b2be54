"""Boards that each company has for itself: which companies, and how their addresses are made.

The list is the operator's: `companies=` on the source, as slugs or as (slug, name) pairs, "" for a name not known; or
else `companies.tsv` beside this folder, a line a company: system, slug, name.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from scrapers.board import Board, Found
from scrapers.errors import NotConfigured
from scrapers.formats.parts import each_part

_LIST = Path(__file__).parents[1] / "companies.tsv"


class Company(NamedTuple):
    """`slug` is the company's name in addresses."""

    slug: str
    name: str


def load(path: Path) -> dict[str, tuple[Company, ...]]:
    """Companies by system. Empty lines and lines that open with # are left out."""
    found: dict[str, list[Company]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        system, _, rest = line.partition("\t")
        slug, _, name = rest.partition("\t")
        if slug.strip() and not system.startswith("#"):
            found.setdefault(system.strip(), []).append(Company(slug.strip(), name.strip() or titled(slug)))
    return {system: tuple(companies) for system, companies in found.items()}


def titled(slug: str) -> str:
    """A readable name out of a slug: "acme-health" is "Acme Health"."""
    return " ".join(word[:1].upper() + word[1:] for word in slug.replace("_", "-").split("-") if word)


def companies_of(board: Board) -> tuple[Company, ...]:
    """Raise `NotConfigured` when there is none."""
    chosen = board.options.get("companies")
    found = tuple(map(_company, chosen)) if chosen else _default().get(board.name, ())
    if not found:
        raise NotConfigured(f"{board.name} needs a list of companies.", context={"reason": "companies"})
    return found


def each_company(board: Board, items: Callable[[str, Company], Iterable[Found]]) -> Iterator[Found]:
    """Call `items(base, company)` for each; "{company}" in the board's address is filled with the slug."""
    by_slug = {company.slug: company for company in companies_of(board)}
    return each_part(by_slug, partial(_items, board, by_slug, items), may_leave=True)


def _items(
    board: Board, by_slug: dict[str, Company], items: Callable[[str, Company], Iterable[Found]], slug: str
) -> Iterable[Found]:
    return items(board.base_url.replace("{company}", quote(slug, safe="")), by_slug[slug])


def _company(given: str | tuple[str, str]) -> Company:
    slug, name = (given, "") if isinstance(given, str) else given
    return Company(slug, name or titled(slug))


@cache
def _default() -> dict[str, tuple[Company, ...]]:
    return load(_LIST)
