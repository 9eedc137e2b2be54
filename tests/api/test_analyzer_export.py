"""Exporting at the analyzer's door: four files of one analysis, that open and say the same."""

import csv
import uuid
from datetime import UTC, datetime
from io import StringIO

import pytest
from fastapi.testclient import TestClient
from httpx import Response

from core.db import engine
from services.exports.rendering import Export
from services.exports.sheet import unguarded
from services.resumes.understanding import read_profile
from services.wiring import Services
from tests.api.test_agent_door import client, register
from tests.api.test_analyzer_actions import GOOD, proof, start, upload
from tests.pipelines.conftest import quick_services, services, worker_services
from tests.pipelines.draining import drain

__all__ = ["client", "proof", "quick_services", "services", "worker_services"]

FORMATS = {
    "json": "application/json",
    "csv": "text/csv",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def export(client: TestClient, proof: dict[str, str], job_id: str, form: str | None = None) -> Response:
    query = {"job_id": job_id} | ({"format": form} if form else {})
    return client.get("/api/analysis/export", headers=proof, params=query)


class TestExporting:
    @pytest.fixture
    def job_id(self, client: TestClient, proof: dict[str, str], quick_services: Services) -> str:
        job = start(client, proof, upload(client, proof, GOOD))
        drain(quick_services)
        return job

    @pytest.mark.parametrize(("form", "media_type"), FORMATS.items())
    def test_a_file_with_its_name_and_length(
        self, client: TestClient, proof: dict[str, str], job_id: str, form: str, media_type: str
    ) -> None:
        answer = export(client, proof, job_id, form)
        assert answer.status_code == 200, answer.text
        assert answer.headers["Content-Type"].split(";")[0] == media_type
        disposition = f'attachment; filename="resume_analysis_{job_id[:8]}.{form}"'
        assert answer.headers["Content-Disposition"] == disposition
        assert int(answer.headers["Content-Length"]) == len(answer.content) > 500

    def test_json_is_the_profile(self, client: TestClient, proof: dict[str, str], job_id: str) -> None:
        body = export(client, proof, job_id).json()
        assert list(body) == [
            *("job_id", "personal_info", "skills", "experience", "education", "summary"),
            *("job_recommendations", "strengths", "weaknesses", "exported_at"),
        ]
        assert body["job_id"] == job_id
        assert set(body["skills"]) == {"Technical", "Soft Skills"}
        assert {"company", "role", "years", "description"} <= set(body["experience"][0])
        assert {"name", "email", "phone", "location"} <= set(body["personal_info"])
        assert datetime.fromisoformat(body["exported_at"]).tzinfo is not None
        result = client.get("/api/analysis/result", headers=proof, params={"job_id": job_id}).json()
        assert (body["personal_info"]["name"], body["summary"]) == (result["name"], result["summary"])

    def test_csv_says_the_same(self, client: TestClient, proof: dict[str, str], job_id: str) -> None:
        facts = export(client, proof, job_id, "json").json()
        text = export(client, proof, job_id, "csv").content.decode()
        header, *rows = csv.reader(StringIO(text, newline=""))
        assert header == ["SECTION", "KEY", "VALUE"]
        cells = [(row[0], row[1], unguarded(row[2])) for row in rows if row]
        assert [row[2] for row in cells if row[1].startswith("Company")] == [
            job["company"] for job in facts["experience"]
        ]
        assert [row[2] for row in cells if row[:2] == ("SKILLS", "Technical")] == facts["skills"]["Technical"]
        assert ("PERSONAL INFORMATION", "Email", facts["personal_info"]["email"]) in cells
        sections = list(dict.fromkeys(row[0] for row in cells))
        assert sections[:3] == ["PERSONAL INFORMATION", "SKILLS", "WORK EXPERIENCE"]
        assert sum(not row for row in rows) == len(sections) - 1

    @pytest.mark.parametrize("form", ["pdf", "docx"])
    def test_a_document_is_read_again_as_the_same_person(
        self, client: TestClient, proof: dict[str, str], job_id: str, form: str, services: Services
    ) -> None:
        facts = export(client, proof, job_id, "json").json()
        text = services.resume_reader.extract(export(client, proof, job_id, form).content, f"cv.{form}")
        read = read_profile(text, as_of=datetime.now(UTC).date())
        assert (read.name, read.email) == (facts["personal_info"]["name"], facts["personal_info"]["email"])
        jobs = [(job["company"], job["role"]) for job in facts["experience"]]
        assert [(job.company, job.title) for job in read.experience] == jobs

    def test_it_is_drawn_with_no_connection_in_hand(
        self, client: TestClient, proof: dict[str, str], job_id: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        held: list[int] = []

        def drawn(*_: object, **__: object) -> Export:
            held.append(engine().pool.checkedout())  # type: ignore[attr-defined]
            return Export(b"x", "application/pdf", "x.pdf")

        monkeypatch.setattr("api.analyzer.exports.export", drawn)
        assert export(client, proof, job_id, "pdf").status_code == 200
        assert held == [0]

    def test_another_format(self, client: TestClient, proof: dict[str, str], job_id: str) -> None:
        answer = export(client, proof, job_id, "xlsx")
        assert answer.status_code == 400
        assert all(form in answer.json()["message"] for form in FORMATS)

    def test_before_it_is_completed(self, client: TestClient, proof: dict[str, str]) -> None:
        body = export(client, proof, start(client, proof, upload(client, proof)))
        assert body.status_code == 400
        assert (body.json()["current_status"], body.json()["progress"]) == ("queued", 0)
        assert {"error", "message"} <= set(body.json())

    def test_a_foreign_one_is_a_missing_one(self, client: TestClient, proof: dict[str, str], job_id: str) -> None:
        eve = register(client, "eve@example.org")
        foreign, missing = export(client, eve, job_id), export(client, eve, str(uuid.uuid4()))
        assert foreign.status_code == missing.status_code == 404
        assert foreign.json()["message"] == missing.json()["message"]
