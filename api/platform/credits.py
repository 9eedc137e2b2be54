"""`/api/v1/credits`: a person's balance and the lines it came from."""

from typing import Annotated

from fastapi import APIRouter, Query

from api.auth import CurrentCaller
from api.deps import Tx
from api.platform.schemas import Ledger, LedgerEntry
from services import credits

router = APIRouter(prefix="/api/v1/credits", tags=["credits"])


@router.get("/ledger")
def read_ledger(
    session: Tx,
    caller: CurrentCaller,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
    before: Annotated[int | None, Query(ge=1)] = None,
) -> Ledger:
    """Newest first; page with `before`."""
    balance = credits.balance(session, caller.id)
    entries = credits.ledger(session, caller.id, limit=limit, before=before)
    return Ledger(
        available=balance.available, reserved=balance.reserved, entries=[LedgerEntry.of(entry) for entry in entries]
    )
