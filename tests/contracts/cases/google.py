"""Google's two entries, with an OpenID provider of the test's own."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qs, urlsplit

from pydantic import SecretStr

from services.identity.openid import GoogleSignIn
from tests.api.test_google import CALLBACK, LOGIN, Provider
from tests.contracts.cases.world import Response, World, case, refusal
from tests.local_http import serving


@contextmanager
def _google(world: World) -> Iterator[Provider]:
    one = Provider()
    with serving({"/discovery": one.discovery, "/keys": one.keys, "/token": one.token}) as url:
        one.url = url
        names: dict[str, Any] = {"google_client_id": "client", "google_client_secret": SecretStr("secret")}
        settings = world.services.settings.model_copy(update=names | {"google_discovery_url": f"{url}/discovery"})
        world.replace(google=GoogleSignIn(settings))
        yield one


def _asked(world: World, provider: Provider) -> Response:
    answer = world.get(LOGIN)
    provider.asked = {name: one[0] for name, one in parse_qs(urlsplit(answer.headers["location"]).query).items()}
    return answer


@case("copilot.auth.google_login")
def _to_google(world: World) -> Response:
    with _google(world) as provider:
        answer = _asked(world, provider)
    assert {"client_id", "redirect_uri", "response_type", "scope", "state"} <= set(provider.asked)
    return answer


@case("copilot.auth.google_callback")
def _back(world: World) -> Response:
    with _google(world) as provider:
        _asked(world, provider)
        return world.get(CALLBACK, code="the-code", state=provider.asked["state"])


@refusal("copilot.auth.google_callback", 400)
def _bad_code(world: World) -> Response:
    with _google(world) as provider:
        _asked(world, provider)
        return world.get(CALLBACK, code="another", state=provider.asked["state"])
