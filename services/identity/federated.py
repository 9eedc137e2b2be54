"""Whose account an outside sign-in opens."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.clock import utc_now
from core.errors import BadRequest, Conflict
from core.settings import Settings
from models.identity import UserIdentity
from models.user import User
from services import accounts, audit
from services.audit import Visitor
from services.identity import factors
from services.identity.entrance import link
from services.identity.openid import PROVIDER, Person
from services.identity.provider import second_factor_needed


def enter(session: Session, settings: Settings, visitor: Visitor, person: Person, *, logged_in: int | None) -> User:
    """The person's account: the connected one, the one logged in, or a new one.

    An address alone connects nothing: whoever made an account under somebody else's address would share it with them.

    Raises:
        BadRequest: `EMAIL_NOT_VERIFIED`; `LINK_REQUIRED`, when the address has an account that did not prove itself.
        Conflict: this Google account is connected elsewhere, or this account to another one.
        Forbidden: the account is inactive, or asks for a second factor.
    """
    user = _connected(session, person)
    if logged_in is not None and (user is None or user.id != logged_in):
        user = _connect(session, visitor, person, logged_in, taken=user is not None)
    user = accounts.active(user or _created(session, settings, visitor, person))
    if factors.has_device(session, user.id) and logged_in is None:
        raise second_factor_needed()
    audit.record(session, visitor, "auth.google_login", actor=user.id, subject=user.id)
    return user


def _connected(session: Session, person: Person) -> User | None:
    return session.scalars(
        select(User)
        .join(UserIdentity, UserIdentity.user_id == User.id)
        .where(UserIdentity.provider == PROVIDER, UserIdentity.subject == person.subject)
    ).one_or_none()


def _connect(session: Session, visitor: Visitor, person: Person, user_id: int, *, taken: bool) -> User:
    own = select(UserIdentity.id).where(UserIdentity.user_id == user_id, UserIdentity.provider == PROVIDER)
    if taken or session.scalar(own) is not None:
        raise Conflict("These two accounts cannot be connected: one of them already is to another.", code="LINK_TAKEN")
    link(session, user_id, PROVIDER, person.subject)
    audit.record(session, visitor, "auth.google_linked", actor=user_id, subject=user_id)
    return accounts.get(session, user_id)


def _created(session: Session, settings: Settings, visitor: Visitor, person: Person) -> User:
    if not person.email_verified:
        raise BadRequest("Google has not verified this e-mail address.", code="EMAIL_NOT_VERIFIED")
    if accounts.find(session, person.email):
        raise BadRequest(
            "This address has an account here. Log in with its password first, then connect Google.",
            code="LINK_REQUIRED",
        )
    accounts.require_admission(session, settings, person.email)
    user = accounts.register(
        session, settings, email=person.email, password_hash=None, display_name=person.name, door=visitor.door
    )
    accounts.mark_verified(session, settings, user.id, utc_now())
    accounts.profile(session, user.id).picture_url = person.picture
    link(session, user.id, PROVIDER, person.subject)
    audit.record(session, visitor, "auth.sign_up", actor=user.id, subject=user.id, admin=user.is_admin)
    return user
