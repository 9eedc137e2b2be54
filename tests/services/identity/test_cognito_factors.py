"""Second factors under Cognito. moto never asks for MFA_SETUP: that step meets a server that answers as Cognito."""

import base64
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

import jwt
import pyotp
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from sqlalchemy import select

from core.clock import utc_now
from core.db import transaction
from core.errors import AppError, BadRequest, Forbidden, Unauthenticated
from core.settings import Settings, get_settings
from models.identity import MfaDevice
from models.user import User
from services import accounts
from services.audit import Visitor
from services.identity import factors, federated, read_access_token
from services.identity.entrance import Entrance, NewAccount
from services.identity.openid import Person
from services.identity.provider import Challenge, IdentityProvider, Tokens
from services.identity.wiring import identity_from
from tests.local_http import Answer, serving
from tests.services.identity.test_providers import ADA, PASSWORD, _code, _of_cognito, holder, moto_url, tokens

__all__ = ["moto_url"]

REGION, POOL, CLIENT = "eu-central-1", "eu-central-1_fake", "client"
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
EVE = "eve@example.org"


class Cognito:
    """A pool that demands a second factor. Sessions are good once and belong to one user, as Cognito's do."""

    def __init__(self) -> None:
        self.secrets: dict[str, str] = {}
        self.sessions: dict[str, str] = {}
        self.preferred: dict[str, bool] = {}
        self.calls: list[str] = []

    def __call__(self, body: dict[str, Any], headers: Mapping[str, str]) -> Answer:
        name = headers["X-Amz-Target"].rpartition(".")[2]
        self.calls.append(name)
        answer: Answer = getattr(self, f"on_{name}")(body)
        return answer

    def keys(self, body: Any, headers: Mapping[str, str]) -> Answer:
        public = jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key(), as_dict=True)
        return 200, {"keys": [public | {"kid": "one", "alg": "RS256", "use": "sig"}]}

    def on_InitiateAuth(self, body: dict[str, Any]) -> Answer:  # noqa: N802 — Cognito's name
        asked = body["AuthParameters"]
        if asked["PASSWORD"] != PASSWORD:
            return _error("NotAuthorizedException")
        step = "SOFTWARE_TOKEN_MFA" if self.preferred.get(asked["USERNAME"]) else "MFA_SETUP"
        return 200, {"ChallengeName": step, "Session": self._session(asked["USERNAME"]), "ChallengeParameters": {}}

    def on_AssociateSoftwareToken(self, body: dict[str, Any]) -> Answer:  # noqa: N802
        user = self._user(body)
        if user is None:
            return _error("NotAuthorizedException")
        self.secrets[user] = base64.b32encode(b"twenty random bytes!").decode()
        more = {"Session": self._session(user)} if "Session" in body else {}
        return 200, {"SecretCode": self.secrets[user], **more}

    def on_VerifySoftwareToken(self, body: dict[str, Any]) -> Answer:  # noqa: N802
        user = self._user(body)
        if user is None:
            return _error("NotAuthorizedException")
        if not pyotp.TOTP(self.secrets[user]).verify(body["UserCode"]):
            return _error("EnableSoftwareTokenMFAException")
        more = {"Session": self._session(user)} if "Session" in body else {}
        return 200, {"Status": "SUCCESS", **more}

    def on_RespondToAuthChallenge(self, body: dict[str, Any]) -> Answer:  # noqa: N802
        user = self._user(body)
        if user is None or user != body["ChallengeResponses"]["USERNAME"]:
            return _error("NotAuthorizedException")
        return 200, {"AuthenticationResult": {"AccessToken": self.token(user), "ExpiresIn": 3600, "IdToken": "x.y.z"}}

    def on_GetUser(self, body: dict[str, Any]) -> Answer:  # noqa: N802
        user = self._user(body)
        facts = {"email": user, "email_verified": "true", "name": "Ada"}
        return 200, {"Username": user, "UserAttributes": [{"Name": k, "Value": v} for k, v in facts.items()]}

    def on_SetUserMFAPreference(self, body: dict[str, Any]) -> Answer:  # noqa: N802
        self.preferred[str(self._user(body))] = body["SoftwareTokenMfaSettings"]["Enabled"]
        return 200, {}

    def on_AdminSetUserMFAPreference(self, body: dict[str, Any]) -> Answer:  # noqa: N802
        self.preferred[body["Username"]] = body["SoftwareTokenMfaSettings"]["Enabled"]
        return 200, {}

    def token(self, user: str) -> str:
        now = utc_now()
        claims = {"sub": f"sub-{user}", "iat": now, "exp": now + timedelta(hours=1), "jti": f"{user}-{len(self.calls)}"}
        claims |= {"iss": f"https://cognito-idp.{REGION}.amazonaws.com/{POOL}", "client_id": CLIENT}
        return jwt.encode(claims | {"token_use": "access"}, KEY, algorithm="RS256", headers={"kid": "one"})

    def _session(self, user: str) -> str:
        text = f"session-of-twenty-letters-{len(self.sessions)}"
        self.sessions[text] = user
        return text

    def _user(self, body: dict[str, Any]) -> str | None:
        if "AccessToken" in body:
            claims = jwt.decode(body["AccessToken"], options={"verify_signature": False})
            return str(claims["sub"]).removeprefix("sub-")
        return self.sessions.pop(body["Session"], None)


def _error(name: str) -> Answer:
    return 400, {"__type": name, "message": "no"}


@pytest.fixture
def pool() -> Cognito:
    return Cognito()


@pytest.fixture
def settings(clean_db: str, pool: Cognito, monkeypatch: pytest.MonkeyPatch) -> Iterator[Settings]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    with serving({"/": pool, "/keys": pool.keys}) as url:
        changes = {"identity_provider": "cognito", "cognito_region": REGION, "cognito_user_pool_id": POOL}
        changes |= {"cognito_client_id": CLIENT, "cognito_endpoint_url": url, "cognito_jwks_url": f"{url}/keys"}
        yield get_settings().model_copy(update=changes)


@pytest.fixture
def provider(settings: Settings) -> IdentityProvider:
    return identity_from(settings)


def set_up(provider: IdentityProvider, email: str = ADA) -> Tokens:
    owed = provider.log_in(email, PASSWORD)
    assert isinstance(owed, Challenge)
    assert owed.next_step == "MFA_SETUP"
    begun = provider.begin_mfa(owed.session)
    return tokens(provider.finish_mfa(email, begun.session, pyotp.TOTP(begun.secret).now(), "phone"))


def challenged(provider: IdentityProvider) -> Challenge:
    asked = provider.log_in(ADA, PASSWORD)
    assert isinstance(asked, Challenge)
    assert asked.next_step == "SOFTWARE_TOKEN_MFA"
    return asked


def recover(provider: IdentityProvider, asked: Challenge, code: str) -> Tokens:
    return tokens(provider.answer(ADA, asked.next_step, asked.session, {"SOFTWARE_TOKEN_MFA_CODE": code}))


def test_a_pool_that_demands_a_factor_is_set_up_after_the_password(
    settings: Settings, provider: IdentityProvider, pool: Cognito
) -> None:
    entered = set_up(provider)
    assert holder(settings, entered.access_token).email == ADA
    assert len(set(entered.recovery_codes)) == 10
    assert pool.preferred == {ADA: True}
    assert challenged(provider).session


def test_a_wrong_code_sets_nothing_up(provider: IdentityProvider, pool: Cognito) -> None:
    owed = provider.log_in(ADA, PASSWORD)
    assert isinstance(owed, Challenge)
    begun = provider.begin_mfa(owed.session)
    with pytest.raises(BadRequest):
        provider.finish_mfa(ADA, begun.session, "000000", None)
    assert pool.preferred == {}
    with transaction() as session:
        assert session.scalars(select(MfaDevice)).all() == []


def test_ones_own_session_sets_nothing_up_for_somebody_else(provider: IdentityProvider, pool: Cognito) -> None:
    """The e-mail address of the request is only a claim."""
    owed = provider.log_in(EVE, PASSWORD)
    assert isinstance(owed, Challenge)
    begun = provider.begin_mfa(owed.session)
    with pytest.raises(Unauthenticated):
        provider.finish_mfa(ADA, begun.session, pyotp.TOTP(begun.secret).now(), None)
    eve = set_up(provider, EVE).access_token
    again = provider.begin_mfa(eve)
    provider.finish_mfa(ADA, again.session, pyotp.TOTP(again.secret).now(), None)
    assert pool.preferred == {EVE: True}


def test_a_logged_out_token_sets_nothing_up(settings: Settings, provider: IdentityProvider, pool: Cognito) -> None:
    entered = set_up(provider)
    with transaction() as session:
        accounts.revoke(session, read_access_token(settings, entered.access_token), user_id=entered.user_id)
    calls = len(pool.calls)
    with pytest.raises(Unauthenticated):
        provider.begin_mfa(entered.access_token)
    assert pool.calls[calls:] == []


def test_a_recovery_code_lets_its_owner_in_and_switches_the_lost_app_off(
    settings: Settings, provider: IdentityProvider, pool: Cognito
) -> None:
    codes = set_up(provider).recovery_codes
    entered = recover(provider, challenged(provider), f" {codes[3].upper()} ")
    assert holder(settings, entered.access_token).email == ADA
    assert (entered.refresh_token, entered.id_token) == (None, None)
    assert entered.advice
    assert pool.preferred == {ADA: False}
    with transaction() as session:
        assert not factors.has_device(session, entered.user_id)
    assert len(set_up(provider).recovery_codes) == 10


def test_a_recovery_code_needs_the_password_first(provider: IdentityProvider, pool: Cognito) -> None:
    codes = set_up(provider).recovery_codes
    foreign = provider.log_in(EVE, PASSWORD)
    assert isinstance(foreign, Challenge)
    for text in ("made-up-session-of-letters", foreign.session):
        with pytest.raises(Unauthenticated):
            recover(provider, Challenge("SOFTWARE_TOKEN_MFA", text), codes[0])
    assert pool.preferred == {ADA: True}
    assert recover(provider, challenged(provider), codes[0]).user_id, "the code was not spent on them"


def test_five_guesses_of_a_recovery_code_a_log_in(provider: IdentityProvider, pool: Cognito) -> None:
    codes = set_up(provider).recovery_codes
    asked = challenged(provider)
    for guess in ("aaaaaaaaaa", "bbbbbbbbbb", "cccccccccc", "dddddddddd", "eeeeeeeeee", codes[0]):
        with pytest.raises(Unauthenticated):
            recover(provider, asked, guess)
    assert pool.preferred == {ADA: True}


def test_no_other_sign_in_walks_around_the_factor(settings: Settings, provider: IdentityProvider) -> None:
    user_id = set_up(provider).user_id
    with pytest.raises(Forbidden):
        provider.proves(ADA, PASSWORD)
    person = Person("g-1", ADA, email_verified=True, name="Ada", picture=None)
    with transaction() as session:
        federated.enter(session, settings, Visitor("copilot"), person, logged_in=user_id)
    with pytest.raises(Forbidden), transaction() as session:
        federated.enter(session, settings, Visitor("copilot"), person, logged_in=None)


def test_over_moto_too(clean_db: str, moto_url: str) -> None:
    """The part of it that moto knows: a factor set up by choice."""
    settings = _of_cognito(moto_url)
    provider = identity_from(settings)
    user: User = Entrance(settings, provider).sign_up(Visitor("tracker"), NewAccount(ADA, PASSWORD))
    begun = provider.begin_mfa(tokens(provider.log_in(ADA, PASSWORD)).access_token)
    codes = tokens(provider.finish_mfa(ADA, begun.session, _code(begun.secret), None)).recovery_codes
    entered = recover(provider, challenged(provider), codes[0])
    assert entered.user_id == user.id
    assert tokens(provider.log_in(ADA, PASSWORD)).user_id == user.id, "the password alone, until an app is set up again"


def test_cognito_away_in_the_middle_is_a_503(settings: Settings) -> None:
    away = identity_from(settings.model_copy(update={"cognito_endpoint_url": "http://127.0.0.1:9"}))
    with pytest.raises(AppError) as refused:
        away.begin_mfa("session-of-twenty-letters-0")
    assert refused.value.status == 503
