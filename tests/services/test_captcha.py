"""Turnstile, in its own words, from a server on this machine."""

from collections.abc import Mapping
from typing import Any

import pytest

from core.errors import BadRequest, Unavailable
from core.settings import Settings, get_settings
from services.captcha import NoCaptcha, Turnstile, captcha_from
from tests.local_http import serving


def _check(answer: tuple[int, Any]) -> list[dict[str, str]]:
    seen: list[dict[str, str]] = []

    def verify(body: dict[str, str], headers: Mapping[str, str]) -> tuple[int, Any]:
        seen.append(body)
        return answer

    with serving({"/siteverify": verify}) as url:
        Turnstile("secret", f"{url}/siteverify").require("token", "192.0.2.1")
    return seen


def test_an_accepted_token_passes() -> None:
    assert _check((200, {"success": True})) == [{"secret": "secret", "response": "token", "remoteip": "192.0.2.1"}]


@pytest.mark.parametrize("body", [{"success": False}, {"success": "true"}, {}])
def test_anything_but_a_yes_is_a_no(body: dict[str, Any]) -> None:
    with pytest.raises(BadRequest) as refused:
        _check((200, body))
    assert refused.value.error_code == "CAPTCHA_REJECTED"


@pytest.mark.parametrize("answer", [(500, {"success": True}), (200, [])])
def test_without_an_answer_nobody_passes(answer: tuple[int, Any]) -> None:
    with pytest.raises(Unavailable):
        _check(answer)


def _settings(**changes: Any) -> Settings:
    return get_settings().model_copy(update=changes)


def test_nobody_asks_in_development_and_somebody_always_in_production() -> None:
    assert isinstance(captcha_from(_settings(env="dev")), NoCaptcha)
    with pytest.raises(Unavailable):
        captcha_from(_settings(env="prod")).require("token", None)
    assert isinstance(captcha_from(_settings(env="prod", captcha_provider="off")), NoCaptcha)
