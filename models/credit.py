"""Credits: one balance, its reservations, and the ledger that replays to both. 1 credit = 1 cent."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Key, Timestamped

MOVEMENTS = ("grant", "purchase", "reserve", "charge", "release", "refund")
RESERVATION_STATES = ("open", "charged", "released", "refunded")


class CreditAccount(Timestamped, Base):
    __tablename__ = "credit_accounts"
    __table_args__ = (
        CheckConstraint("available >= 0", name="available"),
        CheckConstraint("reserved >= 0", name="reserved"),
    )

    user_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("users.id", ondelete="RESTRICT"), primary_key=True)
    available: Mapped[int] = mapped_column(BigInteger, server_default=text("0"))
    reserved: Mapped[int] = mapped_column(BigInteger, server_default=text("0"))


class CreditReservation(Timestamped, Base):
    """A promise to pay at most `amount`. It ends once: charged (the rest released), released or refunded."""

    __tablename__ = "credit_reservations"
    __table_args__ = (
        UniqueConstraint("user_id", "request_id"),
        CheckConstraint(f"state in {RESERVATION_STATES}", name="state"),
        CheckConstraint("amount > 0", name="amount"),
        CheckConstraint("charged between 0 and amount", name="charged"),
        CheckConstraint("(state = 'open') = (ended_at is null)", name="ended"),
        Index("ix_credit_reservations_open", "created_at", postgresql_where=text("state = 'open'")),
    )

    id: Mapped[Key]
    user_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("users.id", ondelete="RESTRICT"))
    request_id: Mapped[str]
    amount: Mapped[int] = mapped_column(BigInteger)
    charged: Mapped[int] = mapped_column(BigInteger, server_default=text("0"))
    state: Mapped[str] = mapped_column(server_default=text("'open'"))
    ended_at: Mapped[datetime | None]


class CreditEntry(Base):
    """One line of the ledger. A trigger forbids update and delete; the deltas sum to the account's two balances."""

    __tablename__ = "credit_ledger"
    __table_args__ = (
        UniqueConstraint("user_id", "source_ref"),
        CheckConstraint(f"kind in {MOVEMENTS}", name="kind"),
        Index("ix_credit_ledger_of_user", "user_id", "id"),
    )

    id: Mapped[Key]
    user_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("users.id", ondelete="RESTRICT"))
    kind: Mapped[str]
    available_delta: Mapped[int] = mapped_column(BigInteger)
    reserved_delta: Mapped[int] = mapped_column(BigInteger)
    reservation_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("credit_reservations.id"))
    source_ref: Mapped[str]
    note: Mapped[str] = mapped_column(server_default=text("''"))
    at: Mapped[datetime] = mapped_column(server_default=func.now())
