"""What proves a person: identities elsewhere, second factors, refresh tokens, codes, and who may sign up."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Key, Timestamped

CHALLENGES = ("MFA_SETUP", "SOFTWARE_TOKEN_MFA")
CODE_PURPOSES = ("verify_email", "confirm_sign_up")


class UserIdentity(Timestamped, Base):
    """One account's name at a provider: `subject` never changes there, an e-mail address may."""

    __tablename__ = "user_identities"
    __table_args__ = (UniqueConstraint("provider", "subject"), UniqueConstraint("user_id", "provider"))

    id: Mapped[Key]
    user_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("users.id", ondelete="CASCADE"))
    provider: Mapped[str]
    subject: Mapped[str]


class MfaDevice(Timestamped, Base):
    """A person's authenticator app. The secret is encrypted; `last_step` is the last accepted time step, so that a code
    is good once. Recovery codes are keyed hashes, and leave the list when used.
    """

    __tablename__ = "mfa_devices"

    user_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    secret: Mapped[str]
    name: Mapped[str | None]
    last_step: Mapped[int] = mapped_column(BigInteger, server_default=text("0"))
    recovery_hashes: Mapped[list[str]] = mapped_column(server_default=text("'{}'"))


class AuthChallenge(Base):
    """A log-in that still owes its second factor. The client holds the session text, we its hash."""

    __tablename__ = "auth_challenges"
    __table_args__ = (
        CheckConstraint(f"kind in {CHALLENGES}", name="kind"),
        Index("ix_auth_challenges_expires_at", "expires_at"),
    )

    session_hash: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("users.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str]
    secret: Mapped[str | None]
    attempts: Mapped[int] = mapped_column(server_default=text("0"))
    expires_at: Mapped[datetime]


class RefreshToken(Base):
    """One link of a chain: each refresh uses a token up and adds the next. A used one that returns ends its family."""

    __tablename__ = "refresh_tokens"
    __table_args__ = (
        Index("ix_refresh_tokens_family", "family"),
        Index("ix_refresh_tokens_expires_at", "expires_at"),
    )

    token_hash: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("users.id", ondelete="CASCADE"), index=True)
    family: Mapped[UUID]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class EmailCode(Base):
    """A code that was mailed, as a keyed hash. At most one a person and purpose is alive."""

    __tablename__ = "email_codes"
    __table_args__ = (
        CheckConstraint(f"purpose in {CODE_PURPOSES}", name="purpose"),
        CheckConstraint("attempts >= 0", name="attempts"),
        Index("uq_email_codes_alive", "user_id", "purpose", unique=True, postgresql_where=text("consumed_at is null")),
    )

    id: Mapped[Key]
    user_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("users.id", ondelete="CASCADE"), index=True)
    purpose: Mapped[str]
    code_hash: Mapped[str]
    attempts: Mapped[int] = mapped_column(server_default=text("0"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    consumed_at: Mapped[datetime | None]


class AllowedEmail(Base):
    """An address that may sign up while registration is by invitation."""

    __tablename__ = "allowed_emails"
    __table_args__ = (CheckConstraint("email = lower(email)", name="email_lower"),)

    id: Mapped[Key]
    email: Mapped[str] = mapped_column(unique=True)
    added_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("users.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
