"""Second factors: authenticator apps (RFC 6238), recovery codes, and the log-ins that wait for either."""

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta
from urllib.parse import quote, urlencode

import pyotp
from sqlalchemy import any_, delete, exists, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from core.settings import Settings
from models.identity import AuthChallenge, MfaDevice
from services.identity.secrets_at_rest import keyed_hash, opened, sealed

MFA_SETUP = "MFA_SETUP"
SOFTWARE_TOKEN = "SOFTWARE_TOKEN_MFA"  # noqa: S105 — the challenge's published name

_STEP_SECONDS = 30
_RECOVERY_CODES = 10
_RECOVERY_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that look like another
_PURPOSE = "mfa"


def has_device(session: Session, user_id: int) -> bool:
    return bool(session.scalar(select(exists(select(MfaDevice.user_id).where(MfaDevice.user_id == user_id)))))


def open_challenge(session: Session, settings: Settings, user_id: int, kind: str, now: datetime) -> str:
    """A log-in that owes its next step; answers the text that names it. Older ones past their time are dropped."""
    text = secrets.token_urlsafe(32)
    note_challenge(session, settings, user_id, kind, text, now)
    return text


def note_challenge(session: Session, settings: Settings, user_id: int, kind: str, text: str, now: datetime) -> None:
    """Remember a waiting log-in by the text that names it, which may be a provider's."""
    session.execute(delete(AuthChallenge).where(AuthChallenge.expires_at < now))
    expires_at = now + timedelta(seconds=settings.challenge_seconds)
    values = {"session_hash": _hash(text), "user_id": user_id, "kind": kind, "expires_at": expires_at}
    session.execute(insert(AuthChallenge).values(**values).on_conflict_do_nothing())


def spend_attempt(session: Session, settings: Settings, text: str, kind: str, now: datetime) -> AuthChallenge | None:
    """The waiting log-in, with one guess fewer; None when there is none. The caller must let the count commit."""
    return session.scalars(
        update(AuthChallenge)
        .where(
            AuthChallenge.session_hash == _hash(text),
            AuthChallenge.kind == kind,
            AuthChallenge.expires_at > now,
            AuthChallenge.attempts < settings.challenge_attempts,
        )
        .values(attempts=AuthChallenge.attempts + 1)
        .returning(AuthChallenge)
    ).one_or_none()


def close_challenge(session: Session, challenge: AuthChallenge) -> None:
    session.execute(delete(AuthChallenge).where(AuthChallenge.session_hash == challenge.session_hash))


def new_secret(session: Session, settings: Settings, challenge: AuthChallenge) -> str:
    secret = pyotp.random_base32()
    challenge.secret = sealed(settings, _PURPOSE, secret)
    session.flush()
    return secret


def adopt_device(
    session: Session, settings: Settings, challenge: AuthChallenge, code: str, name: str | None, now: datetime
) -> tuple[str, ...]:
    """Make the challenge's secret the person's device; answers fresh recovery codes, or nothing for a wrong code."""
    step = _step_of(settings, challenge.secret, code, now) if challenge.secret else None
    if step is None or challenge.secret is None:
        return ()
    return _keep(session, settings, challenge.user_id, secret=challenge.secret, name=name, last_step=step)


def adopt_outside_device(session: Session, settings: Settings, user_id: int, name: str | None) -> tuple[str, ...]:
    """A device that a provider keeps: here are only its recovery codes, and a secret that no app has."""
    unknown = sealed(settings, _PURPOSE, pyotp.random_base32())
    return _keep(session, settings, user_id, secret=unknown, name=name, last_step=0)


def accepts(session: Session, settings: Settings, user_id: int, code: str, now: datetime) -> bool:
    """A code of the app, each good once; or one of the recovery codes, which is used up."""
    device = session.get(MfaDevice, user_id)
    if device is None:
        return False
    step = _step_of(settings, device.secret, code, now)
    if step is not None:
        newer = update(MfaDevice).where(MfaDevice.user_id == user_id, MfaDevice.last_step < step)
        return session.execute(newer.values(last_step=step).returning(MfaDevice.user_id)).scalar() is not None
    return spend_recovery_code(session, settings, user_id, code)


def spend_recovery_code(session: Session, settings: Settings, user_id: int, code: str) -> bool:
    spent = _recovery_hash(settings, user_id, code)
    listed = update(MfaDevice).where(MfaDevice.user_id == user_id, any_(MfaDevice.recovery_hashes) == spent)
    shorter = func.array_remove(MfaDevice.recovery_hashes, spent)
    return session.execute(listed.values(recovery_hashes=shorter).returning(MfaDevice.user_id)).scalar() is not None


def forget_device(session: Session, user_id: int) -> None:
    session.execute(delete(MfaDevice).where(MfaDevice.user_id == user_id))
    session.execute(delete(AuthChallenge).where(AuthChallenge.user_id == user_id))


def otpauth_uri(settings: Settings, secret: str, account: str) -> str:
    """What an app scans. Written here: a provider's secret may be shorter than a library allows."""
    label = quote(f"{settings.mfa_issuer}:{account}", safe="")
    return f"otpauth://totp/{label}?{urlencode({'secret': secret, 'issuer': settings.mfa_issuer})}"


def _keep(session: Session, settings: Settings, user_id: int, **device: object) -> tuple[str, ...]:
    """The device, instead of any older one, and its fresh recovery codes."""
    recovery = tuple("".join(secrets.choice(_RECOVERY_LETTERS) for _ in range(10)) for _ in range(_RECOVERY_CODES))
    values = {**device, "recovery_hashes": [_recovery_hash(settings, user_id, one) for one in recovery]}
    session.execute(
        insert(MfaDevice)
        .values(user_id=user_id, **values)
        .on_conflict_do_update(index_elements=["user_id"], set_=values)
    )
    return recovery


def _step_of(settings: Settings, stored: str, code: str, now: datetime) -> int | None:
    """The time step whose code this is: now, or one to either side for clocks that differ."""
    totp = pyotp.TOTP(opened(settings, _PURPOSE, stored))
    current = int(now.timestamp()) // _STEP_SECONDS
    steps = (current, current - 1, current + 1)
    return next((one for one in steps if hmac.compare_digest(totp.generate_otp(one), code.strip())), None)


def _recovery_hash(settings: Settings, user_id: int, code: str) -> str:
    return keyed_hash(settings, "recovery", user_id, code.strip().lower())


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
