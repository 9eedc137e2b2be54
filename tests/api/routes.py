"""What the test of every route knows about routes: which are public, and how each id in a path comes to be."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from fastapi.routing import APIRoute
from sqlalchemy import select
from starlette.routing import WebSocketRoute

from api.app import DOORS
from api.platform.door import PLATFORM
from core.clock import utc_now
from core.db import transaction
from models.match import Match
from models.posting import Posting
from models.resume import Blob, ResumeUpload
from models.tracked_job import TrackedJob
from services import analyses, postings
from services.runs.accepting import NewRun, accept
from tests.services.test_postings import row

Route = tuple[str, str]

# Open to everybody: signing in, the public catalogue, and what a load balancer asks.
PUBLIC: set[Route] = {
    ("POST", "/auth/register"),
    ("POST", "/auth/login"),
    ("POST", "/api/auth/signup"),
    ("POST", "/api/auth/login"),
    ("POST", "/api/v1/auth/register"),
    ("POST", "/api/v1/auth/login"),
    ("POST", "/api/v1/auth/logout"),
    ("GET", "/api/v1/auth/oauth/google/login"),
    ("GET", "/api/v1/auth/oauth/google/callback"),
    ("GET", "/api/v1/auth/oauth/{provider}/login"),
    *(("POST", f"/auth/cognito/{name}") for name in ("signup", "confirm", "login", "challenge", "refresh", "logout")),
    *(("POST", f"/auth/cognito/{name}") for name in ("mfa/setup", "mfa/verify")),
    *(("POST", f"/auth/cognito/verification/{name}") for name in ("send", "confirm")),
    ("GET", "/api/jobs"),
    ("GET", "/api/jobs/{job_id}"),
    ("GET", "/api/skills/popular"),
    ("GET", "/api/skills/from-jobs"),
    ("GET", "/health"),
    ("GET", "/health/db"),
    ("GET", "/livez"),
    ("GET", "/metrics"),
    ("GET", "/billing/packs"),
    ("POST", "/billing/stripe/webhook"),
    ("GET", "/api/v1/health"),
    ("GET", "/api/v1/health/comprehensive"),
}

# Opened by a shared secret instead of a person; each has tests of its own.
SECRET: set[Route] = {
    ("POST", "/jobs/{job_id}/documents/{document_id}/scan-result"),
    ("GET", "/internal/documents/{doc_id}"),
    ("POST", "/internal/documents/{doc_id}/scan-result"),
}

# Ids that belong to nobody in particular: administrators may name anybody.
SHARED_IDS: set[Route] = {
    ("PUT", "/api/admin/users/{user_id}"),
    ("POST", "/api/admin/users/{user_id}/reset-mfa"),
    ("DELETE", "/api/admin/allowlist/{email}"),
    ("GET", "/admin/rate-limits/status"),
    ("GET", "/api/uploads"),  # its user_id is read over
}

_QUERY_ID = re.compile(r"id|\w+_id")


@dataclass(frozen=True)
class Case:
    """`make` creates the thing for an owner and answers its id; a stranger must get `status` for it."""

    make: Callable[[int], int | UUID]
    status: int = 404
    body: Mapping[str, Any] = field(default_factory=dict)
    query: str = ""

    def path(self, path: str, value: int | UUID) -> str:
        filled = re.sub(r"\{\w+\}", str(value), path)
        return f"{filled}?{self.query}={value}" if self.query else filled

    def missing(self, own: int | UUID) -> int | UUID:
        return own + 1_000_000 if isinstance(own, int) else uuid4()


def all_routes() -> Iterator[Route]:
    for router in _routers():
        for route in router.routes:
            if isinstance(route, APIRoute):
                yield from ((method, route.path) for method in route.methods)


def all_sockets() -> set[str]:
    return {route.path for router in _routers() for route in router.routes if isinstance(route, WebSocketRoute)}


def takes_an_id(one: Route) -> bool:
    """In its path, or as a query parameter that it cannot do without."""
    method, path = one
    found = next(
        route
        for router in _routers()
        for route in router.routes
        if isinstance(route, APIRoute) and route.path == path and method in route.methods
    )
    asked = [parameter for parameter in found.dependant.query_params if parameter.field_info.is_required()]
    return "{" in path or any(_QUERY_ID.fullmatch(parameter.alias) for parameter in asked)


def _routers() -> list[Any]:
    return [router for door in (PLATFORM, *DOORS) for router in door.routers]


def _run(owner: int) -> UUID:
    with transaction() as session:
        return accept(session, NewRun("selfcheck", {}, owner)).run_id


def _upload(owner: int) -> int:
    with transaction() as session:
        blob = Blob(sha256=uuid4().hex * 2, size=1, content_type="application/pdf", scan_status="clean")
        session.add(blob)
        session.flush()
        upload = ResumeUpload(user_id=owner, blob_id=blob.id, filename="cv.pdf", door="analyzer")
        session.add(upload)
        session.flush()
        return upload.id


def _analysis(owner: int) -> UUID:
    upload_id = _upload(owner)
    with transaction() as session:
        return analyses.start(session, upload_id, user_id=owner).run_id


def _posting(owner: int | None) -> int:
    with transaction() as session:
        postings.upsert(session, [row(1)], now=utc_now())
        posting = session.scalars(select(Posting)).first()
        assert posting
        posting.owner_user_id = owner
        return posting.id


def _tracked_job(owner: int) -> int:
    with transaction() as session:
        job = TrackedJob(user_id=owner, title="Developer", company="Acme")
        session.add(job)
        session.flush()
        return job.id


def _match(owner: int) -> int:
    posting_id = _posting(None)
    with transaction() as session:
        match = Match(user_id=owner, posting_id=posting_id, score=80.0, reasoning={}, analysis="")
        session.add(match)
        session.flush()
        return match.id


_USER_JOB = {"title": "Developer", "company": "Acme", "description": "We write Python."}
_of_upload = partial(Case, _upload, query="upload_id")
_of_analysis = partial(Case, _analysis, query="job_id")

CASES: dict[Route, Case] = {
    ("GET", "/api/v1/runs/{run_id}"): Case(_run),
    ("GET", "/api/v1/runs/{run_id}/events"): Case(_run),
    ("POST", "/api/v1/runs/{run_id}/cancel"): Case(_run),
    ("POST", "/api/v1/runs/{run_id}/retry"): Case(_run),
    ("GET", "/api/user-jobs/{job_id}"): Case(_posting),
    ("PUT", "/api/user-jobs/{job_id}"): Case(_posting, body=_USER_JOB),
    ("DELETE", "/api/user-jobs/{job_id}"): Case(_posting),
    ("GET", "/api/v1/jobs/{job_id}"): Case(_tracked_job),
    ("PUT", "/api/v1/jobs/{job_id}"): Case(_tracked_job, body={"title": "Mine"}),
    ("PATCH", "/api/v1/jobs/{job_id}"): Case(_tracked_job, body={"title": "Mine"}),
    ("DELETE", "/api/v1/jobs/{job_id}"): Case(_tracked_job),
    ("GET", "/api/matches/{match_id}"): Case(_match),
    ("PUT", "/api/matches/{match_id}/status"): Case(_match, body={"status": "hidden"}),
    ("POST", "/api/matches/{match_id}/generate-cover-letter"): Case(_match),
    ("POST", "/api/analysis/start"): _of_upload(),
    ("POST", "/api/analyze"): Case(_upload, query="id"),
    ("GET", "/api/analysis/jobs"): _of_upload(),
    ("GET", "/api/analysis/upload-jobs"): _of_upload(),
    ("GET", "/api/analysis/status"): _of_analysis(),
    ("GET", "/api/analysis/result"): _of_analysis(),
    ("GET", "/api/analysis/export"): _of_analysis(),
    ("DELETE", "/api/analysis/delete-job"): _of_analysis(),
    ("POST", "/api/analysis/retry-job"): _of_analysis(),
    ("DELETE", "/api/upload/delete"): Case(_upload, query="id"),
    ("GET", "/api/v1/resume/{upload_id}/status"): Case(_upload),
}
