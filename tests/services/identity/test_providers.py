"""What every identity provider promises, kept by the local one and by Cognito (a moto server) alike."""

import base64
import os
import time
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from moto.server import ThreadedMotoServer

from core.db import transaction
from core.errors import AppError, BadRequest, Conflict, Forbidden, Unauthenticated
from core.settings import Settings, get_settings
from models.user import User
from services import accounts
from services.audit import Visitor
from services.identity import AccessClaims, read_access_token
from services.identity.entrance import Entrance, NewAccount
from services.identity.provider import Challenge, IdentityProvider, Tokens
from services.identity.wiring import identity_from

ADA, PASSWORD, NEW = "ada@example.org", "Correct-Horse-9-Battery", "Another-Horse-7-Battery"
TRACKER = Visitor("tracker")
REGION = "eu-central-1"


@pytest.fixture(scope="module")
def moto_url() -> Iterator[str]:
    before = dict(os.environ)
    os.environ |= {
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
        "MOTO_COGNITO_IDP_USER_POOL_ENABLE_TOTP": "true",
    }
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    _, port = server.get_host_and_port()
    yield f"http://127.0.0.1:{port}"
    server.stop()
    os.environ.clear()
    os.environ |= before


def _of_cognito(url: str) -> Settings:
    client = boto3.client("cognito-idp", region_name=REGION, endpoint_url=url)
    pool = client.create_user_pool(PoolName="pool", AutoVerifiedAttributes=["email"])["UserPool"]["Id"]
    app = client.create_user_pool_client(UserPoolId=pool, ClientName="app", ExplicitAuthFlows=["USER_PASSWORD_AUTH"])
    return get_settings().model_copy(
        update={
            "identity_provider": "cognito",
            "cognito_region": REGION,
            "cognito_user_pool_id": pool,
            "cognito_client_id": app["UserPoolClient"]["ClientId"],
            "cognito_endpoint_url": url,
            "cognito_jwks_url": f"{url}/{pool}/.well-known/jwks.json",
        }
    )


@pytest.fixture(params=["local", "cognito"])
def settings(request: pytest.FixtureRequest, clean_db: str) -> Settings:
    if request.param == "local":
        return get_settings()
    return _of_cognito(request.getfixturevalue("moto_url"))


@pytest.fixture
def provider(settings: Settings) -> IdentityProvider:
    return identity_from(settings)


@pytest.fixture
def ada(settings: Settings, provider: IdentityProvider) -> User:
    return Entrance(settings, provider).sign_up(TRACKER, NewAccount(ADA, PASSWORD, "Ada"))


def tokens(outcome: Any) -> Tokens:
    assert isinstance(outcome, Tokens)
    return outcome


def holder(settings: Settings, token: str) -> User:
    claims: AccessClaims = read_access_token(settings, token)
    with transaction() as session:
        return accounts.holder(session, claims)


def test_signing_up_then_logging_in(settings: Settings, provider: IdentityProvider, ada: User) -> None:
    got = tokens(provider.log_in(ADA, PASSWORD))
    assert (got.user_id, got.expires_in > 120) == (ada.id, True)
    assert holder(settings, got.access_token).id == ada.id
    assert got.id_token
    with pytest.raises(Unauthenticated):
        read_access_token(settings, got.id_token)


@pytest.mark.parametrize(("email", "password"), [(ADA, "wrong horse"), ("nobody@example.org", PASSWORD)])
def test_a_wrong_pair_does_not_say_which_half(provider: IdentityProvider, ada: User, email: str, password: str) -> None:
    with pytest.raises(Unauthenticated) as refused:
        provider.log_in(email, password)
    assert refused.value.error_code == "WRONG_CREDENTIALS"
    assert provider.proves(email, password) is False


def test_a_password_proves_its_account(provider: IdentityProvider, ada: User) -> None:
    assert provider.proves(ADA, PASSWORD) is True


def test_every_door_lets_the_same_person_in(settings: Settings, provider: IdentityProvider, ada: User) -> None:
    entrance = Entrance(settings, provider)
    assert entrance.log_in(Visitor("agent"), ADA, PASSWORD).id == ada.id
    assert entrance.sign_up(Visitor("copilot"), NewAccount(ADA, PASSWORD)).id == ada.id
    with pytest.raises(BadRequest):
        entrance.sign_up(Visitor("analyzer"), NewAccount(ADA, "wrong horse"))
    with pytest.raises(BadRequest):
        entrance.sign_up(Visitor("tracker"), NewAccount(ADA, PASSWORD))


def test_refreshing(settings: Settings, provider: IdentityProvider, ada: User) -> None:
    refresh = tokens(provider.log_in(ADA, PASSWORD)).refresh_token
    assert refresh
    again = provider.refresh(refresh)
    assert holder(settings, again.access_token).id == ada.id
    assert again.refresh_token
    with pytest.raises(Unauthenticated):
        provider.refresh("nonsense-nonsense")


def test_changing_the_password(settings: Settings, provider: IdentityProvider, ada: User) -> None:
    with pytest.raises(BadRequest) as refused:
        provider.change_password(ADA, "wrong horse", NEW)
    assert refused.value.error_code == "WRONG_PASSWORD"
    with transaction() as session:
        before = session.get_one(User, ada.id).token_epoch
    provider.change_password(ADA, PASSWORD, NEW)
    assert not provider.proves(ADA, PASSWORD)
    assert provider.proves(ADA, NEW)
    with transaction() as session:
        assert session.get_one(User, ada.id).token_epoch == before + 1


def test_a_second_factor(provider: IdentityProvider, ada: User) -> None:
    begun = provider.begin_mfa(tokens(provider.log_in(ADA, PASSWORD)).access_token)
    wrong = "000000" if _code(begun.secret) != "000000" else "111111"
    with pytest.raises(BadRequest):
        provider.finish_mfa(ADA, begun.session, wrong, "phone")
    assert tokens(provider.finish_mfa(ADA, begun.session, _code(begun.secret), "phone")).user_id == ada.id
    asked = provider.log_in(ADA, PASSWORD)
    assert isinstance(asked, Challenge)
    assert asked.next_step == "SOFTWARE_TOKEN_MFA"
    with pytest.raises(Forbidden):
        provider.proves(ADA, PASSWORD)
    with pytest.raises(Unauthenticated):
        provider.answer(ADA, asked.next_step, asked.session, {"SOFTWARE_TOKEN_MFA_CODE": wrong})
    next_code = _code(begun.secret, later=30 if provider.name == "local" else 0)
    done = provider.answer(ADA, asked.next_step, asked.session, {"SOFTWARE_TOKEN_MFA_CODE": next_code})
    assert tokens(done).user_id == ada.id
    provider.forget_mfa(ADA)
    assert tokens(provider.log_in(ADA, PASSWORD)).user_id == ada.id


def test_a_session_of_nobody(provider: IdentityProvider, ada: User) -> None:
    for attempt in (
        lambda: provider.begin_mfa("nonsense"),
        lambda: provider.finish_mfa(ADA, "nonsense", "123456", None),
        lambda: provider.answer(ADA, "SOFTWARE_TOKEN_MFA", "nonsense", {"SOFTWARE_TOKEN_MFA_CODE": "123456"}),
    ):
        with pytest.raises(Unauthenticated):
            attempt()


def test_a_wrong_confirmation(provider: IdentityProvider, ada: User) -> None:
    with pytest.raises(BadRequest):
        provider.confirm("nobody@example.org", "123456")


def test_telling_that_an_address_is_proven(provider: IdentityProvider, ada: User) -> None:
    provider.email_verified(ADA)


def _code(secret: str, *, later: int = 0) -> str:
    """As an app computes it. The stand-in's fixed secret is shorter than pyotp allows."""
    key = base64.b32decode(secret.upper() + "=" * (-len(secret) % 8))
    totp = TOTP(key, 6, SHA1(), 30, enforce_key_length=False)
    return totp.generate(int(time.time()) + later).decode()


class TestCognitoAlone:
    @pytest.fixture
    def settings(self, clean_db: str, moto_url: str) -> Settings:
        return _of_cognito(moto_url)

    def _outside(self, settings: Settings, email: str) -> str:
        """Somebody who signed up at Cognito without us, and the access token they were given."""
        client = boto3.client("cognito-idp", region_name=REGION, endpoint_url=settings.cognito_endpoint_url)
        app, pool = settings.cognito_client_id, settings.cognito_user_pool_id
        attributes = [{"Name": "email", "Value": email}]
        client.sign_up(ClientId=app, Username=email, Password=PASSWORD, UserAttributes=attributes)
        client.admin_confirm_sign_up(UserPoolId=pool, Username=email)
        parameters = {"USERNAME": email, "PASSWORD": PASSWORD}
        answer = client.initiate_auth(ClientId=app, AuthFlow="USER_PASSWORD_AUTH", AuthParameters=parameters)
        return str(answer["AuthenticationResult"]["AccessToken"])

    def test_a_stranger_with_a_good_token_gets_an_account(self, settings: Settings, provider: IdentityProvider) -> None:
        token = self._outside(settings, "eve@example.org")
        with pytest.raises(Unauthenticated):
            holder(settings, token)
        provider.provision(token)
        assert holder(settings, token).email == "eve@example.org"

    def test_an_unproven_address_takes_no_account(self, settings: Settings, provider: IdentityProvider) -> None:
        local = Entrance(get_settings(), identity_from(get_settings()))
        local.sign_up(Visitor("agent"), NewAccount("eve@example.org", PASSWORD))
        token = self._outside(settings, "eve@example.org")
        with pytest.raises(Conflict):
            provider.provision(token)

    def test_another_clients_token_is_refused(self, settings: Settings, provider: IdentityProvider, ada: User) -> None:
        token = tokens(provider.log_in(ADA, PASSWORD)).access_token
        for change in ({"cognito_client_id": "other"}, {"cognito_user_pool_id": "eu_other"}, {"cognito_region": "x"}):
            with pytest.raises(Unauthenticated):
                read_access_token(settings.model_copy(update=change), token)
        with pytest.raises(Unauthenticated):
            read_access_token(get_settings(), token)

    def test_a_provider_that_is_away_is_a_503(self, settings: Settings) -> None:
        away = identity_from(settings.model_copy(update={"cognito_endpoint_url": "http://127.0.0.1:9"}))
        with pytest.raises(AppError) as refused:
            away.log_in(ADA, PASSWORD)
        assert refused.value.status == 503
