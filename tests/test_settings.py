"""Every setting is explained where an operator looks."""

import re
from pathlib import Path

from core.settings import Settings

OPERATIONS = (Path(__file__).parent.parent / "docs" / "operations.md").read_text("utf-8")
NAMED = set(re.findall(r"\b[A-Z][A-Z0-9_]*\b", OPERATIONS))
# The first cells of tables, and what is shown as NAME=value.
FIRST_CELLS = "\n".join(line.split("|")[1] for line in OPERATIONS.splitlines() if line.startswith("| `"))
SET = set(re.findall(r"`([A-Z][A-Z0-9_]*)`", FIRST_CELLS)) | set(re.findall(r"\b([A-Z][A-Z0-9_]*)=", OPERATIONS))


def test_every_setting_is_explained() -> None:
    assert {name for name in Settings.model_fields if name.upper() not in NAMED} == set()


def test_what_is_explained_as_a_setting_is_one() -> None:
    assert len(SET) > 40
    assert {name for name in SET if name.lower() not in Settings.model_fields} == set()
