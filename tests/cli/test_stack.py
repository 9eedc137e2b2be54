"""The whole stack, as processes: it starts, survives, stops, and finds its data again."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import httpx
import psutil
import psycopg
import pytest
from reportlab.pdfgen.canvas import Canvas

from cli.client import Client
from cli.demo import analyse
from cli.errors import BadInput
from cli.processes import PROCESSES
from tests.cli.support import Up, eventually, gone, offerline

pytestmark = pytest.mark.xdist_group("stack")


@pytest.fixture(scope="module")
def up(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Up]:
    with Up(tmp_path_factory.mktemp("stack") / "data") as one:
        one.wait_until_up()
        yield one


def test_every_process_runs_and_the_api_answers(up: Up) -> None:
    names = {one.name for one in up.note().processes}
    assert names == {"postgres", "redis", *(process.name for process in PROCESSES)}
    assert httpx.get(f"{up.note().api_url}/livez").status_code == 200


def test_flower_asks_for_the_password_that_status_tells(up: Up) -> None:
    said = offerline("status", "--data-dir", str(up.folder.root))
    assert said.returncode == 0, said.stderr
    password = up.folder.secret("flower-password")
    assert password in said.stdout
    assert (up.folder.root / "secrets" / "flower-password").stat().st_mode & 0o077 == 0
    assert httpx.get(f"{up.note().flower_url}/").status_code == 401
    assert httpx.get(f"{up.note().flower_url}/", auth=("offerline", password)).status_code == 200
    assert httpx.get(f"{up.note().flower_url}/", auth=("offerline", password + "x")).status_code == 401


def test_no_secret_is_on_a_command_line(up: Up) -> None:
    secrets = [path.read_text() for path in (up.folder.root / "secrets").iterdir()]
    lines = [" ".join(psutil.Process(one.pid).cmdline()) for one in up.note().processes]
    assert secrets
    assert not [line for line in lines for secret in secrets if secret in line]


@pytest.mark.parametrize(("name", "code"), [("locked", "encrypted"), ("blank", "no_text")])
def test_a_resume_that_cannot_be_read_is_bad_input(up: Up, tmp_path: Path, name: str, code: str) -> None:
    resume = tmp_path / f"{name}.pdf"
    canvas = Canvas(str(resume), encrypt="secret" if name == "locked" else None)
    canvas.drawString(72, 700, "Words" if name == "locked" else "")
    canvas.save()
    with Client(up.note().api_url) as client:
        client.register(f"{name}@example.com", "a long password", "Somebody")
        with pytest.raises(BadInput, match=rf"{name}\.pdf: .*\[{code}\]") as raised:
            analyse(client, resume)
    assert raised.value.exit_code == 2


def test_a_second_stack_in_the_same_folder_is_refused(up: Up) -> None:
    said = offerline("up", "--data-dir", str(up.folder.root))
    assert said.returncode == 1
    assert "already running" in said.stderr
    assert str(up.process.pid) in said.stderr
    assert "Traceback" not in said.stdout + said.stderr


def test_a_taken_port_is_named_before_anything_starts(up: Up, tmp_path: Path) -> None:
    said = offerline("up", "--data-dir", str(tmp_path / "other"), "--api-port", str(up.api_port))
    assert said.returncode == 1
    assert f"port {up.api_port} is in use" in said.stderr
    assert "API_PORT" in said.stderr
    assert not (tmp_path / "other" / "postgres").exists()


@pytest.mark.parametrize("name", ["worker-documents", "dispatcher", "redis", "postgres"])
def test_a_killed_process_is_started_again(up: Up, name: str) -> None:
    before = up.pid_of(name)
    family = [before, *(child.pid for child in psutil.Process(before).children(recursive=True))]
    os.kill(before, signal.SIGKILL)
    eventually(lambda: gone(family) and up.pid_of(name) != before)
    assert f"{name}" in up.said()
    assert "died (killed by SIGKILL)" in up.said()
    eventually(lambda: httpx.get(f"{up.note().api_url}/health", timeout=10).status_code == 200)


def test_a_killed_stack_leaves_nothing_and_the_next_start_finds_its_data(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with Up(data) as first:
        first.wait_until_up()
        with psycopg.connect(first.note().database_url) as connection:
            connection.execute("create table kept as select 42 as answer")
        pids = [one.pid for one in first.note().processes]
        first.process.kill()  # as the kernel would when memory runs out
        first.process.wait()
        eventually(lambda: gone(pids), 60)
    with Up(data) as second:
        second.wait_until_up()
        with psycopg.connect(second.note().database_url) as connection:
            assert connection.execute("select answer from kept").fetchone() == (42,)
        pids = [one.pid for one in second.note().processes]
        assert second.stop(signal.SIGTERM) == 0, second.said()
        assert gone(pids)
        assert second.folder.read_note() is None
