"""The door to reading: bytes in, text with places out; text in, a profile out; whatever they are."""

import json
from datetime import date
from pathlib import PurePath
from types import TracebackType
from typing import Self

from services.resumes.errors import ReadingError, Reason
from services.resumes.jail.client import Jail
from services.resumes.jail.protocol import UNDERSTAND
from services.resumes.limits import FILE_BYTES
from services.resumes.profile import ResumeProfile
from services.resumes.text import ExtractedText

MEMORY_BYTES = 700 * 1024 * 1024
WALL_SECONDS = 20.0
RULES_SECONDS = 5.0  # a long résumé takes a tenth of one
NEVER_TEXT = frozenset({".pdf", ".docx", ".odt"})


class ResumeReader:
    """One for a process; safe between threads. Each file has `memory_bytes`, `wall_seconds` for the way to its text and
    `rules_seconds` from there to a profile.
    """

    def __init__(
        self,
        *,
        memory_bytes: int = MEMORY_BYTES,
        wall_seconds: float = WALL_SECONDS,
        rules_seconds: float = RULES_SECONDS,
    ) -> None:
        self._jail = Jail(memory_bytes=memory_bytes)
        self._wall_seconds, self._rules_seconds = wall_seconds, rules_seconds

    def extract(self, data: bytes, filename: str) -> ExtractedText:
        """Raises `ReadingError`. The type is read from the bytes; `filename` only serves the error's context."""
        try:
            text = self._read(data)
            _check_promise(text, filename)
        except ReadingError as error:
            error.context["filename"] = PurePath(filename).name
            raise
        return text

    def understand(self, text: ExtractedText, *, as_of: date) -> ResumeProfile:
        """`read_profile` within the same bounds. Raises `ReadingError` for a text that takes too much of either."""
        asked = json.dumps({"text": text.to_dict(), "as_of": as_of.isoformat()}, separators=(",", ":"))
        answer = self._jail.ask(asked.encode(), seconds=self._rules_seconds, work=UNDERSTAND)
        return ResumeProfile.from_dict(answer["profile"])

    def _read(self, data: bytes) -> ExtractedText:
        if len(data) > FILE_BYTES:
            raise ReadingError(Reason.TOO_LARGE, f"{len(data)} bytes")
        return ExtractedText.from_dict(self._jail.ask(data, seconds=self._wall_seconds)["text"])

    def close(self) -> None:
        self._jail.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _check_promise(text: ExtractedText, filename: str) -> None:
    """Text under a document's name is what is left of a document that did not survive."""
    if text.kind == "txt" and PurePath(filename).suffix.lower() in NEVER_TEXT:
        raise ReadingError(Reason.CORRUPT, "plain text where a document was promised")
