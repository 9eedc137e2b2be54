"""Taking a file from a multipart request: at most one byte more than the door allows is ever held."""

from typing import Annotated

from fastapi import Depends, File, UploadFile

from core.errors import BadRequest


def sent_file(
    file: Annotated[UploadFile | None, File()] = None, resume: Annotated[UploadFile | None, File()] = None
) -> UploadFile:
    """The uploaded file, under either name that clients use. Raises BadRequest without one."""
    chosen = file or resume
    if chosen is None:
        raise BadRequest("Send the résumé as a multipart field named file.", title="No file", context={"field": "file"})
    return chosen


def read_at_most(upload: UploadFile, limit: int) -> bytes:
    """The content, or the first `limit + 1` bytes of it: enough to see that it is too large."""
    return upload.file.read(limit + 1)


SentFile = Annotated[UploadFile, Depends(sent_file)]
