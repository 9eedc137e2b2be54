"""The agent's contract, as its client uses it."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from core.db import engine, transaction
from core.errors import Transient
from services import postings
from services.resumes.reader import ResumeReader
from services.resumes.text import ExtractedText
from services.wiring import Services
from tests.pipelines.conftest import services, worker_services
from tests.pipelines.draining import drain
from tests.pipelines.test_resume_analysis import RESUME
from tests.processes import until
from tests.services.test_postings import row

__all__ = ["services", "worker_services"]

JOB_KEYS = {
    *("id", "source", "source_id", "url", "title", "company", "description", "salary_min", "salary_max"),
    *("salary_currency", "location", "remote_type", "job_type", "tags", "eligible_regions", "visa_sponsorship"),
    *("posted_at", "scraped_at"),
}


@pytest.fixture
def client(clean_db: str, redis_url: str, services: Services) -> Iterator[TestClient]:
    app = create_app()
    app.state.services = services
    with TestClient(app, raise_server_exceptions=False) as one:
        yield one


class BrokenReader(ResumeReader):
    """As on a machine where the jail's server is killed over and over."""

    def _read(self, data: bytes) -> ExtractedText:
        raise Transient("The program that reads résumés was interrupted", retry_after=0, code="READER_LOST")


def _runs(client: TestClient, proof: dict[str, str]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get("/api/v1/runs", headers=proof).json()
    return found


@contextmanager
def working(services: Services) -> Iterator[None]:
    """A worker beside the client, for answers that wait for one."""
    stop = threading.Event()

    def work() -> None:
        while not stop.wait(0.05):
            drain(services)

    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(30)


def register(client: TestClient, email: str = "ada@example.org", **fields: Any) -> dict[str, str]:
    """Sign up, and answer the header that proves it."""
    answer = client.post("/auth/register", json={"email": email, "password": "correct horse", **fields})
    assert answer.status_code == 201, answer.text
    return {"Authorization": f"Bearer {answer.json()['access_token']}"}


class TestAccounts:
    def test_registering_answers_the_user_and_a_token(self, client: TestClient) -> None:
        body = client.post(
            "/auth/register", json={"email": "Ada@Example.org", "password": "correct horse", "full_name": "Ada"}
        ).json()
        assert (body["email"], body["full_name"], body["is_active"]) == ("ada@example.org", "Ada", True)
        assert (body["token_type"], body["expires_in"]) == ("bearer", 7 * 24 * 3600)

    def test_a_taken_address_is_a_400(self, client: TestClient) -> None:
        register(client)
        answer = client.post("/auth/register", json={"email": "ADA@example.org", "password": "correct horse"})
        assert answer.status_code == 400
        assert "already registered" in answer.json()["detail"]

    @pytest.mark.parametrize(
        "body", [{}, {"email": "ada", "password": "correct horse"}, {"email": "a@example.org", "password": "short"}]
    )
    def test_a_malformed_sign_up_lists_its_problems_and_not_its_password(
        self, client: TestClient, body: dict[str, str]
    ) -> None:
        answer = client.post("/auth/register", json=body)
        assert answer.status_code == 422
        assert {"loc", "msg", "type"} == set(answer.json()["detail"][0])
        assert "short" not in str([problem["loc"] for problem in answer.json()["detail"]])
        assert "input" not in answer.text

    def test_logging_in_out_and_being_nobody_afterwards(self, client: TestClient) -> None:
        register(client)
        body = client.post("/auth/login", json={"email": "ada@example.org", "password": "correct horse"}).json()
        proof = {"Authorization": f"Bearer {body['access_token']}"}
        assert client.get("/auth/me", headers=proof).json()["email"] == "ada@example.org"
        assert client.post("/auth/logout", headers=proof).json()["message"]
        gone = client.get("/auth/me", headers=proof)
        assert gone.status_code == 401
        assert "token" in gone.json()["detail"]

    @pytest.mark.parametrize("email", ["ada@example.org", "nobody@example.org"])
    def test_wrong_credentials_do_not_say_which(self, client: TestClient, email: str) -> None:
        register(client)
        answer = client.post("/auth/login", json={"email": email, "password": "wrong horse"})
        assert answer.status_code == 401
        assert answer.json()["detail"] == "Wrong e-mail or password"

    def test_nobody_is_not_authenticated(self, client: TestClient) -> None:
        answer = client.get("/auth/me")
        assert (answer.status_code, answer.json()["detail"]) == (401, "Not authenticated")
        assert answer.headers["WWW-Authenticate"] == "Bearer"

    def test_a_cookie_is_not_believed_here(self, client: TestClient) -> None:
        token = register(client)["Authorization"].removeprefix("Bearer ")
        assert client.get("/auth/me", headers={"Cookie": f"access_token={token}"}).status_code == 401


class TestJobs:
    @pytest.fixture(autouse=True)
    def _postings(self, clean_db: str) -> None:
        rows = [row(number, description="Python " * 200) for number in range(1, 8)]
        with transaction() as session:
            postings.upsert(session, rows, now=datetime(2026, 5, 1, tzinfo=UTC))

    def test_a_page_by_limit_and_offset(self, client: TestClient) -> None:
        body = client.get("/api/jobs", params={"limit": 3, "offset": 6}).json()
        assert (body["total"], body["limit"], body["offset"], body["has_more"]) == (7, 3, 6, False)
        assert len(body["jobs"]) == 1
        assert set(body["jobs"][0]) == JOB_KEYS
        assert body["jobs"][0]["description"].endswith("...")

    def test_a_page_by_number(self, client: TestClient) -> None:
        body = client.get("/api/jobs", params={"page": 2, "per_page": 3}).json()
        assert body["pagination"] == {
            "page": 2,
            "per_page": 3,
            "total": 7,
            "total_pages": 3,
            "has_next": True,
            "has_prev": True,
        }

    def test_one_job_whole(self, client: TestClient) -> None:
        job_id = client.get("/api/jobs").json()["jobs"][0]["id"]
        body = client.get(f"/api/jobs/{job_id}").json()
        assert set(body) == JOB_KEYS | {"raw_data", "created_at", "sources"}
        assert len(body["description"]) > 1000

    @pytest.mark.parametrize(
        "query", [{"remote_type": "moon"}, {"limit": 0}, {"limit": 101}, {"search": "x" * 201}, {"min_salary": -1}]
    )
    def test_a_bad_query_is_a_422(self, client: TestClient, query: dict[str, Any]) -> None:
        assert client.get("/api/jobs", params=query).status_code == 422

    def test_a_job_that_is_not_there(self, client: TestClient) -> None:
        assert client.get("/api/jobs/999999").json()["detail"] == "There is no such job."


class TestCv:
    def test_an_uploaded_cv_is_answered_parsed(self, client: TestClient, services: Services) -> None:
        proof = register(client)
        with working(services):
            answer = client.post("/api/profile/cv", headers=proof, files={"file": ("cv.txt", RESUME)})
        body = answer.json()
        assert answer.status_code == 200, body
        assert (body["filename"], body["file_size"]) == ("cv.txt", len(RESUME))
        assert body["parsed_cv"]["experience"][0] == {
            "company": "Acme GmbH",
            "title": "Senior Python Developer",
            "start_date": "2020-03",
            "end_date": "present",
            "description": body["parsed_cv"]["experience"][0]["description"],
        }
        assert client.get("/api/profile/cv/parsed", headers=proof).json() == body["parsed_cv"]

    @pytest.mark.parametrize(
        ("name", "data", "status"),
        [
            ("cv.exe", b"MZ", 400),
            ("cv.pdf", RESUME, 400),
            ("cv.txt", b"", 400),
            ("cv.txt", b"x" * (10 * 1024 * 1024 + 1), 413),
        ],
    )
    def test_a_file_that_is_refused(self, client: TestClient, name: str, data: bytes, status: int) -> None:
        answer = client.post("/api/profile/cv", headers=register(client), files={"file": (name, data)})
        assert answer.status_code == status
        assert isinstance(answer.json()["detail"], str)

    def test_a_file_that_cannot_be_read_is_a_422_with_advice(self, client: TestClient, services: Services) -> None:
        proof = register(client)
        with working(services):
            answer = client.post("/api/profile/cv", headers=proof, files={"file": ("cv.pdf", b"%PDF-1.4\n%%EOF")})
        assert answer.status_code == 422
        assert "damaged" in answer.json()["detail"]

    def test_a_text_that_is_too_short(self, client: TestClient, services: Services) -> None:
        proof = register(client)
        with working(services):
            answer = client.post("/api/profile/cv", headers=proof, files={"file": ("cv.txt", b"Ada Byron")})
        assert answer.status_code == 400
        assert "50 characters" in answer.json()["detail"]

    @pytest.mark.parametrize(
        "file", [("cv.txt", b"Ada Byron"), ("cv.pdf", b"%PDF-1.4\n%%EOF")], ids=["short", "damaged"]
    )
    def test_what_is_refused_leaves_nothing_and_what_was_read_before_stays(
        self, client: TestClient, services: Services, file: tuple[str, bytes]
    ) -> None:
        proof = register(client)
        with working(services):
            before = client.post("/api/profile/cv", headers=proof, files={"file": ("cv.txt", RESUME)}).json()
            me = client.get("/api/profile", headers=proof).json()
            assert client.post("/api/profile/cv", headers=proof, files={"file": file}).status_code in (400, 422)
        assert client.get("/api/profile/cv/parsed", headers=proof).json() == before["parsed_cv"]
        assert client.get("/api/profile", headers=proof).json() == me
        assert len(client.get("/api/uploads", headers=proof).json()) == 1
        assert len(list(services.storage.keys_before(float("inf")))) == 1

    def test_what_is_not_the_files_fault_is_a_503_that_may_be_tried_again(
        self, client: TestClient, services: Services
    ) -> None:
        proof = register(client)
        with working(replace(services, resume_reader=BrokenReader())):
            answer = client.post("/api/profile/cv", headers=proof, files={"file": ("cv.txt", RESUME)})
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "30")
        assert "Try again" in answer.json()["detail"]
        assert client.get("/api/uploads", headers=proof).json() == []
        assert list(services.storage.keys_before(float("inf"))) == []
        with working(services):
            again = client.post("/api/profile/cv", headers=proof, files={"file": ("cv.txt", RESUME)})
        assert again.status_code == 200

    def test_a_reading_that_was_cancelled_says_so(self, client: TestClient) -> None:
        proof = register(client)
        with ThreadPoolExecutor(1) as pool:
            sent = pool.submit(client.post, "/api/profile/cv", headers=proof, files={"file": ("cv.txt", RESUME)})
            until(lambda: bool(_runs(client, proof)), 10, "the reading is accepted")
            cancelled = client.post(f"/api/v1/runs/{_runs(client, proof)[0]['id']}/cancel", headers=proof)
            answer = sent.result(timeout=60)
        assert cancelled.status_code == 200, cancelled.text
        assert answer.status_code == 422
        assert "cancelled" in answer.json()["detail"]
        assert client.get("/api/uploads", headers=proof).json() == []

    def test_preferences_carry_what_was_read_and_no_copy_of_a_clients(
        self, client: TestClient, services: Services
    ) -> None:
        proof = register(client)
        with working(services):
            body = client.post("/api/profile/cv", headers=proof, files={"file": ("cv.txt", RESUME)}).json()
        for path in ("/api/profile", "/auth/me"):
            assert client.get(path, headers=proof).json()["preferences"] == {"parsed_cv": body["parsed_cv"]}
        sent = {"theme": "dark", "parsed_cv": {"name": "Somebody else"}}
        client.put("/api/profile", headers=proof, json={"preferences": sent})
        kept = {"theme": "dark", "parsed_cv": body["parsed_cv"]}
        assert client.get("/api/profile", headers=proof).json()["preferences"] == kept
        for one in client.get("/api/uploads", headers=proof).json():
            client.delete("/api/upload/delete", headers=proof, params={"id": one["id"]})
        assert client.get("/api/profile", headers=proof).json()["preferences"] == {"theme": "dark"}

    def test_nothing_parsed_yet(self, client: TestClient) -> None:
        assert client.get("/api/profile/cv/parsed", headers=register(client)).status_code == 404

    def test_a_request_that_waits_holds_no_connection(self, client: TestClient, services: Services) -> None:
        proof = register(client)
        answers: list[int] = []

        def post() -> None:
            answer = client.post("/api/profile/cv", headers=proof, files={"file": ("cv.txt", RESUME)})
            answers.append(answer.status_code)

        waiting = threading.Thread(target=post)
        waiting.start()
        time.sleep(1.0)
        held = [engine().pool.checkedout() for _ in range(40) if not time.sleep(0.01)]
        with working(services):
            waiting.join(30)
        assert answers == [200]
        assert min(held) == 0
