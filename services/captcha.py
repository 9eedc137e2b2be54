"""Is somebody there: Cloudflare Turnstile, or nobody asks."""

from typing import Protocol

import httpx

from core.errors import BadRequest, Unavailable
from core.settings import Settings

_SECONDS = 5.0


class Captcha(Protocol):
    def require(self, token: str, address: str | None) -> None:
        """Raises BadRequest (`CAPTCHA_REJECTED`); Unavailable when nobody can tell."""


class NoCaptcha:
    """For development: every token will do."""

    def require(self, token: str, address: str | None) -> None:
        return


class Turnstile:
    """Fails closed: without a key, or without an answer, nobody passes."""

    def __init__(self, secret: str, url: str) -> None:
        self._secret = secret
        self._url = url

    def require(self, token: str, address: str | None) -> None:
        if not self._secret:
            raise Unavailable("Sign-up is not available: the captcha is not configured.", code="CAPTCHA_UNCONFIGURED")
        if not self._accepts(token, address):
            raise BadRequest("The captcha was not accepted. Try again.", code="CAPTCHA_REJECTED")

    def _accepts(self, token: str, address: str | None) -> bool:
        form = {"secret": self._secret, "response": token, **({"remoteip": address} if address else {})}
        try:
            answer = httpx.post(self._url, data=form, timeout=_SECONDS)
            answer.raise_for_status()
            return answer.json().get("success") is True
        except (httpx.HTTPError, ValueError, AttributeError) as error:
            raise Unavailable("The captcha cannot be checked right now. Try again shortly.") from error


def captcha_from(settings: Settings) -> Captcha:
    """In production somebody always asks, unless the operator says that nobody shall."""
    if settings.captcha_provider == "off" or (settings.captcha_provider is None and settings.env != "prod"):
        return NoCaptcha()
    return Turnstile(settings.turnstile_secret_key.get_secret_value(), settings.turnstile_url)
