"""`/api/upload`, `/api/uploads`."""

from typing import Annotated

from fastapi import APIRouter, BackgroundTasks, Form, Query

from api.analyzer.schemas import UploadDeleted, UploadPage, UploadView
from api.auth import CurrentCaller
from api.deps import Config, Tx, Wired
from api.limits import limited
from api.uploading import SentFile, read_at_most
from core.db import transaction
from services import analyses, resume_uploads
from services.resume_uploads import UploadPolicy
from services.storage import Storage

router = APIRouter(prefix="/api", tags=["analyzer: uploads"])


@router.post("/upload", status_code=201, dependencies=[limited("analyzer_default")])
def upload(
    session: Tx,
    caller: CurrentCaller,
    services: Wired,
    settings: Config,
    file: SentFile,
    linkedin_url: Annotated[str | None, Form(max_length=500)] = None,
) -> UploadView:
    policy = UploadPolicy("analyzer", (".pdf", ".doc", ".docx"), settings.max_upload_bytes)
    stored = resume_uploads.store(
        session,
        services.storage,
        policy,
        user_id=caller.id,
        filename=file.filename or "",
        data=read_at_most(file, policy.max_bytes),
        linkedin_url=linkedin_url,
    )
    return UploadView.of(stored, message="File uploaded")


@router.get("/uploads")
def list_uploads(
    session: Tx,
    caller: CurrentCaller,
    limit: Annotated[int | None, Query(ge=1, le=100)] = None,
    offset: Annotated[int | None, Query(ge=0)] = None,
    user_id: str | None = None,
) -> list[UploadView] | UploadPage:
    """A bare list without any query parameter, a page with one: both are published. `user_id` is never believed."""
    found = resume_uploads.list_of_user(session, caller.id, limit=limit or 100, offset=offset or 0)
    jobs = analyses.latest_of_uploads(session, [one.upload.id for one in found], user_id=caller.id)
    views = [UploadView.of(one, job_id=_text(jobs.get(one.upload.id))) for one in found]
    if limit is None and offset is None and user_id is None:
        return views
    return UploadPage(uploads=views, count=len(views), limit=limit or 10, offset=offset or 0)


@router.delete("/upload/delete")
def delete_upload(
    session: Tx,
    caller: CurrentCaller,
    services: Wired,
    after: BackgroundTasks,
    upload_id: Annotated[int, Query(alias="id")],
) -> UploadDeleted:
    key = analyses.forget_upload(session, upload_id, user_id=caller.id)
    after.add_task(_free_bytes, services.storage, key)
    return UploadDeleted()


def _free_bytes(storage: Storage, key: str) -> None:
    """Once the deletion is committed. Should this process die before, the nightly clean-up does it."""
    with transaction() as session:
        resume_uploads.free_bytes(session, storage, key)


def _text(value: object) -> str | None:
    return None if value is None else str(value)
