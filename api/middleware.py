"""What every request passes before a door opens: a size limit, a request id, safe headers, a rendered error."""

import asyncio
import contextlib
import secrets

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.door import Doors
from api.errors import from_crash, respond
from core.clock import utc_now
from core.errors import TooLarge
from core.log import get_logger

log = get_logger(__name__)

_LINGER_SECONDS = 10.0
_SAFE_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Cache-Control": "no-store",  # most answers are somebody's own, and some are tokens
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}
_PAGES = ("/docs", "/redoc")  # they load scripts
_HSTS = "max-age=31536000"


class RequestFrame:
    """Gives each request an id (in the log and in `X-Request-Id`), the safe headers, and a rendered 500 at worst."""

    def __init__(self, app: ASGIApp, doors: Doors, *, encrypted: bool) -> None:
        self._app = app
        self._doors = doors
        self._safe = _SAFE_HEADERS | ({"Strict-Transport-Security": _HSTS} if encrypted else {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = secrets.token_hex(8)
        scope.setdefault("state", {})["arrived_at"] = utc_now()
        started = False

        async def send_framed(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                headers = MutableHeaders(scope=message)
                headers["X-Request-Id"] = request_id
                for name, value in self._safe.items():
                    if name != "Content-Security-Policy" or scope["path"] not in _PAGES:
                        headers.setdefault(name, value)
            await send(message)

        with structlog.contextvars.bound_contextvars(request_id=request_id):
            try:
                await self._app(scope, receive, send_framed)
            except Exception as error:
                log.exception("request_crashed", route=_route_of(scope), error=type(error).__name__)
                if started:
                    raise
                door = self._doors.of(scope["path"])
                await respond(door, from_crash(door, error))(scope, receive, send_framed)


def _route_of(scope: Scope) -> str:
    """The path as it was declared: as it was asked for, it may hold somebody's address."""
    return str(getattr(scope.get("route"), "path", "unknown"))


class _BodyTooLargeError(Exception):
    """Ends the reading of a body. It never leaves this file."""


class BodyLimit:
    """Stops reading a body at `limit` bytes, whether it was announced or chunked, and answers 413.

    A form is an upload: its door says what too large a file is, and the answer names the limit of files.
    """

    def __init__(self, app: ASGIApp, doors: Doors, limit: int, upload_limit: int) -> None:
        self._app = app
        self._doors = doors
        self._limit = limit
        self._upload_limit = upload_limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        announced = Headers(scope=scope).get("content-length", "")
        if announced.isdigit() and int(announced) > self._limit:
            await self._refuse(scope, receive, send)
            return
        await self._count(scope, receive, send)

    async def _count(self, scope: Scope, receive: Receive, send: Send) -> None:
        taken = 0
        too_large = started = False

        async def receive_counted() -> Message:
            nonlocal taken, too_large
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > self._limit:
                too_large = True
                raise _BodyTooLargeError
            return message

        async def send_unless_refused(message: Message) -> None:
            nonlocal started
            # A framework that swallowed our exception would answer 400 here; the true answer follows below.
            if not too_large or started:
                started = True
                await send(message)

        with contextlib.suppress(_BodyTooLargeError):
            await self._app(scope, receive_counted, send_unless_refused)
        if too_large and not started:
            await self._refuse(scope, receive, send)

    async def _refuse(self, scope: Scope, receive: Receive, send: Send) -> None:
        door = self._doors.of(scope["path"])
        upload = Headers(scope=scope).get("content-type", "").startswith("multipart/")
        kind = door.large_upload if upload else TooLarge
        megabytes = min(self._limit, self._upload_limit if upload else self._limit) // (1024 * 1024)
        error = kind(
            f"The request is larger than {megabytes} MB. Send a smaller file.",
            code=TooLarge.code,
            title="File too large",
            context={"max_size_mb": megabytes},
            headers={"Connection": "close"},
        )
        await respond(door, error)(scope, receive, _lingering(receive, send))


def _lingering(receive: Receive, send: Send) -> Send:
    """Answer at once, but close only when the client has heard: most read the answer after their last byte, and a
    connection closed before that is reset, which a browser shows as a network error. What still arrives is thrown away.
    """

    async def send_and_linger(message: Message) -> None:
        if message["type"] != "http.response.body":
            await send(message)
            return
        await send({**message, "more_body": True})
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_LINGER_SECONDS):
                while (await receive()).get("more_body", False):
                    pass
        await send({"type": "http.response.body", "body": b""})

    return send_and_linger
