"""Proving an e-mail address: a code goes out, and comes back."""

from core.clock import utc_now
from core.db import transaction
from core.errors import AppError, BadRequest
from core.settings import Settings
from models.user import User
from services import accounts, audit
from services.audit import Visitor
from services.identity import codes
from services.identity.codes import Verdict
from services.identity.provider import IdentityProvider
from services.mail.mailer import Mail, Mailer

# One text for all: an address without an account has no code either.
_WRONG = "This code is wrong, used up or expired. Try it again, or ask for another."


class Verification:
    """Its methods open their own transactions: mail and providers are slow, and a wrong guess must be counted."""

    def __init__(self, settings: Settings, provider: IdentityProvider, mailer: Mailer) -> None:
        self._settings = settings
        self._provider = provider
        self._mailer = mailer

    def send(self, visitor: Visitor, email: str) -> None:
        """Mail a fresh code to whoever waits to be verified; an unknown or verified address hears nothing of it.

        Raises:
            RateLimited: within the cooldown of the last code.
            Unavailable: mail cannot be sent; then another may be asked for at once.
        """
        with transaction() as session:
            user = accounts.find(session, email)
            if user is None or user.is_email_verified:
                return
            code = codes.issue(session, self._settings, user.id, codes.VERIFY_EMAIL, utc_now())
            audit.record(session, visitor, "auth.code_sent", subject=user.id)
        self._mail(user, code)

    def confirm(self, visitor: Visitor, email: str, code: str) -> None:
        """Spend one guess. Raises BadRequest; Unavailable when the provider cannot be told: the code stays good."""
        with transaction() as session:
            user = accounts.find(session, email)
        if user is not None and user.is_email_verified:
            return
        verdict = self._try(visitor, user, code)
        if user is None or verdict is not Verdict.RIGHT:
            raise BadRequest(_WRONG, code="WRONG_CODE")
        self._tell_provider(user)
        with transaction() as session:
            accounts.mark_verified(session, self._settings, user.id, utc_now())

    def _try(self, visitor: Visitor, user: User | None, code: str) -> Verdict:
        if user is None:
            return Verdict.NONE
        with transaction() as session:
            verdict = codes.try_code(session, self._settings, user.id, codes.VERIFY_EMAIL, code, utc_now())
            audit.record(session, visitor, f"auth.code_{verdict}", subject=user.id)
        return verdict

    def _tell_provider(self, user: User) -> None:
        try:
            self._provider.email_verified(user.email)
        except AppError:
            with transaction() as session:
                codes.restore_last(session, user.id, codes.VERIFY_EMAIL)
            raise

    def _mail(self, user: User, code: str) -> None:
        minutes = self._settings.email_code_seconds // 60
        text = (
            f"Your code is {code}.\n\nIt is good for {minutes} minutes and once. "
            "If you did not ask for it, somebody mistyped an address: nothing has happened.\n"
        )
        try:
            self._mailer.send(Mail(user.email, "Your verification code", text))
        except AppError:
            with transaction() as session:
                codes.forget(session, user.id, codes.VERIFY_EMAIL, utc_now())
            raise
