"""`/auth/cognito`: sign-up, log-in, refresh, verification, logout. The path is the contract's; any provider serves."""

from contextlib import AbstractContextManager, suppress

from fastapi import APIRouter, Request

from api.auth import OptionalCaller
from api.clients import Visiting
from api.deps import Config, Tx, Wired
from api.limits import limited
from api.tracker.schemas import (
    AuthMessage,
    AuthResponse,
    ConfirmRequest,
    LogInRequest,
    RefreshRequest,
    SendRequest,
    SentMessage,
    SignUpRequest,
    VerifyRequest,
)
from core.errors import AppError, BadRequest
from core.settings import Settings
from services import accounts, audit
from services.audit import Visitor, attempted
from services.identity import policy
from services.identity.entrance import NewAccount
from services.identity.secrets_at_rest import keyed_hash
from services.wiring import Services

router = APIRouter(prefix="/auth/cognito", tags=["tracker: auth"])


@router.post("/signup", dependencies=[limited("auth_signup")])
def sign_up(services: Wired, settings: Config, visitor: Visiting, body: SignUpRequest) -> AuthMessage:
    policy.require("tracker", body.password, email=body.email, name=body.name)
    services.captcha.require(body.turnstile_token, visitor.address)
    confirmed = not settings.email_verification_required
    services.entrance.sign_up(visitor, NewAccount(body.email, body.password, body.name), confirmed=confirmed)
    if confirmed:
        return AuthMessage(message="Account created. Log in.")
    _send_first_code(services, settings, visitor, body.email)
    return AuthMessage(status="CONFIRMATION_REQUIRED", message="Account created. We have mailed you a code.")


@router.post("/confirm", dependencies=[limited("auth_confirm")])
def confirm(services: Wired, visitor: Visiting, body: ConfirmRequest) -> AuthMessage:
    with attempted(visitor, "auth.confirm", email=body.email):
        services.identity.confirm(accounts.normal_email(body.email), body.code)
    return AuthMessage(message="Account confirmed")


@router.post("/login", dependencies=[limited("auth_login")])
def log_in(services: Wired, visitor: Visiting, body: LogInRequest) -> AuthResponse:
    with attempted(visitor, "auth.login", email=body.email):
        return AuthResponse.of(services.identity.log_in(accounts.normal_email(body.email), body.password))


@router.post("/refresh", dependencies=[limited("auth_refresh")])
def refresh(request: Request, services: Wired, visitor: Visiting, body: RefreshRequest) -> AuthResponse:
    with attempted(visitor, "auth.refresh"):
        return AuthResponse.of(services.identity.refresh(body.refresh_token, request.state.arrived_at))


@router.post("/verification/send", dependencies=[limited("auth_verification_send")])
def send_code(services: Wired, settings: Config, visitor: Visiting, body: SendRequest) -> SentMessage:
    """The same answer, and the same pause, for every address: it must not say who has an account."""
    _send(services, settings, visitor, _address(body.email))
    wait = settings.email_code_cooldown_seconds
    return SentMessage(
        message="If this address waits to be verified, a code is on its way.", resend_available_in_seconds=wait
    )


@router.post("/verification/confirm", dependencies=[limited("auth_verification_confirm")])
def confirm_code(services: Wired, visitor: Visiting, body: VerifyRequest) -> AuthMessage:
    services.verification.confirm(visitor, body.email, body.code)
    return AuthMessage(message="E-mail address verified")


@router.post("/logout")
def log_out(session: Tx, caller: OptionalCaller) -> AuthMessage:
    if caller:
        accounts.revoke(session, caller.claims, user_id=caller.id)
        audit.record(session, caller.visitor, "auth.logout", actor=caller.id, subject=caller.id)
    return AuthMessage(message="Logged out")


def _address(text: str) -> str:
    """The contract answers 400 here, and 422 to everything else that is malformed."""
    if "@" not in text.strip("@"):
        raise BadRequest("This is not an e-mail address.", code="NOT_AN_ADDRESS")
    return text


def _send_first_code(services: Services, settings: Settings, visitor: Visitor, email: str) -> None:
    """The account stands whatever happens to the mail: its page offers to send another. A pause that somebody asked for
    before there was an account must not keep the first code from it.
    """
    with suppress(AppError):
        services.verification.send(visitor, email)
        with _paused(services, settings, email):
            pass


def _send(services: Services, settings: Settings, visitor: Visitor, email: str) -> None:
    with _paused(services, settings, email):
        services.verification.send(visitor, email)


def _paused(services: Services, settings: Settings, email: str) -> AbstractContextManager[None]:
    address = keyed_hash(settings, "pause", accounts.normal_email(email))
    return services.limiter.paused(f"code:{address}", settings.email_code_cooldown_seconds)
