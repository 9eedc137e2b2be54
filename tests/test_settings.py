"""Every setting is explained where an operator looks."""

import re
from pathlib import Path

from core.settings import Settings

OPERATIONS = (Path(__file__).parent.parent / "docs" / "operations.md").read_text("utf-8")
NAMED = set(re.findall(r"`([A-Z][A-Z0-9_]*)[=`]", OPERATIONS)) | set(re.findall(r"\b([A-Z][A-Z0-9_]*)=", OPERATIONS))
# In capitals, and no settings of ours.
OTHERS = {"CRASHED", "USER_PASSWORD_AUTH", "PATH"}


def test_every_setting_is_explained() -> None:
    assert {name for name in Settings.model_fields if name.upper() not in NAMED} == set()


def test_what_is_explained_is_a_setting() -> None:
    assert {name for name in NAMED - OTHERS if name.lower() not in Settings.model_fields} == set()
