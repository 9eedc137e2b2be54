"""A file of postings read by several processes: every line once and in order, whatever dies."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil
import psycopg
import pytest

from core.settings import get_settings
from pipelines.posting_file import Piece, ReadersLost, read_file
from tests.processes import ROOT, until

LINES = 3000


def line(number: int) -> bytes:
    words = " ".join(f"word{number + one}" for one in range(40))
    item: dict[str, Any] = {"source": "agency", "id": number, "url": f"https://agency.example/{number}"}
    return json.dumps(item | {"title": "Engineer", "company": "Acme", "description": words}).encode()


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Large enough for many pieces; every hundredth line is broken, and the last has no end."""
    path = tmp_path_factory.mktemp("postings") / "postings.jsonl"
    path.write_bytes(b"\n".join(line(one) if one % 100 else b"{" for one in range(1, LINES + 1)))
    return path


def flat(pieces: Iterator[Piece]) -> tuple[list[str], list[int], int]:
    read = list(pieces)
    ids = [row["source_id"] for piece in read for row in piece.rows]
    return ids, [one.line for piece in read for one in piece.refused], read[-1].end


def test_several_processes_read_what_one_reads_in_the_same_order(file: Path) -> None:
    alone, together = flat(read_file(file, None, processes=0)), flat(read_file(file, None, processes=3))
    assert alone == together
    assert together[0] == [str(one) for one in range(1, LINES + 1) if one % 100]
    assert together[1] == list(range(100, LINES + 1, 100))
    assert together[2] == file.stat().st_size


def test_no_more_is_read_ahead_than_is_asked_for(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipelines.posting_file._PIECE_BYTES", 10_000)
    pieces = read_file(file, None, processes=1)
    first = next(pieces)
    with file.open("rb") as whole:
        assert len(whole.read(first.end)) < 20_000
    assert len(first.rows) < LINES / 50
    pieces.close()
    assert not readers_of(os.getpid())


def test_a_killed_reader_is_a_typed_error_and_the_others_end(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipelines.posting_file._PIECE_BYTES", 10_000)
    pieces = read_file(file, None, processes=2)
    next(pieces)
    readers_of(os.getpid())[0].kill()
    with pytest.raises(ReadersLost, match="again"):
        list(pieces)
    until(lambda: not readers_of(os.getpid()), 10, "the other readers are gone")


def readers_of(pid: int) -> list[psutil.Process]:
    """The pool's processes: children of the fork server, which is ours."""
    servers = [one for one in psutil.Process(pid).children() if "multiprocessing.forkserver" in " ".join(one.cmdline())]
    return [one for server in servers for one in server.children() if one.status() != psutil.STATUS_ZOMBIE]


@pytest.fixture
def importing(tmp_path: Path, clean_db: str, redis_url: str) -> Iterator[subprocess.Popen[str]]:
    """The command, in a group of its own, with a file that takes it long enough to be disturbed."""
    path = tmp_path / "postings.jsonl"
    with path.open("wb") as out:
        for number in range(25_000):
            out.write(line(number) + b"\n")
    arguments = [sys.executable, "-m", "cli.app", "postings", "import", str(path), "--no-follow-up"]
    pipe = subprocess.PIPE
    with subprocess.Popen(
        arguments, cwd=ROOT, stdout=pipe, stderr=subprocess.STDOUT, text=True, start_new_session=True
    ) as process:
        yield process
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)


def stored() -> int:
    with psycopg.connect(get_settings().database_url) as connection:
        row = connection.execute("select count(*) from postings").fetchone()
    return int(row[0]) if row else 0


def test_after_ctrl_c_whole_batches_are_stored_and_said(importing: subprocess.Popen[str]) -> None:
    until(lambda: stored() > 0 or importing.poll() is not None, 60, "the first batch is stored")
    os.killpg(importing.pid, signal.SIGINT)
    said, _ = importing.communicate(timeout=60)
    assert importing.returncode == 130, said
    assert "Traceback" not in said
    count = stored()
    assert 0 < count < 25_000
    assert count % 5000 == 0
    assert f"{count:,} new" in said


def test_killed_it_leaves_whole_batches_and_no_process(importing: subprocess.Popen[str]) -> None:
    until(lambda: stored() > 0 or importing.poll() is not None, 60, "the first batch is stored")
    family = psutil.Process(importing.pid).children(recursive=True)
    importing.kill()
    until(lambda: not any(map(alive, family)), 10, "its processes are gone")
    assert stored() % 5000 == 0


def alive(process: psutil.Process) -> bool:
    with suppress(psutil.NoSuchProcess):
        return bool(process.status() != psutil.STATUS_ZOMBIE)
    return False
