"""Signing up and logging in by password, the same for every door."""

from dataclasses import dataclass, field

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from core.db import transaction
from core.errors import AppError, Forbidden
from core.settings import Settings
from models.identity import UserIdentity
from models.user import User
from services import accounts, audit
from services.audit import Visitor
from services.identity import policy
from services.identity.provider import Credential, IdentityProvider


@dataclass(frozen=True)
class NewAccount:
    email: str
    password: str = field(repr=False)
    name: str | None = None
    username: str | None = None


class Entrance:
    """Its methods open their own short transactions, so that no connection waits while a password is hashed."""

    def __init__(self, settings: Settings, provider: IdentityProvider) -> None:
        self._settings = settings
        self._provider = provider

    def sign_up(self, visitor: Visitor, new: NewAccount, *, confirmed: bool = True) -> User:
        """A new account; or, for somebody who proves an existing one by its password, this door opened to it.

        Raises:
            Forbidden: registration is closed, or by invitation.
            BadRequest: `EMAIL_TAKEN`, `USERNAME_TAKEN`.
        """
        email = accounts.normal_email(new.email)
        with transaction() as session:
            accounts.require_admission(session, self._settings, email)
            known = accounts.find(session, email)
        if known is None:
            credential = self._provider.enrol(email, new.password, new.name, confirmed=confirmed)
            return self._create(visitor, email, new, credential)
        if not self._is_proven(email, new.password):
            raise accounts.email_taken()
        with transaction() as session:
            user = accounts.join_door(session, known.id, visitor.door)
            audit.record(session, visitor, "auth.door_joined", actor=user.id, subject=user.id)
        return user

    def log_in(self, visitor: Visitor, name: str, password: str, refusal: type[AppError] = Forbidden) -> User:
        """The account of a user name or e-mail address and its password. `refusal` is answered to an inactive one.

        Raises:
            Unauthenticated: the pair is wrong, whichever half.
        """
        with transaction() as session:
            user = accounts.find_by_name(session, name)
        email = user.email if user else accounts.normal_email(name)
        proven = self._provider.proves(email, password)
        with transaction() as session:
            user = user or (accounts.find(session, email) if proven else None)
            action = "auth.login" if proven else "auth.login_failed"
            audit.record(session, visitor, action, actor=user.id if user and proven else None, subject=_id(user))
        if user is None or not proven:
            raise accounts.wrong_credentials()
        return accounts.active(user, refusal)

    def change_password(self, visitor: Visitor, user: User, current: str, new: str) -> None:
        """By the policy of the visitor's door; ends every session. Raises BadRequest, Unprocessable."""
        policy.require(visitor.door, new, email=user.email, name=user.display_name)
        with audit.attempted(visitor, "auth.password_changed", email=user.email):
            self._provider.change_password(user.email, current, new)

    def _create(self, visitor: Visitor, email: str, new: NewAccount, credential: Credential) -> User:
        with transaction() as session:
            user = accounts.register(
                session,
                self._settings,
                email=email,
                password_hash=credential.password_hash,
                display_name=new.name,
                door=visitor.door,
                username=new.username,
            )
            if credential.subject:
                link(session, user.id, self._provider.name, credential.subject)
            audit.record(session, visitor, "auth.sign_up", actor=user.id, subject=user.id, admin=user.is_admin)
        return user

    def _is_proven(self, email: str, password: str) -> bool:
        try:
            return self._provider.proves(email, password)
        except Forbidden:  # the password alone does not prove this account
            return False


def link(session: Session, user_id: int, provider: str, subject: str) -> None:
    """Remember the account's name at a provider, once."""
    session.execute(
        insert(UserIdentity).values(user_id=user_id, provider=provider, subject=subject).on_conflict_do_nothing()
    )


def _id(user: User | None) -> int | None:
    return user.id if user else None
