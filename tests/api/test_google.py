"""Google sign-in against an OpenID provider on this machine."""

import base64
import hashlib
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from fastapi.testclient import TestClient
from pydantic import SecretStr

from core.clock import utc_now
from core.db import transaction
from models.user import User
from services import accounts
from tests.api.doorways import STRONG, bearer, entered
from tests.api.test_four_doors import person
from tests.local_http import serving

LOGIN, CALLBACK = "/api/v1/auth/oauth/google/login", "/api/v1/auth/oauth/google/callback"
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


class Provider:
    """Answers as Google does. `claims` changes what it says, `asked` is what the browser was sent with."""

    def __init__(self) -> None:
        self.url = ""
        self.claims: dict[str, Any] = {}
        self.asked: dict[str, str] = {}
        self.key = KEY
        self.code = "the-code"

    def discovery(self, body: Any, headers: Mapping[str, str]) -> tuple[int, Any]:
        names = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "keys"}
        return 200, {"issuer": self.url} | {name: f"{self.url}/{path}" for name, path in names.items()}

    def keys(self, body: Any, headers: Mapping[str, str]) -> tuple[int, Any]:
        public = jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key(), as_dict=True)
        return 200, {"keys": [public | {"kid": "one", "alg": "RS256", "use": "sig"}]}

    def token(self, body: dict[str, str], headers: Mapping[str, str]) -> tuple[int, Any]:
        challenge = base64.urlsafe_b64encode(hashlib.sha256(body["code_verifier"].encode()).digest())
        redeemable = body["code"] == self.code and body["client_secret"] == "secret"
        if not redeemable or challenge.rstrip(b"=").decode() != self.asked["code_challenge"]:
            return 400, {"error": "invalid_grant"}
        self.code = "spent"
        now = utc_now()
        claims = {"iss": self.url, "aud": "client", "sub": "g-1", "email": "ada@example.org", "email_verified": True}
        claims |= {"iat": now, "exp": now + timedelta(minutes=5), "nonce": self.asked["nonce"], "name": "Ada"}
        sent = {name: value for name, value in (claims | self.claims).items() if value is not None}
        return 200, {"id_token": jwt.encode(sent, self.key, algorithm="RS256", headers={"kid": "one"})}


@pytest.fixture
def provider() -> Iterator[Provider]:
    one = Provider()
    with serving({"/discovery": one.discovery, "/keys": one.keys, "/token": one.token}) as url:
        one.url = url
        yield one


@pytest.fixture
def client(clean_db: str, redis_url: str, provider: Provider) -> Iterator[TestClient]:
    changes = {
        "google_client_id": "client",
        "google_client_secret": SecretStr("secret"),
        "google_discovery_url": f"{provider.url}/discovery",
    }
    with entered(changes) as one:
        yield one


def to_google(client: TestClient, provider: Provider) -> dict[str, str]:
    answer = client.get(LOGIN, follow_redirects=False)
    assert answer.status_code == 302, answer.text
    asked = parse_qs(urlsplit(answer.headers["location"]).query)
    provider.asked = {name: values[0] for name, values in asked.items()}
    return provider.asked


def back(client: TestClient, provider: Provider, *, page: bool = False, **changes: str) -> Any:
    query = {"code": "the-code", "state": provider.asked["state"]} | changes
    return client.get(
        CALLBACK, params=query, headers={"Accept": "text/html" if page else "*/*"}, follow_redirects=False
    )


def _ada() -> User | None:
    with transaction() as session:
        return accounts.find(session, "ada@example.org")


def test_a_new_person(client: TestClient, provider: Provider) -> None:
    asked = to_google(client, provider)
    assert (asked["response_type"], asked["code_challenge_method"], asked["scope"]) == (
        "code",
        "S256",
        "openid email profile",
    )
    body = back(client, provider).json()
    assert (body["user"]["oauth_provider"], body["user"]["oauth_id"], body["user"]["full_name"]) == (
        "google",
        "g-1",
        "Ada",
    )
    assert client.get("/api/v1/auth/me", headers=bearer(body["access_token"])).status_code == 200
    ada = _ada()
    assert ada
    assert (ada.is_email_verified, ada.password_hash) == (True, None)


def test_the_same_person_again_even_under_a_new_address(client: TestClient, provider: Provider) -> None:
    to_google(client, provider)
    first = back(client, provider).json()["user"]["id"]
    client.cookies.clear()
    provider.code, provider.claims = "the-code", {"email": "ada@new.example.org"}
    to_google(client, provider)
    assert back(client, provider).json()["user"]["id"] == first


def test_a_page_is_sent_on_with_the_token(client: TestClient, provider: Provider) -> None:
    to_google(client, provider)
    answer = back(client, provider, page=True)
    target = urlsplit(answer.headers["location"])
    assert (answer.status_code, target.netloc, target.path) == (302, "localhost:8002", "/auth/oauth/google/callback")
    assert client.get("/auth/me", headers=bearer(parse_qs(target.query)["token"][0])).status_code == 200


def test_an_address_alone_connects_nothing(client: TestClient, provider: Provider) -> None:
    client.post("/auth/register", json=person())
    to_google(client, provider)
    assert back(client, provider).status_code == 400
    provider.code = "the-code"
    to_google(client, provider)
    sent_on = back(client, provider, page=True)
    assert parse_qs(urlsplit(sent_on.headers["location"]).query)["error"] == ["link_required"]


def test_whoever_proves_the_account_connects_it(client: TestClient, provider: Provider) -> None:
    own_id = client.post("/api/v1/auth/register", json=person()).json()["id"]
    to_google(client, provider)
    assert back(client, provider).json()["user"]["id"] == own_id
    client.cookies.clear()
    provider.code = "the-code"
    to_google(client, provider)
    assert back(client, provider).json()["user"]["id"] == own_id


def test_a_google_account_is_connected_once(client: TestClient, provider: Provider) -> None:
    to_google(client, provider)
    back(client, provider)
    client.cookies.clear()
    client.post("/api/v1/auth/register", json=person("eve@example.org", username="eve"))
    provider.code = "the-code"
    to_google(client, provider)
    assert back(client, provider).status_code == 409


def test_a_connection_needs_the_session_that_asked_for_it(client: TestClient, provider: Provider) -> None:
    client.post("/api/v1/auth/register", json=person())
    to_google(client, provider)
    del client.cookies["access_token"]
    assert back(client, provider).status_code == 400


@pytest.mark.parametrize(
    "changes",
    [{"state": "x" * 43}, {"state": ""}, {"code": "wrong"}, {"code": ""}, {"error": "access_denied"}],
    ids=str,
)
def test_an_answer_that_does_not_fit_is_refused(
    client: TestClient, provider: Provider, changes: dict[str, str]
) -> None:
    to_google(client, provider)
    assert back(client, provider, **changes).status_code == 400
    assert _ada() is None


def test_another_browsers_answer_is_refused(client: TestClient, provider: Provider) -> None:
    to_google(client, provider)
    client.cookies.clear()
    assert back(client, provider).status_code == 400


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "other"},
        {"nonce": None},
        {"aud": "other"},
        {"iss": "https://evil.example"},
        {"exp": utc_now() - timedelta(minutes=1)},
        {"email_verified": False},
        {"email_verified": None},
        {"email": None},
        {"sub": None},
    ],
    ids="-".join,
)
def test_a_token_that_does_not_hold_is_refused(client: TestClient, provider: Provider, claims: dict[str, Any]) -> None:
    provider.claims = claims
    to_google(client, provider)
    assert back(client, provider).status_code == 400
    assert _ada() is None


def test_somebody_elses_signature_is_refused(client: TestClient, provider: Provider) -> None:
    provider.key = OTHER_KEY
    to_google(client, provider)
    assert back(client, provider).status_code == 400


def test_not_set_up_says_so(clean_db: str, redis_url: str) -> None:
    with entered() as client:
        assert client.get(LOGIN, follow_redirects=False).status_code == 503
        assert client.get("/api/v1/auth/oauth/linkedin/login", follow_redirects=False).status_code == 302
        assert client.get("/api/v1/auth/oauth/other/login", follow_redirects=False).status_code == 422


def test_a_connected_account_keeps_its_password(client: TestClient, provider: Provider) -> None:
    client.post("/api/v1/auth/register", json=person())
    to_google(client, provider)
    back(client, provider)
    answer = client.post("/auth/login", json={"email": "ada@example.org", "password": STRONG})
    assert answer.status_code == 200
