"""The copilot's résumé upload, as its client uses it: upload, poll, see what it suggests."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.copilot.schemas_resume import level_of
from core.db import transaction
from services import accounts
from services.wiring import Services
from tests.api.test_agent_door import client
from tests.api.test_analyzer_actions import GOOD
from tests.people import bearer_of, person
from tests.pipelines.conftest import quick_services, services, worker_services
from tests.pipelines.draining import drain
from tests.pipelines.test_resume_analysis import RESUME
from tests.services.test_resume_uploads import PDF

__all__ = ["client", "quick_services", "services", "worker_services"]


def upload(client: TestClient, user_id: int, data: bytes = PDF, name: str = "cv.pdf") -> dict[str, Any]:
    answer = client.post("/api/v1/resume/upload", headers=bearer_of(user_id), files={"file": (name, data)})
    assert answer.status_code == 202, answer.text
    body: dict[str, Any] = answer.json()
    return body


def status(client: TestClient, user_id: int, upload_id: int) -> dict[str, Any]:
    answer = client.get(f"/api/v1/resume/{upload_id}/status", headers=bearer_of(user_id))
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


@pytest.mark.usefixtures("clean_db")
class TestUploading:
    def test_it_is_pending_so_that_the_client_polls(self, client: TestClient) -> None:
        body = upload(client, person())
        assert {**body, "upload_id": 1, "created_at": ""} == {
            "upload_id": 1,
            "filename": "cv.pdf",
            "file_size": len(PDF),
            "file_type": "pdf",
            "parsing_status": "pending",
            "created_at": "",
        }

    @pytest.mark.parametrize(
        ("name", "data"),
        [("cv.txt", RESUME), ("cv.pdf", RESUME), ("cv.pdf", b""), ("cv.pdf", PDF + b"0" * (10 * 1024 * 1024))],
        ids=["type", "content", "empty", "too large"],
    )
    def test_a_file_that_is_refused_is_a_400(self, client: TestClient, name: str, data: bytes) -> None:
        user_id = person()
        answer = client.post("/api/v1/resume/upload", headers=bearer_of(user_id), files={"file": (name, data)})
        assert answer.status_code == 400
        assert isinstance(answer.json()["detail"], str)

    def test_no_file_is_a_400(self, client: TestClient) -> None:
        answer = client.post("/api/v1/resume/upload", headers=bearer_of(person()), data={"x": "y"})
        assert (answer.status_code, type(answer.json()["detail"])) == (400, str)


@pytest.mark.usefixtures("clean_db")
class TestPolling:
    def test_nothing_is_shown_before_it_was_read(self, client: TestClient) -> None:
        user_id = person()
        body = status(client, user_id, upload(client, user_id)["upload_id"])
        assert (body["parsing_status"], body["extracted_skills"]) == ("pending", [])
        assert body["parsed_data"] is body["extracted_data"] is body["suggestions"] is body["parsing_error"] is None

    def test_what_was_read_in_both_shapes(self, client: TestClient, quick_services: Services) -> None:
        user_id = person()
        upload_id = upload(client, user_id, GOOD)["upload_id"]
        drain(quick_services)
        body = status(client, user_id, upload_id)
        assert (body["upload_id"], body["parsing_status"]) == (upload_id, "completed")
        data = body["extracted_data"]
        assert set(data) == {"skills", "experience_level", "contact_info", "work_experience", "education"}
        assert set(data["work_experience"][0]) == {"company", "title", "duration", "description"}
        assert set(data["education"][0]) == {"degree", "institution", "year"}
        assert {"name", "email"} <= set(data["contact_info"])
        assert body["parsed_data"].keys() == data.keys() | {"summary", "parsing_method"}
        assert {name: body["parsed_data"][name] for name in data} == data
        assert body["extracted_skills"] == data["skills"]
        assert body["extracted_experience"] == data["experience_level"]
        assert body["extracted_contact_info"] == data["contact_info"]

    def test_it_suggests_what_the_account_did_not_name(self, client: TestClient, quick_services: Services) -> None:
        user_id = person()
        first = status_after(client, quick_services, user_id)
        known = first["extracted_skills"]
        assert first["suggestions"]["profile_updates"]["skills_to_add"] == known
        assert first["suggestions"]["profile_updates"]["experience_level_suggestion"] == first["extracted_experience"]
        with transaction() as session:
            accounts.profile(session, user_id).skills = [known[0].upper()]
        again = status_after(client, quick_services, user_id)
        assert again["suggestions"]["profile_updates"]["skills_to_add"] == known[1:]

    def test_the_account_is_left_to_the_person(self, client: TestClient, quick_services: Services) -> None:
        """It suggests; what the person did not take over is not theirs."""
        user_id = person()
        assert status_after(client, quick_services, user_id)["suggestions"]["profile_updates"]["skills_to_add"]
        with transaction() as session:
            account, user = accounts.profile(session, user_id), accounts.get(session, user_id)
            assert (account.skills, account.experience_years, account.cv_filename) == ([], None, None)
            assert user.display_name is None

    def test_a_file_that_cannot_be_read_says_why(self, client: TestClient, quick_services: Services) -> None:
        user_id = person()
        upload_id = upload(client, user_id)["upload_id"]
        drain(quick_services)
        body = status(client, user_id, upload_id)
        assert body["parsing_status"] == "failed"
        assert body["parsing_error"]
        assert body["extracted_data"] is None

    def test_a_foreign_one_is_a_missing_one(self, client: TestClient) -> None:
        upload_id, eve = upload(client, person())["upload_id"], bearer_of(person())
        answers = [client.get(f"/api/v1/resume/{one}/status", headers=eve) for one in (upload_id, upload_id + 999)]
        assert [one.status_code for one in answers] == [404, 404]
        assert answers[0].json() == answers[1].json()


def status_after(client: TestClient, services: Services, user_id: int) -> dict[str, Any]:
    upload_id = upload(client, user_id, GOOD)["upload_id"]
    drain(services)
    return status(client, user_id, upload_id)


@pytest.mark.parametrize(
    ("years", "level"), [(0, "junior"), (2.9, "junior"), (3, "mid"), (5.9, "mid"), (6, "senior"), (40, "senior")]
)
def test_levels(years: float, level: str) -> None:
    assert level_of(years) == level
