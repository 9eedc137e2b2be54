"""`/api/matches`: the list, its statuses, and the letter for a match."""

from typing import Annotated

import anyio.to_thread
from fastapi import APIRouter, Query, Request, Response

from api.agent.schemas_postings import JobId as MatchId
from api.agent.schemas_work import (
    CoverLetter,
    JobView,
    MatchPage,
    MatchView,
    OneMatch,
    RefreshStarted,
    RefreshStatus,
    StatusChange,
    StatusChanged,
)
from api.auth import CurrentAdmin, CurrentCaller, WaitingCaller
from api.deps import Config, Tx, Wired
from api.limits import limited
from api.platform.schemas import RunAccepted
from api.sockets.waiting import ended_run
from core.clock import utc_now
from core.db import transaction
from core.errors import AppError
from core.settings import Settings
from models.match import GeneratedContent
from models.run import TERMINAL, Run
from services import cover_letters, matches, refreshing
from services.cover_letters import Requested
from services.matches import MatchFilter
from services.wiring import Services

router = APIRouter(prefix="/api/matches", tags=["agent: matches"])

Score = Annotated[float, Query(ge=0, le=100)]


@router.get("")
def list_matches(
    session: Tx,
    caller: CurrentCaller,
    min_score: Score = 50.0,
    max_score: Annotated[float | None, Query(ge=0, le=100)] = None,
    status: str | None = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
    offset: Annotated[int, Query(ge=0)] = 0,
) -> MatchPage:
    wanted = MatchFilter(min_score, max_score, status)
    rows, total = matches.list_of_user(session, caller.id, wanted, limit=limit, offset=offset)
    letters = cover_letters.newest(session, caller.id, [posting.id for _, posting in rows])
    views = [MatchView.of(match, posting, letters.get(posting.id)) for match, posting in rows]
    return MatchPage(matches=views, total=total, limit=limit, offset=offset)


@router.post("/refresh", dependencies=[limited("matches_refresh")])
def refresh_matches(session: Tx, caller: CurrentAdmin) -> RefreshStarted:
    """The caller's own. Everybody's are renewed when they send a CV or change their profile."""
    if refreshing.start(session, caller.id):
        return RefreshStarted(status="processing", message="Your matches are being scored anew.")
    return RefreshStarted(status="already_processing", message="Your matches are being scored already.")


@router.get("/refresh/status", response_model_exclude_unset=True)
def show_refresh(session: Tx, caller: CurrentCaller) -> RefreshStatus:
    return RefreshStatus.of(refreshing.status(session, caller.id, now=utc_now()))


@router.get("/{match_id}")
def get_match(session: Tx, caller: CurrentCaller, match_id: MatchId) -> OneMatch:
    match, posting = matches.with_posting(session, match_id, user_id=caller.id)
    letters = cover_letters.newest(session, caller.id, [posting.id])
    view = MatchView.of(match, posting, letters.get(posting.id))
    return OneMatch(match=view, job=JobView.of(posting, shortened=False))


@router.put("/{match_id}/status")
def change_status(session: Tx, caller: CurrentCaller, match_id: int, body: StatusChange) -> StatusChanged:
    changed = matches.set_status(session, match_id, body.status, user_id=caller.id, now=utc_now())
    return StatusChanged.of(changed)


@router.post(
    "/{match_id}/generate-cover-letter",
    responses={202: {"model": RunAccepted}},
    dependencies=[limited("generate_cover_letter")],
)
async def generate_cover_letter(
    request: Request, response: Response, caller: WaitingCaller, services: Wired, settings: Config, match_id: int
) -> CoverLetter | RunAccepted:
    """200 with the letter; past the wait, 202 with the run that is still writing it."""
    asked = await anyio.to_thread.run_sync(_request, services, settings, caller.id, match_id)
    if asked.content is not None:
        return CoverLetter.of(asked.content, cached=True)
    assert asked.run is not None
    run = await ended_run(request.app.state.hub, asked.run.run_id, user_id=caller.id, seconds=settings.wait_seconds)
    if run.status not in TERMINAL:
        response.status_code = 202
        return RunAccepted(run_id=run.id, status=run.status)
    return CoverLetter.of(await anyio.to_thread.run_sync(_written, run), cached=False)


def _request(services: Services, settings: Settings, user_id: int, match_id: int) -> Requested:
    with transaction() as session:
        asked = cover_letters.request(session, settings, user_id=user_id, match_id=match_id)
    services.cache_metrics.count("cover_letter", hit=asked.content is not None)
    return asked


def _written(run: Run) -> GeneratedContent:
    if run.status != "completed" or run.result is None:
        raise AppError(
            run.error_message or "The letter could not be written. Nothing was charged.", code=run.error_code
        )
    with transaction() as session:
        return cover_letters.get(session, run.result["content_id"])
