"""Accounts: one row per person, whichever door they came through."""

import re
import secrets
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, delete, exists, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from core.errors import AppError, BadRequest, Forbidden, NotFound, Unauthenticated
from core.settings import Settings
from models.identity import AllowedEmail, EmailCode, RefreshToken, UserIdentity
from models.user import RevokedToken, User, UserProfile
from services import credits
from services.identity import AccessClaims, invalid_token

FIRST_ADMIN_LOCK = 7316003
_STAND_IN = "developer@offerline.invalid"
INACTIVE = "This account is inactive. Ask an administrator to switch it on."


def normal_email(email: str) -> str:
    return email.strip().lower()


def require_admission(session: Session, settings: Settings, email: str) -> None:
    """Whether this address may sign up at all. Raises Forbidden."""
    address = normal_email(email)
    if settings.registration_mode == "open":
        return
    if settings.registration_mode == "closed":
        raise Forbidden("Registration is closed.", code="REGISTRATION_CLOSED")
    named = {normal_email(one) for one in (*settings.allowed_emails, *settings.admin_emails)}
    listed = address in named or session.scalar(
        select(exists(select(AllowedEmail.id).where(AllowedEmail.email == address)))
    )
    if not listed:
        raise Forbidden("Registration is by invitation, and this address is not on the list.", code="NOT_ON_ALLOWLIST")


def register(
    session: Session,
    settings: Settings,
    *,
    email: str,
    password_hash: str | None,
    display_name: str | None,
    door: str,
    username: str | None = None,
) -> User:
    """Create the account, its profile and its credits.

    The first account ever is the administrator, unless `ADMIN_EMAILS` names others.

    Raises:
        BadRequest: `EMAIL_TAKEN`, `USERNAME_TAKEN`.
    """
    address = normal_email(email)
    session.execute(select(func.pg_advisory_xact_lock(FIRST_ADMIN_LOCK)))
    user_id = session.execute(
        insert(User)
        .values(
            email=address,
            username=_chosen_username(session, username) if username else _free_username(session, address),
            display_name=display_name,
            password_hash=password_hash,
            doors=[door],
            is_admin=~exists(select(User.id)) if not settings.admin_emails else _named_admin(settings, address),
        )
        .on_conflict_do_nothing(index_elements=["email"])
        .returning(User.id)
    ).scalar()
    if user_id is None:
        raise email_taken()
    session.add(UserProfile(user_id=user_id))
    credits.open_account(session, user_id=user_id, grant=settings.signup_credits)
    session.flush()
    return session.get_one(User, user_id)


def stand_in(session: Session, settings: Settings) -> User:
    """The account of DISABLE_AUTH. It has no password and no sign-in elsewhere: nobody can log in as it."""
    known = session.scalars(select(User).where(User.email == _STAND_IN)).one_or_none()
    return known or register(
        session, settings, email=_STAND_IN, password_hash=None, display_name="Developer", door="copilot"
    )


def join_door(session: Session, user_id: int, door: str) -> User:
    """A second door for a person who proved to be the account's holder. Raises BadRequest when it was open already."""
    joined = session.execute(
        update(User)
        .where(User.id == user_id, User.is_active, ~User.doors.contains([door]))
        .values(doors=func.array_append(User.doors, door))
        .returning(User.id)
    ).scalar()
    if joined is None:
        raise email_taken()
    return session.get_one(User, user_id, populate_existing=True)


def find(session: Session, email: str) -> User | None:
    return session.scalars(select(User).where(User.email == normal_email(email))).one_or_none()


def find_by_name(session: Session, name: str) -> User | None:
    """By user name, or by e-mail address when it has an @."""
    if "@" in name:
        return find(session, name)
    return session.scalars(select(User).where(func.lower(User.username) == name.strip().lower())).first()


def get(session: Session, user_id: int) -> User:
    user = session.get(User, user_id)
    if user is None:
        raise NotFound("There is no such user.")
    return user


def holder(session: Session, claims: AccessClaims, refusal: type[AppError] = Forbidden) -> User:
    """The active account a token belongs to, in one query. `refusal` is what the door answers to an inactive one.

    Raises:
        Unauthenticated: the account is gone, or the token was revoked.
    """
    user = session.scalars(
        select(User).where(_is_of(claims), ~exists(select(RevokedToken.jti).where(RevokedToken.jti == claims.jti)))
    ).one_or_none()
    if user is None:
        raise invalid_token()
    return active(user, refusal)


def active(user: User, refusal: type[AppError] = Forbidden) -> User:
    if not user.is_active:
        raise refusal(INACTIVE, code="INACTIVE")
    return user


def revoke(session: Session, claims: AccessClaims, *, user_id: int | None = None) -> None:
    """Log one token out, and with it the refresh chain it came from."""
    session.execute(
        insert(RevokedToken)
        .values(jti=claims.jti, user_id=user_id or claims.user_id, expires_at=claims.expires_at)
        .on_conflict_do_nothing()
    )
    if claims.family:
        session.execute(
            update(RefreshToken)
            .where(RefreshToken.family == UUID(claims.family), RefreshToken.revoked_at.is_(None))
            .values(revoked_at=func.now())
        )


def replace_password(session: Session, user_id: int, *, old: str | None, new: str) -> bool:
    """Only while the old hash still stands, so that of two parallel changes one wins. Ends every session."""
    changed = session.execute(
        update(User)
        .where(User.id == user_id, User.password_hash == old)
        .values(password_hash=new, must_change_password=False)
        .returning(User.id)
    ).scalar()
    if changed is not None:
        revoke_everything(session, user_id)
    return changed is not None


def mark_verified(session: Session, settings: Settings, user_id: int, now: datetime) -> None:
    """The address is proven; now an administrator's flag that waited for it may be given."""
    user = session.get_one(User, user_id, with_for_update=True)
    if not user.is_email_verified:
        user.is_email_verified, user.email_verified_at = True, now
        user.is_admin = user.is_admin or user.email in {normal_email(one) for one in settings.admin_emails}
        session.flush()


def revoke_everything(session: Session, user_id: int) -> None:
    """Every access and refresh token of a person is dead from here on."""
    session.execute(
        update(User).where(User.id == user_id).values(token_epoch=User.token_epoch + 1, tokens_valid_from=func.now())
    )
    session.execute(
        update(RefreshToken)
        .where(RefreshToken.user_id == user_id, RefreshToken.revoked_at.is_(None))
        .values(revoked_at=func.now())
    )


def forget_revoked_before(session: Session, moment: datetime) -> int:
    """Drop revoked tokens, refresh tokens and mailed codes that expired before `moment`; answers how many."""
    gone = session.execute(delete(RevokedToken).where(RevokedToken.expires_at < moment).returning(RevokedToken.jti))
    chains = session.execute(
        delete(RefreshToken).where(RefreshToken.expires_at < moment).returning(RefreshToken.token_hash)
    )
    codes = session.execute(delete(EmailCode).where(EmailCode.expires_at < moment).returning(EmailCode.id))
    return len(gone.all()) + len(chains.all()) + len(codes.all())


def wrong_credentials() -> Unauthenticated:
    return Unauthenticated("Wrong e-mail or password", code="WRONG_CREDENTIALS")


def email_taken() -> BadRequest:
    return BadRequest("This e-mail address is already registered. Log in instead.", code="EMAIL_TAKEN")


def profile(session: Session, user_id: int) -> UserProfile:
    return session.get_one(UserProfile, user_id)


def _is_of(claims: AccessClaims) -> ColumnElement[bool]:
    if claims.subject is None:
        ours = and_(User.id == claims.user_id, User.token_epoch == claims.epoch)
        return and_(ours, ~_ended_family(claims.family)) if claims.family else ours
    owner = select(UserIdentity.user_id).where(
        UserIdentity.provider == claims.provider, UserIdentity.subject == claims.subject
    )
    issued_in_time = or_(User.tokens_valid_from.is_(None), User.tokens_valid_from <= claims.issued_at)
    return and_(User.id == owner.scalar_subquery(), issued_in_time)


def _ended_family(family: str) -> ColumnElement[bool]:
    return exists(
        select(RefreshToken.token_hash).where(RefreshToken.family == UUID(family), RefreshToken.revoked_at.is_not(None))
    )


def _named_admin(settings: Settings, address: str) -> bool:
    """Where addresses are verified, the flag waits until this one is: naming an address is not owning it."""
    named = address in {normal_email(one) for one in settings.admin_emails}
    return named and not settings.email_verification_required


def _chosen_username(session: Session, wanted: str) -> str:
    name = wanted.strip()
    if session.scalar(select(exists(select(User.id).where(func.lower(User.username) == name.lower())))):
        raise BadRequest("This user name is taken. Choose another.", code="USERNAME_TAKEN")
    return name


def _free_username(session: Session, email: str) -> str:
    """The local part of the address, with a short suffix when it is taken."""
    base = re.sub(r"[^a-z0-9_.-]+", "", email.partition("@")[0])[:40] or "user"
    taken = session.scalar(select(exists(select(User.id).where(func.lower(User.username) == base))))
    return f"{base}-{secrets.token_hex(4)}" if taken else base
