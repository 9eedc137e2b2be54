"""The grammar itself: what fits, what does not, and what a remark may say."""

from typing import Any

import pytest

from tests.contracts.grammar import Vocabulary, read

WORDS = Vocabulary({"User": read("{id: int, name: str?}")}, {"status": ["open", "closed"]})
_NOW = "2026-05-01T10:00:00Z"


@pytest.mark.parametrize(
    ("shape", "value"),
    [
        ("int", 3),
        ("str? (client)", None),
        ("list[$User] newest first", [{"id": 1, "name": None, "more": True}]),
        ("{a: int, b: str?omit}", {"a": 1}),
        ("{a, b?}", {"a": [], "b": None}),
        ("map[str,int]", {"x": 1}),
        ("enum status ?", None),
        ("enum status", "open"),
        ("$User + {extra: bool}", {"id": 1, "name": "x", "extra": False}),
        ("processing | already_processing", "already_processing"),
        ("'skills' or null (client)", None),
        ("datetime", _NOW),
        ("date?", "2026-05-01"),
        ("int|str", "x"),
        ("list[$User]|{users: list[$User]}", {"users": []}),
        ("HH:MM = 08:00", "23:59"),
        ("float, 1 decimal", 2),
        ("str (reference)?", None),
        ("0.75", 0.75),
    ],
)
def test_it_fits(shape: str, value: Any) -> None:
    assert WORDS.problems(value, read(shape)) == []
    assert str(read(str(read(shape)))) == str(read(shape)), "what is written down reads the same"


@pytest.mark.parametrize(
    ("shape", "value"),
    [
        ("int", True),
        ("int", "3"),
        ("str", None),
        ("str?omit", None),
        ("{a: int, b: str?}", {"a": 1}),
        ("{a: int}", {}),
        ("{a: int}", []),
        ("list[$User]", [{"id": 1}]),
        ("list[int]", {}),
        ("map[str,int]", {"x": "y"}),
        ("enum status", "moon"),
        ("$User + {extra: bool}", {"id": 1, "name": "x"}),
        ("processing | already_processing", "done"),
        ("true", False),
        ("datetime", "2026-05-01T10:00:00"),
        ("datetime", "2026-05-01"),
        ("date", _NOW),
        ("HH:MM", "24:00"),
        ("int|str", None),
        ("list[$User]|{users: list[$User]}", {"users": [1]}),
    ],
)
def test_it_does_not_fit(shape: str, value: Any) -> None:
    assert WORDS.problems(value, read(shape))


@pytest.mark.parametrize("text", ["list[int", "{a: int", "{: int}", "", "[]", "enum", "map[str]"])
def test_no_shape(text: str) -> None:
    if text == "enum":
        assert str(read(text)) == "str", "a published slip: which words is not said"
        return
    with pytest.raises(ValueError, match="not a shape"):
        read(text)
