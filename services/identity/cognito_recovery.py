"""Recovery codes beside Cognito, which has none: they replace a lost app where Cognito accepted the password."""

from core.clock import utc_now
from core.db import transaction
from core.errors import Unauthenticated
from core.settings import Settings
from models.user import User
from services import accounts
from services.identity import factors
from services.identity.provider import Challenge, Tokens, dead_session, wrong_code
from services.identity.tokens import issue_access_token


def remember(settings: Settings, email: str, asked: Challenge) -> None:
    """That Cognito asks this person for a code: its session text cannot be read, only recognised."""
    if asked.next_step != factors.SOFTWARE_TOKEN:
        return
    with transaction() as session:
        user = accounts.find(session, email)
        if user:
            factors.note_challenge(session, settings, user.id, asked.next_step, asked.session, utc_now())


def spend(settings: Settings, email: str, text: str, code: str) -> User:
    """The person whose recovery code this is. A guess is counted, right or wrong.

    Raises:
        Unauthenticated: the code is wrong, or no such log-in is waiting.
    """
    with transaction() as session:
        waiting = factors.spend_attempt(session, settings, text, factors.SOFTWARE_TOKEN, utc_now())
        user = session.get(User, waiting.user_id) if waiting else None
        if user is not None and (user.email != email or not user.is_active):
            user = None
        if waiting and user and factors.spend_recovery_code(session, settings, user.id, code):
            factors.close_challenge(session, waiting)
            return accounts.active(user, Unauthenticated)
    raise wrong_code() if user else dead_session()


def tokens(settings: Settings, user: User) -> Tokens:
    """Ours, and for one sitting: Cognito gives none without the app. The next log-in needs the password alone."""
    seconds = settings.refreshable_token_seconds
    token = issue_access_token(settings, user_id=user.id, epoch=user.token_epoch, now=utc_now(), seconds=seconds)
    return Tokens(
        user_id=user.id,
        access_token=token,
        expires_in=seconds,
        advice="The lost app is switched off. Log in again and set up a new one.",
    )
