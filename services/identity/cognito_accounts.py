"""Our account of somebody whom Cognito proved."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.clock import utc_now
from core.errors import Conflict
from core.settings import Settings
from models.identity import UserIdentity
from models.user import User
from services import accounts
from services.identity.cognito_tokens import PROVIDER
from services.identity.entrance import link

_DOOR = "tracker"


def account_of(
    session: Session, settings: Settings, *, subject: str, email: str, name: str | None, verified: bool
) -> User:
    """The connected account; else a new one; else, for an address that Cognito verified, the one that has it.

    Raises:
        Conflict: the address is connected to another subject, or its holder has not proven it.
        Forbidden: registration is closed, or by invitation.
    """
    connected = session.scalars(
        select(User)
        .join(UserIdentity, UserIdentity.user_id == User.id)
        .where(UserIdentity.provider == PROVIDER, UserIdentity.subject == subject)
    ).one_or_none()
    if connected is not None:
        return connected
    user = accounts.find(session, email)
    if user is None:
        accounts.require_admission(session, settings, email)
        user = accounts.register(session, settings, email=email, password_hash=None, display_name=name, door=_DOOR)
    elif not verified or _has_other(session, user.id):
        raise Conflict("This e-mail address belongs to another sign-in.", code="EMAIL_LINKED")
    link(session, user.id, PROVIDER, subject)
    if verified:
        accounts.mark_verified(session, settings, user.id, utc_now())
    return user


def _has_other(session: Session, user_id: int) -> bool:
    other = select(UserIdentity.id).where(UserIdentity.user_id == user_id, UserIdentity.provider == PROVIDER)
    return session.scalar(other) is not None
