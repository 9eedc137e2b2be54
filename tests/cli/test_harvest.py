"""`offerline harvest` as an operator meets it: a running stack, boards of this machine, and what the terminal says."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.demo_boards import serve_boards
from tests.cli.support import Up, offerline


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    data = tmp_path_factory.mktemp("stack") / "data"
    with serve_boards() as urls:
        told = {"HARVEST_BASE_URLS": json.dumps(urls), "HARVEST_SOURCES": json.dumps(sorted(urls))}
        with Up(data, **told) as up:
            up.wait_until_up()
            yield data


def test_a_wrong_name_is_answered_with_the_right_ones() -> None:
    said = offerline("harvest", "remotok", "moonboard")
    assert said.returncode == 2
    assert "no source named moonboard, remotok" in said.stderr
    assert "did you mean remoteok?" in said.stderr
    assert "adzuna, arbeitnow, ashby" in said.stderr
    assert "Traceback" not in said.stderr


def test_help_says_where_companies_and_keys_go() -> None:
    said = offerline("harvest", "--help").stdout
    for word in ("sources.toml", "HARVEST_FILE", "ADZUNA_APP_KEY", "USAJOBS_EMAIL", "report", "sources"):
        assert word in said


def test_a_harvest_ends_in_a_table(stack: Path) -> None:
    said = offerline("harvest", "remoteok", "--data-dir", str(stack), timeout=240)
    assert said.returncode == 0, said.stderr
    heading, row = (line for line in said.stdout.splitlines() if "verdict" in line or "completed" in line)
    for word in ("source", "found", "new", "copies", "closed", "unread", "company", "salary", "posted", "why"):
        assert word in heading
    assert "remoteok" in row
    assert "100%" in row
    assert "postings" in said.stdout.splitlines()[-1]


def test_sources_and_report_are_tables(stack: Path) -> None:
    listed = offerline("harvest", "sources", "--data-dir", str(stack)).stdout
    assert "greenhouse" in listed
    assert "companies" in listed
    assert str(stack / "sources.toml").replace("\n", "") in listed.replace("\n", "")
    assert "remoteok" in offerline("harvest", "report", "--data-dir", str(stack)).stdout


def test_a_bad_file_is_named_before_any_harvest(stack: Path) -> None:
    file = stack / "sources.toml"
    file.write_text("[moonboard]\n", encoding="utf-8")
    try:
        said = offerline("harvest", "sources", "--data-dir", str(stack))
        harvested = offerline("harvest", "remoteok", "--data-dir", str(stack), timeout=240)
    finally:
        file.unlink()
    assert said.returncode == 2
    assert "there is no source named moonboard" in said.stderr
    assert harvested.returncode == 1
    assert "there is no source named moonboard" in harvested.stderr


def test_what_is_off_says_why(stack: Path) -> None:
    said = offerline("harvest", "linkedin", "--data-dir", str(stack), timeout=240)
    assert said.returncode == 1
    assert "linkedin is off" in said.stderr
    assert "robots.txt" in said.stderr
