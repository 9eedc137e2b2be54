"""The analyzer's contract, as its client uses it."""

import uuid
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from services.wiring import Services
from tests.api.test_agent_door import client, register
from tests.pipelines.conftest import services, worker_services
from tests.pipelines.draining import drain
from tests.services.test_resume_uploads import PDF

__all__ = ["client", "services", "worker_services"]

STATES = ["queued", "extracting_text", "chunking", "generating_embeddings", "analyzing", "completed", "failed"]


@pytest.fixture(scope="session")
def resume_pdf() -> bytes:
    """The demo's own résumé: a real PDF of somebody who does not exist."""
    return (Path(__file__).parents[2] / "cli" / "sample_resume.pdf").read_bytes()


def _upload(client: TestClient, proof: dict[str, str], data: bytes = PDF, field: str = "file") -> int:
    answer = client.post("/api/upload", headers=proof, files={field: ("cv.pdf", data)})
    assert answer.status_code == 201, answer.text
    upload_id: int = answer.json()["id"]
    return upload_id


def _start(client: TestClient, proof: dict[str, str], upload_id: int) -> str:
    answer = client.post("/api/analysis/start", headers=proof, params={"upload_id": upload_id})
    assert answer.status_code == 202, answer.text
    assert answer.json()["status"] == "queued"
    return str(answer.json()["job_id"])


class TestUploads:
    @pytest.mark.parametrize("field", ["file", "resume"])
    def test_a_file_under_either_name(self, client: TestClient, field: str) -> None:
        proof = register(client)
        upload_id = _upload(client, proof, field=field)
        listed = client.get("/api/uploads", headers=proof).json()
        assert [one["id"] for one in listed] == [upload_id]
        assert (listed[0]["filename"], listed[0]["mime_type"]) == ("cv.pdf", "application/pdf")

    def test_a_query_makes_the_list_a_page(self, client: TestClient) -> None:
        proof = register(client)
        _upload(client, proof)
        for query in ({"limit": 5}, {"offset": 0}, {"user_id": "77"}):
            body = client.get("/api/uploads", headers=proof, params=query).json()
            assert (body["count"], len(body["uploads"])) == (1, 1)

    def test_no_file_at_all(self, client: TestClient) -> None:
        answer = client.post("/api/upload", headers=register(client), data={"linkedin_url": "x"})
        assert answer.status_code == 400
        assert {"error", "message"} <= set(answer.json())

    def test_too_large_says_how_large(self, client: TestClient) -> None:
        proof = register(client)
        answer = client.post("/api/upload", headers=proof, files={"file": ("cv.pdf", PDF + b"0" * (10 * 1024 * 1024))})
        assert (answer.status_code, answer.json()["max_size_mb"]) == (413, 10)
        assert client.get("/api/uploads", headers=proof).json() == []

    def test_nobody_uploads_nothing(self, client: TestClient) -> None:
        assert client.post("/api/upload", files={"file": ("cv.pdf", PDF)}).status_code == 401

    def test_the_session_cookie_is_believed_from_our_own_pages_only(self, client: TestClient) -> None:
        token = register(client)["Authorization"].removeprefix("Bearer ")
        cookie = {"Cookie": f"access_token={token}"}
        assert client.get("/api/uploads", headers=cookie).status_code == 200
        foreign = cookie | {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}
        assert client.post("/api/upload", headers=foreign, files={"file": ("cv.pdf", PDF)}).status_code == 403
        own = cookie | {"Origin": "http://testserver"}
        assert client.post("/api/upload", headers=own, files={"file": ("cv.pdf", PDF)}).status_code == 201


class TestAnalyses:
    def test_from_upload_to_result(self, client: TestClient, services: Services, resume_pdf: bytes) -> None:
        proof = register(client)
        upload_id = _upload(client, proof, resume_pdf)
        job_id = _start(client, proof, upload_id)
        early = client.get("/api/analysis/result", headers=proof, params={"job_id": job_id})
        assert (early.status_code, early.json()["job_id"]) == (202, job_id)
        drain(services)
        job = client.get("/api/analysis/status", headers=proof, params={"job_id": job_id}).json()
        assert (job["status"], job["progress"], job["error_message"]) == ("completed", 100, None)
        result = client.get("/api/analysis/result", headers=proof, params={"job_id": job_id}).json()
        assert result["name"]
        assert set(result["skills"]) == {"technical", "soft"}
        assert {"company", "role", "years", "description"} <= set(result["experience"][0])
        assert client.get("/api/uploads", headers=proof).json()[0]["job_id"] == job_id

    def test_the_clients_own_start(self, client: TestClient) -> None:
        proof = register(client)
        upload_id = _upload(client, proof)
        body = client.post("/api/analyze", headers=proof, params={"id": upload_id, "user_id": 99}).json()
        assert (body["status"], body["upload_id"]) == ("analysis_started", upload_id)
        jobs = client.get("/api/analysis/upload-jobs", headers=proof, params={"upload_id": upload_id}).json()
        assert [one["job_id"] for one in jobs["jobs"]] == [body["job_id"]]

    def test_every_state_on_the_way_is_one_of_the_seven(self, client: TestClient, services: Services) -> None:
        proof = register(client)
        job_id = _start(client, proof, _upload(client, proof))
        job = client.get("/api/analysis/status", headers=proof, params={"job_id": job_id}).json()
        assert (job["status"], job["progress"]) == ("queued", 0)
        drain(services)
        job = client.get("/api/analysis/status", headers=proof, params={"job_id": job_id}).json()
        assert job["status"] in STATES
        assert job["error_message"]

    @pytest.mark.parametrize("query", [{}, {"upload_id": "seven"}])
    def test_a_malformed_start_is_a_400(self, client: TestClient, query: dict[str, str]) -> None:
        answer = client.post("/api/analysis/start", headers=register(client), params=query)
        assert answer.status_code == 400
        assert answer.json()["field"] == "upload_id"

    def test_foreign_and_missing_answer_the_same(self, client: TestClient) -> None:
        owner, other = register(client), register(client, "eve@example.org")
        upload_id = _upload(client, owner)
        job_id = _start(client, owner, upload_id)
        foreign = client.post("/api/analysis/start", headers=other, params={"upload_id": upload_id})
        missing = client.post("/api/analysis/start", headers=other, params={"upload_id": upload_id + 1000})
        assert foreign.status_code == missing.status_code == 404
        assert foreign.json()["error"] == missing.json()["error"]
        for path in ("status", "result"):
            one = client.get(f"/api/analysis/{path}", headers=other, params={"job_id": job_id})
            nobodys = client.get(f"/api/analysis/{path}", headers=other, params={"job_id": str(uuid.uuid4())})
            assert one.status_code == nobodys.status_code == 404
            assert one.json()["message"] == nobodys.json()["message"]
