"""What a person meets first: the help, the exit codes, sentences instead of tracebacks."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.support import environment, offerline


def test_help_answers_at_once_and_lists_the_commands() -> None:
    began = time.monotonic()
    said = offerline("--help")
    took = time.monotonic() - began
    assert said.returncode == 0
    for name in ("up", "demo", "status", "migrate", "runs", "harvest", "postings", "parse", "eval"):
        assert f" {name} " in said.stdout
    assert took < 3, "a second on an idle machine"


def test_help_loads_nothing_heavy() -> None:
    code = "import sys, cli.app; print([n for n in ('celery', 'sqlalchemy', 'torch', 'alembic') if n in sys.modules])"
    said = subprocess.run([sys.executable, "-c", code], env=environment(), capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"


def test_status_of_nothing(tmp_path: Path) -> None:
    said = offerline("status", "--data-dir", str(tmp_path))
    assert said.returncode == 3
    assert "nothing runs" in said.stdout


def test_migrate_without_a_database(tmp_path: Path) -> None:
    said = offerline("migrate", "--data-dir", str(tmp_path))
    assert said.returncode == 1
    assert "DATABASE_URL" in said.stderr
    assert "Traceback" not in said.stderr


def test_models_and_migrations_agree() -> None:
    said = offerline("migrate", "--check")
    assert said.returncode == 0, said.stderr


@pytest.mark.parametrize("name", ["runs", "harvest", "postings", "parse", "eval"])
def test_a_mounted_command_has_its_own_help(name: str) -> None:
    said = offerline(name, "--help")
    assert said.returncode == 0, said.stderr
    assert f"offerline {name}" in said.stdout


def test_a_demo_without_its_file_ends_before_anything_starts(tmp_path: Path) -> None:
    said = offerline("demo", str(tmp_path / "none.pdf"), "--data-dir", str(tmp_path / "data"))
    assert said.returncode == 2
    assert "there is no file" in said.stderr
    assert not (tmp_path / "data").exists()


def test_a_demo_empties_only_what_a_demo_made(tmp_path: Path) -> None:
    (tmp_path / "precious.txt").write_text("mine")
    said = offerline("demo", "--data-dir", str(tmp_path))
    assert said.returncode == 1
    assert "no demo made" in said.stderr
    assert (tmp_path / "precious.txt").read_text() == "mine"
