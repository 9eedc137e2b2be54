"""Résumés at three doors, by their clients, over one API process and real workers."""

import csv
import itertools
import json
import socket
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack, suppress
from io import BytesIO, StringIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import docx
import psutil
import pypdfium2
import pytest
from sqlalchemy import func, select, text

from core.db import transaction
from core.queue import QUEUES
from models.resume import Blob, ResumeUpload
from models.run import TERMINAL, Run
from tests.end_to_end.clients import Agent, Analyzer, Copilot, Shown
from tests.faults.machines import Installation
from tests.processes import Running, until
from tests.services.resumes.hostile import HOSTILE, locked, one_page, package, stream
from tests.services.resumes.hostile_documents import DOCUMENTS
from tests.services.resumes.memory import most_of

RESUME = (Path(__file__).parents[2] / "cli" / "sample_resume.pdf").read_bytes()
SCANNED = one_page(stream(b"0 0 m 100 100 l S"))  # lines, no letters
LARGEST = 10 * 1024 * 1024
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_numbers = itertools.count(1)
Client = Analyzer | Agent | Copilot
Enter = Callable[[type[Any]], Any]
NAME = "Mara Lindqvist"


@pytest.fixture(scope="module")
def stack(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    folder = tmp_path_factory.mktemp("doors")
    settings = {"DATA_DIR": str(folder / "data"), "LEASE_SECONDS": "15", "HEARTBEAT_SECONDS": "4"}
    with Installation(folder, database, settings, app="workers.app", dispatcher="workers.dispatcher") as one:
        one.api()
        one.dispatcher()
        one.worker(queues=",".join(QUEUES))
        yield one


@pytest.fixture
def enter(stack: Installation, clean_db: str) -> Iterator[Enter]:
    """A new person with a client of a kind. Nothing runs on when the tables are emptied."""
    with ExitStack() as open_clients:

        def one(kind: type[Any]) -> Any:
            client = kind(f"http://127.0.0.1:{stack.api_port}", f"ada{next(_numbers)}@example.org")
            open_clients.callback(client.http.close)
            return client

        yield one
    until(_at_rest, 60, "the runs to end")


def _at_rest() -> bool:
    with transaction() as session:
        return session.scalar(select(func.count()).where(Run.status.not_in(TERMINAL))) == 0


@pytest.fixture
def analyzer(enter: Enter) -> Analyzer:
    client: Analyzer = enter(Analyzer)
    return client


def analysed(client: Analyzer, data: bytes = RESUME) -> tuple[int, str]:
    upload_id = client.upload("cv.pdf", data).body["id"]
    job_id = client.analyze(upload_id).body["job_id"]
    assert list(client.poll(job_id))[-1]["status"] == "completed"
    return upload_id, job_id


def test_the_jail_is_there_before_the_first_file(stack: Installation) -> None:
    """Who comes first does not wait for its start."""

    def jails() -> list[str]:
        workers = [one for one in stack.processes.started if "worker" in one.log.name]
        commands = [" ".join(child.cmdline()) for one in workers for child in one.children()]
        return [command for command in commands if "services.resumes.jail.server" in command]

    until(lambda: bool(jails()), 30, "the jails start")


class TestAnalyzer:
    def test_upload_poll_show_reload_delete(self, analyzer: Analyzer) -> None:
        upload_id = analyzer.upload("Ada's résumé.pdf", RESUME).body["id"]
        job_id = analyzer.analyze(upload_id).body["job_id"]
        assert analyzer.result(job_id).status in (200, 202)
        seen = [(job["status"], job["progress"]) for job in analyzer.poll(job_id)]
        assert [one[1] for one in seen] == sorted(one[1] for one in seen)
        assert seen[-1] == ("completed", 100)
        shown = analyzer.result(job_id).body
        assert shown["name"] == NAME
        assert shown["experience"]
        assert shown["skills"]["technical"]
        (upload,) = analyzer.reload()
        assert (upload["filename"], upload["job_id"], len(upload["jobs"])) == ("Ada's résumé.pdf", job_id, 1)
        assert analyzer.delete(job_id).body["success"] is True
        assert analyzer.delete_upload(upload_id).status == 200
        assert analyzer.reload() == []

    def test_exports_open(self, analyzer: Analyzer) -> None:
        _, job_id = analysed(analyzer)
        files = {form: analyzer.export(job_id, form) for form in ("json", "csv", "pdf", "docx")}
        assert {form: name for form, (name, _, _) in files.items()} == {
            form: f"resume_analysis_{job_id[:8]}.{form}" for form in files
        }
        assert json.loads(files["json"][2])["personal_info"]["name"] == NAME
        assert next(csv.reader(StringIO(files["csv"][2].decode()))) == ["SECTION", "KEY", "VALUE"]
        with pypdfium2.PdfDocument(files["pdf"][2]) as pdf:
            assert NAME in pdf[0].get_textpage().get_text_range()
        assert docx.Document(BytesIO(files["docx"][2])).paragraphs[0].text == NAME
        assert (files["pdf"][1], files["docx"][1]) == ("application/pdf", WORD)

    def test_a_reload_in_the_middle_finds_the_job_and_goes_on(self, analyzer: Analyzer) -> None:
        upload_id = analyzer.upload("cv.pdf", RESUME).body["id"]
        job_id = analyzer.analyze(upload_id).body["job_id"]
        next(analyzer.poll(job_id))
        (upload,) = analyzer.reload()
        assert [job["job_id"] for job in upload["jobs"]] == [job_id]
        assert list(analyzer.poll(upload["job_id"]))[-1]["status"] == "completed"

    def test_a_failed_one_is_retried_to_its_limit_and_deleted(self, analyzer: Analyzer) -> None:
        job_id = analyzer.analyze(analyzer.upload("cv.pdf", SCANNED).body["id"]).body["job_id"]
        for _ in range(3):
            last = list(analyzer.poll(job_id))[-1]
            assert (last["status"], last["error_message"] is None) == ("failed", False)
            assert analyzer.retry(job_id).status == 202
        list(analyzer.poll(job_id))
        refused = analyzer.retry(job_id)
        assert (refused.status, "3 times" in refused.error) == (400, True)
        assert analyzer.delete_many([job_id]).body["deleted_count"] == 1

    def test_the_same_file_twice_is_two_uploads_of_one_content(self, analyzer: Analyzer) -> None:
        """The contract knows no duplicates: each act is an upload, and the bytes are kept once."""
        with ThreadPoolExecutor(2) as both:
            ids = {one.body["id"] for one in both.map(lambda _: analyzer.upload("cv.pdf", RESUME), range(2))}
        with transaction() as session:
            assert session.scalar(select(func.count()).select_from(Blob)) == 1
        jobs = [analyzer.analyze(one).body["job_id"] for one in ids]
        assert {list(analyzer.poll(job))[-1]["status"] for job in jobs} == {"completed"}
        assert len(ids) == len(analyzer.reload()) == 2


class TestAgent:
    def test_upload_is_answered_read(self, enter: Enter) -> None:
        client = enter(Agent)
        assert client.parsed().error
        body = client.upload("cv.pdf", RESUME).body
        assert body["parsed_cv"] == client.parsed().body
        assert body["parsed_cv"]["name"] == NAME


class TestCopilot:
    def test_upload_poll_suggestions(self, enter: Enter) -> None:
        client = enter(Copilot)
        body = client.poll(client.upload("cv.pdf", RESUME).body)
        assert body["parsing_status"] == "completed"
        updates = body["suggestions"]["profile_updates"]
        assert updates["skills_to_add"] == body["extracted_data"]["skills"]
        assert client.http.get("/api/v1/auth/me").json()["skills"] == []


def _arrived(client: Client, name: str, data: bytes) -> Shown:
    """To the end: a refusal at the door, or the failure that the client is shown after polling."""
    shown = client.upload(name, data)
    if shown.error or isinstance(client, Agent):
        return shown
    if isinstance(client, Analyzer):
        client.POLL_SECONDS = 0.2
        last = list(client.poll(client.analyze(shown.body["id"]).body["job_id"]))[-1]
        return Shown(200, last, last["error_message"] or "")
    client.POLL_SECONDS, client.ATTEMPTS = 0.2, 150
    last = client.poll(shown.body)
    return Shown(200, last, last["parsing_error"] or "")


DOORS: dict[str, type[Any]] = {"analyzer": Analyzer, "agent": Agent, "copilot": Copilot}
REFUSED = {
    "wrong_type": ("cv.exe", b"MZ" + b"\x00" * 500, "files are accepted", {400}),
    "lying_name": ("cv.docx", RESUME, "content is not", {400}),
    "empty": ("cv.pdf", b"", "empty", {400}),
    "too_large": ("cv.pdf", RESUME + b"0" * LARGEST, "10 MB", {400, 413}),
    "locked": ("cv.pdf", locked(), "password", {200, 422}),
    "scanned": ("cv.pdf", SCANNED, "text", {200, 422}),
    "half": ("cv.pdf", HOSTILE["half_a_pdf"](), "damaged", {200, 422}),
}


@pytest.mark.parametrize("door", DOORS)
def test_what_a_person_is_told(enter: Enter, door: str) -> None:
    client = enter(DOORS[door])
    for what, (name, data, words, statuses) in REFUSED.items():
        shown = _arrived(client, name, data)
        assert words in shown.error, (what, shown)
        assert shown.status in statuses, (what, shown)


HURTFUL = (
    *("flate_bomb", "many_pages", "cyclic_pages", "zip_bomb", "external_entity", "laughing_entities", "polyglot"),
    *("pdf_forms_in_forms", "docx_tabs"),
)
MOST_BYTES, MOST_SECONDS = 900 * 1024 * 1024, 25.0


@pytest.mark.parametrize("door", DOORS)
def test_a_hostile_file_ends_typed_and_the_next_one_is_read(enter: Enter, stack: Installation, door: str) -> None:
    """Worker and API live on, and neither grows with all that is below it."""
    client = enter(DOORS[door])
    assert not _arrived(client, "cv.pdf", RESUME).error
    alive = [(one.pid, one.alive()) for one in stack.processes.started]
    with _growth(stack.processes.started) as growth:
        _hurt(client, HURTFUL if door == "agent" else HURTFUL[::3])
    assert growth.bytes < MOST_BYTES
    assert not _arrived(client, "cv.pdf", RESUME).error
    assert [(one.pid, one.alive()) for one in stack.processes.started] == alive


@pytest.mark.parametrize("name", ["txt_years", "txt_months", "txt_marks"])
def test_a_text_written_for_the_rules_does_not_hold_the_worker(enter: Enter, name: str) -> None:
    """A hundred lines like the first of these took the rules five minutes."""
    client = enter(Agent)
    assert not client.upload("cv.pdf", RESUME).error, "the model is warm"
    began = time.monotonic()
    shown = client.upload("cv.txt", DOCUMENTS[name](), "text/plain")
    assert (shown.status == 422 and "too long" in shown.error) or shown.body["parsed_cv"] is not None
    assert time.monotonic() - began < MOST_SECONDS
    assert not client.upload("cv.pdf", RESUME).error


def _hurt(client: Client, names: Sequence[str]) -> None:
    for name in names:
        data = _polyglot() if name == "polyglot" else {**HOSTILE, **DOCUMENTS}[name]()
        began = time.monotonic()
        shown = _arrived(client, "cv.docx" if data[:2] == b"PK" else "cv.pdf", data)
        assert time.monotonic() - began < MOST_SECONDS, name
        assert shown.error, name
        assert "Traceback" not in shown.error
        assert "root:" not in json.dumps(shown.body)


def _growth(started: Sequence[Running]) -> AbstractContextManager[SimpleNamespace]:
    """How much more than before the processes and all below them held for themselves, at the most, in bytes."""
    before = _held(started)
    return most_of(lambda: _held(started) - before, 0.1)


def _held(started: Sequence[Running]) -> int:
    total = 0
    for one in started:
        for process in (psutil.Process(one.pid), *one.children()):
            with suppress(psutil.Error):
                total += process.memory_full_info().uss
    return total


def _polyglot() -> bytes:
    """A page of nothing that is a package too."""
    return SCANNED + package({"word/document.xml": "<a/>"})


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\ada\\cv.pdf", "cv.pdf"),
        ("履歴書 – Ada 😀.pdf", "履歴書 – Ada 😀.pdf"),
        ("x" * 300 + ".pdf", "x" * 196 + ".pdf"),
        ("a\u0085b\u202egp.pdf", "abgp.pdf"),
    ],
)
def test_a_file_name_is_only_a_name(analyzer: Analyzer, sent: str, kept: str) -> None:
    shown = analyzer.upload(sent, RESUME, kind="image/png")
    assert (shown.body["filename"], shown.body["mime_type"]) == (kept, "application/pdf")


def test_a_client_that_hangs_up_leaves_nothing(analyzer: Analyzer, stack: Installation) -> None:
    """In the middle of its file, with and without a length; the next upload is served."""
    cookie = "; ".join(f"{name}={value}" for name, value in analyzer.http.cookies.items())
    for length in (b"Content-Length: 5000000", b"Transfer-Encoding: chunked"):
        head = [b"POST /api/upload HTTP/1.1", b"Host: 127.0.0.1:%d" % stack.api_port, length]
        head += [
            b"Content-Type: multipart/form-data; boundary=b",
            b"Sec-Fetch-Site: same-origin",
            b"Cookie: " + cookie.encode(),
        ]
        part = b'--b\r\nContent-Disposition: form-data; name="file"; filename="cv.pdf"\r\n\r\n' + RESUME
        body = part if length.startswith(b"Content") else b"%x\r\n%s\r\n" % (len(part), part)
        with socket.create_connection(("127.0.0.1", stack.api_port)) as one:
            one.sendall(b"\r\n".join(head) + b"\r\n\r\n" + body)
            time.sleep(0.2)
    time.sleep(0.5)
    with transaction() as session:
        assert session.scalar(select(func.count()).select_from(ResumeUpload)) == 0
    assert analyzer.upload("cv.pdf", RESUME).status == 201


def test_deleting_leaves_no_trace_in_tables_or_on_disk(enter: Enter, stack: Installation) -> None:
    """Every column of every table, and every file, is searched for what only this person's résumé says."""
    name, marked = "Zebulon Quagmire", _resume_of("Zebulon Quagmire")
    mine, other = enter(Analyzer), enter(Analyzer)
    kept_id, _ = analysed(other)
    before = set(_files(stack))
    upload_id, job_id = analysed(mine, marked)
    until(_at_rest, 60, "matching")
    assert {"resume_readings", "resume_chunks"} <= set(_places_of(name)), "the search finds what is there"
    assert len(set(_files(stack)) - before) == 1, "one content, one file"
    assert mine.delete_upload(upload_id).status == 200
    until(lambda: set(_files(stack)) == before, 10, "the bytes are gone")
    assert set(_places_of(name)) <= {"users", "user_profiles"}, "what the account took over is the person's own"
    assert _places_of(job_id) == []
    assert [one["id"] for one in other.reload()] == [kept_id]


def _resume_of(name: str) -> bytes:
    lines = [name, "zebulon@example.org", "", "Experience", "Baker, Quillmark Bakeries", "March 2019 - May 2021"]
    drawn = b"".join(
        b"BT /F 12 Tf 50 %d Td (%s) Tj ET " % (740 - 18 * at, one.encode()) for at, one in enumerate(lines)
    )
    return one_page(stream(drawn))


def _places_of(words: str) -> list[str]:
    found = []
    with transaction() as session:
        tables = session.scalars(text("select tablename from pg_tables where schemaname = 'public'")).all()
        for table in tables:
            count = session.scalar(
                text(f'select count(*) from "{table}" t where t::text ilike :it'), {"it": f"%{words}%"}
            )
            found += [table] if count else []
    return found


def _files(stack: Installation) -> list[Path]:
    return [one for one in (stack.folder / "data" / "blobs").rglob("*") if one.is_file()]
