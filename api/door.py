"""What a door is, and which door a path belongs to."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter

from core.errors import AppError, Forbidden, TooLarge

Render = Callable[[AppError], Mapping[str, Any]]


@dataclass(frozen=True)
class Door:
    """A published contract: its paths, its error body, its routers.

    `accepts_cookie` says whether the session cookie may stand in for a bearer token. `validation_status` is what a
    malformed request answers, `inactive` what an account that was switched off is told, `large_upload` what too large a
    file is. `needs_verified_email` says by method and path where an unproven address is not enough.
    """

    name: str
    prefixes: tuple[str, ...]
    render: Render
    routers: Sequence[APIRouter]
    accepts_cookie: bool = False
    validation_status: int = 422
    inactive: type[AppError] = Forbidden
    large_upload: type[AppError] = TooLarge
    needs_verified_email: Callable[[str, str], bool] = lambda method, path: False


class Doors:
    """Finds a path's door by its longest prefix, on segment boundaries."""

    def __init__(self, doors: Sequence[Door], fallback: Door) -> None:
        self._fallback = fallback
        self._by_prefix = sorted(
            ((prefix, door) for door in doors for prefix in door.prefixes), key=lambda pair: -len(pair[0])
        )

    def of(self, path: str) -> Door:
        for prefix, door in self._by_prefix:
            if path == prefix or path.startswith(prefix + "/"):
                return door
        return self._fallback
