"""Access tokens: ours, alive and meant for this, or nothing."""

from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest

from core.clock import utc_now
from core.errors import Unauthenticated
from core.settings import Settings, get_settings
from services.identity import Passwords, issue_access_token, read_access_token


@pytest.fixture
def settings() -> Settings:
    return get_settings()


def _claims(**changes: Any) -> dict[str, Any]:
    now = utc_now()
    claims = {
        "iss": "offerline",
        "aud": "offerline-api",
        "sub": "7",
        "iat": now,
        "exp": now + timedelta(hours=1),
        "jti": "one",
        "token_use": "access",
        "epoch": 0,
    } | changes
    return {name: value for name, value in claims.items() if value is not None}


def _signed(claims: dict[str, Any], key: str, algorithm: str = "HS256") -> str:
    return jwt.encode(claims, key, algorithm=algorithm)


def test_an_issued_token_reads_back(settings: Settings) -> None:
    now = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    long_lived = settings.model_copy(update={"access_token_seconds": 100 * 365 * 24 * 3600})
    claims = read_access_token(settings, issue_access_token(long_lived, user_id=7, epoch=3, now=now))
    assert (claims.user_id, claims.epoch) == (7, 3)
    assert claims.expires_at == now + timedelta(seconds=long_lived.access_token_seconds)


@pytest.mark.parametrize(
    "changes",
    [
        {"aud": "somebody-else"},
        {"iss": "somebody-else"},
        {"token_use": "refresh"},
        {"token_use": None},
        {"exp": datetime(2020, 1, 1, tzinfo=UTC)},
        {"exp": None},
        {"jti": None},
        {"sub": "seven"},
        {"sub": None},
        {"epoch": None},
    ],
    ids=str,
)
def test_a_wrong_claim_is_refused(settings: Settings, changes: dict[str, Any]) -> None:
    token = _signed(_claims(**changes), settings.secret_key.get_secret_value())
    with pytest.raises(Unauthenticated):
        read_access_token(settings, token)


def test_the_unchanged_claims_are_accepted(settings: Settings) -> None:
    """The table above fails for its change, not for the way it is signed."""
    token = _signed(_claims(), settings.secret_key.get_secret_value())
    assert read_access_token(settings, token).user_id == 7


def test_another_key_is_refused(settings: Settings) -> None:
    with pytest.raises(Unauthenticated):
        read_access_token(settings, _signed(_claims(), "x" * 48))


def test_no_algorithm_is_refused(settings: Settings) -> None:
    with pytest.raises(Unauthenticated):
        read_access_token(settings, jwt.encode(_claims(), None, algorithm="none"))


@pytest.mark.parametrize("token", ["", "a.b.c", "null", "é" * 10, "." * 3000])
def test_noise_is_refused(settings: Settings, token: str) -> None:
    with pytest.raises(Unauthenticated):
        read_access_token(settings, token)


def test_a_password_fits_only_itself_and_no_account_fits_nothing() -> None:
    passwords = Passwords(concurrency=1)
    stored = passwords.hash("correct horse")
    assert passwords.verify("correct horse", stored)
    assert not passwords.verify("correct house", stored)
    assert not passwords.verify("correct horse", None)
    assert "correct" not in stored
