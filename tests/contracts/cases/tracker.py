"""The tracker: sign-in, the person, limits."""

import re
from email import message_from_bytes
from typing import Any

import pyotp

from core.settings import get_settings
from tests.api.doorways import STRONG, bearer
from tests.contracts.cases.world import Response, World, case, refusal

AUTH, LIMITS = "/auth/cognito", "/admin/rate-limits"
ADA = "ada@example.org"
SIGN_UP = {"email": ADA, "password": STRONG, "name": "Ada Byron", "turnstile_token": "x"}
LOG_IN = {"email": ADA, "password": STRONG}
NEW = "Another-Horse-7-Battery"
_SETTINGS = {
    "auto_refresh_seconds": 30,
    "theme": "light",
    "default_jobs_sort": "updated_desc",
    "default_jobs_view": "all",
    "data_retention_days": 30,
}


def _tokens(world: World) -> dict[str, Any]:
    world.post(f"{AUTH}/signup", body=SIGN_UP)
    found: dict[str, Any] = world.post(f"{AUTH}/login", body=LOG_IN).json()["tokens"]
    return found


def _proof(world: World) -> dict[str, str]:
    return bearer(str(_tokens(world)["access_token"]))


def _mailed_code(world: World) -> str:
    world.post(f"{AUTH}/signup", body=SIGN_UP)
    world.post(f"{AUTH}/verification/send", body={"email": ADA})
    newest = max((get_settings().data_dir / "outbox").glob("*.eml"))
    found = re.search(r"\b\d{6}\b", str(message_from_bytes(newest.read_bytes()).get_payload()))
    assert found
    return found[0]


def _other_than(code: str) -> str:
    return "000000" if code != "000000" else "111111"


def _begun(world: World) -> dict[str, Any]:
    sent = {"session": _tokens(world)["access_token"], "label": f"JobTracker:{ADA}"}
    found: dict[str, Any] = world.post(f"{AUTH}/mfa/setup", body=sent).json()
    return found


def _verified(world: World) -> tuple[pyotp.TOTP, Response]:
    begun = _begun(world)
    totp = pyotp.TOTP(begun["secret_code"])
    sent = {"email": ADA, "session": begun["session"], "code": totp.now(), "friendly_name": "phone"}
    return totp, world.post(f"{AUTH}/mfa/verify", body=sent)


def _challenged(world: World, code: str | None = None) -> Response:
    _, done = _verified(world)
    asked = world.post(f"{AUTH}/login", body=LOG_IN).json()
    answers = {"SOFTWARE_TOKEN_MFA_CODE": code or done.json()["recovery_codes"][0]}
    return world.post(f"{AUTH}/challenge", body=_step(asked["session"], answers))


def _step(session: str, answers: dict[str, str], name: str = "SOFTWARE_TOKEN_MFA") -> dict[str, Any]:
    return {"email": ADA, "challenge_name": name, "session": session, "responses": answers}


@case("tracker.auth.signup")
def _sign_up(world: World) -> Response:
    return world.post(f"{AUTH}/signup", body=SIGN_UP)


@case("tracker.auth.confirm")
def _confirm(world: World) -> Response:
    return world.post(f"{AUTH}/confirm", body={"email": ADA, "code": _mailed_code(world)})


@case("tracker.auth.login")
def _log_in(world: World) -> Response:
    world.post(f"{AUTH}/signup", body=SIGN_UP)
    return world.post(f"{AUTH}/login", body=LOG_IN)


@case("tracker.auth.challenge")
def _challenge(world: World) -> Response:
    return _challenged(world)


@case("tracker.auth.mfa_setup")
def _set_up(world: World) -> Response:
    return world.post(f"{AUTH}/mfa/setup", body={"session": _tokens(world)["access_token"], "label": f"JT:{ADA}"})


@case("tracker.auth.mfa_verify")
def _verify(world: World) -> Response:
    return _verified(world)[1]


@case("tracker.auth.refresh")
def _refresh(world: World) -> Response:
    return world.post(f"{AUTH}/refresh", body={"refresh_token": _tokens(world)["refresh_token"]})


@case("tracker.auth.verification_send")
def _send(world: World) -> Response:
    world.post(f"{AUTH}/signup", body=SIGN_UP)
    return world.post(f"{AUTH}/verification/send", body={"email": ADA})


@case("tracker.auth.verification_confirm")
def _confirm_address(world: World) -> Response:
    return world.post(f"{AUTH}/verification/confirm", body={"email": ADA, "code": _mailed_code(world)})


@case("tracker.auth.logout")
def _log_out(world: World) -> Response:
    return world.post(f"{AUTH}/logout")


@case("tracker.users.me")
def _me(world: World) -> Response:
    return world.get("/users/me", world.ada())


@case("tracker.users.change_password")
def _change_password(world: World) -> Response:
    sent = {"current_password": STRONG, "new_password": NEW}
    return world.post("/users/me/change-password", _proof(world), sent)


@case("tracker.users.settings_get")
def _read_settings(world: World) -> Response:
    return world.get("/users/me/settings", world.ada())


@case("tracker.users.settings_put")
def _change_settings(world: World) -> Response:
    return world.put("/users/me/settings", world.ada(), _SETTINGS)


@case("tracker.users.ui_preferences")
def _preferences(world: World) -> Response:
    return world.ask("PATCH", "/users/me/ui-preferences", world.ada(), json={"preferences": {"nav_expanded": True}})


@case("tracker.admin.rate_limits.status")
def _limits(world: World) -> Response:
    numbers = {"user_id": world.ada_id(), "limit": 5, "window_seconds": 60, "ttl_seconds": 600}
    world.post(f"{LIMITS}/override", world.boss(), numbers)
    return world.get(f"{LIMITS}/status", world.boss(), user_id=world.ada_id())


@case("tracker.admin.rate_limits.reset")
def _reset(world: World) -> Response:
    return world.post(f"{LIMITS}/reset", world.boss(), {"user_id": world.ada_id()})


@case("tracker.admin.rate_limits.override")
def _override(world: World) -> Response:
    numbers = {"user_id": world.ada_id(), "limit": 5, "window_seconds": 60, "ttl_seconds": 600}
    return world.post(f"{LIMITS}/override", world.boss(), numbers)


@refusal("tracker.auth.signup", 400)
def _weak(world: World) -> Response:
    return world.post(f"{AUTH}/signup", body=SIGN_UP | {"password": "weak-but-8"})


@refusal("tracker.auth.signup", 422)
def _no_captcha(world: World) -> Response:
    return world.post(f"{AUTH}/signup", body=LOG_IN)


@refusal("tracker.auth.confirm", 400)
def _wrong_confirmation(world: World) -> Response:
    return world.post(f"{AUTH}/confirm", body={"email": ADA, "code": "123456"})


@refusal("tracker.auth.confirm", 422)
def _no_confirmation(world: World) -> Response:
    return world.post(f"{AUTH}/confirm", body={"email": ADA})


@refusal("tracker.auth.login", 401)
def _wrong_password(world: World) -> Response:
    return world.post(f"{AUTH}/login", body=LOG_IN)


@refusal("tracker.auth.challenge", 401)
def _wrong_factor(world: World) -> Response:
    return _challenged(world, "000000")


@refusal("tracker.auth.challenge", 400)
def _unknown_challenge(world: World) -> Response:
    return world.post(f"{AUTH}/challenge", body=_step("x", {}, "CUSTOM_CHALLENGE"))


@refusal("tracker.auth.challenge", 422)
def _half_a_challenge(world: World) -> Response:
    return world.post(f"{AUTH}/challenge", body={"email": ADA})


@refusal("tracker.auth.mfa_setup", 401)
def _dead_session(world: World) -> Response:
    return world.post(f"{AUTH}/mfa/setup", body={"session": "nonsense"})


@refusal("tracker.auth.mfa_setup", 400)
def _second_device(world: World) -> Response:
    token = _verified(world)[1].json()["tokens"]["access_token"]
    return world.post(f"{AUTH}/mfa/setup", body={"session": token})


@refusal("tracker.auth.mfa_verify", 400)
def _wrong_first_code(world: World) -> Response:
    begun = _begun(world)
    wrong = _other_than(pyotp.TOTP(begun["secret_code"]).now())
    return world.post(f"{AUTH}/mfa/verify", body={"email": ADA, "session": begun["session"], "code": wrong})


@refusal("tracker.auth.mfa_verify", 401)
def _verify_nothing(world: World) -> Response:
    return world.post(f"{AUTH}/mfa/verify", body={"email": ADA, "session": "nonsense", "code": "123456"})


@refusal("tracker.auth.refresh", 401)
def _spent(world: World) -> Response:
    return world.post(f"{AUTH}/refresh", body={"refresh_token": "nonsense-nonsense"})


@refusal("tracker.auth.refresh", 422)
def _short(world: World) -> Response:
    return world.post(f"{AUTH}/refresh", body={"refresh_token": "short"})


@refusal("tracker.auth.verification_send", 400)
def _no_address(world: World) -> Response:
    return world.post(f"{AUTH}/verification/send", body={"email": "nobody"})


@refusal("tracker.auth.verification_send", 429)
def _too_soon(world: World) -> Response:
    _mailed_code(world)
    return world.post(f"{AUTH}/verification/send", body={"email": ADA})


@refusal("tracker.auth.verification_confirm", 400)
def _wrong_code(world: World) -> Response:
    wrong = _other_than(_mailed_code(world))
    return world.post(f"{AUTH}/verification/confirm", body={"email": ADA, "code": wrong})


@refusal("tracker.auth.verification_confirm", 422)
def _five_digits(world: World) -> Response:
    return world.post(f"{AUTH}/verification/confirm", body={"email": ADA, "code": "12345"})


@refusal("tracker.users.change_password", 400)
def _not_the_password(world: World) -> Response:
    sent = {"current_password": "wrong horse", "new_password": NEW}
    return world.post("/users/me/change-password", _proof(world), sent)


@refusal("tracker.users.settings_put", 422)
def _forty_five(world: World) -> Response:
    return world.put("/users/me/settings", world.ada(), _SETTINGS | {"auto_refresh_seconds": 45})


@refusal("tracker.users.ui_preferences", 400)
def _unknown_preference(world: World) -> Response:
    return world.ask("PATCH", "/users/me/ui-preferences", world.ada(), json={"preferences": {"other": True}})


@refusal("tracker.users.ui_preferences", 422)
def _no_boolean(world: World) -> Response:
    return world.ask("PATCH", "/users/me/ui-preferences", world.ada(), json={"preferences": {"nav_expanded": "yes"}})


@refusal("tracker.admin.rate_limits.reset", 422)
def _nobody_to_reset(world: World) -> Response:
    return world.post(f"{LIMITS}/reset", world.boss(), {"user_id": 0})


@refusal("tracker.admin.rate_limits.override", 422)
def _no_end(world: World) -> Response:
    return world.post(f"{LIMITS}/override", world.boss(), {"user_id": 1, "limit": 5, "window_seconds": 60})
