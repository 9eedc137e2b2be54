"""The statements in this folder against the published contracts, key by key; skipped, loudly, without those."""

from typing import Any

import pytest

from tests.contracts import published
from tests.contracts.grammar import read
from tests.contracts.statement import SYSTEMS, as_written

pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(not published.FOLDER.is_dir(), reason="the published contracts are not beside the repository"),
]


@pytest.mark.parametrize("system", SYSTEMS)
def test_no_entry_is_missing_and_none_is_ours_alone(system: str) -> None:
    assert set(as_written(system)["entries"]) == {name for name, _ in published.entries(system)}


@pytest.mark.parametrize("system", SYSTEMS)
def test_each_entry_says_what_was_published(system: str) -> None:
    ours = as_written(system)["entries"]
    different = {name: (ours[name], facts) for name, facts in published.entries(system) if _ours(ours[name]) != facts}
    # Where a contract does not say who may ask, the statement does.
    silent = {name for name, facts in published.entries(system) if "who" not in facts}
    assert {name: pair for name, pair in different.items() if not (name in silent and _same_but_who(*pair))} == {}


@pytest.mark.parametrize("system", SYSTEMS)
def test_each_schema_says_what_was_published(system: str) -> None:
    ours, theirs = as_written(system)["schemas"], published.schemas(system)
    assert {name: str(read(text)) for name, text in ours.items()} == theirs


@pytest.mark.parametrize("system", SYSTEMS)
def test_each_enumeration_has_the_published_words(system: str) -> None:
    theirs = published.enums(system)
    assert {name: theirs.get(name) for name in as_written(system)["enums"]} == as_written(system)["enums"]


def _ours(entry: dict[str, Any]) -> dict[str, Any]:
    return entry | ({"body": str(read(entry["body"]))} if "body" in entry else {})


def _same_but_who(ours: dict[str, Any], theirs: dict[str, Any]) -> bool:
    return {name: value for name, value in _ours(ours).items() if name != "who"} == theirs
