"""What an operator may tell each source, in a file of theirs: companies, countries, how far back, keys.

```toml
[greenhouse]
companies = ["acme", { slug = "bee", name = "Bee Inc." }]

[adzuna]
countries = ["gb", "us"]
```
"""

import re
import tomllib
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from scrapers.errors import BadOptions

Options = dict[str, dict[str, Any]]


class Option(NamedTuple):
    """`read` turns what stands in the file into what the source takes, or raises TypeError saying what it wants."""

    name: str
    meaning: str
    read: Callable[[Any], Any]


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise TypeError("wants a text")
    return value.strip()


def _texts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise TypeError('wants a list of texts, as in ["a", "b"]')
    return tuple(map(_text, value))


def _pages(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise TypeError("wants a number of pages, 1 or more")
    return value


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError("wants true or false")
    return value


def _companies(value: Any) -> tuple[tuple[str, str], ...]:
    """(slug, name) pairs; the name is "" where it is to be made out of the slug."""
    if not isinstance(value, list) or not value:
        raise TypeError('wants a list, as in ["acme", { slug = "bee", name = "Bee Inc." }]')
    return tuple(map(_company, value))


def _company(value: Any) -> tuple[str, str]:
    if isinstance(value, dict) and {"slug"} <= value.keys() <= {"slug", "name"}:
        return _slug(value["slug"]), _text(value["name"]) if "name" in value else ""
    if isinstance(value, str):
        return _slug(value), ""
    raise TypeError('wants each company as "slug" or { slug = "…", name = "…" }')


def _slug(value: Any) -> str:
    if not re.fullmatch(r"[\w.-]+", slug := _text(value)):
        raise TypeError(f'wants company names as addresses have them, letters, digits, "-", "_" and ".", not "{slug}"')
    return slug


def _tokens(value: Any) -> dict[str, str]:
    if not isinstance(value, dict):
        raise TypeError('wants a table, as in { acme = "…" }')
    return {slug: _text(token) for slug, token in value.items()}


_LIST = Option(
    "companies", "their names in the system's addresses; replaces the list that came with the program", _companies
)
_FAR = Option("pages", "how many pages back", _pages)
_WHERE = Option("countries", "two-letter codes, lower case", _texts)
TAKEN: Mapping[str, tuple[Option, ...]] = {
    **dict.fromkeys(("greenhouse", "lever", "ashby", "workable", "personio", "teamtailor"), (_LIST,)),
    "recruitee": (_LIST, Option("tokens", "careers site tokens by company, for those that ask for one", _tokens)),
    "smartrecruiters": (_LIST, Option("details", "false leaves the texts out and saves a request a posting", _flag)),
    "adzuna": (
        Option("app_id", "your key's id", _text), Option("app_key", "your key", _text), _WHERE, _FAR,
        Option("what", "words to search for", _text),
    ),
    "usajobs": (Option("key", "your key", _text), Option("email", "the address it is registered for", _text), _FAR),
    "themuse": (Option("key", "raises the hourly limit", _text), _FAR),
    "eures": (_WHERE, _FAR, Option("keywords", "words to search for", _texts)),
    "himalayas": (_FAR,),
    "linkedin": (_FAR, Option("keywords", "words to search for", _text), Option("location", "a place", _text)),
}  # fmt: skip
PERMISSION = Option(
    "robots_permission", "who allowed you to read what the board's robots.txt forbids, and when", _text
)  # every source takes it


def read_options(text: str, known: Mapping[str, Any], *, name: str) -> Options:
    """Options by source, out of TOML. `name` is the file's, for messages. Raise `BadOptions` naming what is wrong."""
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadOptions(f"{name} is not TOML: {error}.") from error
    return {source: _of_source(source, table, known, name) for source, table in found.items()}


def _of_source(source: str, table: Any, known: Mapping[str, Any], file: str) -> dict[str, Any]:
    if source not in known:
        raise BadOptions(f"{file}: there is no source named {source}; there are {', '.join(sorted(known))}.")
    if not isinstance(table, dict):
        raise BadOptions(f"{file}: write [{source}] on a line of its own, and its options below.")
    options = {option.name: option for option in (*TAKEN.get(source, ()), PERMISSION)}
    return {name: _value(source, name, value, options, file) for name, value in table.items()}


def _value(source: str, name: str, value: Any, options: Mapping[str, Option], file: str) -> Any:
    if name not in options:
        raise BadOptions(f"{file}: {source} takes no option {name}; it takes {', '.join(options)}.")
    try:
        return options[name].read(value)
    except TypeError as error:
        raise BadOptions(f"{file}: {name} of {source} {error}.") from error
