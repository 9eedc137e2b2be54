"""`/api/v1/resume`: upload a résumé, poll what was read from it, see what it suggests for the profile."""

from fastapi import APIRouter

from api.auth import CurrentCaller
from api.copilot.schemas_resume import ResumeStatus, ResumeUploaded
from api.deps import Config, Tx, Wired
from api.limits import limited
from api.uploading import SentFile, read_at_most
from core.errors import BadRequest, TooLarge
from services import accounts, analyses, resume_uploads
from services.resume_uploads import UploadPolicy

router = APIRouter(prefix="/api/v1/resume", tags=["copilot: resume"])


@router.post("/upload", status_code=202, dependencies=[limited("analyzer_start")])
def upload(session: Tx, caller: CurrentCaller, services: Wired, settings: Config, file: SentFile) -> ResumeUploaded:
    """Stored and accepted in one transaction. A file that is too large is a 400 at this door. It starts an analysis, so
    it counts with the analyzer's: a second door must not double them.
    """
    policy = UploadPolicy("copilot", (".pdf", ".docx", ".doc"), settings.max_upload_bytes)
    data = read_at_most(file, policy.max_bytes)
    try:
        stored = resume_uploads.store(
            session, services.storage, policy, user_id=caller.id, filename=file.filename or "", data=data
        )
    except TooLarge as error:
        raise BadRequest(error.message, title=error.error_title, context=error.context) from error
    skills = accounts.profile(session, caller.id).skills
    analyses.start(session, stored.upload.id, user_id=caller.id, skills_before=skills)
    return ResumeUploaded.of(stored)


@router.get("/{upload_id}/status")
def status(session: Tx, caller: CurrentCaller, upload_id: int) -> ResumeStatus:
    stored = resume_uploads.get(session, upload_id, user_id=caller.id)
    return ResumeStatus.of(stored, analyses.latest_of_upload(session, upload_id, user_id=caller.id))
