"""`/api/profile/cv`: upload a CV and get it read, in one answer; put right what was read."""

from typing import Any, NoReturn
from uuid import UUID

import anyio.to_thread
from fastapi import APIRouter, Request

from api.agent.schemas_cv import CvCorrection, parsed_cv
from api.agent.schemas_work import CvUploaded
from api.auth import Caller, CurrentCaller, WaitingCaller
from api.deps import Config, Tx, Wired
from api.limits import limited
from api.sockets.waiting import ended_run
from api.uploading import SentFile, read_at_most
from core.db import transaction
from core.errors import AppError, BadRequest, Unavailable, Unprocessable
from core.settings import Settings
from models.resume import ResumeReading
from models.run import Run
from services import analyses, resume_corrections, resume_readings, resume_uploads
from services.resume_uploads import StoredUpload, UploadPolicy
from services.resumes.errors import Reason
from services.wiring import Services

router = APIRouter(prefix="/api/profile", tags=["agent: profile"])

_MIN_CHARACTERS = 50
_AT_FAULT = {analyses.TOO_SHORT, *(reason.value for reason in Reason)}


@router.post("/cv", dependencies=[limited("profile_cv")])
async def upload_cv(
    request: Request, caller: WaitingCaller, services: Wired, settings: Config, file: SentFile
) -> CvUploaded:
    """Stored and accepted in one transaction, then waited for without a thread or a connection."""
    content = await anyio.to_thread.run_sync(read_at_most, file, settings.max_upload_bytes)
    stored, run_id = await anyio.to_thread.run_sync(_accept, services, settings, caller, file.filename or "", content)
    run = await ended_run(request.app.state.hub, run_id, user_id=caller.id, seconds=settings.wait_seconds)
    if run.status in ("failed", "cancelled"):
        await anyio.to_thread.run_sync(_refuse, services, run, stored.upload.id, caller.id)
    reading = await anyio.to_thread.run_sync(_reading, run, caller.id)
    return CvUploaded(
        message="CV uploaded and read" if reading.profile else "CV uploaded; it is still being read",
        filename=stored.upload.filename,
        parsed_cv=parsed_cv(reading.profile) if reading.profile else None,
        file_size=stored.blob.size,
        content_type=stored.blob.content_type,
        cv_text_length=len(reading.plain_text),
        uploaded_at=stored.upload.created_at,
    )


@router.get("/cv/parsed")
def get_parsed_cv(session: Tx, caller: CurrentCaller) -> dict[str, Any]:
    return parsed_cv(resume_corrections.newest(session, caller.id).profile or {})


@router.put("/cv/parsed")
def correct_parsed_cv(session: Tx, caller: CurrentCaller, body: CvCorrection) -> dict[str, Any]:
    """The client saves by itself while somebody types: what did not change is not written."""
    profile = resume_corrections.newest(session, caller.id).profile or {}
    changes = body.changes(profile)
    return parsed_cv(resume_corrections.correct(session, caller.id, changes) if changes else profile)


def _accept(
    services: Services, settings: Settings, caller: Caller, filename: str, data: bytes
) -> tuple[StoredUpload, UUID]:
    policy = UploadPolicy("agent", (".pdf", ".docx", ".txt"), settings.max_upload_bytes)
    with transaction() as session:
        stored = resume_uploads.store(
            session, services.storage, policy, user_id=caller.id, filename=filename, data=data
        )
        accepted = analyses.start(session, stored.upload.id, user_id=caller.id, least_characters=_MIN_CHARACTERS)
        return stored, accepted.run_id


def _refuse(services: Services, run: Run, upload_id: int, user_id: int) -> NoReturn:
    """Nothing of it is kept: this door has no way to delete it, and who tries again sends the file again."""
    with transaction() as session:
        key = analyses.forget_upload(session, upload_id, user_id=user_id)
    with transaction() as session:
        resume_uploads.free_bytes(session, services.storage, key)
    raise _refusal(run)


def _refusal(run: Run) -> AppError:
    """What the file is at fault for is the person's to change; the rest is ours, and worth another try."""
    if run.status == "cancelled":
        return Unprocessable("The reading of this CV was cancelled. Send the file again.", code="CANCELLED")
    message = run.error_message or "The CV could not be read. Send it again."
    if run.error_code == analyses.TOO_SHORT:
        return BadRequest(message, code=run.error_code)
    if run.error_code in _AT_FAULT:
        return Unprocessable(message, code=run.error_code)
    return Unavailable(message, code=run.error_code, headers={"Retry-After": "30"})


def _reading(run: Run, user_id: int) -> ResumeReading:
    """What was read. A worker that never came is our 503."""
    with transaction() as session:
        reading = resume_readings.of_run(session, run.id, user_id=user_id)
    if reading is None:
        raise Unavailable(
            "The CV is stored and waits for a free worker. Look again in a minute.", context={"run_id": str(run.id)}
        )
    return reading
