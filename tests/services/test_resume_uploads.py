"""Uploads: judged by their bytes, kept once, gone without a trace when refused."""

import time
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.errors import BadRequest, NotFound, TooLarge, Unavailable
from models.resume import Blob, ResumeUpload
from models.user import User
from services import resume_uploads
from services.resume_uploads import StoredUpload, UploadPolicy
from services.storage import FolderStorage

POLICY = UploadPolicy("analyzer", (".pdf", ".doc", ".docx"), 2 * 1024 * 1024)
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


@pytest.fixture
def storage(tmp_path: Path) -> FolderStorage:
    return FolderStorage(tmp_path / "blobs")


@pytest.fixture
def user_id(session: Session) -> int:
    user = User(email="ada@example.org", username="ada")
    session.add(user)
    session.flush()
    return user.id


def _store(
    session: Session, storage: FolderStorage, user_id: int, data: bytes = PDF, name: str = "cv.pdf", link: str = ""
) -> StoredUpload:
    return resume_uploads.store(
        session, storage, POLICY, user_id=user_id, filename=name, data=data, linkedin_url=link or None
    )


def _files(storage: FolderStorage) -> list[str]:
    return list(storage.keys_before(time.time() + 60))


def test_an_upload_is_stored_and_found_again(session: Session, storage: FolderStorage, user_id: int) -> None:
    stored = _store(session, storage, user_id, link="https://www.linkedin.com/in/ada")
    assert storage.get(stored.blob.sha256) == PDF
    found = resume_uploads.get(session, stored.upload.id, user_id=user_id)
    assert (found.upload.filename, found.blob.content_type) == ("cv.pdf", "application/pdf")


def test_the_same_bytes_are_kept_once(session: Session, storage: FolderStorage, user_id: int) -> None:
    _store(session, storage, user_id)
    _store(session, storage, user_id, name="again.pdf")
    assert session.scalar(select(func.count()).select_from(Blob)) == 1
    assert len(resume_uploads.list_of_user(session, user_id)) == 2
    assert len(_files(storage)) == 1


@pytest.mark.parametrize(
    ("data", "name", "error", "code"),
    [
        (b"", "cv.pdf", BadRequest, "EMPTY_FILE"),
        (PDF + b"0" * POLICY.max_bytes, "cv.pdf", TooLarge, "TOO_LARGE"),
        (PDF, "cv.exe", BadRequest, "unsupported_type"),
        (PDF, "cv", BadRequest, "unsupported_type"),
        (PDF, "cv.docx", BadRequest, "unsupported_type"),
        (b"MZ\x90\x00 an executable", "cv.pdf", BadRequest, "unsupported_type"),
        (b"\x89PNG\r\n\x1a\n", "cv.docx", BadRequest, "unsupported_type"),
        (b"PK\x03\x04 half a zip", "cv.docx", BadRequest, "corrupt"),
        (b"  \n\t ", "cv.docx", BadRequest, "no_text"),
        (b"plain words", "cv.pdf", BadRequest, "unsupported_type"),
    ],
)
def test_a_refused_file_leaves_nothing(
    session: Session,
    storage: FolderStorage,
    user_id: int,
    data: bytes,
    name: str,
    error: type[BadRequest | TooLarge],
    code: str,
) -> None:
    with pytest.raises(error) as refused:
        _store(session, storage, user_id, data, name)
    assert refused.value.error_code == code
    assert _files(storage) == []
    assert session.scalar(select(func.count()).select_from(ResumeUpload)) == 0


STARTS = [b"", b"%PDF-1.4\n", b"PK\x03\x04", b"{\\rtf1", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"<html>", b"\xff\xfe"]


@settings(max_examples=300, deadline=None)
@given(
    data=st.builds(bytes.__add__, st.sampled_from(STARTS), st.binary(max_size=300)),
    name=st.one_of(st.text(max_size=400), st.sampled_from(["a.pdf", "a.DOCX", "a.doc", ".pdf", "a.pdf."])),
)
def test_any_file_under_any_name_is_taken_by_its_content_or_refused_in_words(data: bytes, name: str) -> None:
    kind = None
    with suppress(BadRequest, TooLarge):
        kind = resume_uploads.check(POLICY, name, data)
    assert kind is None or (kind.startswith("application/") and name.lower().endswith(POLICY.extensions))


@pytest.mark.parametrize("link", ["javascript:alert(1)", "https://linkedin.com.evil.example/in/x", "linkedin.com/in/x"])
def test_only_linkedin_is_linkedin(session: Session, storage: FolderStorage, user_id: int, link: str) -> None:
    with pytest.raises(BadRequest):
        _store(session, storage, user_id, link=link)


@pytest.mark.parametrize(
    ("sent", "kept"),
    [("../../etc/passwd.pdf", "passwd.pdf"), ("C:\\cv\\me.pdf", "me.pdf"), ("a\x00b\n.pdf", "ab.pdf")],
)
def test_a_name_is_only_a_name(session: Session, storage: FolderStorage, user_id: int, sent: str, kept: str) -> None:
    assert _store(session, storage, user_id, name=sent).upload.filename == kept


def test_a_foreign_upload_is_a_missing_upload(session: Session, storage: FolderStorage, user_id: int) -> None:
    stored = _store(session, storage, user_id)
    with pytest.raises(NotFound) as foreign:
        resume_uploads.get(session, stored.upload.id, user_id=user_id + 1)
    with pytest.raises(NotFound) as missing:
        resume_uploads.get(session, stored.upload.id + 1, user_id=user_id)
    assert foreign.value.message == missing.value.message


def test_orphans_are_forgotten_and_named_files_stay(session: Session, storage: FolderStorage, user_id: int) -> None:
    kept = _store(session, storage, user_id)
    storage.put("ff" * 32, b"of a transaction that failed")
    assert resume_uploads.forget_orphans(session, storage, before=time.time() - 3600) == 0
    assert resume_uploads.forget_orphans(session, storage, before=time.time() + 60) == 1
    assert _files(storage) == [kept.blob.sha256]


def test_a_store_that_cannot_be_written_to_is_a_503(tmp_path: Path) -> None:
    (tmp_path / "blobs").write_text("a file where a folder should be")
    with pytest.raises(Unavailable):
        FolderStorage(tmp_path / "blobs").put("ab" * 32, b"x")
