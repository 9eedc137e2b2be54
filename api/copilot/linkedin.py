"""`/api/v1/linkedin/jobs`: off unless the operator turned it on, and then by the same machinery as every board."""

from uuid import UUID

import anyio.to_thread
from fastapi import APIRouter, Request
from pydantic import BaseModel

from api.auth import CurrentCaller, WaitingCaller
from api.copilot.ingestion import Word
from api.copilot.schemas_jobs import Url
from api.deps import Config, Tx
from api.limits import limited
from api.sockets.waiting import ended_run
from core.db import transaction
from core.errors import Unavailable
from core.settings import Settings
from models.run import Run
from services import board_searches, linkedin
from services.board_searches import Wanted

router = APIRouter(prefix="/api/v1/linkedin/jobs", tags=["copilot: linkedin"])


class SearchRequest(BaseModel):
    keywords: Word
    location: Word


class SearchStarted(BaseModel):
    task_id: UUID
    status: str = "queued"
    message: str


class PageRequest(BaseModel):
    job_url: Url


class PageText(BaseModel):
    description: str


@router.post("/scrape", status_code=202, dependencies=[limited("job_ingestion")])
def search_jobs(session: Tx, caller: CurrentCaller, settings: Config, body: SearchRequest) -> SearchStarted:
    """What is found goes into the catalogue."""
    linkedin.require_on(settings)
    wanted = Wanted((linkedin.SOURCE,), (body.keywords,), body.location, 100)
    asked = board_searches.request(session, settings, wanted, user_id=caller.id)
    return SearchStarted(task_id=asked.run_id, message="Already asking LinkedIn" if asked.joined else "Asking LinkedIn")


@router.post("/description", dependencies=[limited("job_ingestion")])
@router.post("/details", dependencies=[limited("job_ingestion")])
async def read_description(request: Request, caller: WaitingCaller, settings: Config, body: PageRequest) -> PageText:
    """One job's text. The page is fetched by a worker; past the wait this answers 503."""
    run_id = await anyio.to_thread.run_sync(_request, settings, body.job_url, caller.id)
    run = await ended_run(request.app.state.hub, run_id, user_id=caller.id, seconds=settings.wait_seconds)
    return PageText(description=_described(run))


def _request(settings: Settings, url: str, user_id: int) -> UUID:
    with transaction() as session:
        return linkedin.request_page(session, settings, url, user_id=user_id)


def _described(run: Run) -> str:
    if run.status == "completed" and run.result is not None:
        return str(run.result["description"])
    if run.finished_at is not None:
        raise linkedin.BadGateway(run.error_message or "The page could not be read. Paste the text instead.")
    raise Unavailable("The page waits for a free worker. Try again in a minute.", context={"run_id": str(run.id)})
