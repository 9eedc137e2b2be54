"""The application: four doors and our own, one error path, one place for each cross-cutting rule."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import anyio.to_thread
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import Response

from api.agent.door import AGENT
from api.analyzer.door import ANALYZER
from api.copilot.door import COPILOT
from api.door import Doors
from api.errors import from_http, from_validation, respond
from api.middleware import BodyLimit, RequestFrame
from api.platform.door import PLATFORM
from api.sockets.hub import Hub
from api.tracker.door import TRACKER
from core.clock import utc_now
from core.db import dispose
from core.errors import AppError
from core.log import get_logger
from core.settings import Settings, get_settings
from services.wiring import Services

log = get_logger(__name__)

DOORS = (AGENT, ANALYZER, COPILOT, TRACKER)
EXPOSED_HEADERS = ("Content-Disposition", "Retry-After", "X-Total-Count", "X-Status-Counts", "WWW-Authenticate")


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    settings: Settings = app.state.settings
    anyio.to_thread.current_default_thread_limiter().total_tokens = settings.api_threads
    async with app.state.hub.listening():
        yield
    dispose()


def create_app() -> FastAPI:
    settings = get_settings()
    doors = Doors((PLATFORM, *DOORS), fallback=PLATFORM)
    app = FastAPI(title="Offerline", version="0.1.0", lifespan=_lifespan, redirect_slashes=False)
    app.state.settings = settings
    app.state.doors = doors
    app.state.services = Services.from_settings(settings)
    app.state.hub = Hub(settings)
    app.state.started_at = utc_now()
    if settings.disable_auth:
        log.warning("auth_disabled", meaning="anybody on this machine may do anything at the copilot's door")
    for door in (PLATFORM, *DOORS):
        for router in door.routers:
            app.include_router(router)
    _add_error_handlers(app, doors)
    _add_middleware(app, settings, doors)
    return app


def _add_error_handlers(app: FastAPI, doors: Doors) -> None:
    @app.exception_handler(AppError)
    async def _ours(request: Request, error: AppError) -> Response:
        return respond(doors.of(request.url.path), error)

    @app.exception_handler(RequestValidationError)
    async def _validation(request: Request, error: RequestValidationError) -> Response:
        door = doors.of(request.url.path)
        return respond(door, from_validation(door, error))

    @app.exception_handler(HTTPException)
    async def _framework(request: Request, error: HTTPException) -> Response:
        return respond(doors.of(request.url.path), from_http(error))


def _add_middleware(app: FastAPI, settings: Settings, doors: Doors) -> None:
    """The last added is the outermost: CORS must dress the errors of the others too, or clients see a network error."""
    app.add_middleware(BodyLimit, doors=doors, limit=settings.max_body_bytes, upload_limit=settings.max_upload_bytes)
    app.add_middleware(RequestFrame, doors=doors, encrypted=settings.public_url.startswith("https://"))
    app.add_middleware(
        CORSMiddleware,
        allow_origins=list(settings.cors_origins),
        allow_credentials=True,
        allow_methods=["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"],
        allow_headers=["*"],
        expose_headers=list(EXPOSED_HEADERS),
    )
