"""Access tokens that Cognito signed: RS256 against the pool's published keys."""

import threading
import time
from datetime import UTC, datetime
from typing import Any

import httpx
import jwt

from core.errors import Unavailable
from core.settings import Settings
from services.identity.tokens import AccessClaims, invalid_token

PROVIDER = "cognito"
_SECONDS = 5.0
_FRESH_SECONDS = 3600.0
_PATIENCE_SECONDS = 30.0  # how often an unknown key id may make us fetch again


class Keys:
    """A pool's public keys, fetched once an hour, and when a token names one that is new."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._keys: dict[str, Any] = {}
        self._source = ("", 0.0)

    def get(self, url: str, key_id: str) -> Any:
        """Raises Unauthenticated for a key that the pool does not have, Unavailable when nobody can tell."""
        with self._lock:
            known, fetched = self._source
            age = time.monotonic() - fetched if known == url else float("inf")
            if age > _FRESH_SECONDS or (key_id not in self._keys and age > _PATIENCE_SECONDS):
                self._keys, self._source = _fetched(url), (url, time.monotonic())
            if key_id not in self._keys:
                raise invalid_token()
            return self._keys[key_id]


_keys = Keys()


def issuer(settings: Settings) -> str:
    return f"https://cognito-idp.{settings.cognito_region}.amazonaws.com/{settings.cognito_user_pool_id}"


def read_access_token(settings: Settings, token: str) -> AccessClaims:
    """Verify signature, issuer, lifetime, use and app client.

    Raises:
        Unauthenticated: for anything but a live access token of this pool and app client.
    """
    try:
        key_id = str(jwt.get_unverified_header(token).get("kid"))
        url = settings.cognito_jwks_url or f"{issuer(settings)}/.well-known/jwks.json"
        claims = jwt.decode(
            token,
            _keys.get(url, key_id),
            algorithms=["RS256"],
            issuer=issuer(settings),
            options={"require": ["exp", "iat", "sub", "jti", "iss"], "verify_aud": False},  # client_id stands for it
        )
        if claims.get("token_use") != "access" or claims.get("client_id") != settings.cognito_client_id:
            raise invalid_token()
        return AccessClaims(
            user_id=0,
            epoch=0,
            jti=str(claims["jti"]),
            expires_at=datetime.fromtimestamp(claims["exp"], tz=UTC),
            provider=PROVIDER,
            subject=str(claims["sub"]),
            issued_at=datetime.fromtimestamp(claims["iat"], tz=UTC),
        )
    except (jwt.PyJWTError, KeyError, ValueError) as error:
        raise invalid_token() from error


def _fetched(url: str) -> dict[str, Any]:
    try:
        answer = httpx.get(url, timeout=_SECONDS)
        answer.raise_for_status()
        keys = jwt.PyJWKSet.from_dict(answer.json())
    except (httpx.HTTPError, jwt.PyJWTError, ValueError) as error:
        raise Unavailable("The identity provider's keys cannot be read right now. Try again shortly.") from error
    return {str(one.key_id): one.key for one in keys.keys}
