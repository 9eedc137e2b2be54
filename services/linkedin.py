"""LinkedIn's guest pages, which are off until the operator turns them on, and what may be asked of them then."""

import re
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

from sqlalchemy.orm import Session

from core.errors import AppError, BadRequest, Unavailable
from core.settings import Settings
from services.runs.accepting import NewRun, accept

SOURCE = "linkedin"
PIPELINE = "posting_page"
WHY_OFF = (
    "LinkedIn is off here: its user agreement and robots.txt forbid automated reading. An operator who has the right "
    "to turns it on by naming linkedin in HARVEST_SOURCES."
)
_HOST = "linkedin.com"
_IN_PATH = re.compile(r"/jobs/view/(?:[^/]*-)?(\d{4,20})/?$")
_ID = re.compile(r"\d{4,20}")


class BadGateway(AppError):
    status, code, title = 502, "FETCH_FAILED", "The page could not be read"


def is_on(settings: Settings) -> bool:
    return SOURCE in settings.harvest_sources or SOURCE in settings.harvest_base_urls


def require_on(settings: Settings) -> None:
    """Raises Unavailable, saying why it is off."""
    if not is_on(settings):
        raise Unavailable(WHY_OFF, code="SOURCE_OFF")


def request_page(session: Session, settings: Settings, url: str, *, user_id: int) -> UUID:
    """A run that reads the text of one posting. Only its id is taken from the address, so nothing else is reached.

    Raises BadRequest for an address of another host, one that names no posting, and while LinkedIn is off.
    """
    posting_id = _posting_id(settings, url)
    if not is_on(settings):
        raise BadRequest(WHY_OFF, code="SOURCE_OFF")
    return accept(session, NewRun(PIPELINE, {"source": SOURCE, "posting_id": posting_id}, user_id=user_id)).run_id


def _posting_id(settings: Settings, url: str) -> str:
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").lower()
    except ValueError:
        raise BadRequest("This is not an address.", code="HOST_NOT_ALLOWED") from None
    own = urlsplit(settings.harvest_base_urls.get(SOURCE, "")).hostname
    if parts.scheme not in ("http", "https") or not (host in (_HOST, own) or host.endswith("." + _HOST)):
        raise BadRequest("Only job pages of LinkedIn are read here.", code="HOST_NOT_ALLOWED")
    named = _IN_PATH.search(parts.path)
    found = named[1] if named else next(iter(parse_qs(parts.query).get("currentJobId", ())), "")
    if not _ID.fullmatch(found):
        raise BadRequest("This address names no job: it should end in /jobs/view/ and a number.", code="NO_JOB_ID")
    return found
