"""What a handler asks for in its signature."""

from collections.abc import Iterator
from typing import Annotated

from fastapi import Depends, Header, Request
from sqlalchemy.orm import Session

from core.db import transaction
from core.settings import Settings, get_settings
from services.wiring import Services


def unit_of_work() -> Iterator[Session]:
    with transaction() as session:
        yield session


# "function" scope: the commit happens before the answer is sent, so a failed commit cannot answer 202.
Tx = Annotated[Session, Depends(unit_of_work, scope="function")]
Config = Annotated[Settings, Depends(get_settings)]


def wired(request: Request) -> Services:
    services: Services = request.app.state.services
    return services


Wired = Annotated[Services, Depends(wired)]
IdempotencyKey = Annotated[str | None, Header(alias="Idempotency-Key", min_length=1, max_length=200)]
