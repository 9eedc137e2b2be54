"""Nothing that is uploaded may hurt the process that reads it."""

import json
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from types import SimpleNamespace

import psutil
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.errors import Transient
from services.resumes.chunks import split
from services.resumes.errors import ReadingError, Reason
from services.resumes.reader import ResumeReader
from services.resumes.understanding import read_profile
from tests.services.resumes.hostile import HOSTILE, one_page, package, stream, word
from tests.services.resumes.memory import most_of

GOOD = b"Jane Roe\njane.roe@example.org\n\nEXPERIENCE\nBaker, Quillmark, 2019 - 2021\n"
MOST_BYTES = 900 * 1024 * 1024
MOST_SECONDS = 25.0
EXPECTED = {
    "flate_bomb": {Reason.TOO_LARGE},
    "many_pages": {Reason.TOO_LARGE},
    "cyclic_pages": {Reason.NO_TEXT, Reason.CORRUPT},
    "cyclic_forms": {Reason.TOO_LARGE, Reason.TIMEOUT, Reason.NO_TEXT, Reason.CORRUPT},
    "deep_arrays": {Reason.NO_TEXT, Reason.CORRUPT},
    "locked": {Reason.ENCRYPTED},
    "zip_bomb": {Reason.TOO_LARGE},
    "lying_zip": {Reason.CORRUPT, Reason.TOO_LARGE},
    "external_entity": {Reason.CORRUPT},
    "laughing_entities": {Reason.CORRUPT},
    "deep_tables": {Reason.NO_TEXT, Reason.CORRUPT, Reason.TOO_LARGE},
    "many_paragraphs": {Reason.TOO_LARGE},
    "half_a_pdf": {Reason.CORRUPT},
    "empty": {Reason.CORRUPT},
    "zeros": {Reason.NO_TEXT},
    "picture": {Reason.UNSUPPORTED_TYPE},
    "program": {Reason.UNSUPPORTED_TYPE},
    "old_word_without_text": {Reason.CORRUPT},
}
READABLE = set(HOSTILE) - set(EXPECTED)


def server_of(reader: ResumeReader) -> subprocess.Popen[bytes]:
    server = reader._jail._server
    assert server is not None
    return server


@contextmanager
def peak_of(reader: ResumeReader) -> Iterator[SimpleNamespace]:
    """The largest resident size of any process below the jail's server while the block runs."""
    reader.extract(GOOD, "warm.txt")
    server = psutil.Process(server_of(reader).pid)

    def largest() -> int:
        most = 0
        for child in server.children(recursive=True):
            with suppress(psutil.Error):
                most = max(most, child.memory_info().rss)
        return most

    with most_of(largest, every=0.01) as found:
        yield found


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_a_hostile_file_gets_a_typed_error_within_bounds_and_the_next_one_reads(
    reader: ResumeReader, name: str
) -> None:
    data = HOSTILE[name]()
    started = time.monotonic()
    with peak_of(reader) as peak, pytest.raises(ReadingError) as caught:
        reader.extract(data, f"{name}.bin")
    assert time.monotonic() - started < MOST_SECONDS
    assert peak.bytes < MOST_BYTES
    assert caught.value.reason in EXPECTED[name]
    assert caught.value.status == 422
    assert reader.extract(GOOD, "good.txt").lines[0].text == "Jane Roe"


@pytest.mark.parametrize("name", sorted(READABLE))
def test_what_can_be_read_is_read_and_understood_within_bounds(reader: ResumeReader, name: str) -> None:
    started = time.monotonic()
    with peak_of(reader) as peak:
        text = reader.extract(HOSTILE[name](), f"{name}.bin")
    read_profile(text, as_of=date(2026, 1, 1))
    split(text)
    assert time.monotonic() - started < MOST_SECONDS
    assert peak.bytes < MOST_BYTES


def test_a_file_that_takes_too_long_is_a_timeout() -> None:
    data = HOSTILE["many_words"]()
    with ResumeReader(wall_seconds=0.2) as reader, pytest.raises(ReadingError) as caught:
        reader.extract(data, "slow.pdf")
    assert caught.value.reason is Reason.TIMEOUT


def test_a_dead_server_is_replaced(reader: ResumeReader) -> None:
    reader.extract(GOOD, "good.txt")
    before = server_of(reader).pid
    os.kill(before, signal.SIGKILL)
    server_of(reader).wait()
    assert reader.extract(GOOD, "good.txt").lines
    assert server_of(reader).pid != before


def test_a_server_killed_in_the_middle_of_a_file_is_not_the_files_fault(reader: ResumeReader) -> None:
    """Once: the file is read by the next server. Over and over: worth another try later, and no word of damage."""
    reader.extract(GOOD, "good.txt")
    slow, done = HOSTILE["many_words"](), threading.Event()
    with _killing(reader, done, times=1) as killed:
        assert reader.extract(slow, "slow.pdf").lines
    assert killed.pids
    with _killing(reader, done, times=2), pytest.raises(Transient):
        reader.extract(slow, "slow.pdf")
    assert reader.extract(GOOD, "good.txt").lines


@contextmanager
def _killing(reader: ResumeReader, done: threading.Event, times: int) -> Iterator[SimpleNamespace]:
    """Kill the servers that have a child at work, so many of them."""
    found = SimpleNamespace(pids=[])
    done.clear()

    def kill() -> None:
        while not done.wait(0.02) and len(found.pids) < times:
            server = reader._jail._server
            if server and server.pid not in found.pids and psutil.pid_exists(server.pid):
                with suppress(psutil.Error):
                    if psutil.Process(server.pid).children():
                        os.kill(server.pid, signal.SIGKILL)
                        found.pids.append(server.pid)

    killer = threading.Thread(target=kill)
    killer.start()
    try:
        yield found
    finally:
        done.set()
        killer.join()


def test_many_threads_share_one_reader(reader: ResumeReader) -> None:
    answers: dict[int, str] = {}

    def ask(number: int) -> None:
        answers[number] = reader.extract(b"Person number %d\n" % number, "a.txt").plain

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == {number: f"Person number {number}" for number in range(12)}


def test_a_forked_process_starts_its_own_server(reader: ResumeReader) -> None:
    """A Celery child inherits the reader; two processes on one control socket would mix their answers."""
    reader.extract(GOOD, "good.txt")
    parent = server_of(reader).pid
    inlet, outlet = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            answer = reader.extract(b"From the child", "a.txt").plain
            os.write(outlet, json.dumps([answer, server_of(reader).pid]).encode())
            reader.close()
        finally:
            os._exit(0)
    os.close(outlet)
    os.waitpid(pid, 0)
    with os.fdopen(inlet) as pipe:
        answer, server = json.loads(pipe.read())
    assert answer == "From the child"
    assert server != parent
    assert reader.extract(GOOD, "good.txt").lines
    assert server_of(reader).pid == parent


def test_the_jail_has_no_secrets(reader: ResumeReader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LLM_API_KEY", "do-not-leak")
    fresh = ResumeReader()
    fresh.extract(GOOD, "good.txt")
    environment = psutil.Process(server_of(fresh).pid).environ()
    fresh.close()
    assert "LLM_API_KEY" not in environment
    assert not [name for name in environment if "SECRET" in name or "DATABASE" in name]


def test_closing_leaves_no_process_behind() -> None:
    reader = ResumeReader()
    reader.extract(GOOD, "good.txt")
    pid = server_of(reader).pid
    reader.close()
    assert not psutil.pid_exists(pid)


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("a.pdf", lambda: one_page(stream(b"BT /F 12 Tf 50 700 Td (Jane Roe, baker) Tj ET"))),
        ("photo.jpg", lambda: word("<w:p><w:r><w:t>Jane Roe, baker</w:t></w:r></w:p>")),
        (
            "polyglot.zip",
            lambda: one_page(stream(b"BT /F 12 Tf 50 700 Td (Jane Roe, baker) Tj ET")) + package({"a": "b"}),
        ),
        ("letter.exe", lambda: "Jane Roe, baker".encode("utf-16")),
    ],
)
def test_the_type_comes_from_the_bytes(reader: ResumeReader, name: str, make: Callable[[], bytes]) -> None:
    assert reader.extract(make(), name).plain == "Jane Roe, baker"


def test_text_under_a_documents_name_is_corrupt(reader: ResumeReader) -> None:
    with pytest.raises(ReadingError) as caught:
        reader.extract(b"This was a PDF once", "cv.pdf")
    assert caught.value.reason is Reason.CORRUPT
    assert caught.value.context["filename"] == "cv.pdf"


STARTS = [b"", b"%PDF-1.4\n", b"PK\x03\x04", b"{\\rtf1", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"<html>", b"\xff\xfe"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(start=st.sampled_from(STARTS), rest=st.binary(max_size=400))
def test_any_bytes_give_text_or_a_typed_error(reader: ResumeReader, start: bytes, rest: bytes) -> None:
    with suppress(ReadingError):
        read_profile(reader.extract(start + rest, "fuzz"), as_of=date(2026, 1, 1))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_damaged_document_never_hurts(reader: ResumeReader, data: st.DataObject) -> None:
    whole = data.draw(
        st.sampled_from([one_page(stream(b"BT /F 12 Tf 50 700 Td (Jane Roe) Tj ET")), word("<w:p/>" * 9)])
    )
    at = data.draw(st.integers(0, len(whole) - 1))
    broken = whole[:at] + data.draw(st.binary(min_size=1, max_size=8)) + whole[at + 1 :]
    with suppress(ReadingError):
        reader.extract(broken, "fuzz")
