"""The embedded servers in folders that something went wrong in: a sentence that says what to do, never a traceback."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from cli.children import Child, Program
from cli.embedded import start_postgres, start_redis, throwaway_postgres
from cli.errors import StackError
from cli.folder import DataFolder, Running, StackNote
from cli.leftovers import find, remember
from cli.servers.accounts import server_account
from cli.servers.postmaster import clear_leftovers
from cli.servers.sockets import socket_folder
from cli.supervisor import Supervised, Supervisor
from tests.cli.support import Up, eventually, gone, offerline


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[DataFolder]:
    one = DataFolder(tmp_path / "data")
    with one.locked():
        yield one


@pytest.fixture
def supervisor() -> Iterator[Supervisor]:
    one = Supervisor()
    yield one
    one.close()


def _plain_refusal(data: Path, *expected: str) -> None:
    said = offerline("up", "--data-dir", str(data), API_PORT="18431", FLOWER_PORT="18432")
    assert said.returncode == 1, said.stdout
    assert "Traceback" not in said.stdout + said.stderr
    for text in expected:
        assert text in said.stderr


def test_a_half_initialised_folder_is_refused_and_left_alone(tmp_path: Path) -> None:
    leftover = tmp_path / "data" / "postgres" / "base"
    leftover.mkdir(parents=True)
    _plain_refusal(tmp_path / "data", "half-initialised", "rm -r")
    assert leftover.exists()


def test_a_version_file_alone_is_no_database(tmp_path: Path) -> None:
    data = tmp_path / "data" / "postgres"
    data.mkdir(parents=True)
    (data / "PG_VERSION").write_text("18\n")
    _plain_refusal(tmp_path / "data", "half-initialised")


def test_another_major_version_is_refused(tmp_path: Path) -> None:
    data = tmp_path / "data" / "postgres"
    (data / "global").mkdir(parents=True)
    (data / "global" / "pg_control").touch()
    (data / "PG_VERSION").write_text("15\n")
    _plain_refusal(tmp_path / "data", "PostgreSQL 15", "pg_upgrade")


def test_a_folder_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    _plain_refusal(tmp_path / "file" / "data", "cannot be written", "--data-dir")


def test_an_unreachable_database_is_refused(tmp_path: Path) -> None:
    said = offerline(
        *("up", "--data-dir", str(tmp_path / "data")),
        DATABASE_URL="postgresql://nobody@127.0.0.1:1/none",
        API_PORT="18431",
        FLOWER_PORT="18432",
    )
    assert said.returncode == 1
    assert "DATABASE_URL does not answer" in said.stderr
    assert "Traceback" not in said.stdout + said.stderr


def test_bad_settings_are_refused_before_anything_starts(tmp_path: Path) -> None:
    said = offerline("up", "--data-dir", str(tmp_path / "data"), API_PORT="many")
    assert said.returncode == 1
    assert "API_PORT" in said.stderr
    assert not (tmp_path / "data").exists()


def test_an_interrupted_initdb_leaves_nothing_in_the_way(folder: DataFolder, supervisor: Supervisor) -> None:
    draft = folder.root / ".postgres-draft-killed"
    (draft / "base").mkdir(parents=True)
    postgres = start_postgres(folder, supervisor, durable=False)
    assert not draft.exists()
    with psycopg.connect(postgres.url()) as connection:
        connection.execute("create extension vector")


def test_a_stale_pid_file_whose_pid_lives_on_as_a_stranger(folder: DataFolder, supervisor: Supervisor) -> None:
    """As the very user PostgreSQL runs under, or it would step over the file by itself."""
    account = server_account()
    start_postgres(folder, supervisor, durable=False)
    supervisor.close()
    stranger = subprocess.Popen(["sleep", "60"], user=account.uid)
    try:
        (folder.postgres / "postmaster.pid").write_text(f"{stranger.pid}\n{folder.postgres}\n1\n5432\n\n\n\nready\n")
        start_postgres(folder, supervisor, durable=False)
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


@pytest.mark.parametrize("content", ["", "not a number\n"])
def test_a_pid_file_cut_short(folder: DataFolder, supervisor: Supervisor, content: str) -> None:
    start_postgres(folder, supervisor, durable=False)
    supervisor.close()
    (folder.postgres / "postmaster.pid").write_text(content)
    start_postgres(folder, supervisor, durable=False)


def test_a_server_left_by_a_killed_start_is_stopped_before_the_next(folder: DataFolder) -> None:
    first, second = Supervisor(), Supervisor()
    try:
        postgres = start_postgres(folder, first, durable=False)
        leftover = first.children()[0]
        clear_leftovers(folder.postgres, folder.postgres)
        assert leftover.wait(10)
        assert leftover.how_it_ended() == "exit code 0"
        start_postgres(folder, second, durable=False)
        with psycopg.connect(postgres.url()) as connection:
            assert connection.execute("select 1").fetchone() == (1,)
    finally:
        first.close()
        second.close()


def test_a_long_or_odd_path_still_gets_its_sockets(tmp_path: Path, supervisor: Supervisor) -> None:
    folder = DataFolder(tmp_path / ("long " * 20).strip())
    with folder.locked():
        postgres, redis = start_postgres(folder, supervisor, durable=False), start_redis(folder, supervisor)
        assert "offerline-" in postgres.url()
        assert "offerline-" in redis.url()
        with psycopg.connect(postgres.url()) as connection:
            short = Path(connection.info.host)
            assert connection.execute("select 1").fetchone() == (1,)
        assert short.is_dir()
        supervisor.close()
        assert not short.exists()
        assert not list(short.parent.glob(Path(redis.url().removeprefix("unix://")).parent.name))


def test_a_socket_folder_that_others_may_open_is_not_used(tmp_path: Path) -> None:
    long = tmp_path / ("x" * 100)
    made = socket_folder(long, None)
    assert made.stat().st_mode & 0o077 == 0
    made.chmod(0o755)
    with pytest.raises(StackError, match="somebody else"):
        socket_folder(long, None)
    made.rmdir()


def test_a_recycled_pid_is_not_taken_for_ours() -> None:
    mine = remember("me", os.getpid())
    assert mine is not None
    assert find(mine) is not None
    assert find(Running("me", mine.pid, mine.born - 1000)) is None


def test_half_a_note_counts_as_none(folder: DataFolder) -> None:
    folder.write_note(StackNote(1))
    note = folder.root / "stack.json"
    note.write_text(note.read_text()[:-5])
    assert folder.read_note() is None


def test_a_program_that_keeps_dying_stops_the_stack_with_its_last_words(tmp_path: Path) -> None:
    program = Program("flaky", (sys.executable, "-c", "print('the last words')"), tmp_path / "flaky.log")
    supervisor = Supervisor()
    supervisor.start(program)
    member = supervisor.members[0]

    def keep_ticking() -> None:
        for _ in range(1000):
            member.start_again_at = 0.0 if member.start_again_at is not None else None  # skip the pauses
            supervisor.tick()
            time.sleep(0.02)

    with pytest.raises(StackError, match="died 6 times") as raised:
        keep_ticking()
    assert "the last words" in raised.value.log_lines
    supervisor.close()


def test_pauses_grow_and_old_deaths_are_forgiven(tmp_path: Path) -> None:
    member = Supervised(Program("one", ("true",), tmp_path / "one.log"))
    assert [member.note_death(now) for now in (0.0, 1.0, 2.0)] == [0.5, 1.0, 2.0]
    assert member.note_death(100.0) == 0.5


def test_a_program_deaf_to_its_signal_is_killed(tmp_path: Path) -> None:
    deaf = (
        "import signal,time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); time.sleep(60)"
    )
    supervisor = Supervisor()
    child = supervisor.start(Program("deaf", (sys.executable, "-c", deaf), tmp_path / "deaf.log", patience=0.3))
    eventually(child.last_lines)
    supervisor.close()
    assert child.how_it_ended() == "killed by SIGKILL"


def test_a_missing_program_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(StackError, match="cannot be started"):
        Child(Program("missing", ("/nowhere/at/all",), tmp_path / "missing.log")).start()


def test_ctrl_c_while_starting_leaves_nothing(tmp_path: Path) -> None:
    with Up(tmp_path / "data") as up:
        eventually(lambda: up.folder.read_note() is not None)
        pids = [one.pid for one in up.note().processes]
        assert up.stop(signal.SIGINT) == 0, up.said()
        assert gone(pids)
        assert "Traceback" not in up.said()


def test_throwaway_ends_with_its_block(tmp_path: Path) -> None:
    with throwaway_postgres(tmp_path / "data") as postgres, psycopg.connect(postgres.url()) as connection:
        pid = connection.info.backend_pid
    assert gone([pid])
