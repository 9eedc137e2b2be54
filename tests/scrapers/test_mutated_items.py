"""One field of one item, gone, renamed, null or of another kind: a right posting or a counted failure, not a wrong one.

Every field of every example is spoilt in every way. What comes out may be poorer than what the whole item gives; it may
not be different.
"""

import copy
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scrapers.board import Board, Item
from scrapers.posting import Failure, Posting
from scrapers.registry import SOURCES, get
from tests.scrapers.boards import example, pages, polite, served

Path = tuple[Any, ...]
GONE = object()
SPOILT: dict[str, Any] = {
    "gone": GONE, "null": None, "empty": "", "number": 7, "negative": -1, "truth": True, "list": [], "object": {},
    "list of null": [None], "list of lists": [[1]], "object of null": {"name": None, "value": None}, "huge": 10**30,
    "infinite": float("inf"), "words": "n/a",
}  # fmt: skip
JUDGED = ("title", "company", "location", "url", "posted_at", "salary_min", "salary_max", "remote_type")
TEXTS = {"title", "company", "location"}
# Where another field stands in for the spoilt one, as the source's own lines say.
STAND_INS = {
    ("greenhouse", "posted_at"), ("recruitee", "posted_at"), ("eures", "posted_at"), ("workable", "posted_at"),
    ("remoteok", "posted_at"), ("teamtailor", "posted_at"), ("recruitee", "location"), ("smartrecruiters", "location"),
    ("himalayas", "url"), ("workable", "url"), ("smartrecruiters", "url"), ("weworkremotely", "url"),
    ("teamtailor", "title"), ("teamtailor", "location"), ("teamtailor", "company"), ("weworkremotely", "location"),
    ("personio", "company"), ("ashby", "remote_type"),
    ("smartrecruiters", "company"), ("jobicy", "salary_min"), ("jobicy", "salary_max"),
}  # fmt: skip


@cache
def items(name: str) -> tuple[Board, tuple[Item, ...]]:
    answers, options = example(name)
    with served(pages(answers)) as base:
        board = get(name, base, **options)
        found = tuple(item for item in board.fetch(board, polite()) if not isinstance(item, Failure))
    return board, found


def paths(value: Any, at: Path = ()) -> Iterator[Path]:
    each = value.items() if isinstance(value, Mapping) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in each:
        yield (*at, key)
        yield from paths(inner, (*at, key))


def spoilt(item: Item, path: Path, value: Any, *, rename: bool = False) -> Item:
    whole = copy.deepcopy(dict(item))
    holder: Any = whole
    for key in path[:-1]:
        holder = holder[key]
    if rename or value is GONE:
        old = holder.pop(path[-1])
        if rename and isinstance(holder, dict):
            holder[f"{path[-1]}_v2"] = old
    else:
        holder[path[-1]] = value
    return whole


def read(board: Board, item: Item) -> Posting | Failure | None:
    failures: list[Failure] = []
    found = list(replace(board, fetch=lambda *_: [item]).postings(None, failures.append))  # type: ignore[arg-type]
    assert len(found) + len(failures) <= 1
    return found[0] if found else failures[0] if failures else None


def check(name: str, whole: Posting, item: Item, path: Path, how: str) -> None:
    told = read(SOURCES[name], item)
    if isinstance(told, Failure):
        assert told.reason
        return
    if told is None:
        return
    assert told.url.startswith(("http://", "https://"))
    assert told.title.strip()
    assert told.posted_at is None or (isinstance(told.posted_at, datetime) and told.posted_at.tzinfo)
    for field in JUDGED:
        value, before = getattr(told, field), getattr(whole, field)
        flagged = how == "truth" and field == "remote_type"
        flagged |= (name, field, how) == (
            "himalayas",
            "location",
            "list",
        )  # its way to say that there is no restriction
        given_here = flagged or how == "words" or (how in {"number", "negative", "huge"} and field not in TEXTS)
        poorer = value in {None, ""} or value == before or (name, field) in STAND_INS
        assert poorer or given_here or _part_of(value, before), (field, before, value, path)


def _part_of(value: Any, before: Any) -> bool:
    """A place of several, one end of a range: less than before, but nothing that was not there."""
    return isinstance(value, str) and isinstance(before, str) and all(word in before for word in value.split())


@pytest.mark.parametrize("name", sorted(SOURCES))
def test_a_spoilt_field_makes_no_wrong_posting(name: str) -> None:
    board, found = items(name)
    for item in found:
        whole = read(board, item)
        if not isinstance(whole, Posting):
            continue
        for path in paths(item):
            if path[0] == "places" and name == "workable":  # made by the reader, out of repetitions
                continue
            check(name, whole, spoilt(item, path, None, rename=True), path, "renamed")
            for how, value in SPOILT.items():
                check(name, whole, spoilt(item, path, value), path, how)


ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@given(data=st.data())
@settings(max_examples=400, deadline=None)
def test_whatever_stands_in_a_field_the_reader_goes_on(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(SOURCES)))
    board, found = items(name)
    item = data.draw(st.sampled_from(found))
    for _ in range(data.draw(st.integers(1, 3))):
        item = spoilt(item, data.draw(st.sampled_from(list(paths(item)))), data.draw(ODD))
    told = read(board, item)
    assert told is None or isinstance(told, Failure) or (told.title and told.url.startswith("http"))
