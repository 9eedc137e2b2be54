"""A worker killed while it reads a résumé, and at the last moment of each stage: the résumé is read, once."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from uuid import UUID

import psutil
import pytest
from sqlalchemy import func, select

from core.db import transaction
from core.queue import QUEUES
from models.resume import Blob, ResumeChunk, ResumeEmbedding, ResumeReading, ResumeUpload
from models.run import Run, RunEvent
from models.user import UserProfile
from pipelines.resume_analysis import RESUME_ANALYSIS
from services import analyses, resume_uploads
from services.resume_uploads import UploadPolicy
from services.runs import events
from services.storage import FolderStorage
from tests.faults.checker import findings
from tests.faults.machines import Installation
from tests.faults.runs import until_ended
from tests.people import person
from tests.processes import until
from tests.services.resumes.hostile import HOSTILE

STAGES = [stage.name for stage in RESUME_ANALYSIS.stages]
POLICY = UploadPolicy("analyzer", (".pdf",), 10_000_000)
SAMPLE = (Path(__file__).parents[2] / "cli" / "sample_resume.pdf").read_bytes()


@pytest.fixture
def gates(clean_db: str, folder: Path) -> Iterator[Installation]:
    settings = {"DATA_DIR": str(folder / "data"), "GATES": str(folder)}
    with Installation(
        folder, clean_db, settings, app="tests.faults.resume_app", dispatcher="workers.dispatcher"
    ) as one:
        one.dispatcher()
        yield one


def launch(installation: Installation, user_id: int, data: bytes) -> UUID:
    storage = FolderStorage(installation.folder / "data" / "blobs")
    with transaction() as session:
        stored = resume_uploads.store(session, storage, POLICY, user_id=user_id, filename="cv.pdf", data=data)
        return analyses.start(session, stored.upload.id, user_id=user_id).run_id


def let(folder: Path, *stages: str) -> None:
    for stage in stages:
        (folder / f"{stage}.open").touch()


def readers() -> list[psutil.Process]:
    """Children of jails that are at work on a file, by their command."""
    found = []
    for one in psutil.process_iter(["cmdline", "ppid"]):
        with suppress(psutil.Error):
            if "services.resumes.jail.server" in (one.info["cmdline"] or ()):
                found.append(one)
    return found


def to_rest(installation: Installation, run_id: UUID) -> None:
    """The analysis, and the matching that it asks for."""
    until_ended(installation, [run_id], 60)
    with transaction() as session:
        matching = session.scalars(select(Run.id).where(Run.pipeline == "matching")).all()
    until_ended(installation, matching, 30)


def assert_read_once(database_url: str, run_id: UUID, user_id: int) -> None:
    """One reading, a vector a chunk, one matching, each skill once, each stage finished once."""
    assert findings(database_url) == []
    with transaction() as session:
        run = session.get_one(Run, run_id)
        assert (run.status, run.progress, run.attempts <= 2) == ("completed", 100, True)
        assert session.scalar(select(func.count()).select_from(ResumeReading)) == 1
        numbers = session.scalars(select(ResumeChunk.chunk_no).order_by(ResumeChunk.chunk_no)).all()
        assert numbers
        assert numbers == list(range(len(numbers)))
        vectors = session.scalars(select(ResumeEmbedding.chunk_no).order_by(ResumeEmbedding.chunk_no)).all()
        assert vectors == numbers
        assert session.scalar(select(func.count()).where(Run.pipeline == "matching")) == 1
        skills = session.get_one(UserProfile, user_id).skills
        assert len(skills) == len(set(skills)) > 0
        begun = [event.stage for event in events.of_run(session, run_id) if event.status == "running"]
        assert list(dict.fromkeys(begun)) == STAGES
        assert len(begun) == len(STAGES) + 1, "one stage was begun twice"


@pytest.mark.parametrize("stage", STAGES)
def test_a_worker_killed_at_the_end_of_a_stage_leaves_one_reading(
    gates: Installation, clean_db: str, folder: Path, stage: str
) -> None:
    owner = person()
    let(folder, *STAGES[: STAGES.index(stage)])
    worker = gates.worker(queues=",".join(QUEUES))
    run_id = launch(gates, owner, SAMPLE)
    until((folder / f"{stage}.done.1").exists, 40, f"the work of {stage}\n{gates.said()}")
    worker.kill()
    gates.worker(queues=",".join(QUEUES))
    let(folder, *STAGES)
    to_rest(gates, run_id)
    assert (folder / f"{stage}.done.2").exists(), "the killed stage was tried again"
    assert_read_once(clean_db, run_id, owner)


def test_a_worker_killed_while_a_file_is_read_leaves_no_reader_behind(
    gates: Installation, clean_db: str, folder: Path
) -> None:
    owner, before = person(), {one.pid for one in readers()}
    let(folder, *STAGES)
    worker = gates.worker(queues=",".join(QUEUES), concurrency=1)
    run_id = launch(gates, owner, HOSTILE["many_words"]())
    until(lambda: len({one.pid for one in readers()} - before) > 1, 40, "a jail and its child")
    mine = {one.pid for one in readers()} - before
    worker.kill()
    until(lambda: not mine & {one.pid for one in readers()}, 10, "the jail ends with its worker")
    gates.worker(queues=",".join(QUEUES), concurrency=1)
    to_rest(gates, run_id)
    assert findings(clean_db) == []
    with transaction() as session:
        assert session.get_one(Run, run_id).status == "completed"
        assert session.scalar(select(func.count()).select_from(ResumeReading)) == 1


@pytest.mark.parametrize("stage", STAGES)
def test_a_resume_taken_back_while_it_is_read_leaves_nothing(
    gates: Installation, clean_db: str, folder: Path, stage: str
) -> None:
    """The worker has done its work and writes none of it: no row, no bytes, nothing in the account."""
    owner, storage = person(), FolderStorage(folder / "data" / "blobs")
    let(folder, *STAGES[: STAGES.index(stage)])
    worker = gates.worker(queues=",".join(QUEUES), concurrency=1)
    run_id = launch(gates, owner, SAMPLE)
    until((folder / f"{stage}.done.1").exists, 40, f"the work of {stage}\n{gates.said()}")
    with transaction() as session:
        upload_id = analyses.get(session, run_id, user_id=owner).upload_id
        key = analyses.forget_upload(session, upload_id, user_id=owner)
    with transaction() as session:
        assert resume_uploads.free_bytes(session, storage, key)
    let(folder, *STAGES)
    until(lambda: "lease_lost" in worker.said(), 15, f"the worker notices\n{worker.said()}")
    with transaction() as session:
        for table in (Blob, ResumeUpload, ResumeReading, ResumeChunk, ResumeEmbedding, Run, RunEvent):
            assert session.scalar(select(func.count()).select_from(table)) == 0, table
        account = session.get_one(UserProfile, owner)
        assert (account.skills, account.cv_filename) == ([], None)
    assert list(storage.keys_before(float("inf"))) == []
