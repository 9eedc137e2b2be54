"""Accounts: one row a person, the first one in charge, a token only as good as its account."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.clock import utc_now
from core.errors import BadRequest, Forbidden, Unauthenticated
from core.settings import Settings, get_settings
from models.user import User
from services import accounts, credits
from services.credits import Balance
from services.identity import AccessClaims

SETTINGS = get_settings().model_copy(update={"signup_credits": 30})


def _register(session: Session, email: str, settings: Settings = SETTINGS) -> User:
    return accounts.register(session, settings, email=email, password_hash="x", display_name=None, door="agent")


def _claims(user: User, *, epoch: int = 0, jti: str = "one") -> AccessClaims:
    return AccessClaims(user.id, epoch, jti, utc_now() + timedelta(hours=1))


def test_the_first_account_is_the_administrator(session: Session) -> None:
    assert _register(session, "First@Example.org").is_admin
    assert not _register(session, "second@example.org").is_admin


def test_an_address_is_one_account_however_it_is_written(session: Session) -> None:
    _register(session, "Ada@Example.org ")
    with pytest.raises(BadRequest) as refused:
        _register(session, "ada@example.ORG")
    assert refused.value.error_code == "EMAIL_TAKEN"
    assert session.scalars(select(User.email)).all() == ["ada@example.org"]


def test_two_people_with_one_local_part_get_two_user_names(session: Session) -> None:
    one, other = _register(session, "ada@example.org"), _register(session, "ada@example.com")
    assert one.username == "ada"
    assert other.username.startswith("ada-")


def test_a_new_account_has_its_welcome_credits(session: Session) -> None:
    user = _register(session, "ada@example.org")
    assert credits.balance(session, user.id) == Balance(30, 0)


def test_a_token_is_worth_its_account(session: Session) -> None:
    user = _register(session, "ada@example.org")
    assert accounts.holder(session, _claims(user)).id == user.id


def test_a_token_of_an_older_epoch_is_dead(session: Session) -> None:
    user = _register(session, "ada@example.org")
    user.token_epoch = 1
    session.flush()
    with pytest.raises(Unauthenticated):
        accounts.holder(session, _claims(user))


def test_a_logged_out_token_is_dead_and_its_neighbour_lives(session: Session) -> None:
    user = _register(session, "ada@example.org")
    accounts.revoke(session, _claims(user))
    accounts.revoke(session, _claims(user))
    with pytest.raises(Unauthenticated):
        accounts.holder(session, _claims(user))
    assert accounts.holder(session, _claims(user, jti="two"))


def test_expired_logouts_are_forgotten(session: Session) -> None:
    user = _register(session, "ada@example.org")
    accounts.revoke(session, _claims(user))
    assert accounts.forget_revoked_before(session, utc_now()) == 0
    assert accounts.forget_revoked_before(session, utc_now() + timedelta(hours=2)) == 1


def test_a_switched_off_account_is_told_so(session: Session) -> None:
    user = _register(session, "ada@example.org")
    user.is_active = False
    session.flush()
    with pytest.raises(Forbidden):
        accounts.holder(session, _claims(user))
