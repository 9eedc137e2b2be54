"""One exception type in, one body per door out. The framework's own errors take the same road."""

from collections.abc import Sequence
from typing import Any

from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import DataError, DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse

from api.door import Door
from core.errors import AppError, BadRequest, Forbidden, NotFound, TooLarge, Unauthenticated, Unavailable, Unprocessable

_BY_STATUS: dict[int, type[AppError]] = {
    400: BadRequest,
    401: Unauthenticated,
    403: Forbidden,
    404: NotFound,
    413: TooLarge,
}


class MethodNotAllowed(AppError):
    status, code, title = 405, "METHOD_NOT_ALLOWED", "Method not allowed"


def respond(door: Door, error: AppError) -> JSONResponse:
    headers = dict(error.headers)
    if error.status == 401:  # noqa: PLR2004 — the status that RFC 9110 ties to this header
        headers.setdefault("WWW-Authenticate", "Bearer")
    return JSONResponse(door.render(error), status_code=error.status, headers=headers)


def from_validation(door: Door, error: RequestValidationError) -> AppError:
    """The failing fields, without the values: those may be a password or a résumé."""
    problems = [{"loc": list(one["loc"]), "msg": one["msg"], "type": one["type"]} for one in error.errors()]
    return _malformed(door)(_first_problem(problems), code="VALIDATION_ERROR", context={"errors": problems})


def _malformed(door: Door) -> type[AppError]:
    return BadRequest if door.validation_status == 400 else Unprocessable  # noqa: PLR2004 — analyzer's contract


def from_http(error: HTTPException) -> AppError:
    if error.status_code == 405:  # noqa: PLR2004
        return MethodNotAllowed("This path does not take that method.", headers=error.headers)
    kind = _BY_STATUS.get(error.status_code)
    if kind is None:
        return AppError(str(error.detail))
    message = "There is nothing at this path." if kind is NotFound else str(error.detail)
    return kind(message, headers=error.headers)


def from_crash(door: Door, error: Exception) -> AppError:
    """A database that is away is a 503 a client may retry, a value that it cannot hold (a NUL, a number of thirty
    digits) is the request's fault; anything else is a bug and says nothing of its inside.
    """
    if isinstance(error, DataError):
        return _malformed(door)("A value in this request is out of range.", code="VALIDATION_ERROR")
    if isinstance(error, PoolTimeout) or (isinstance(error, DBAPIError) and _is_connection_trouble(error)):
        return Unavailable("The database is not reachable right now. Try again shortly.", headers={"Retry-After": "2"})
    return AppError("Something went wrong on our side. Try again; if it stays, tell us the request id.")


def _is_connection_trouble(error: DBAPIError) -> bool:
    return error.connection_invalidated or type(error).__name__ in ("OperationalError", "InterfaceError")


def _first_problem(problems: Sequence[dict[str, Any]]) -> str:
    if not problems:
        return "The request is malformed."
    place = ".".join(str(part) for part in problems[0]["loc"][1:]) or "body"
    return f"{place}: {problems[0]['msg']}"
