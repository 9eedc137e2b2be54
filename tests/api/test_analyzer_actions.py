"""Deleting and retrying at the analyzer's door: who may, when, and what comes of it."""

import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx import Response
from sqlalchemy import func, select

from core.clock import utc_now
from core.db import transaction
from models.resume import Blob, ResumeChunk, ResumeEmbedding, ResumeReading, ResumeUpload
from models.run import Run
from services import analyses, postings
from services.runs import leases
from services.wiring import Services
from tests.api.test_agent_door import client, register
from tests.pipelines.conftest import quick_services, services, worker_services
from tests.pipelines.draining import drain
from tests.services.runs.steps import claimed
from tests.services.test_postings import row
from tests.services.test_resume_uploads import PDF
from tests.together import problems, together

__all__ = ["client", "quick_services", "services", "worker_services"]

GOOD = (Path(__file__).parents[2] / "cli" / "sample_resume.pdf").read_bytes()
RETRIES = 3


@pytest.fixture
def proof(client: TestClient) -> dict[str, str]:
    return register(client)


def upload(client: TestClient, proof: dict[str, str], data: bytes = PDF) -> int:
    answer = client.post("/api/upload", headers=proof, files={"file": ("cv.pdf", data)})
    return int(answer.json()["id"])


def start(client: TestClient, proof: dict[str, str], upload_id: int) -> str:
    answer = client.post("/api/analysis/start", headers=proof, params={"upload_id": upload_id})
    return str(answer.json()["job_id"])


def rows(table: type[Any]) -> int:
    with transaction() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def _runs(pipeline: str) -> list[str]:
    with transaction() as session:
        return list(session.scalars(select(Run.status).where(Run.pipeline == pipeline)))


def delete_job(client: TestClient, proof: dict[str, str], job_id: str) -> Response:
    return client.delete("/api/analysis/delete-job", headers=proof, params={"job_id": job_id})


def retry_job(client: TestClient, proof: dict[str, str], job_id: str) -> Response:
    return client.post("/api/analysis/retry-job", headers=proof, params={"job_id": job_id})


def batch_delete(client: TestClient, proof: dict[str, str], job_ids: list[str]) -> Response:
    return client.post("/api/analysis/batch-delete", headers=proof, json={"job_ids": job_ids})


def delete_upload(client: TestClient, proof: dict[str, str], upload_id: object) -> Response:
    return client.delete("/api/upload/delete", headers=proof, params={"id": str(upload_id)})


class TestDeletingAnAnalysis:
    def test_it_takes_all_that_was_read_and_leaves_the_upload(
        self, client: TestClient, proof: dict[str, str], quick_services: Services
    ) -> None:
        upload_id = upload(client, proof, GOOD)
        job_id = start(client, proof, upload_id)
        drain(quick_services)
        assert rows(ResumeReading) == 1
        answer = delete_job(client, proof, job_id)
        assert (answer.status_code, answer.json()) == (
            200,
            {"success": True, "message": "Analysis deleted", "job_id": job_id},
        )
        assert [rows(table) for table in (ResumeReading, ResumeChunk, ResumeEmbedding, ResumeUpload)] == [0, 0, 0, 1]
        assert client.get("/api/analysis/status", headers=proof, params={"job_id": job_id}).status_code == 404
        assert delete_job(client, proof, job_id).status_code == 404

    def test_one_that_waits_or_works_is_refused_by_its_state(self, client: TestClient, proof: dict[str, str]) -> None:
        job_id = start(client, proof, upload(client, proof))
        waiting = delete_job(client, proof, job_id)
        assert (waiting.status_code, waiting.json()["status"]) == (400, "queued")
        claimed(uuid.UUID(job_id), "extracting_text")
        working = delete_job(client, proof, job_id)
        assert (working.status_code, working.json()["status"]) == (400, "extracting_text")
        assert {"error", "message"} <= set(working.json())
        assert "extracting_text" in working.json()["message"]

    def test_a_foreign_one_is_a_missing_one(self, client: TestClient, proof: dict[str, str]) -> None:
        job_id, eve = start(client, proof, upload(client, proof)), register(client, "eve@example.org")
        for act in (delete_job, retry_job):
            foreign, missing = act(client, eve, job_id), act(client, eve, str(uuid.uuid4()))
            assert foreign.status_code == missing.status_code == 404
            assert foreign.json()["job_id"] == job_id
            assert foreign.json()["error"] == missing.json()["error"] == "Job not found"
            assert foreign.json()["message"] == missing.json()["message"]
        assert rows(Run) == 1

    @pytest.mark.parametrize("query", [{}, {"job_id": "seven"}])
    def test_a_malformed_id_is_a_400(self, client: TestClient, proof: dict[str, str], query: dict[str, str]) -> None:
        answer = client.delete("/api/analysis/delete-job", headers=proof, params=query)
        assert (answer.status_code, answer.json()["field"]) == (400, "job_id")


class TestDeletingMany:
    def test_all_of_them(self, client: TestClient, proof: dict[str, str], quick_services: Services) -> None:
        upload_id = upload(client, proof)
        jobs = [start(client, proof, upload_id) for _ in range(3)]
        drain(quick_services)
        answer = batch_delete(client, proof, [*jobs, jobs[0]])
        assert answer.status_code == 200, answer.text
        assert answer.json() == {
            "success": True,
            "deleted_count": 3,
            "deleted_jobs": jobs,
            "message": "3 analyses deleted",
        }
        assert rows(Run) == 0

    def test_or_none_when_one_is_at_work_or_not_ours(
        self, client: TestClient, proof: dict[str, str], quick_services: Services
    ) -> None:
        upload_id, eve = upload(client, proof), register(client, "eve@example.org")
        ended, foreign = start(client, proof, upload_id), start(client, eve, upload(client, eve))
        drain(quick_services)
        living = start(client, proof, upload_id)
        busy = batch_delete(client, proof, [ended, living])
        assert (busy.status_code, busy.json()["job_id"]) == (400, living)
        for other in (foreign, str(uuid.uuid4())):
            assert batch_delete(client, proof, [ended, other]).status_code == 404
        assert rows(Run) == 3

    @pytest.mark.parametrize("count", [0, 101])
    def test_one_to_a_hundred(self, client: TestClient, proof: dict[str, str], count: int) -> None:
        answer = batch_delete(client, proof, [str(uuid.uuid4()) for _ in range(count)])
        assert (answer.status_code, answer.json()["field"]) == (400, "job_ids")


class TestRetrying:
    def test_it_reads_the_file_again_from_the_start(
        self, client: TestClient, proof: dict[str, str], quick_services: Services
    ) -> None:
        """Failed after its text was stored: the text goes too, and the run ends well this time."""
        job_id = start(client, proof, upload(client, proof, GOOD))
        _fail_in_the_middle(uuid.UUID(job_id), quick_services)
        assert rows(ResumeReading) == 1
        answer = retry_job(client, proof, job_id)
        assert answer.status_code == 202, answer.text
        assert {**answer.json(), "message": ""} == {
            "success": True,
            "message": "",
            "job_id": job_id,
            "status": "queued",
        }
        job = client.get("/api/analysis/status", headers=proof, params={"job_id": job_id}).json()
        assert (job["status"], job["progress"]) == ("queued", 0)
        assert job["error_message"] is job["completed_at"] is job.get("extracted_text") is None
        assert drain(quick_services)[0] == "resume_analysis.extracting_text"
        job = client.get("/api/analysis/status", headers=proof, params={"job_id": job_id}).json()
        assert (job["status"], job["progress"]) == ("completed", 100)

    def test_only_what_failed(self, client: TestClient, proof: dict[str, str], quick_services: Services) -> None:
        job_id = start(client, proof, upload(client, proof, GOOD))
        early = retry_job(client, proof, job_id)
        drain(quick_services)
        late = retry_job(client, proof, job_id)
        assert (early.status_code, late.status_code) == (400, 400)
        assert "queued" in early.json()["message"]
        assert "completed" in late.json()["message"]
        assert rows(ResumeReading) == 1

    def test_not_for_ever(self, client: TestClient, proof: dict[str, str], quick_services: Services) -> None:
        job_id = start(client, proof, upload(client, proof))
        for _ in range(RETRIES):
            drain(quick_services)
            assert retry_job(client, proof, job_id).status_code == 202
        drain(quick_services)
        answer = retry_job(client, proof, job_id)
        assert (answer.status_code, answer.json()["error"]) == (400, "Retry limit reached")

    def test_twenty_at_once_are_one(self, client: TestClient, proof: dict[str, str], quick_services: Services) -> None:
        job_id = uuid.UUID(start(client, proof, upload(client, proof)))
        drain(quick_services)
        with transaction() as session:
            user_id = session.get_one(Run, job_id).user_id
        assert user_id is not None
        answers = together([_retry(job_id, user_id)] * 20)
        assert [getattr(one, "status", None) for one in problems(answers)] == [400] * 19
        with transaction() as session:
            run = session.get_one(Run, job_id)
            assert (run.status, run.retries) == ("queued", 1)
        assert drain(quick_services) == ["resume_analysis.extracting_text"]


class TestDeletingAnUpload:
    def test_it_takes_the_analyses_the_readings_and_the_bytes(
        self, client: TestClient, proof: dict[str, str], quick_services: Services
    ) -> None:
        upload_id = upload(client, proof, GOOD)
        start(client, proof, upload_id)
        drain(quick_services)
        assert len(_stored(quick_services)) == 1
        answer = delete_upload(client, proof, upload_id)
        assert (answer.status_code, set(answer.json())) == (200, {"message"})
        left = [rows(table) for table in (ResumeUpload, Blob, ResumeReading, ResumeChunk, ResumeEmbedding)]
        assert left == [0] * 5
        with transaction() as session:
            assert session.scalars(select(Run.pipeline).where(Run.pipeline == analyses.PIPELINE)).all() == []
        assert _stored(quick_services) == []
        assert delete_upload(client, proof, upload_id).status_code == 404

    def test_the_account_names_the_cv_that_is_left(
        self, client: TestClient, proof: dict[str, str], quick_services: Services
    ) -> None:
        def named() -> str | None:
            name: str | None = client.get("/api/profile", headers=proof).json()["cv_filename"]
            return name

        uploads = []
        for name in ("first.pdf", "second.pdf"):
            answer = client.post("/api/upload", headers=proof, files={"file": (name, GOOD)})
            uploads.append(int(answer.json()["id"]))
            job_id = start(client, proof, uploads[-1])
            drain(quick_services)
        assert named() == "second.pdf"
        delete_job(client, proof, job_id)
        assert named() == "first.pdf"
        delete_upload(client, proof, uploads[0])
        assert named() is None

    def test_what_was_scored_with_it_says_nothing_of_it_any_more(
        self, client: TestClient, proof: dict[str, str], quick_services: Services
    ) -> None:
        """Untouched matches go, a judged one keeps its score; with another résumé left the person is matched anew."""
        with transaction() as session:
            wanted = {"title": "Backend Engineer", "description": "Python, PostgreSQL and Kubernetes in Berlin"}
            postings.upsert(session, [row(n, **wanted) for n in range(3)], now=utc_now())
        uploads = [upload(client, proof, GOOD) for _ in range(2)]
        for one in uploads:
            start(client, proof, one)
            drain(quick_services)
        mine = client.get("/api/matches", headers=proof, params={"min_score": 0}).json()["matches"]
        assert mine
        assert mine[0]["reasoning"]["parts"]
        client.put(f"/api/matches/{mine[0]['id']}/status", headers=proof, json={"status": "interested"})
        delete_upload(client, proof, uploads[1])
        drain(quick_services)
        again = client.get("/api/matches", headers=proof, params={"min_score": 0}).json()["matches"]
        assert {one["job_id"] for one in again} == {one["job_id"] for one in mine}
        delete_upload(client, proof, uploads[0])
        drain(quick_services)
        (kept,) = client.get("/api/matches", headers=proof, params={"min_score": 0}).json()["matches"]
        assert (kept["id"], kept["status"], kept["score"]) == (mine[0]["id"], "interested", mine[0]["score"])
        assert (kept["reasoning"]["parts"], kept["reasoning"]["matching_skills"]) == ([], [])
        assert "deleted" in kept["analysis"]
        assert _runs("matching") == ["completed"] * 3

    def test_bytes_that_another_upload_names_stay(
        self, client: TestClient, proof: dict[str, str], services: Services
    ) -> None:
        first, second = upload(client, proof), upload(client, register(client, "eve@example.org"))
        delete_upload(client, proof, first)
        assert (rows(ResumeUpload), rows(Blob), len(_stored(services))) == (1, 1, 1)
        assert second

    def test_an_analysis_at_work_is_ended_and_its_worker_writes_nothing(
        self, client: TestClient, proof: dict[str, str]
    ) -> None:
        upload_id = upload(client, proof)
        mine = claimed(uuid.UUID(start(client, proof, upload_id)), "extracting_text")
        assert delete_upload(client, proof, upload_id).status_code == 200
        with pytest.raises(leases.LostLease), transaction() as session:
            leases.hold(session, mine)
        assert rows(Run) == 0

    @pytest.mark.parametrize("upload_id", ["", "seven"])
    def test_a_malformed_id_is_a_400(self, client: TestClient, proof: dict[str, str], upload_id: str) -> None:
        assert delete_upload(client, proof, upload_id).status_code == 400

    def test_a_foreign_one_is_a_missing_one(self, client: TestClient, proof: dict[str, str]) -> None:
        upload_id, eve = upload(client, proof), register(client, "eve@example.org")
        foreign, missing = delete_upload(client, eve, upload_id), delete_upload(client, eve, upload_id + 999)
        assert foreign.status_code == missing.status_code == 404
        assert foreign.json()["message"] == missing.json()["message"]
        assert rows(ResumeUpload) == 1

    def test_uploading_while_deleting_never_leaves_a_row_without_its_bytes(
        self, client: TestClient, proof: dict[str, str], services: Services
    ) -> None:
        """The same content by two people, one of whom takes it back at the moment the other sends it."""
        eve = register(client, "eve@example.org")
        for _ in range(8):
            mine = upload(client, proof)
            acts: list[Callable[[], object]] = [
                lambda mine=mine: delete_upload(client, proof, mine),  # type: ignore[misc]
                lambda: upload(client, eve),
            ]
            assert problems(together(acts)) == []
            with transaction() as session:
                promised = session.scalars(select(Blob.sha256)).all()
            assert set(promised) <= set(_stored(services))
            for one in client.get("/api/uploads", headers=eve).json():
                assert delete_upload(client, eve, one["id"]).status_code == 200
        assert (rows(Blob), _stored(services)) == (0, [])


def _fail_in_the_middle(run_id: uuid.UUID, services: Services) -> None:
    """Stop a run after two stages, as a crash that spent its attempts does."""
    drain(services)
    with transaction() as session:
        run = session.get_one(Run, run_id)
        run.status, run.stage, run.progress = "failed", "generating_embeddings", 50
        run.error_code, run.error_message = "CRASH", "It crashed"


def _retry(job_id: uuid.UUID, user_id: int) -> Callable[[], None]:
    def act() -> None:
        with transaction() as session:
            analyses.retry(session, job_id, user_id=user_id, limit=RETRIES)

    return act


def _stored(services: Services) -> list[str]:
    return list(services.storage.keys_before(float("inf")))
