"""The three single-page clients of a résumé, as browsers run them: what they send, when they ask, what they read.

Each reads only the keys that its pages read, and fails on one that is missing or of another type, as a page would.
"""

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import httpx

PASSWORD = "Correct-Horse-9-Battery"
_TEXT, _TEXTS, _NUMBER = (str,), (list,), (int, float)
_MAYBE = (str, type(None))
Keys = Mapping[str, tuple[type, ...]]


@dataclass
class Shown:
    """What a page shows: a result, or the text of an error with its status."""

    status: int
    body: Any
    error: str = ""


class Analyzer:
    """Same origin: the session cookie travels, no bearer is sent but on leaving, and ids of users are noise."""

    POLL_SECONDS = 2.0
    STATES = ("queued", "extracting_text", "chunking", "generating_embeddings", "analyzing", "completed", "failed")
    END = ("completed", "failed")

    def __init__(self, origin: str, email: str) -> None:
        self.http = _browser(origin, {"ngrok-skip-browser-warning": "true"})
        body = {"name": "Ada Byron", "email": email, "password": PASSWORD}
        answer = self.http.post("/api/auth/signup", json=body)
        assert (answer.status_code, answer.json()["success"]) == (201, True), answer.text
        self.user_id = answer.json()["user"]["id"]

    def upload(self, name: str, data: bytes, kind: str = "application/pdf") -> Shown:
        form = {"user_id": str(self.user_id), "linkedin_url": ""}
        answer = self.http.post("/api/upload", files={"resume": (name, data, kind)}, data=form)
        return self._shown(answer, {"id": (int,), "filename": _TEXT, "file_size": (int,), "created_at": _TEXT})

    def analyze(self, upload_id: int) -> Shown:
        answer = self.http.post("/api/analyze", params={"id": upload_id, "user_id": self.user_id})
        return self._shown(answer, {"job_id": _TEXT, "status": _TEXT})

    def poll(self, job_id: str) -> Iterator[dict[str, Any]]:
        """Every two seconds, until `completed` or `failed`."""
        while True:
            answer = self.http.get("/api/analysis/status", params={"job_id": job_id})
            job = self._shown(
                answer,
                {"job_id": _TEXT, "upload_id": (int,), "status": _TEXT, "progress": (int,), "current_step": _TEXT}
                | {"error_message": _MAYBE, "created_at": _TEXT, "completed_at": _MAYBE},
            ).body
            assert job["status"] in self.STATES
            yield job
            if job["status"] in self.END:
                return
            time.sleep(self.POLL_SECONDS)

    def result(self, job_id: str) -> Shown:
        answer = self.http.get("/api/analysis/result", params={"job_id": job_id})
        shown = self._shown(
            answer,
            {"job_id": _TEXT, "skills": (dict,), "experience": (list,), "education": (list,), "strengths": _TEXTS}
            | {"weaknesses": _TEXTS, "job_recommendations": _TEXTS},
        )
        if answer.status_code == 200:
            for name in ("name", "email", "phone", "summary", "location", "linkedin_url"):
                assert isinstance(shown.body.get(name), _MAYBE), name
            _typed(shown.body, {"total_work_years": _NUMBER})
            _typed(shown.body["skills"], {"technical": _TEXTS, "soft": _TEXTS})
            for job in shown.body["experience"]:
                _typed(job, {"company": _TEXT, "role": _TEXT, "years": _NUMBER, "description": _TEXT})
            for one in shown.body["education"]:
                _typed(one, {"degree": _TEXT, "institution": _TEXT, "year": (int, type(None))})
        return shown

    def reload(self) -> list[dict[str, Any]]:
        """/profile from nothing: the uploads with their jobs, newest first."""
        page = self.http.get("/api/uploads", params={"user_id": self.user_id, "limit": 50, "offset": 0}).json()
        _typed(page, {"uploads": (list,), "count": (int,), "limit": (int,), "offset": (int,)})
        for upload in page["uploads"]:
            jobs = self.http.get("/api/analysis/upload-jobs", params={"upload_id": upload["id"]}).json()
            _typed(jobs, {"upload_id": (int,), "count": (int,), "jobs": (list,)})
            upload["jobs"] = jobs["jobs"]
        uploads: list[dict[str, Any]] = page["uploads"]
        return uploads

    def retry(self, job_id: str) -> Shown:
        answer = self.http.post("/api/analysis/retry-job", params={"job_id": job_id})
        return self._shown(answer, {"success": (bool,), "message": _TEXT})

    def delete(self, job_id: str) -> Shown:
        answer = self.http.delete("/api/analysis/delete-job", params={"job_id": job_id})
        return self._shown(answer, {"success": (bool,), "message": _TEXT})

    def delete_many(self, job_ids: list[str]) -> Shown:
        answer = self.http.post("/api/analysis/batch-delete", json={"job_ids": job_ids})
        return self._shown(answer, {"success": (bool,), "deleted_count": (int,), "message": _TEXT})

    def delete_upload(self, upload_id: int) -> Shown:
        return self._shown(self.http.delete("/api/upload/delete", params={"id": upload_id}), {"message": _TEXT})

    def export(self, job_id: str, form: str) -> tuple[str, str, bytes]:
        """The name that the page gives the file (everything after `filename=`), its type, its bytes."""
        answer = self.http.get("/api/analysis/export", params={"job_id": job_id, "format": form})
        assert answer.status_code == 200, answer.text
        name = answer.headers["content-disposition"].split("filename=")[1].strip('"')
        return name, answer.headers["content-type"], answer.content

    def _shown(self, answer: httpx.Response, keys: Keys) -> Shown:
        """Errors show `error`, then `message`; both are texts."""
        body = answer.json()
        if answer.status_code in (200, 201) or (answer.status_code == 202 and "error" not in body):
            _typed(body, keys)
            return Shown(answer.status_code, body)
        _typed(body, {"error": _TEXT, "message": _TEXT})
        return Shown(answer.status_code, body, f"{body['error']}: {body['message']}")


class Agent:
    """A bearer and nothing else; the answer comes in one request."""

    def __init__(self, origin: str, email: str) -> None:
        self.http = httpx.Client(base_url=origin, timeout=120, trust_env=False)
        body = {"email": email, "password": PASSWORD, "full_name": "Ada Byron"}
        token = self.http.post("/auth/register", json=body).json()["access_token"]
        self.http.cookies.clear()
        self.http.headers["Authorization"] = f"Bearer {token}"

    def upload(self, name: str, data: bytes, kind: str = "application/pdf") -> Shown:
        answer = self.http.post("/api/profile/cv", files={"file": (name, data, kind)})
        body = answer.json()
        if answer.status_code == 200:
            _typed(body, {"message": _TEXT, "filename": _TEXT, "parsed_cv": (dict, type(None)), "file_size": (int,)})
            return Shown(200, body)
        return Shown(answer.status_code, body, _detail(body))

    def parsed(self) -> Shown:
        answer = self.http.get("/api/profile/cv/parsed")
        if answer.status_code != 200:
            return Shown(answer.status_code, answer.json(), _detail(answer.json()))
        body = answer.json()
        _typed(body, {"name": _TEXT, "email": _MAYBE, "phone": _MAYBE, "summary": _TEXT, "skills": _TEXTS})
        _typed(body, {"experience": (list,), "education": (list,), "years_of_experience": _NUMBER})
        for job in body["experience"]:
            _typed(job, {"company": _TEXT, "title": _TEXT, "start_date": _MAYBE, "end_date": _MAYBE})
        return Shown(200, body)


class Copilot:
    """The session cookie beside a literal `Bearer null`; polls every second, thirty times at most."""

    POLL_SECONDS, ATTEMPTS = 1.0, 30

    def __init__(self, origin: str, email: str) -> None:
        self.http = _browser(origin, {"Authorization": "Bearer null"})
        body = {"username": email.partition("@")[0], "email": email, "password": PASSWORD}
        answer = self.http.post("/api/v1/auth/register", json=body)
        assert answer.status_code == 200, answer.text

    def upload(self, name: str, data: bytes, kind: str = "application/pdf") -> Shown:
        answer = self.http.post("/api/v1/resume/upload", files={"file": (name, data, kind)})
        body = answer.json()
        if answer.status_code >= 400:
            assert isinstance(body["detail"], str)
            return Shown(answer.status_code, body, body["detail"])
        _typed(body, {"upload_id": (int,), "filename": _TEXT, "file_size": (int,), "file_type": _TEXT})
        return Shown(answer.status_code, body)

    def poll(self, uploaded: dict[str, Any]) -> dict[str, Any]:
        """The last status; polling begins only for `pending` and stops at `completed` or `failed`."""
        assert uploaded["parsing_status"] == "pending"
        for _ in range(self.ATTEMPTS):
            body: dict[str, Any] = self.http.get(f"/api/v1/resume/{uploaded['upload_id']}/status").json()
            assert body["parsing_status"] in ("pending", "processing", "completed", "failed")
            if body["parsing_status"] in ("completed", "failed"):
                break
            time.sleep(self.POLL_SECONDS)
        if body["parsing_status"] == "completed":
            data = body["extracted_data"]
            _typed(data, {"skills": _TEXTS, "experience_level": _TEXT, "contact_info": (dict,)})
            for job in data["work_experience"]:
                _typed(job, {"company": _TEXT, "title": _TEXT, "duration": _TEXT, "description": _TEXT})
            for one in data["education"]:
                _typed(one, {"degree": _TEXT, "institution": _TEXT, "year": _TEXT})
            updates = body["suggestions"]["profile_updates"]
            _typed(updates, {"skills_to_add": _TEXTS, "experience_level_suggestion": _TEXT})
        return body


def _browser(origin: str, headers: dict[str, str]) -> httpx.Client:
    """Of a page of the same origin."""
    own = {"Origin": origin, "Sec-Fetch-Site": "same-origin", **headers}
    return httpx.Client(base_url=origin, headers=own, timeout=60, trust_env=False)


def _detail(body: dict[str, Any]) -> str:
    """A list shows its first message, a text itself."""
    detail = body["detail"]
    text = detail[0]["msg"] if isinstance(detail, list) else detail
    assert isinstance(text, str)
    return text


def _typed(body: dict[str, Any], keys: Keys) -> None:
    for name, types in keys.items():
        assert name in body, f"the page reads {name}, which is not in {sorted(body)}"
        assert isinstance(body[name], types), f"{name} is {body[name]!r}"
