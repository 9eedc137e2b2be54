"""Google sign-in: OpenID Connect's authorization code with PKCE, state and nonce.

What must survive the trip to Google and back travels in a signed ticket that the browser keeps as a cookie: an answer
that another browser started finds no ticket here.
"""

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

import httpx
import jwt

from core.clock import utc_now
from core.errors import BadRequest, Unavailable
from core.settings import Settings

PROVIDER = "google"
CALLBACK = "/api/v1/auth/oauth/google/callback"
_AUDIENCE = "offerline-oauth"
_SECONDS = 10.0


@dataclass(frozen=True)
class Person:
    """Who Google says it is. The subject is the account; the address may change there."""

    subject: str
    email: str
    email_verified: bool
    name: str | None
    picture: str | None


@dataclass(frozen=True)
class Start:
    url: str
    ticket: str


class GoogleSignIn:
    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def start(self, user_id: int | None) -> Start:
        """`user_id` is whoever is logged in already, and wants Google connected. Raises Unavailable."""
        self._require_configured()
        state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
        query = {
            "client_id": self._settings.google_client_id,
            "redirect_uri": self._redirect_uri,
            "response_type": "code",
            "scope": "openid email profile",
            "state": state,
            "nonce": nonce,
            "code_challenge": _challenge(verifier),
            "code_challenge_method": "S256",
        }
        ticket = {"state": state, "nonce": nonce, "verifier": verifier, "user_id": user_id}
        return Start(f"{self._endpoints['authorization_endpoint']}?{urlencode(query)}", self._signed(ticket))

    def finish(self, ticket: str, state: str, code: str) -> tuple[Person, int | None]:
        """Redeem the code. Answers the person and who wanted the connection.

        Raises:
            BadRequest: another browser's answer, a code or token that does not hold.
            Unavailable: Google cannot be reached.
        """
        self._require_configured()
        held = self._read(ticket)
        if not hmac.compare_digest(held["state"].encode(), state.encode()):
            raise _refused()
        return self._person(self._redeemed(code, held["verifier"]), held["nonce"]), held["user_id"]

    @cached_property
    def _endpoints(self) -> dict[str, Any]:
        return self._get(self._settings.google_discovery_url)

    @property
    def _redirect_uri(self) -> str:
        return self._settings.copilot_frontend_url.rstrip("/") + CALLBACK

    def _redeemed(self, code: str, verifier: str) -> str:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self._redirect_uri,
            "client_id": self._settings.google_client_id,
            "client_secret": self._settings.google_client_secret.get_secret_value(),
            "code_verifier": verifier,
        }
        try:
            answer = httpx.post(self._endpoints["token_endpoint"], data=form, timeout=_SECONDS)
            answer.raise_for_status()
            return str(answer.json()["id_token"])
        except httpx.HTTPStatusError as error:
            raise _refused() from error
        except httpx.HTTPError as error:
            raise _away() from error
        except (ValueError, KeyError) as error:
            raise _refused() from error

    def _person(self, token: str, nonce: str) -> Person:
        try:
            claims = jwt.decode(
                token,
                self._key_of(token),
                algorithms=["RS256"],
                audience=self._settings.google_client_id,
                issuer=self._endpoints["issuer"],
                options={"require": ["exp", "iat", "sub", "aud", "iss", "nonce"]},
            )
            if not hmac.compare_digest(str(claims["nonce"]).encode(), nonce.encode()):
                raise _refused()
            return Person(
                subject=str(claims["sub"]),
                email=str(claims["email"]),
                email_verified=claims.get("email_verified") is True,
                name=claims.get("name"),
                picture=claims.get("picture"),
            )
        except (jwt.PyJWTError, KeyError, ValueError) as error:
            raise _refused() from error

    def _key_of(self, token: str) -> Any:
        """Fetched each time: sign-ins are rare, and keys change without notice."""
        wanted = jwt.get_unverified_header(token).get("kid")
        keys = jwt.PyJWKSet.from_dict(self._get(self._endpoints["jwks_uri"]))
        found = next((one.key for one in keys.keys if one.key_id == wanted), None)
        if found is None:
            raise _refused()
        return found

    def _get(self, url: str) -> dict[str, Any]:
        try:
            answer = httpx.get(url, timeout=_SECONDS)
            answer.raise_for_status()
            found: dict[str, Any] = answer.json()
        except (httpx.HTTPError, ValueError) as error:
            raise _away() from error
        return found

    def _signed(self, ticket: dict[str, Any]) -> str:
        frame = {"aud": _AUDIENCE, "exp": utc_now() + timedelta(seconds=self._settings.oauth_seconds)}
        return jwt.encode(frame | ticket, self._settings.secret_key.get_secret_value(), algorithm="HS256")

    def _read(self, ticket: str) -> dict[str, Any]:
        key = self._settings.secret_key.get_secret_value()
        try:
            held: dict[str, Any] = jwt.decode(
                ticket, key, algorithms=["HS256"], audience=_AUDIENCE, options={"require": ["exp", "aud"]}
            )
        except (jwt.PyJWTError, ValueError) as error:
            raise _refused() from error
        return held

    def _require_configured(self) -> None:
        if not (self._settings.google_client_id and self._settings.google_client_secret.get_secret_value()):
            raise Unavailable("Signing in with Google is not set up here.", code="OAUTH_UNCONFIGURED")


def _challenge(verifier: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def _refused() -> BadRequest:
    return BadRequest("Signing in with Google did not work. Start again.", code="OAUTH_REFUSED")


def _away() -> Unavailable:
    return Unavailable("Google cannot be reached right now. Try again shortly.", code="OAUTH_UNAVAILABLE")
