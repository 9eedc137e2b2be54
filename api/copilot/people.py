"""A person in the copilot's words, read in one place."""

from sqlalchemy.orm import Session

from api.copilot.schemas import TokenOut, UserView
from core.clock import utc_now
from core.settings import Settings
from models.user import User
from services import accounts, personal
from services.identity import issue_access_token


def view(session: Session, user: User) -> UserView:
    return UserView.of(
        user,
        accounts.profile(session, user.id),
        personal.settings_of(session, user.id),
        oauth=personal.outside_identity(session, user.id),
    )


def token_for(settings: Settings, user: User, seen: UserView) -> TokenOut:
    token = issue_access_token(settings, user_id=user.id, epoch=user.token_epoch, now=utc_now())
    return TokenOut(access_token=token, expires_in=settings.access_token_seconds, user=seen)
