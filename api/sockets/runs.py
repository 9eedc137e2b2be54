"""`WS /api/v1/ws/runs`: a user's run events, live and resumable.

The client authenticates within five seconds (`?token=`, the session cookie, or a first frame `{"type": "auth", "token",
"last_event_id"}`), is told where it stands (`{"type": "ready"}`), then gets one frame an event.
"""

import asyncio
import contextlib
from typing import Any

import anyio.to_thread
from fastapi import APIRouter, WebSocket, WebSocketDisconnect
from pydantic import BaseModel, Field

from api.auth import COOKIE, require_same_origin
from api.sockets.hub import LAST_POSSIBLE_ID, Hub, Subscription
from api.sockets.tasks import end
from core.db import transaction
from core.errors import AppError
from core.settings import Settings
from services import accounts
from services.identity import read_access_token

_AUTH_SECONDS = 5.0
_SEND_SECONDS = 10.0
_PING_SECONDS = 25.0
_POLICY_VIOLATION = 1008
_TRY_AGAIN_LATER = 1013

router = APIRouter()


class _LogIn(BaseModel):
    """What a client says first, in the address or in a frame."""

    token: str = ""
    last_event_id: int = Field(0, ge=0, le=LAST_POSSIBLE_ID)


@router.websocket("/api/v1/ws/runs")
async def follow_runs(socket: WebSocket) -> None:
    await socket.accept()
    settings: Settings = socket.app.state.settings
    hub: Hub = socket.app.state.hub
    try:
        async with asyncio.timeout(_AUTH_SECONDS):
            token, after = await _credentials(socket, settings)
        user_id = await anyio.to_thread.run_sync(_user_id, settings, token)
    except (AppError, TimeoutError, ValueError, KeyError):  # a ValidationError is a ValueError
        await _refuse(socket, "Authenticate within five seconds with a valid token.", _POLICY_VIOLATION)
        return
    except WebSocketDisconnect:
        return
    if hub.count(user_id) >= settings.sockets_per_user:
        await _refuse(socket, "Too many open sockets for this account. Close one and try again.", _TRY_AGAIN_LATER)
        return
    async with hub.subscribe(user_id, after) as news:
        with contextlib.suppress(WebSocketDisconnect, TimeoutError, RuntimeError):
            await _send(socket, {"type": "ready", "last_event_id": after})
            await _until_either_ends(_push(socket, news), _drain(socket))


async def _credentials(socket: WebSocket, settings: Settings) -> tuple[str, int]:
    """The token and the last event the client saw. Raises ValueError, KeyError (a binary frame), AppError."""
    asked = _LogIn.model_validate(dict(socket.query_params))
    if not asked.token and (cookie := socket.cookies.get(COOKIE)):
        require_same_origin(socket, settings)
        asked.token = cookie
    if not asked.token:
        frame = _LogIn.model_validate_json(await socket.receive_text())
        return frame.token, frame.last_event_id or asked.last_event_id
    return asked.token, asked.last_event_id


def _user_id(settings: Settings, token: str) -> int:
    claims = read_access_token(settings, token)
    with transaction() as session:
        return accounts.holder(session, claims).id


async def _push(socket: WebSocket, news: Subscription) -> None:
    while True:
        try:
            async with asyncio.timeout(_PING_SECONDS):
                event = await news.next()
        except TimeoutError:
            await _send(socket, {"type": "ping"})
        else:
            await _send(socket, {"type": "run", **event.to_json()})


async def _drain(socket: WebSocket) -> None:
    """Read and forget what the client sends: only so is its leaving noticed."""
    while (await socket.receive())["type"] != "websocket.disconnect":
        pass


async def _until_either_ends(*parts: Any) -> None:
    tasks = [asyncio.create_task(part) for part in parts]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        await end(tasks)


async def _send(socket: WebSocket, frame: dict[str, Any]) -> None:
    """A client that takes ten seconds over one frame is dropped; it resumes from its last event."""
    async with asyncio.timeout(_SEND_SECONDS):
        await socket.send_json(frame)


async def _refuse(socket: WebSocket, message: str, code: int) -> None:
    with contextlib.suppress(RuntimeError, WebSocketDisconnect):
        await socket.send_json({"type": "error", "message": message})
        await socket.close(code)
