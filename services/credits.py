"""Credits: reserve before the work, settle with its last write. 1 credit = 1 cent, whole numbers only.

Each movement writes one ledger line whose deltas sum to the account's two balances, under a `source_ref` that is
unique per user, so that repeating a movement is impossible rather than forbidden.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from core.errors import PaymentRequired
from models.credit import CreditAccount, CreditEntry, CreditReservation


class Overrun(Exception):
    """A run tried to charge more than it had reserved."""


@dataclass(frozen=True)
class Balance:
    available: int
    reserved: int


def open_account(session: Session, *, user_id: int, grant: int = 0) -> None:
    """Give a new user an account, with a welcome grant when the operator offers one."""
    session.execute(insert(CreditAccount).values(user_id=user_id).on_conflict_do_nothing())
    if grant:
        add(session, user_id=user_id, amount=grant, kind="grant", source_ref="signup", note="Welcome credits")


def add(session: Session, *, user_id: int, amount: int, kind: str, source_ref: str, note: str = "") -> bool:
    """Mint credits once per `source_ref`; answers False when that source was minted before."""
    if amount <= 0:
        raise ValueError("credits are added in positive whole numbers")
    minted = session.execute(
        insert(CreditEntry)
        .values(user_id=user_id, kind=kind, available_delta=amount, reserved_delta=0, source_ref=source_ref, note=note)
        .on_conflict_do_nothing(index_elements=["user_id", "source_ref"])
        .returning(CreditEntry.id)
    ).scalar()
    if minted is None:
        return False
    _move(session, user_id, available=amount)
    return True


def reserve(session: Session, *, user_id: int, amount: int, request_id: str) -> int:
    """Set `amount` aside and answer the reservation's id.

    Raises:
        PaymentRequired: the available balance is smaller than `amount`.
    """
    taken = session.execute(
        update(CreditAccount)
        .where(CreditAccount.user_id == user_id, CreditAccount.available >= amount)
        .values(available=CreditAccount.available - amount, reserved=CreditAccount.reserved + amount)
        .returning(CreditAccount.user_id)
    ).scalar()
    if taken is None:
        available = balance(session, user_id).available
        raise PaymentRequired(
            f"This needs {amount} credits and your balance is {available}. Buy credits and try again.",
            context={"required": amount, "available": available},
        )
    reservation_id: int = session.execute(
        insert(CreditReservation)
        .values(user_id=user_id, request_id=request_id, amount=amount)
        .returning(CreditReservation.id)
    ).scalar_one()
    _enter(session, user_id, reservation_id, "reserve", available=-amount, reserved=amount)
    return reservation_id


def charge(session: Session, reservation_id: int, cost: int) -> None:
    """End an open reservation: pay `cost`, give the rest back. A cost of 0 releases everything.

    Does nothing when the reservation has already ended. Raises Overrun when `cost` exceeds it.
    """
    if cost == 0:
        release(session, reservation_id)
        return
    reservation = _end(session, reservation_id, "charged", cost)
    if reservation is None:
        return
    _move(session, reservation.user_id, reserved=-cost)
    _enter(session, reservation.user_id, reservation_id, "charge", reserved=-cost)
    rest = reservation.amount - cost
    if rest:
        _move(session, reservation.user_id, available=rest, reserved=-rest)
        _enter(session, reservation.user_id, reservation_id, "release", available=rest, reserved=-rest)


def release(session: Session, reservation_id: int) -> None:
    """End an open reservation without cost. Does nothing when it has already ended."""
    reservation = _end(session, reservation_id, "released", 0)
    if reservation is not None:
        amount = reservation.amount
        _move(session, reservation.user_id, available=amount, reserved=-amount)
        _enter(session, reservation.user_id, reservation_id, "release", available=amount, reserved=-amount)


def refund(session: Session, reservation_id: int) -> None:
    """Give a charge back, once."""
    reservation = session.execute(
        update(CreditReservation)
        .where(CreditReservation.id == reservation_id, CreditReservation.state == "charged")
        .values(state="refunded")
        .returning(CreditReservation.user_id, CreditReservation.charged)
    ).one_or_none()
    if reservation is not None:
        _move(session, reservation.user_id, available=reservation.charged)
        _enter(session, reservation.user_id, reservation_id, "refund", available=reservation.charged)


def balance(session: Session, user_id: int) -> Balance:
    row = session.execute(
        select(CreditAccount.available, CreditAccount.reserved).where(CreditAccount.user_id == user_id)
    ).one_or_none()
    return Balance(*row) if row else Balance(0, 0)


def ledger(session: Session, user_id: int, *, limit: int = 50, before: int | None = None) -> Sequence[CreditEntry]:
    """Newest first."""
    query = select(CreditEntry).where(CreditEntry.user_id == user_id).order_by(CreditEntry.id.desc()).limit(limit)
    return session.scalars(query if before is None else query.where(CreditEntry.id < before)).all()


def open_before(session: Session, moment: datetime) -> Sequence[int]:
    """Reservations that are still open and older than `moment`, locked for the caller; others' locks are skipped.

    Account by account, the order in which two sweepers can settle them without a deadlock.
    """
    return session.scalars(
        select(CreditReservation.id)
        .where(CreditReservation.state == "open", CreditReservation.created_at < moment)
        .order_by(CreditReservation.user_id, CreditReservation.id)
        .limit(500)
        .with_for_update(skip_locked=True)
    ).all()


def _end(session: Session, reservation_id: int, state: str, cost: int) -> "CreditReservation | None":
    """Take the reservation from open to `state`; only one caller ever gets the row."""
    row = session.scalars(
        select(CreditReservation)
        .where(CreditReservation.id == reservation_id, CreditReservation.state == "open")
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    if row is None:
        return None
    if cost > row.amount:
        raise Overrun(f"cost {cost} exceeds the reservation of {row.amount}")
    session.execute(
        update(CreditReservation)
        .where(CreditReservation.id == reservation_id)
        .values(state=state, charged=cost, ended_at=func.now())
    )
    return row


def _move(session: Session, user_id: int, *, available: int = 0, reserved: int = 0) -> None:
    moved = session.execute(
        update(CreditAccount)
        .where(CreditAccount.user_id == user_id)
        .values(available=CreditAccount.available + available, reserved=CreditAccount.reserved + reserved)
        .returning(CreditAccount.user_id)
    ).scalar()
    if moved is None:
        raise LookupError(f"user {user_id} has no credit account")


def _enter(
    session: Session, user_id: int, reservation_id: int, kind: str, *, available: int = 0, reserved: int = 0
) -> None:
    session.execute(
        insert(CreditEntry).values(
            user_id=user_id,
            kind=kind,
            available_delta=available,
            reserved_delta=reserved,
            reservation_id=reservation_id,
            source_ref=f"reservation:{reservation_id}:{kind}",
        )
    )
