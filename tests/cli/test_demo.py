"""`offerline demo`, whole: what a person sees who tries it."""

from pathlib import Path

import pytest

from cli.demo_views import show_profile
from cli.folder import DataFolder
from tests.cli.support import offerline

pytestmark = pytest.mark.xdist_group("stack")

_PATIENCE = 280.0


def test_a_profile_of_whom_little_was_found_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    show_profile({"total_work_years": 0.0, "experience": [], "education": [{"degree": "BSc"}], "skills": {}})
    said = capsys.readouterr().out
    assert "Name not found" in said
    assert "BSc" in said


def test_the_whole_way(tmp_path: Path) -> None:
    said = offerline("demo", "--data-dir", str(tmp_path / "demo"), timeout=_PATIENCE)
    assert said.returncode == 0, said.stdout + said.stderr
    for stage in (
        "planning",
        "fetching",
        "gathering",
        "extracting_text",
        "chunking",
        "generating_embeddings",
        "analyzing",
    ):
        assert f"✓ {stage}" in said.stdout
    assert "Mara Lindqvist" in said.stdout
    assert "Fjordlane Logistics" in said.stdout
    assert "Yours sincerely" in said.stdout or "regards" in said.stdout
    assert "reserve " in said.stdout
    assert "charge " in said.stdout
    assert "Outside the demo it is free" in said.stdout
    assert not DataFolder(tmp_path / "demo").in_use()
