"""`make bench-catalogue` in its short form, on postings of this file's own."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.catalogue import multiplied
from tests.cli.support import environment
from tests.processes import ROOT

pytestmark = pytest.mark.xdist_group("stack")

TEXTS = [
    {"title": f"Engineer of {thing}", "description": f"You build {thing} with Python, SQL and care. " * 20}
    for thing in ("bridges", "ledgers", "kettles", "tide tables")
]


def test_the_file_is_the_same_every_time_and_no_two_postings_are() -> None:
    once, again = list(multiplied(TEXTS, 500)), list(multiplied(TEXTS, 500))
    assert once == again
    assert {item["description"] for item in once} == {text["description"] for text in TEXTS}
    for name in ("source_id", "url"):
        assert len({item[name] for item in once}) == len(once)
    for name in ("company", "posted_at", "location", "source"):
        assert len({item[name] for item in once}) > len(TEXTS)


def test_import_copies_and_searches_are_measured(tmp_path: Path) -> None:
    (tmp_path / "postings.jsonl").write_text("\n".join(map(json.dumps, TEXTS)))
    command = [sys.executable, "-m", "benchmarks.catalogue", "--rows", "400", "--rounds", "1"]
    done = subprocess.run(
        command, cwd=ROOT, env=environment(POSTINGS=str(tmp_path)), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "400 new, 0 known, 0 bad" in done.stdout
    assert "0 new, 400 known, 0 bad" in done.stdout
    assert re.search(
        r"offerline postings import\W+[\d,]+ rows/s: 0\.\d\d of COPY, \d\.\d\d of indexed COPY", done.stdout
    )
    assert re.search(r"p50, p95, p99, worst\W+\d+, \d+, \d+, \d+ ms", done.stdout)
    assert "Scan" in done.stdout.rpartition("the slowest")[2]


def test_without_postings_it_says_what_is_missing(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "benchmarks.catalogue", "--texts", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "no *.jsonl" in done.stderr
    assert "Traceback" not in done.stderr
