"""People for tests: a user with an account, as registration leaves one, without the cost of a password hash."""

import itertools

from core.clock import utc_now
from core.db import transaction
from core.settings import get_settings
from models.user import User, UserProfile
from services import credits
from services.identity import issue_access_token

_numbers = itertools.count(1)


def person(*, grant: int = 0, admin: bool = False) -> int:
    """Commit a new user and answer the id."""
    name = f"person{next(_numbers)}"
    with transaction() as session:
        user = User(email=f"{name}@example.org", username=name, is_admin=admin)
        session.add(user)
        session.flush()
        session.add(UserProfile(user_id=user.id))
        credits.open_account(session, user_id=user.id, grant=grant)
        return user.id


def token_of(user_id: int) -> str:
    """An access token as the log-in issues it."""
    return issue_access_token(get_settings(), user_id=user_id, epoch=0, now=utc_now())


def bearer_of(user_id: int) -> dict[str, str]:
    return {"Authorization": f"Bearer {token_of(user_id)}"}
