"""A whole answer, and what its status means."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from core.errors import Transient
from scrapers.errors import Gone, UnexpectedStatus, UnreadableAnswer

_GONE = frozenset({404, 410})
_LATER = frozenset({408, 425, 429})
_CHARSET = re.compile(r"charset=[\"']?([\w.:-]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Answer:
    """`content` is decoded and within the cap. `from_cache` says the board answered 304 and the body is last time's."""

    url: str
    status: int
    headers: Mapping[str, str]
    content: bytes
    from_cache: bool = False

    @property
    def text(self) -> str:
        named = _CHARSET.search(self.headers.get("content-type", ""))
        try:
            return self.content.decode(named.group(1) if named else "utf-8-sig", errors="replace")
        except LookupError:
            return self.content.decode("utf-8", errors="replace")

    def json(self) -> Any:
        try:
            return json.loads(self.content)
        except (ValueError, RecursionError) as error:
            start = self.content[:64].lstrip()[:1]
            what = "an HTML page" if start == b"<" else "cut or broken JSON"
            context = {"reason": "html" if start == b"<" else "json", "bytes": len(self.content)}
            raise UnreadableAnswer(f"JSON was expected; {what} came.", context=context) from error


def raise_for_status(answer: Answer) -> Answer:
    """Hand a 2xx through; raise `Transient`, `Gone` or `UnexpectedStatus` for the rest."""
    status = answer.status
    if 200 <= status < 300:  # noqa: PLR2004 - the statuses of success
        return answer
    if status in _LATER or status >= 500:  # noqa: PLR2004 - the server's own failures
        wait = retry_after(answer.headers, datetime.now(UTC))
        raise Transient(f"The board answered {status}.", retry_after=wait, code=f"STATUS_{status}")
    error = Gone if status in _GONE else UnexpectedStatus
    raise error(f"The board answered {status}.", context={"status": status, "reason": "status"})


def retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
    """Seconds, from either form of the header; None when absent or unreadable."""
    value = headers.get("retry-after", "").strip()
    if value.isdigit():
        return float(value)
    try:
        moment = parsedate_to_datetime(value)
    except (TypeError, ValueError):
        return None
    return max(0.0, (moment.replace(tzinfo=moment.tzinfo or UTC) - now).total_seconds())
