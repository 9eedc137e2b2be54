"""An application of a test's own settings, with a client, for tests of signing in."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from fastapi.testclient import TestClient

from api.app import create_app
from core.settings import Settings, get_settings
from services.wiring import Services

STRONG = "Correct-Horse-9-Battery"


@contextmanager
def entered(changes: dict[str, Any] | None = None, services: dict[str, Any] | None = None) -> Iterator[TestClient]:
    """The application as it is with these settings; `services` replaces some of the outside world."""
    settings: Settings = get_settings().model_copy(update=changes or {})
    app = create_app()
    app.state.settings = settings
    app.state.services = replace(Services.from_settings(settings), **(services or {}))
    app.dependency_overrides[get_settings] = lambda: settings
    yield TestClient(app, raise_server_exceptions=False)  # not entered: nothing here needs the socket hub


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}
