"""Uploaded résumés: checked before they are stored, stored before they are promised."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from core.errors import BadRequest, NotFound, TooLarge
from models.resume import Blob, ResumeUpload
from services.resumes.errors import ReadingError
from services.resumes.formats.detect import kind_of
from services.storage import Storage

_BYTES = 7316007  # the advisory locks behind which bytes of one content are written and deleted
_LINKEDIN = re.compile(r"https?://(www\.)?linkedin\.com/", re.IGNORECASE)


@dataclass(frozen=True)
class UploadPolicy:
    """What one door takes. `extensions` carry their dot, in lower case."""

    door: str
    extensions: tuple[str, ...]
    max_bytes: int

    @property
    def names(self) -> str:
        return ", ".join(extension.lstrip(".").upper() for extension in self.extensions)


@dataclass(frozen=True)
class StoredUpload:
    upload: ResumeUpload
    blob: Blob


def check(policy: UploadPolicy, filename: str, data: bytes) -> str:
    """Answer the content type of an acceptable file, judged by its bytes and its name together.

    Raises:
        TooLarge, BadRequest: with what to do about it.
    """
    megabytes = policy.max_bytes // (1024 * 1024)
    if len(data) > policy.max_bytes:
        raise TooLarge(
            f"The file is larger than {megabytes} MB. Export a smaller PDF and try again.",
            title="File too large",
            context={"max_size_mb": megabytes},
        )
    if not data:
        raise BadRequest("The file is empty. Choose another one.", title="Empty file", code="EMPTY_FILE")
    extension = PurePath(filename).suffix.lower()
    if extension not in policy.extensions:
        raise _refused(f"Only {policy.names} files are accepted.")
    try:
        kind = kind_of(data)
    except ReadingError as error:
        raise _refused(error.message, error.error_code) from error
    if kind not in _KINDS[extension]:
        raise _refused(f"The file is named {extension} but its content is not. Export it again as {policy.names}.")
    return _CONTENT_TYPES[extension]


def store(
    session: Session,
    storage: Storage,
    policy: UploadPolicy,
    *,
    user_id: int,
    filename: str,
    data: bytes,
    linkedin_url: str | None = None,
) -> StoredUpload:
    """Keep the bytes once per content and one upload row per act of uploading. Raises as `check` does."""
    name = _safe_name(filename)
    content_type = check(policy, name, data)
    if linkedin_url and not _LINKEDIN.match(linkedin_url):
        raise BadRequest(
            "The LinkedIn address must start with https://linkedin.com/ or https://www.linkedin.com/.",
            title="Invalid LinkedIn URL",
            context={"field": "linkedin_url"},
        )
    digest = hashlib.sha256(data).hexdigest()
    session.execute(select(func.pg_advisory_xact_lock_shared(_BYTES, _lock_number(digest))))
    storage.put(digest, data)
    blob = _blob(session, digest, len(data), content_type)
    upload = ResumeUpload(
        user_id=user_id, blob_id=blob.id, filename=name, linkedin_url=linkedin_url or None, door=policy.door
    )
    session.add(upload)
    session.flush()
    session.refresh(upload)
    return StoredUpload(upload, blob)


def get(session: Session, upload_id: int, *, user_id: int) -> StoredUpload:
    """Raises NotFound, for a foreign id too."""
    row = session.execute(
        select(ResumeUpload, Blob)
        .join(Blob, Blob.id == ResumeUpload.blob_id)
        .where(ResumeUpload.id == upload_id, ResumeUpload.user_id == user_id)
    ).one_or_none()
    if row is None:
        raise NotFound("There is no such upload.", title="Upload not found", context={"upload_id": upload_id})
    return StoredUpload(*row)


def list_of_user(session: Session, user_id: int, *, limit: int = 100, offset: int = 0) -> Sequence[StoredUpload]:
    """Newest first."""
    rows = session.execute(
        select(ResumeUpload, Blob)
        .join(Blob, Blob.id == ResumeUpload.blob_id)
        .where(ResumeUpload.user_id == user_id)
        .order_by(ResumeUpload.created_at.desc(), ResumeUpload.id.desc())
        .limit(limit)
        .offset(offset)
    )
    return [StoredUpload(*row) for row in rows]


def delete_row(session: Session, upload_id: int, *, user_id: int) -> str:
    """Delete the row, and that of its bytes when no other upload names them. Answers their key. Raises NotFound."""
    stored = get(session, upload_id, user_id=user_id)
    session.execute(delete(ResumeUpload).where(ResumeUpload.id == upload_id))
    # Locked first, asked afterwards: one statement would not see an upload that named the bytes while it waited.
    session.execute(select(Blob.id).where(Blob.id == stored.blob.id).with_for_update())
    session.execute(delete(Blob).where(Blob.id == stored.blob.id, _unnamed()))
    return stored.blob.sha256


def free_bytes(session: Session, storage: Storage, key: str) -> bool:
    """Delete stored bytes that no row names: after the transaction that took the row away, never inside it.

    Someone who uploads the same content begins after this or is left alone. Answers whether the bytes are gone.
    """
    alone = session.scalar(select(func.pg_try_advisory_xact_lock(_BYTES, _lock_number(key))))
    if not alone or session.scalar(select(Blob.id).where(Blob.sha256 == key)) is not None:
        return False
    storage.delete(key)
    return True


def forget_orphans(session: Session, storage: Storage, *, before: float) -> int:
    """Delete stored bytes that no row names, older than `before` (seconds since 1970); answers how many.

    They come from uploads whose transaction failed after the bytes were written.
    """
    # In two statements, as in `delete_row`; rows that somebody holds right now are looked at the next time.
    unnamed = session.scalars(select(Blob.id).where(_unnamed()).with_for_update(skip_locked=True)).all()
    session.execute(delete(Blob).where(Blob.id.in_(unnamed), _unnamed()))
    return sum(
        free_bytes(session, storage, key)
        for key in storage.keys_before(before)
        if session.scalar(select(Blob.id).where(Blob.sha256 == key)) is None
    )


# "Save as Word 97" of many programs writes XML or RTF under the old extension; people cannot know.
_KINDS = {".pdf": ("pdf",), ".docx": ("docx",), ".doc": ("doc", "wordml", "rtf"), ".txt": ("txt",)}
_CONTENT_TYPES = {
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".doc": "application/msword",
    ".txt": "text/plain",
}


def _unnamed() -> ColumnElement[bool]:
    return ~select(ResumeUpload.id).where(ResumeUpload.blob_id == Blob.id).exists()


def _lock_number(digest: str) -> int:
    """The first 31 bits of a hash: what an advisory lock takes as its second number."""
    return int(digest[:8], 16) >> 1


def _refused(message: str, code: str = "unsupported_type") -> BadRequest:
    return BadRequest(message, title="Unsupported file", code=code, context={"field": "file"})


def _safe_name(filename: str) -> str:
    """The last path part without control characters, at most 200 characters."""
    name = PurePath(filename.replace("\\", "/")).name
    return "".join(char for char in name if char.isprintable())[-200:] or "resume"


def _blob(session: Session, digest: str, size: int, content_type: str) -> Blob:
    """The row of these bytes, new or not, locked: nobody takes it away before our upload names it."""
    row = insert(Blob).values(sha256=digest, size=size, content_type=content_type, scan_status="clean")
    # An update that changes nothing, for its lock: a row that was merely looked at may be gone in the next statement.
    locked = row.on_conflict_do_update(index_elements=["sha256"], set_={"size": row.excluded.size}).returning(Blob)
    return session.scalars(locked, execution_options={"populate_existing": True}).one()
