"""What a provider of identity can do. Two exist: `local`, which keeps its books in our database, and `cognito`.

A provider opens its own transactions, as something outside would: argon2, mail and Cognito are slow, and no connection
may wait for them. What it has done cannot be rolled back by a caller.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from core.errors import BadRequest, Forbidden, Unauthenticated


@dataclass(frozen=True)
class Credential:
    """What sign-up left behind: a hash for our own row, or the account's name at the provider."""

    password_hash: str | None = None
    subject: str | None = None
    confirmed: bool = True


@dataclass(frozen=True)
class Tokens:
    """`expires_in` is seconds of the access token. `recovery_codes` are shown once, when a second factor was added;
    `advice` is what the person should do next.
    """

    user_id: int
    access_token: str
    expires_in: int
    id_token: str | None = None
    refresh_token: str | None = None
    recovery_codes: tuple[str, ...] = field(default=(), repr=False)
    advice: str | None = None


@dataclass(frozen=True)
class Challenge:
    """The log-in needs another step. `session` is a one-time text that names this log-in."""

    next_step: str
    session: str


@dataclass(frozen=True)
class MfaSecret:
    secret: str
    session: str


Outcome = Tokens | Challenge


class IdentityProvider(Protocol):
    """Every method may raise Unavailable when the provider is away."""

    name: str

    def enrol(self, email: str, password: str, name: str | None, *, confirmed: bool) -> Credential:
        """Make the login. `confirmed` skips the provider's own e-mail step. Raises BadRequest (`EMAIL_TAKEN`)."""

    def proves(self, email: str, password: str) -> bool:
        """Takes as long for an unknown address. Raises Forbidden (`MFA_REQUIRED`) when a password is not enough."""

    def confirm(self, email: str, code: str) -> None:
        """The provider's own e-mail step. Raises BadRequest."""

    def log_in(self, email: str, password: str) -> Outcome:
        """Raises Unauthenticated for a wrong pair, whichever half is wrong."""

    def answer(self, email: str, challenge: str, session: str, responses: Mapping[str, str]) -> Outcome:
        """Raises Unauthenticated for a wrong code or a dead session, BadRequest for a challenge that is unknown."""

    def begin_mfa(self, session: str) -> MfaSecret:
        """A fresh secret for an authenticator app. Raises Unauthenticated."""

    def finish_mfa(self, email: str, session: str, code: str, device: str | None) -> Outcome:
        """Raises BadRequest for a wrong code, Unauthenticated for a dead session."""

    def provision(self, token: str) -> None:
        """Make the account of an outside access token that names somebody unknown. Raises Unauthenticated, Conflict."""

    def refresh(self, refresh_token: str, asked_at: datetime | None = None) -> Tokens:
        """Use a refresh token up and answer the next. `asked_at`: when the request came. Raises Unauthenticated."""

    def change_password(self, email: str, current: str, new: str) -> None:
        """Raises BadRequest (`WRONG_PASSWORD`)."""

    def email_verified(self, email: str) -> None:
        """Tell the provider that the address was proven."""

    def forget_mfa(self, email: str) -> None:
        """The way back in for somebody who lost the second factor, opened by an administrator."""


def dead_session() -> Unauthenticated:
    return Unauthenticated("This sign-in has expired. Start again.", code="SESSION_EXPIRED")


def wrong_code() -> Unauthenticated:
    return Unauthenticated("Wrong code", code="WRONG_CODE")


def wrong_password() -> BadRequest:
    return BadRequest("The current password is wrong.", code="WRONG_PASSWORD")


def second_factor_needed() -> Forbidden:
    return Forbidden(
        "This account is protected by a second factor. Sign in where codes are asked for.", code="MFA_REQUIRED"
    )
