"""What can go wrong while reading a file, in words a person can act on."""

from enum import StrEnum

from core.errors import AppError


class Reason(StrEnum):
    ENCRYPTED = "encrypted"
    NO_TEXT = "no_text"
    CORRUPT = "corrupt"
    TOO_LARGE = "too_large"
    UNSUPPORTED_TYPE = "unsupported_type"
    TIMEOUT = "timeout"


ADVICE = {
    Reason.ENCRYPTED: "This file is locked with a password. Save a copy without one and upload that.",
    Reason.NO_TEXT: (
        "No text was found: the pages look like pictures. "
        "Export the résumé from the program that made it, or run text recognition (OCR) on it first."
    ),
    Reason.CORRUPT: (
        "This file is damaged or incomplete. Open it, save it again as PDF or DOCX, and upload the new copy."
    ),
    Reason.TOO_LARGE: "This file unpacks to more than a résumé needs. Remove pictures or pages and upload it again.",
    Reason.UNSUPPORTED_TYPE: "This is not a file we can read. Upload a PDF, DOCX, DOC, ODT, RTF or plain text file.",
    Reason.TIMEOUT: "Reading this file took too long. Save it again as a plain PDF or DOCX and upload the new copy.",
}


class ReadingError(AppError):
    """The file cannot be read, and trying again will not help. `reason` is also `error_code`."""

    status, code, title = 422, Reason.CORRUPT.value, "The file could not be read"

    def __init__(self, reason: Reason | str, detail: str = "") -> None:
        self.reason = Reason(reason)
        context = {"reason": self.reason.value} | ({"detail": detail} if detail else {})
        super().__init__(ADVICE[self.reason], code=self.reason.value, context=context)

    def __reduce__(self) -> tuple[type["ReadingError"], tuple[str, str]]:
        return ReadingError, (self.reason.value, str(self.context.get("detail", "")))
