"""The local provider: argon2id hashes, authenticator apps and refresh chains in our own database."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from core.clock import utc_now
from core.db import transaction
from core.errors import AppError, BadRequest, Unauthenticated
from core.settings import Settings
from models.identity import AuthChallenge
from models.user import User
from services import accounts
from services.identity import codes, factors, policy, refreshing
from services.identity.passwords import Passwords, passwords
from services.identity.provider import (
    Challenge,
    Credential,
    MfaSecret,
    Outcome,
    Tokens,
    dead_session,
    second_factor_needed,
    wrong_code,
    wrong_password,
)
from services.identity.tokens import invalid_token, issue_access_token, issue_id_token, read_access_token


class LocalIdentity:
    """See IdentityProvider. No transaction is open while a password is hashed."""

    name = "local"

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def enrol(self, email: str, password: str, name: str | None, *, confirmed: bool) -> Credential:
        return Credential(password_hash=self._passwords.hash(password), confirmed=True)

    def proves(self, email: str, password: str) -> bool:
        user = self._user_of_password(email, password)
        if user is None:
            return False
        with transaction() as session:
            if factors.has_device(session, user.id):
                raise second_factor_needed()
        return True

    def confirm(self, email: str, code: str) -> None:
        """An account is confirmed by the same code that verifies its address."""
        now = utc_now()
        with transaction() as session:
            user = accounts.find(session, email)
            spent = user and codes.try_code(session, self._settings, user.id, codes.VERIFY_EMAIL, code, now)
            if user and spent is codes.Verdict.RIGHT:
                accounts.mark_verified(session, self._settings, user.id, now)
                return
        raise BadRequest("This code is wrong or has expired.", code="WRONG_CODE")

    def log_in(self, email: str, password: str) -> Outcome:
        user = self._user_of_password(email, password)
        if user is None:
            raise accounts.wrong_credentials()
        accounts.active(user, Unauthenticated)
        with transaction() as session:
            weak = bool(policy.violations(password, email=user.email, name=user.display_name))
            session.get_one(User, user.id).must_change_password = weak
            step = self._next_step(session, user.id)
            if step is None:
                return self._tokens(session, user)
            return Challenge(step, factors.open_challenge(session, self._settings, user.id, step, utc_now()))

    def answer(self, email: str, challenge: str, session: str, responses: Mapping[str, str]) -> Outcome:
        if challenge != factors.SOFTWARE_TOKEN:
            raise BadRequest("This challenge is not answered here.", code="UNKNOWN_CHALLENGE")
        code, now = responses.get("SOFTWARE_TOKEN_MFA_CODE", ""), utc_now()
        with transaction() as open_session:
            waiting = factors.spend_attempt(open_session, self._settings, session, challenge, now)
            user = self._owner(open_session, waiting, email)
            if waiting and user and factors.accepts(open_session, self._settings, user.id, code, now):
                factors.close_challenge(open_session, waiting)
                return self._tokens(open_session, user)
        raise wrong_code() if user else dead_session()

    def begin_mfa(self, session: str) -> MfaSecret:
        now = utc_now()
        with transaction() as open_session:
            text = self._setup_session(open_session, session, now)
            waiting = factors.spend_attempt(open_session, self._settings, text, factors.MFA_SETUP, now)
            if waiting:
                return MfaSecret(factors.new_secret(open_session, self._settings, waiting), text)
        raise dead_session()

    def finish_mfa(self, email: str, session: str, code: str, device: str | None) -> Outcome:
        now = utc_now()
        with transaction() as open_session:
            waiting = factors.spend_attempt(open_session, self._settings, session, factors.MFA_SETUP, now)
            user = self._owner(open_session, waiting, email)
            if waiting and user:
                recovery = factors.adopt_device(open_session, self._settings, waiting, code, device, now)
                if recovery:
                    factors.close_challenge(open_session, waiting)
                    return self._tokens(open_session, user, recovery=recovery)
        raise BadRequest("Wrong code", code="WRONG_CODE") if user else dead_session()

    def provision(self, token: str) -> None:
        """Our own tokens name accounts that exist, or that are gone for good."""
        raise invalid_token()

    def refresh(self, refresh_token: str, asked_at: datetime | None = None) -> Tokens:
        asked_at = asked_at or utc_now()
        with transaction() as session:
            link = refreshing.rotate(session, self._settings, refresh_token, asked_at)
            user = session.get(User, link.user_id) if link else None
            if link and user and user.is_active:
                return self._tokens(session, user, link=link)
        raise invalid_token()

    def change_password(self, email: str, current: str, new: str) -> None:
        user = self._user_of_password(email, current)
        if user is None:
            raise wrong_password()
        hashed = self._passwords.hash(new)
        with transaction() as session:
            changed = accounts.replace_password(session, user.id, old=user.password_hash, new=hashed)
        if not changed:
            raise wrong_password()

    def email_verified(self, email: str) -> None:
        """Nothing to tell: the account's own row says so."""

    def forget_mfa(self, email: str) -> None:
        with transaction() as session:
            user = accounts.find(session, email)
            if user:
                factors.forget_device(session, user.id)

    @property
    def _passwords(self) -> Passwords:
        return passwords(self._settings.argon2_concurrency)

    def _user_of_password(self, email: str, password: str) -> User | None:
        with transaction() as session:
            user = accounts.find(session, email)
        return user if self._passwords.verify(password, user.password_hash if user else None) else None

    def _next_step(self, session: Session, user_id: int) -> str | None:
        if factors.has_device(session, user_id):
            return factors.SOFTWARE_TOKEN
        return factors.MFA_SETUP if self._settings.mfa_required else None

    def _setup_session(self, session: Session, text: str, now: datetime) -> str:
        """A waiting log-in's own text; or, for somebody who is logged in, a new one for the access token."""
        try:
            user = accounts.holder(session, read_access_token(self._settings, text))
        except AppError:
            return text
        if factors.has_device(session, user.id):
            raise BadRequest("This account has a second factor already.", code="MFA_ALREADY_SET")
        return factors.open_challenge(session, self._settings, user.id, factors.MFA_SETUP, now)

    def _owner(self, session: Session, waiting: AuthChallenge | None, email: str) -> User | None:
        user = session.get(User, waiting.user_id) if waiting else None
        return user if user and user.is_active and user.email == accounts.normal_email(email) else None

    def _tokens(
        self,
        session: Session,
        user: User,
        *,
        link: refreshing.Link | None = None,
        recovery: tuple[str, ...] = (),
    ) -> Tokens:
        now = utc_now()
        link = link or refreshing.start(session, self._settings, user.id, now)
        seconds = self._settings.refreshable_token_seconds
        return Tokens(
            user_id=user.id,
            access_token=issue_access_token(
                self._settings,
                user_id=user.id,
                epoch=user.token_epoch,
                now=now,
                family=str(link.family),
                seconds=seconds,
            ),
            expires_in=seconds,
            id_token=issue_id_token(self._settings, user_id=user.id, email=user.email, name=user.display_name, now=now),
            refresh_token=link.token,
            recovery_codes=recovery,
        )
