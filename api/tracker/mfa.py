"""`/auth/cognito/challenge` and `/auth/cognito/mfa`: the second step of a log-in."""

from fastapi import APIRouter

from api.clients import Visiting
from api.deps import Config, Wired
from api.limits import limited
from api.tracker.schemas import AuthResponse, ChallengeRequest, MfaSecretView, MfaSetupRequest, MfaVerifyRequest
from services import accounts
from services.audit import attempted
from services.identity.factors import otpauth_uri

router = APIRouter(prefix="/auth/cognito", tags=["tracker: auth"])


@router.post("/challenge", dependencies=[limited("auth_challenge")])
def answer_challenge(services: Wired, visitor: Visiting, body: ChallengeRequest) -> AuthResponse:
    """`SOFTWARE_TOKEN_MFA_CODE` may hold a code of the app or one of the recovery codes."""
    email = accounts.normal_email(body.email)
    with attempted(visitor, "auth.challenge", email=email):
        return AuthResponse.of(services.identity.answer(email, body.challenge_name, body.session, body.responses))


@router.post("/mfa/setup", dependencies=[limited("auth_mfa_setup")])
def set_up_mfa(services: Wired, settings: Config, body: MfaSetupRequest) -> MfaSecretView:
    """`session` is a waiting log-in's; or an access token, for somebody who wants a second factor unasked."""
    begun = services.identity.begin_mfa(body.session)
    uri = otpauth_uri(settings, begun.secret, (body.label or "").rpartition(":")[2] or "account")
    return MfaSecretView(secret_code=begun.secret, otpauth_uri=uri, session=begun.session)


@router.post("/mfa/verify", dependencies=[limited("auth_mfa_verify")])
def verify_mfa(services: Wired, visitor: Visiting, body: MfaVerifyRequest) -> AuthResponse:
    email = accounts.normal_email(body.email)
    with attempted(visitor, "auth.mfa_added", email=email):
        return AuthResponse.of(services.identity.finish_mfa(email, body.session, body.code, body.friendly_name))
