"""What administrators do to accounts. Every act is on record, and nobody changes their own rights."""

from collections.abc import Sequence

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from core.errors import BadRequest, Forbidden, NotFound
from models.identity import AllowedEmail
from models.user import User
from services import accounts, audit
from services.accounts import FIRST_ADMIN_LOCK, normal_email
from services.audit import Visitor


def users(session: Session) -> Sequence[User]:
    """Newest first."""
    return session.scalars(select(User).order_by(User.created_at.desc(), User.id.desc())).all()


def change_user(
    session: Session,
    visitor: Visitor,
    user_id: int,
    *,
    actor: int,
    is_active: bool | None = None,
    is_admin: bool | None = None,
) -> User:
    """Takes effect with the next request; switching an account off ends its sessions for good.

    Raises:
        BadRequest: the actor's own account.
        NotFound: there is no such user.
    """
    if user_id == actor:
        raise BadRequest("You cannot change your own account here. Ask another administrator.", code="OWN_ACCOUNT")
    # One at a time, and by somebody who still may: two administrators could otherwise dismiss each other.
    session.execute(select(func.pg_advisory_xact_lock(FIRST_ADMIN_LOCK)))
    if not session.scalar(select(User.is_admin).where(User.id == actor)):
        raise Forbidden("Admin access required")
    user = accounts.get(session, user_id)
    changes = {"is_active": is_active, "is_admin": is_admin}
    wanted = {name: value for name, value in changes.items() if value is not None and getattr(user, name) != value}
    for name, value in wanted.items():
        setattr(user, name, value)
    session.flush()
    if wanted.get("is_active") is False:
        accounts.revoke_everything(session, user.id)
    audit.record(session, visitor, "admin.user_changed", actor=actor, subject=user.id, **wanted)
    return user


def allowlist(session: Session) -> Sequence[AllowedEmail]:
    return session.scalars(select(AllowedEmail).order_by(AllowedEmail.created_at, AllowedEmail.id)).all()


def allow(session: Session, visitor: Visitor, email: str, *, actor: int) -> AllowedEmail:
    """Raises BadRequest when the address is on the list."""
    added = session.scalars(
        insert(AllowedEmail)
        .values(email=normal_email(email), added_by=actor)
        .on_conflict_do_nothing(index_elements=["email"])
        .returning(AllowedEmail)
    ).one_or_none()
    if added is None:
        raise BadRequest("This address is on the list already.", code="ALREADY_LISTED")
    audit.record(session, visitor, "admin.allowlist_added", actor=actor, entry=added.id)
    return added


def disallow(session: Session, visitor: Visitor, email: str, *, actor: int) -> None:
    """Raises NotFound."""
    gone = session.scalar(
        delete(AllowedEmail).where(AllowedEmail.email == normal_email(email)).returning(AllowedEmail.id)
    )
    if gone is None:
        raise NotFound("This address is not on the list.")
    audit.record(session, visitor, "admin.allowlist_removed", actor=actor, entry=gone)
