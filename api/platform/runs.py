"""`/api/v1/runs`: look at runs, follow them, cancel them, try them again, launch our own."""

import json
from collections.abc import AsyncIterator
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Header, Query, Request, Response
from sqlalchemy.orm import Session
from sse_starlette import EventSourceResponse, ServerSentEvent

from api.auth import Caller, CurrentAdmin, CurrentCaller
from api.deps import IdempotencyKey, Tx
from api.platform.schemas import HarvestRequest, RunAccepted, RunView, SelfcheckRequest
from api.sockets.hub import Hub
from core.errors import RateLimited
from models.run import TERMINAL
from services.runs import operating, reading
from services.runs.accepting import NewRun, accept

router = APIRouter(prefix="/api/v1/runs", tags=["runs"])

_A_MOMENT = {"Retry-After": "5"}


@router.get("")
def list_runs(
    session: Tx,
    caller: CurrentCaller,
    response: Response,
    pipeline: str | None = None,
    status: str | None = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    offset: Annotated[int, Query(ge=0)] = 0,
) -> list[RunView]:
    rows = reading.shown_of_user(session, caller.id, pipeline=pipeline, status=status, limit=limit, offset=offset)
    return [RunView.of(run, last_event_id) for run, last_event_id in rows]


@router.post("/selfcheck", status_code=202)
def start_selfcheck(
    session: Tx, caller: CurrentAdmin, body: SelfcheckRequest, idempotency_key: IdempotencyKey = None
) -> RunAccepted:
    return _accept(session, caller, "selfcheck", {"cost": body.cost}, idempotency_key, reserve=body.cost)


@router.post("/harvest", status_code=202)
def start_harvest(
    session: Tx, caller: CurrentAdmin, body: HarvestRequest, idempotency_key: IdempotencyKey = None
) -> RunAccepted:
    return _accept(session, caller, "harvest", {"sources": body.sources}, idempotency_key)


@router.post("/matching", status_code=202)
def start_matching(session: Tx, caller: CurrentCaller, idempotency_key: IdempotencyKey = None) -> RunAccepted:
    return _accept(session, caller, "matching", {}, idempotency_key)


@router.get("/{run_id}")
def get_run(session: Tx, caller: CurrentCaller, run_id: UUID) -> RunView:
    return RunView.of(*reading.shown(session, run_id, user_id=caller.id))


@router.post("/{run_id}/cancel")
def cancel_run(session: Tx, caller: CurrentCaller, run_id: UUID) -> RunView:
    operating.cancel(session, run_id, user_id=caller.id)
    return RunView.of(*reading.shown(session, run_id, user_id=caller.id))


@router.post("/{run_id}/retry", status_code=202)
def retry_run(session: Tx, caller: CurrentCaller, run_id: UUID) -> RunView:
    operating.retry(session, run_id, user_id=caller.id)
    return RunView.of(*reading.shown(session, run_id, user_id=caller.id))


@router.get("/{run_id}/events")
def stream_events(
    session: Tx,
    caller: CurrentCaller,
    request: Request,
    run_id: UUID,
    last_event_id: Annotated[int, Header(ge=0)] = 0,
) -> Response:
    """Server-sent events from `Last-Event-ID` on; the stream closes after the run's terminal event.

    A browser whose stream was closed asks again: 204 tells it that there is nothing more to come.
    """
    run, newest = reading.shown(session, run_id, user_id=caller.id)
    if run.status in TERMINAL and last_event_id >= newest:
        return Response(status_code=204)
    _refuse_one_too_many(request, caller)
    return EventSourceResponse(_events(request.app.state.hub, caller.id, run.id, last_event_id), ping=20)


def _refuse_one_too_many(request: Request, caller: Caller) -> None:
    """Streams and sockets of one account share one cap."""
    if request.app.state.hub.count(caller.id) >= request.app.state.settings.sockets_per_user:
        raise RateLimited("Too many open streams for this account. Close one and try again.", headers=_A_MOMENT)


async def _events(hub: Hub, user_id: int, run_id: UUID, after: int) -> AsyncIterator[ServerSentEvent]:
    async with hub.subscribe(user_id, after) as news:
        while True:
            event = await news.next()
            if event.run_id != run_id:
                continue
            frame = event.to_json()
            yield ServerSentEvent(id=str(event.id), event="run", data=json.dumps(frame))
            if event.is_terminal:
                return


def _accept(
    session: Session, caller: Caller, pipeline: str, payload: dict[str, object], key: str | None, *, reserve: int = 0
) -> RunAccepted:
    new = NewRun(pipeline=pipeline, payload=payload, user_id=caller.id, idempotency_key=key, reserve=reserve)
    accepted = accept(session, new)
    return RunAccepted(run_id=accepted.run_id, replayed=accepted.replayed)
