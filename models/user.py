"""One account, whichever door it came through, and what a person set for themselves."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Key, Timestamped

EXPERIENCE_LEVELS = ("junior", "mid", "senior")


class User(Timestamped, Base):
    """`token_epoch` invalidates every access token issued before it was raised, `tokens_valid_from` those of an outside
    provider, which carry no epoch. `doors` are those signed up at.
    """

    __tablename__ = "users"
    __table_args__ = (
        CheckConstraint("email = lower(email)", name="email_lower"),
        CheckConstraint("position('@' in email) > 1", name="email_shape"),
        CheckConstraint("is_email_verified = (email_verified_at is not null)", name="verified_when"),
        Index("uq_users_username_lower", text("lower(username)"), unique=True),
    )

    id: Mapped[Key]
    email: Mapped[str] = mapped_column(unique=True)
    username: Mapped[str] = mapped_column(unique=True)
    display_name: Mapped[str | None]
    password_hash: Mapped[str | None]
    is_active: Mapped[bool] = mapped_column(server_default=text("true"))
    is_admin: Mapped[bool] = mapped_column(server_default=text("false"))
    is_email_verified: Mapped[bool] = mapped_column(server_default=text("false"))
    email_verified_at: Mapped[datetime | None]
    must_change_password: Mapped[bool] = mapped_column(server_default=text("false"))
    token_epoch: Mapped[int] = mapped_column(server_default=text("0"))
    tokens_valid_from: Mapped[datetime | None]
    doors: Mapped[list[str]] = mapped_column(server_default=text("'{}'"))


class UserProfile(Timestamped, Base):
    """What a person tells us about themselves; a résumé only fills what is empty."""

    __tablename__ = "user_profiles"
    __table_args__ = (
        CheckConstraint("experience_years between 0 and 70", name="experience_years"),
        CheckConstraint(f"experience_level in {EXPERIENCE_LEVELS}", name="experience_level"),
    )

    user_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    bio: Mapped[str | None]
    skills: Mapped[list[str]] = mapped_column(server_default=text("'{}'"))
    experience_years: Mapped[int | None]
    experience_level: Mapped[str | None]
    preferred_locations: Mapped[list[str]] = mapped_column(server_default=text("'{}'"))
    prefer_remote: Mapped[bool] = mapped_column(server_default=text("false"))
    picture_url: Mapped[str | None]
    preferences: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
    cv_filename: Mapped[str | None]
    cv_uploaded_at: Mapped[datetime | None]


class UserSettings(Timestamped, Base):
    """How a person wants the doors to behave. No row means every default."""

    __tablename__ = "user_settings"
    __table_args__ = (
        CheckConstraint("auto_refresh_seconds between 0 and 60", name="auto_refresh_seconds"),
        CheckConstraint("data_retention_days between 0 and 3650", name="data_retention_days"),
        CheckConstraint("daily_application_goal between 1 and 100", name="daily_application_goal"),
    )

    user_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    auto_refresh_seconds: Mapped[int] = mapped_column(server_default=text("0"))
    theme: Mapped[str] = mapped_column(server_default=text("'dark'"))
    default_jobs_sort: Mapped[str] = mapped_column(server_default=text("'updated_desc'"))
    default_jobs_view: Mapped[str] = mapped_column(server_default=text("'all'"))
    data_retention_days: Mapped[int] = mapped_column(server_default=text("0"))
    ui_preferences: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
    daily_application_goal: Mapped[int] = mapped_column(server_default=text("10"))
    preferred_industries: Mapped[list[str]] = mapped_column(server_default=text("'{}'"))


class RevokedToken(Base):
    """An access token that was logged out before it expired. Rows are swept once they have."""

    __tablename__ = "revoked_tokens"

    jti: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("users.id", ondelete="CASCADE"), index=True)
    expires_at: Mapped[datetime] = mapped_column(index=True)
