"""The tracker's words for signing in and for a person."""

from datetime import datetime
from typing import Annotated, Literal, Self

from pydantic import BaseModel, EmailStr, Field, StringConstraints

from models.user import User, UserSettings
from services.identity.provider import Challenge, Outcome

Password = Annotated[str, Field(min_length=8, max_length=1000)]
SessionText = Annotated[str, Field(min_length=1, max_length=4000)]
# Not an EmailStr: the contract takes whatever has an @, and answers 400 to the rest.
LooseEmail = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=320)]


class SignUpRequest(BaseModel):
    email: EmailStr
    password: Password
    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
    turnstile_token: str = Field(min_length=1, max_length=4000)


class ConfirmRequest(BaseModel):
    email: EmailStr
    code: str = Field(min_length=1, max_length=10)


class LogInRequest(BaseModel):
    email: EmailStr
    password: Password


class ChallengeRequest(BaseModel):
    email: EmailStr
    challenge_name: str = Field(min_length=1, max_length=100)
    session: SessionText
    responses: dict[str, str] = Field(default_factory=dict, max_length=20)


class MfaSetupRequest(BaseModel):
    session: SessionText
    label: str | None = Field(None, max_length=320)


class MfaVerifyRequest(BaseModel):
    email: EmailStr
    session: SessionText
    code: str = Field(min_length=6, max_length=10)
    friendly_name: str | None = Field(None, max_length=100)


class RefreshRequest(BaseModel):
    refresh_token: str = Field(min_length=10, max_length=4000)


class SendRequest(BaseModel):
    email: LooseEmail


class VerifyRequest(BaseModel):
    email: LooseEmail
    code: str = Field(min_length=6, max_length=6)


class TokensView(BaseModel):
    access_token: str
    id_token: str | None
    refresh_token: str | None
    expires_in: int
    token_type: str = "Bearer"  # noqa: S105 — the scheme's name


class AuthResponse(BaseModel):
    """`recovery_codes` is shown once, when a second factor was added; absent otherwise."""

    status: Literal["OK", "CHALLENGE"]
    message: str | None = None
    next_step: str | None = None
    challenge_name: str | None = None
    session: str | None = None
    tokens: TokensView | None = None
    recovery_codes: list[str] | None = None

    @classmethod
    def of(cls, outcome: Outcome) -> Self:
        if isinstance(outcome, Challenge):
            step = outcome.next_step
            return cls(status="CHALLENGE", next_step=step, challenge_name=step, session=outcome.session)
        tokens = TokensView(
            access_token=outcome.access_token,
            id_token=outcome.id_token,
            refresh_token=outcome.refresh_token,
            expires_in=outcome.expires_in,
        )
        recovery = list(outcome.recovery_codes) or None
        advice = "Keep your recovery codes: each replaces one code of the app." if recovery else outcome.advice
        return cls(status="OK", tokens=tokens, recovery_codes=recovery, message=advice)


class AuthMessage(BaseModel):
    status: Literal["OK", "CONFIRMATION_REQUIRED"] = "OK"
    message: str | None = None


class SentMessage(BaseModel):
    status: Literal["OK"] = "OK"
    message: str | None
    resend_available_in_seconds: int | None


class MfaSecretView(BaseModel):
    secret_code: str
    otpauth_uri: str | None
    session: str | None


class MessageView(BaseModel):
    message: str


class UserView(BaseModel):
    id: int
    email: str
    name: str | None
    auto_refresh_seconds: int
    created_at: datetime
    is_email_verified: bool
    email_verified_at: datetime | None
    must_change_password: bool
    is_admin: bool
    ui_preferences: dict[str, bool]

    @classmethod
    def of(cls, user: User, settings: UserSettings) -> Self:
        return cls(
            id=user.id,
            email=user.email,
            name=user.display_name,
            auto_refresh_seconds=settings.auto_refresh_seconds,
            created_at=user.created_at,
            is_email_verified=user.is_email_verified,
            email_verified_at=user.email_verified_at,
            must_change_password=user.must_change_password,
            is_admin=user.is_admin,
            ui_preferences=settings.ui_preferences,
        )


class ChangePasswordRequest(BaseModel):
    current_password: str = Field(min_length=1, max_length=1000)
    new_password: str = Field(min_length=1, max_length=1000)


class SettingsView(BaseModel):
    auto_refresh_seconds: int
    theme: str
    default_jobs_sort: str
    default_jobs_view: str
    data_retention_days: int


class SettingsRequest(BaseModel):
    """Absent fields stay as they are; the client sends all five, an older one only the first."""

    auto_refresh_seconds: Literal[0, 10, 30, 60] | None = None
    theme: str | None = Field(None, max_length=20)
    default_jobs_sort: str | None = Field(None, max_length=30)
    default_jobs_view: str | None = Field(None, max_length=30)
    data_retention_days: int | None = Field(None, ge=0, le=3650)


class PreferencesRequest(BaseModel):
    preferences: dict[str, Annotated[bool, Field(strict=True)]]


class PreferencesView(BaseModel):
    ui_preferences: dict[str, bool]
